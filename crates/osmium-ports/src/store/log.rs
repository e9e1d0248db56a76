//! The log of events, positions in it, and what the services keep beside it.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Event, Partition, Timestamp, Topic, UserId};
use std::time::Duration;

/// How far a topic's log goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The topic.
    pub topic: Topic,
    /// The number of its latest committed event; 0 if there was none.
    pub seq: u64,
}

/// An event with the number it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its topic.
    pub topic: Topic,
    /// Its number in the topic, from 1 without gaps, in commit order.
    pub seq: u64,
    /// What happened.
    pub event: Event,
}

/// What the log holds under a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The number in the topic.
    pub seq: u64,
    /// What happened; none if a newer release wrote it and this one does not know the kind.
    pub event: Option<Event>,
}

/// The events that a topic got within a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicRange {
    /// The topic.
    pub topic: Topic,
    /// The first of their numbers.
    pub first: u64,
    /// The last of their numbers.
    pub last: u64,
}

/// A worker number that this process alone uses, for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerLease {
    /// The number, below [`osmium_model::snowflake::WORKERS`].
    pub worker: u16,
    /// Ids made under the number before this time may exist: make only later ones.
    pub not_before: Timestamp,
}

/// The log of events.
#[async_trait]
pub trait Log: Send + Sync + 'static {
    /// The topics that a user follows, with their positions, as one snapshot: their own first, then
    /// their groups and communities.
    async fn followed(&self, user: UserId) -> Result<Vec<Position>>;

    /// The positions of topics; those that do not exist are left out.
    async fn positions(&self, topics: &[Topic]) -> Result<Vec<Position>>;

    /// A topic's events after a number, in order, at most `limit`. Numbers have no gaps; a first one that is not
    /// `after + 1` says that older ones were pruned.
    async fn events(&self, topic: Topic, after: u64, limit: u32) -> Result<Vec<LogEntry>>;

    /// Which topics of the partitions got events at or after a time of the database's clock, and which ones.
    async fn recent(&self, partitions: &[Partition], since: Timestamp) -> Result<Vec<TopicRange>>;

    /// The database's clock.
    async fn now(&self) -> Result<Timestamp>;

    /// A time of the database's clock: events recorded before it are committed, and seen by who reads from now on, or never
    /// will be. It is as late as the store knows, and at most `longest` ago, which is what a transaction may take.
    async fn settled(&self, longest: Duration) -> Result<Timestamp>;

    /// Up to when all events of a partition are known to be published, by the database's clock.
    async fn checkpoint(&self, partition: Partition) -> Result<Timestamp>;

    /// Moves checkpoints forward.
    async fn set_checkpoints(&self, partitions: &[Partition], at: Timestamp) -> Result<()>;

    /// Forgets events recorded before a time, and with them idempotency keys and interactions that still wait; also
    /// messages of deleted channels, whatever their time. At most `limit` rows of each. Tells how many events went.
    async fn prune(&self, before: Timestamp, limit: u32) -> Result<u64>;

    /// Leases a worker number that nobody holds, the one unused for longest first, until `ttl` from now by the
    /// database's clock.
    async fn lease_worker(&self, holder: &str, ttl: Duration) -> Result<WorkerLease>;

    /// Holds a number for another `ttl`; false if the holder lost it. `used` is the time of the latest id made.
    async fn renew_worker(
        &self,
        holder: &str,
        worker: u16,
        used: Timestamp,
        ttl: Duration,
    ) -> Result<bool>;
}
