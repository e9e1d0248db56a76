//! Leases: who does what only one process may do at a time.

use async_trait::async_trait;
use osmium_model::Partition;
use std::time::Duration;

/// The leases could not be reached; none was gained.
#[derive(Debug, Clone, thiserror::Error)]
#[error("leases cannot be reached: {0}")]
pub struct LeaseError(pub String);

/// Shares the partitions among the living fan-outs.
///
/// A partition has at most one holder at a time, except for the moments after a holder was cut off for
/// longer than its lease; so what holders do must be harmless when done twice.
#[async_trait]
pub trait Leases: Send + Sync + 'static {
    /// Says that `holder` is alive for `ttl`, keeps the partitions it holds that are within its fair share, gives
    /// up the rest, and takes free ones up to that share. Gives all that it holds now.
    ///
    /// The fair share is the number of partitions divided by the number of living holders, rounded up.
    async fn renew(&self, holder: &str, ttl: Duration) -> Result<Vec<Partition>, LeaseError>;

    /// Gives up everything that `holder` holds, at once, so that others need not wait for the end of a lease.
    async fn release(&self, holder: &str) -> Result<(), LeaseError>;
}
