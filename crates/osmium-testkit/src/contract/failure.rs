//! How a contract test fails: with the error of the port, and the line on which it came.

use std::error::Error;
use std::fmt;
use std::panic::Location;

/// The outcome of a contract test.
pub type Checked<T = ()> = Result<T, Failure>;

/// An error of a port that a test did not ask for.
pub struct Failure {
    error: Box<dyn Error + Send + Sync>,
    at: &'static Location<'static>,
}

impl<E: Error + Send + Sync + 'static> From<E> for Failure {
    #[track_caller]
    fn from(error: E) -> Self {
        Self {
            error: Box::new(error),
            at: Location::caller(),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.error, self.at)
    }
}
