//! Rate limits within one process.

use crate::lock::lock;
use async_trait::async_trait;
use osmium_model::Timestamp;
use osmium_ports::{Bucket, Clock, RateError, RateLimiter, Verdict};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Calls of different keys contend only within one of these shares of all keys.
const SHARDS: usize = 64;
/// Full buckets are looked for when a share has grown to this, and then to twice what it kept.
const FORGET_ABOVE: usize = 64;
/// The clock's step: what a wait is rounded up by.
const TICK: Duration = Duration::from_millis(1);

/// Token buckets of one process. Full buckets are forgotten, so memory is bounded by the keys in use.
pub struct LocalRateLimiter {
    clock: Arc<dyn Clock>,
    hasher: RandomState,
    shards: [Mutex<Shard>; SHARDS],
}

impl LocalRateLimiter {
    /// All buckets are full.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            hasher: RandomState::new(),
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }

    fn shard(&self, key: &str) -> &Mutex<Shard> {
        let hash = self.hasher.hash_one(key) % SHARDS as u64;
        &self.shards[usize::try_from(hash).unwrap_or(0)]
    }
}

#[async_trait]
impl RateLimiter for LocalRateLimiter {
    async fn take(&self, key: &str, bucket: Bucket, cost: u32) -> Result<Verdict, RateError> {
        if cost > bucket.burst {
            return Ok(Verdict::Wait(Duration::MAX));
        }
        let now = self.clock.now();
        Ok(lock(self.shard(key)).take(key, bucket, cost, now))
    }
}

#[derive(Default)]
struct Shard {
    levels: HashMap<Box<str>, Level>,
    forget_above: usize,
}

/// How full a bucket is.
#[derive(Clone, Copy)]
struct Level {
    tokens: f64,
    at: Timestamp,
    full_at: Timestamp,
}

impl Shard {
    fn take(&mut self, key: &str, bucket: Bucket, cost: u32, now: Timestamp) -> Verdict {
        self.forget_full(now);
        let level = self.levels.get(key).copied();
        let tokens = level.map_or(f64::from(bucket.burst), |level| {
            level.tokens_at(now, bucket)
        });
        let lacking = f64::from(cost) - tokens;
        let (left, verdict) = if lacking > 0.0 {
            let wait = time_for(lacking, bucket).saturating_add(TICK);
            (tokens, Verdict::Wait(wait))
        } else {
            (-lacking, Verdict::Pass)
        };
        self.keep(key, Level::new(left, now, bucket));
        verdict
    }

    fn keep(&mut self, key: &str, level: Level) {
        match self.levels.get_mut(key) {
            Some(kept) => *kept = level,
            None => drop(self.levels.insert(key.into(), level)),
        }
    }

    fn forget_full(&mut self, now: Timestamp) {
        if self.levels.len() >= self.forget_above.max(FORGET_ABOVE) {
            self.levels.retain(|_, level| level.full_at > now);
            self.levels.shrink_to(FORGET_ABOVE);
            self.forget_above = self.levels.len() * 2;
        }
    }
}

impl Level {
    fn new(tokens: f64, at: Timestamp, bucket: Bucket) -> Self {
        let full_at = at.plus(time_for(f64::from(bucket.burst) - tokens, bucket));
        Self {
            tokens,
            at,
            full_at,
        }
    }

    fn tokens_at(self, now: Timestamp, bucket: Bucket) -> f64 {
        let flowed = now.since(self.at).as_secs_f64() * bucket.per_second;
        (self.tokens + flowed).min(f64::from(bucket.burst))
    }
}

/// How long it takes for so many tokens to flow.
fn time_for(tokens: f64, bucket: Bucket) -> Duration {
    Duration::try_from_secs_f64(tokens / bucket.per_second).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    #[derive(Default)]
    struct ManualClock(AtomicU64);

    impl Clock for ManualClock {
        fn now(&self) -> Timestamp {
            Timestamp::from_millis(self.0.load(Relaxed))
        }
    }

    const BUCKET: Bucket = Bucket {
        burst: 2,
        per_second: 1.0,
    };

    #[tokio::test]
    async fn full_buckets_are_forgotten() {
        let clock = Arc::new(ManualClock::default());
        let limiter = LocalRateLimiter::new(Arc::clone(&clock) as Arc<dyn Clock>);
        for key in 0..100_000 {
            clock.0.fetch_add(1, Relaxed);
            let verdict = limiter.take(&key.to_string(), BUCKET, 1).await;
            assert_eq!(verdict.unwrap(), Verdict::Pass);
        }
        let kept: usize = limiter.shards.iter().map(|s| lock(s).levels.len()).sum();
        // A thousand buckets fill at a time: one a millisecond, each for a second.
        assert!(kept < 10_000, "{kept}");
    }

    #[tokio::test]
    async fn a_clock_that_steps_back_stops_the_flow_only_once() {
        let clock = Arc::new(ManualClock(AtomicU64::new(1_000_000)));
        let limiter = LocalRateLimiter::new(Arc::clone(&clock) as Arc<dyn Clock>);
        assert_eq!(limiter.take("a", BUCKET, 2).await.unwrap(), Verdict::Pass);

        clock.0.store(0, Relaxed);
        let wait = Duration::from_secs(1) + TICK;
        assert_eq!(
            limiter.take("a", BUCKET, 1).await.unwrap(),
            Verdict::Wait(wait)
        );
        clock.0.store(1_001, Relaxed);
        assert_eq!(limiter.take("a", BUCKET, 1).await.unwrap(), Verdict::Pass);
    }
}
