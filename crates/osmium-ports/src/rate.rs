//! Rate limits shared by all gateways: token buckets.

use async_trait::async_trait;
use std::time::Duration;

/// The rate limiter could not be reached. Callers let the call pass: a limit is not worth an outage.
#[derive(Debug, Clone, thiserror::Error)]
#[error("rate limits cannot be reached: {0}")]
pub struct RateError(pub String);

/// The size of a bucket and how fast it fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Tokens that a full bucket holds.
    pub burst: u32,
    /// Tokens that flow in each second.
    pub per_second: f64,
}

/// Whether a call may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The tokens were taken.
    Pass,
    /// Nothing was taken; there are enough tokens after this time.
    Wait(Duration),
}

/// Token buckets by key. A key that was never used, or not for as long as its bucket takes to fill, has a full
/// bucket and costs no memory.
#[async_trait]
pub trait RateLimiter: Send + Sync + 'static {
    /// Takes `cost` tokens from the bucket of `key`, all or none.
    async fn take(&self, key: &str, bucket: Bucket, cost: u32) -> Result<Verdict, RateError>;
}
