//! The time of day, from the operating system.

use osmium_model::Timestamp;
use osmium_ports::Clock;
use std::time::{SystemTime, UNIX_EPOCH};

/// The operating system's clock. A clock set before 1970 tells 1970.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is what the Clock port stands for"
    )]
    fn now(&self) -> Timestamp {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        Timestamp::default().plus(since_epoch.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_of_this_century() {
        let now = SystemClock.now().seconds();
        assert!((1_700_000_000..4_102_444_800).contains(&now), "{now}");
    }
}
