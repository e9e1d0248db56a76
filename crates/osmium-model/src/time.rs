//! Points in time, as the wire and the stores write them.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A value above this, where seconds are meant, is taken as milliseconds.
const MILLIS_ABOVE: u64 = 100_000_000_000;

/// Milliseconds since the Unix epoch.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The latest time that a store can keep.
    pub const MAX: Self = Self(i64::MAX.cast_unsigned());

    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// From what a client sent where seconds are meant: values above 10^11 are milliseconds.
    /// A time beyond all that a store can keep is the last of those.
    pub const fn from_client(value: u64) -> Self {
        Self(if value > Self::MAX.0 {
            Self::MAX.0
        } else if value > MILLIS_ABOVE {
            value
        } else {
            value * 1000
        })
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Whole seconds since the Unix epoch.
    pub const fn seconds(self) -> u64 {
        self.0 / 1000
    }

    /// The time `by` later.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX)),
        )
    }

    /// The time `by` earlier, at the earliest the epoch.
    #[must_use]
    pub fn minus(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(u64::try_from(by.as_millis()).unwrap_or(u64::MAX)),
        )
    }

    /// How long after `earlier` this is; zero if it is before.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// As the signed number that SQL columns hold.
    pub fn to_sql(self) -> i64 {
        self.0.cast_signed()
    }

    /// What a SQL column holds.
    pub fn from_sql(column: i64) -> Self {
        Self(column.cast_unsigned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_may_send_seconds_or_milliseconds() {
        assert_eq!(
            Timestamp::from_client(1_780_000_000).millis(),
            1_780_000_000_000
        );
        assert_eq!(
            Timestamp::from_client(1_780_000_000_123).millis(),
            1_780_000_000_123
        );
        assert_eq!(Timestamp::from_client(0).millis(), 0);
        assert_eq!(Timestamp::from_client(u64::MAX).to_sql(), i64::MAX);
    }
}
