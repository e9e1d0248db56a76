//! Errors of SQLite and of what it holds, as errors of the store.

use osmium_ports::StoreError;
use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use std::fmt::Display;

/// The primary result codes that say that another connection is at it: `SQLITE_BUSY`, `SQLITE_LOCKED`.
const WAIT: [i32; 2] = [5, 6];

/// What SQLite says when a row's key is taken: it names the columns, where callers know the constraint.
const UNIQUE: &str = "UNIQUE constraint failed: ";
const COLUMNS: [(&str, &str); StoreError::CONSTRAINTS.len()] = [
    ("accounts.email", StoreError::EMAIL),
    ("users.username", StoreError::USERNAME),
    ("communities.username", StoreError::COMMUNITY_USERNAME),
    ("apps.client_id", StoreError::CLIENT_ID),
    ("chats.user_a, chats.user_b", StoreError::DIRECT),
];

/// The store's error for one of a query.
pub(crate) fn failed(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(error) => refused(error.as_ref()),
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Io(_) => StoreError::Unavailable(error.to_string()),
        _ => StoreError::Internal(error.to_string()),
    }
}

/// The store's error for one of a migration.
pub(crate) fn not_migrated(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) => failed(error),
        _ => StoreError::Internal(error.to_string()),
    }
}

/// A row holds what this release does not know.
pub(crate) fn unknown(what: &str, value: impl Display) -> StoreError {
    StoreError::Internal(format!("{what} {value} is unknown to this release"))
}

fn refused(error: &dyn DatabaseError) -> StoreError {
    let primary = error
        .code()
        .and_then(|code| code.parse::<i32>().ok())
        .map(|code| code & 0xff);
    if primary.is_some_and(|code| WAIT.contains(&code)) {
        return StoreError::Unavailable(error.to_string());
    }
    match taken(error.message()) {
        Some(constraint) => StoreError::Taken(constraint),
        None => StoreError::Internal(error.to_string()),
    }
}

fn taken(message: &str) -> Option<&'static str> {
    let columns = message.strip_prefix(UNIQUE)?;
    let known = COLUMNS.iter().find(|(names, _)| *names == columns);
    known.map(|(_, constraint)| *constraint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_constraint_has_its_columns() {
        for constraint in StoreError::CONSTRAINTS {
            assert!(
                COLUMNS.iter().any(|(_, name)| *name == constraint),
                "{constraint}"
            );
        }
    }

    #[test]
    fn only_known_columns_are_taken() {
        assert_eq!(
            taken("UNIQUE constraint failed: accounts.email"),
            Some(StoreError::EMAIL)
        );
        assert_eq!(taken("UNIQUE constraint failed: topics.topic_id"), None);
        assert_eq!(taken("FOREIGN KEY constraint failed"), None);
    }
}
