//! Presence: which sessions are there, kept by leases.
//!
//! Each connection has an entry with an end. Its gateway renews it while the connection lives; when
//! the connection closes, the end is set a grace ahead; when a gateway dies, nothing renews. Ended entries
//! are collected by whoever sweeps, so no process ever clears another's living entries.

use async_trait::async_trait;
use osmium_model::{ConnectionId, Partition, Status, Timestamp, UserId};

/// Presence could not be reached.
#[derive(Debug, Clone, thiserror::Error)]
#[error("presence cannot be reached: {0}")]
pub struct PresenceError(pub String);

/// A user's merged status (see [`Status::merge`]) before and after an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// Whose.
    pub user_id: UserId,
    /// All living sessions merged, before; none is offline.
    pub before: Option<Status>,
    /// The same after.
    pub after: Option<Status>,
}

impl StatusChange {
    /// Whether others see a difference.
    pub fn shows(&self) -> bool {
        Status::seen_by_others(self.before.as_ref()) != Status::seen_by_others(self.after.as_ref())
    }
}

/// Statuses of sessions, merged per user. Each operation is atomic per user.
#[async_trait]
pub trait Presence: Send + Sync + 'static {
    /// Sets what a connection says of its user, until `end`.
    async fn set(
        &self,
        user: UserId,
        connection: ConnectionId,
        status: &Status,
        end: Timestamp,
    ) -> Result<StatusChange, PresenceError>;

    /// Moves the end of connections' entries, without changing what they say. An entry that is gone (the
    /// presence store was emptied) is told back: it must be set again.
    async fn extend(
        &self,
        connections: &[(UserId, ConnectionId)],
        end: Timestamp,
    ) -> Result<Vec<(UserId, ConnectionId)>, PresenceError>;

    /// Drops the entries of users of this partition that ended before `now`. Each ended entry is told to
    /// one sweeper only.
    async fn sweep(
        &self,
        partition: Partition,
        now: Timestamp,
    ) -> Result<Vec<StatusChange>, PresenceError>;

    /// The merged statuses of users, in the order asked for; none is offline.
    async fn statuses(&self, users: &[UserId]) -> Result<Vec<Option<Status>>, PresenceError>;
}
