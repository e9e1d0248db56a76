//! Presence: which sessions are there, kept by leases.
//!
//! Each connection has an entry with an end. Its gateway renews it while the connection lives; when
//! the connection closes, the end is set a grace ahead; when a gateway dies, nothing renews. Ended entries
//! are collected by whoever sweeps, so no process ever clears another's living entries.
//!
//! Of whom something changed is noted, until someone says that it was told: so no change stays untold, whoever dies.

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
    /// Under which it is noted as untold.
    pub mark: u64,
    /// Whether an earlier change of the user was noted already.
    pub noted_before: bool,
}

/// That a user's status changed and nobody was told yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// Whose.
    pub user_id: UserId,
    /// Tells the latest of the user's changes from all others.
    pub mark: u64,
}

impl StatusChange {
    /// Whether others see a difference.
    pub fn shows(&self) -> bool {
        Status::seen_by_others(self.before.as_ref()) != Status::seen_by_others(self.after.as_ref())
    }

    /// The note of it, if there is nothing to tell: it does not show, nor is there an earlier change that might.
    pub fn idle_note(&self) -> Option<Note> {
        let is_idle = !self.shows() && !self.noted_before;
        is_idle.then_some(Note {
            user_id: self.user_id,
            mark: self.mark,
        })
    }
}

/// Statuses of sessions, merged per user. Each operation is atomic per user.
#[async_trait]
pub trait Presence: Send + Sync + 'static {
    /// Sets what a connection says of its user, until `end`, and notes that the user's status changed.
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

    /// Drops the entries of users of this partition that ended before `now`, and notes that their statuses changed. Each
    /// ended entry is told to one sweeper only.
    async fn sweep(
        &self,
        partition: Partition,
        now: Timestamp,
    ) -> Result<Vec<StatusChange>, PresenceError>;

    /// The notes of users of this partition, in no order, so many at most.
    async fn untold(&self, partition: Partition, limit: u32) -> Result<Vec<Note>, PresenceError>;

    /// Drops notes of users of this partition: what they say was told, or shows to nobody. If something has changed since, the
    /// note of that stays.
    async fn told(&self, partition: Partition, notes: &[Note]) -> Result<(), PresenceError>;

    /// The merged statuses of users, in the order asked for; none is offline.
    async fn statuses(&self, users: &[UserId]) -> Result<Vec<Option<Status>>, PresenceError>;

    /// The same, perhaps from memory: as they were when the latest of what was heard on the bus was published, or later. For
    /// whoever goes by what is published.
    async fn known_statuses(&self, users: &[UserId]) -> Result<Vec<Option<Status>>, PresenceError> {
        self.statuses(users).await
    }
}
