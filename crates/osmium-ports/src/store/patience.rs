//! How long an answer of the store is waited for.

use super::{Result, StoreError};
use std::time::Duration;

/// How long the store may take to answer where nothing else ends the waiting: longer than a database takes to end a statement by
/// itself. A connection may die without a word, and then nothing ever comes back on it.
const PATIENCE: Duration = Duration::from_secs(12);

/// Waits for an answer of the store, but not for ever: after a while, it is unavailable. What was asked may have been done all the
/// same.
pub async fn in_time<T>(asked: impl Future<Output = Result<T>>) -> Result<T> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(answer) => answer,
        Err(_elapsed) => Err(StoreError::Unavailable("no answer in time".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_never_answers_is_unavailable() {
        let never = std::future::pending::<Result<()>>();
        let answer = in_time(never).await;
        assert!(matches!(answer, Err(StoreError::Unavailable(_))));
        assert!(matches!(in_time(async { Ok(7) }).await, Ok(7)));
    }
}
