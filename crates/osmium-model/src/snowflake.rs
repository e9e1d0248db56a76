//! Snowflake ids: 41 bits of milliseconds since 2025, 10 bits of worker, 12 bits of sequence.
//!
//! Workers are leased, so no two running processes share one. [`Snowflakes`] never goes back: if the
//! clock does, it stays at the last millisecond it used; if a millisecond's 4096 ids are used up, or an id
//! must be greater than one that another worker's faster clock made, it runs ahead into the next.

use crate::time::Timestamp;

/// 2025-01-01T00:00:00Z, in milliseconds since the Unix epoch.
pub const EPOCH_MS: u64 = 1_735_689_600_000;
/// How many workers there can be: numbers 0 to 1023.
pub const WORKERS: u16 = 1 << WORKER_BITS;

const WORKER_BITS: u32 = 10;
const SEQUENCE_BITS: u32 = 12;
const TIME_SHIFT: u32 = WORKER_BITS + SEQUENCE_BITS;
const MAX_MS: u64 = (1 << 41) - 1;
const MAX_SEQUENCE: u64 = (1 << SEQUENCE_BITS) - 1;

/// When the id was made.
pub fn time_of(id: u64) -> Timestamp {
    Timestamp::from_millis(EPOCH_MS + (id >> TIME_SHIFT))
}

/// The least id that can be made at `time`; 0 before 2025, and above all ids where their time does not reach.
pub fn first_at(time: Timestamp) -> u64 {
    time.millis().saturating_sub(EPOCH_MS).min(MAX_MS) << TIME_SHIFT
}

/// Makes the ids of one worker.
#[derive(Debug, Clone)]
pub struct Snowflakes {
    worker: u16,
    last_ms: u64,
    sequence: u64,
}

impl Snowflakes {
    /// A generator for a leased worker number.
    ///
    /// # Panics
    /// If `worker` is not below [`WORKERS`].
    pub fn new(worker: u16) -> Self {
        assert!(worker < WORKERS, "worker {worker} is out of range");
        Self {
            worker,
            last_ms: 0,
            sequence: MAX_SEQUENCE,
        }
    }

    /// The next id at `now`, greater than every one before it and greater than `floor`.
    pub fn next(&mut self, now: Timestamp, floor: u64) -> u64 {
        let now = now.millis().saturating_sub(EPOCH_MS).max(1);
        let floor_ms = floor >> TIME_SHIFT;
        let ms = now.max(self.last_ms);
        if ms > self.last_ms && ms > floor_ms {
            (self.last_ms, self.sequence) = (ms, 0);
        } else if self.sequence == MAX_SEQUENCE || floor_ms >= self.last_ms {
            (self.last_ms, self.sequence) = (ms.max(floor_ms).max(self.last_ms) + 1, 0);
        } else {
            self.sequence += 1;
        }
        self.last_ms << TIME_SHIFT | u64::from(self.worker) << SEQUENCE_BITS | self.sequence
    }

    /// The time of the last id made: a lease must not end before it.
    pub fn last(&self) -> Timestamp {
        Timestamp::from_millis(EPOCH_MS + self.last_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_millis(EPOCH_MS + ms)
    }

    #[test]
    fn an_id_tells_its_time() {
        let id = Snowflakes::new(7).next(at(55_465_407_595), 0);
        assert_eq!(time_of(id), at(55_465_407_595));
        assert_eq!(id & 0x3f_ffff, 7 << 12);
        assert!(first_at(at(55_465_407_595)) <= id);
    }

    #[test]
    fn the_last_millisecond_of_the_range_fits_a_signed_column() {
        let id = Snowflakes::new(1023).next(at((1 << 41) - 1), 0);
        assert!(i64::try_from(id).is_ok());
    }

    proptest! {
        #[test]
        fn ids_grow_whatever_the_clocks_do(
            clock in prop::collection::vec((0u64..5_000, 0u16..3), 1..200),
            burst in 1usize..40,
        ) {
            let mut workers = [Snowflakes::new(0), Snowflakes::new(1), Snowflakes::new(1023)];
            let mut last = 0;
            let mut seen = std::collections::HashSet::new();
            for (ms, worker) in clock {
                for _ in 0..burst {
                    let id = workers[usize::from(worker)].next(at(ms), last);
                    prop_assert!(id > last);
                    prop_assert!(seen.insert(id));
                    last = id;
                }
            }
        }

        #[test]
        fn a_burst_within_one_millisecond_is_unique(count in 1usize..10_000) {
            let mut worker = Snowflakes::new(3);
            let ids: Vec<_> = (0..count).map(|_| worker.next(at(9), 0)).collect();
            prop_assert!(ids.is_sorted_by(|a, b| a < b));
        }
    }
}
