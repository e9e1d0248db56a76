//! Rate limits on Redis: a script takes tokens, by the time of Redis.

use crate::link::Link;
use async_trait::async_trait;
use osmium_ports::{Bucket, RateError, RateLimiter, Verdict};
use redis::{RedisResult, Script};
use std::sync::Arc;
use std::time::Duration;

/// The step of waits: what they are rounded up by.
const TICK: Duration = Duration::from_millis(1);

/// Rate limits on Redis. A bucket's key goes away when it is full.
#[derive(Debug)]
pub struct RedisRateLimiter {
    link: Arc<Link>,
    take: Script,
}

impl RedisRateLimiter {
    pub(crate) fn new(link: Arc<Link>) -> Self {
        Self {
            link,
            take: Script::new(include_str!("scripts/rate_take.lua")),
        }
    }

    /// Takes tokens; gives how many are lacking if there are not enough.
    async fn lacking(&self, key: &str, bucket: Bucket, cost: u32) -> RedisResult<Option<f64>> {
        let mut connection = self.link.connection().await?;
        let mut script = self.take.key(self.link.keys().bucket(key));
        script.arg(bucket.burst).arg(bucket.per_second).arg(cost);
        script.invoke_async(&mut connection).await
    }
}

#[async_trait]
impl RateLimiter for RedisRateLimiter {
    async fn take(&self, key: &str, bucket: Bucket, cost: u32) -> Result<Verdict, RateError> {
        if cost > bucket.burst {
            return Ok(Verdict::Wait(Duration::MAX));
        }
        let lacking = self.lacking(key, bucket, cost).await;
        let lacking = lacking.map_err(|error| RateError(error.to_string()))?;
        Ok(lacking.map_or(Verdict::Pass, |tokens| wait_for(tokens, bucket)))
    }
}

fn wait_for(tokens: f64, bucket: Bucket) -> Verdict {
    let wait = Duration::try_from_secs_f64(tokens / bucket.per_second);
    Verdict::Wait(wait.map_or(Duration::MAX, |wait| wait.saturating_add(TICK)))
}
