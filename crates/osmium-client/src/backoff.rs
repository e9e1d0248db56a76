//! How long to wait between two attempts to connect.

use std::time::Duration;

/// Waits that double from [`first`](Self::first) to [`longest`](Self::longest), each shortened at
/// random to between a half and all of it, so that clients that were cut off together do not come
/// back together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait.
    pub first: Duration,
    /// No wait is longer.
    pub longest: Duration,
    /// A connection that lasted as long begins anew with the first wait.
    pub stable_after: Duration,
}

impl Default for Backoff {
    /// From half a second to 30 seconds; anew after a connection of 30 seconds.
    fn default() -> Self {
        Self {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(30),
            stable_after: Duration::from_secs(30),
        }
    }
}

impl Backoff {
    /// The wait before an attempt, which is 0 for the first one. `jitter` is between 0 and 1.
    pub(crate) fn wait(&self, attempt: u32, jitter: f64) -> Duration {
        let factor = 2_u32.saturating_pow(attempt);
        let whole = self.first.saturating_mul(factor).min(self.longest);
        whole.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let backoff = Backoff::default();
        let waits: Vec<u128> = (0..8)
            .map(|attempt| backoff.wait(attempt, 1.0).as_millis())
            .collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
        assert_eq!(backoff.wait(u32::MAX, 1.0), backoff.longest);
    }

    #[test]
    fn jitter_takes_at_most_half() {
        let backoff = Backoff::default();
        assert_eq!(backoff.wait(0, 0.0), Duration::from_millis(250));
        assert_eq!(backoff.wait(0, 0.5), Duration::from_millis(375));
        assert_eq!(backoff.wait(9, 0.0), Duration::from_secs(15));
    }
}
