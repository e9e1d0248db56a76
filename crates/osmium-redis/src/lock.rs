//! A lock whose holders never panic half way through a change, so that poison need not be feared.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, even after a panic elsewhere.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
