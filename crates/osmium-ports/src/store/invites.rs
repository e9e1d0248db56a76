//! Invites.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Invite, InviteCode, InviteTarget, Timestamp};

/// Reading invites.
#[async_trait]
pub trait InviteReads {
    /// An invite, live or not.
    async fn find_invite(&mut self, code: &InviteCode) -> Result<Option<Invite>>;

    /// The live invites of a target, the newest first; not the one that a community is listed by.
    async fn invites_of(&mut self, target: InviteTarget, now: Timestamp) -> Result<Vec<Invite>>;
}

/// Writing invites. Whoever does holds the topic of the target.
#[async_trait]
pub trait InviteWrites {
    /// Adds an invite.
    async fn insert_invite(&mut self, invite: &Invite, at: Timestamp) -> Result<()>;

    /// Deletes an invite; false if there is none, or a community is listed by it.
    async fn delete_invite(&mut self, code: &InviteCode) -> Result<bool>;

    /// Counts one use; false if the invite is used up or gone. Exact under concurrent use.
    async fn count_use(&mut self, code: &InviteCode) -> Result<bool>;
}
