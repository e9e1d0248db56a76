//! The time of day.

use osmium_model::Timestamp;

/// Tells the time. It may step back; whoever needs order must not rely on it.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}
