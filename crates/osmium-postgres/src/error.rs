//! Errors of the driver and the database as the store's. No text quotes what people wrote.

use osmium_ports::StoreError;
use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use std::fmt::Display;

/// The store's error for one of a query.
pub(crate) fn failed(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(error) => refused(error.as_ref()),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => StoreError::Unavailable(error.to_string()),
        _ => StoreError::Internal(error.to_string()),
    }
}

/// The store's error for one of a migration.
pub(crate) fn not_migrated(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => failed(error),
        _ => StoreError::Internal(error.to_string()),
    }
}

/// A row holds what this release does not know.
pub(crate) fn unknown(what: &str, value: impl Display) -> StoreError {
    StoreError::Internal(format!("{what} {value} is unknown to this release"))
}

fn refused(error: &dyn DatabaseError) -> StoreError {
    let code = error.code().unwrap_or_default();
    if let Some(name) = taken(error) {
        StoreError::Taken(name)
    } else if is_passing(&code) {
        StoreError::Unavailable(format!("{} ({code})", error.message()))
    } else if code.starts_with("22") {
        // Class 22 is about data, and its messages quote it.
        StoreError::Internal(format!("a value does not fit ({code})"))
    } else {
        StoreError::Internal(format!("{} ({code})", error.message()))
    }
}

/// The constraint that a row ran into, if it is one that callers know.
fn taken(error: &dyn DatabaseError) -> Option<&'static str> {
    let constraint = error.constraint().filter(|_| error.is_unique_violation())?;
    StoreError::CONSTRAINTS
        .into_iter()
        .find(|name| *name == constraint)
}

/// Whether a SQLSTATE says that the same may succeed a little later.
fn is_passing(code: &str) -> bool {
    let class = code.get(..2).unwrap_or_default();
    // 08: connection lost. 40: serialization failure or deadlock. 53: out of connections, memory or disk. 57: shutting
    // down, starting up, or a statement timeout.
    matches!(class, "08" | "40" | "53" | "57")
        // Read only (a former primary), idle in a transaction for too long, lock timeout.
        || matches!(code, "25006" | "25P03" | "55P03")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_failures_pass() {
        for code in [
            "08006", "40001", "40P01", "53300", "55P03", "57014", "57P01",
        ] {
            assert!(is_passing(code), "{code}");
        }
        for code in ["", "22021", "23503", "23505", "25P02", "42P01"] {
            assert!(!is_passing(code), "{code}");
        }
    }

    #[test]
    fn a_lost_connection_is_unavailable() {
        let error = failed(sqlx::Error::PoolTimedOut);
        assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
        let error = failed(sqlx::Error::RowNotFound);
        assert!(matches!(error, StoreError::Internal(_)), "{error}");
    }
}
