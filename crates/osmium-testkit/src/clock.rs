//! The clock of tests: it runs with the real one, and can be moved ahead of it.

use osmium_local::SystemClock;
use osmium_model::Timestamp;
use osmium_ports::Clock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The time of day as the servers of a test know it.
#[derive(Debug, Default)]
pub struct TestClock {
    /// In milliseconds.
    ahead: AtomicU64,
}

impl TestClock {
    /// Moves the time ahead at once. What servers lease (worker numbers, partitions, presence) ends by it too: those
    /// who need their leases renewed wait less than 50 seconds at a time.
    pub fn advance(&self, by: Duration) {
        let millis = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.ahead.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let ahead = Duration::from_millis(self.ahead.load(Ordering::Relaxed));
        SystemClock.now().plus(ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_jumps_ahead_and_goes_on() {
        let clock = TestClock::default();
        let before = clock.now();
        clock.advance(Duration::from_secs(8));
        assert!(clock.now() >= before.plus(Duration::from_secs(8)));
    }
}
