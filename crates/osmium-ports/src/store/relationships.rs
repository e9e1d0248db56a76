//! What users are to each other.

use super::Result;
use async_trait::async_trait;
use osmium_model::relationship::Pair;
use osmium_model::{Relationship, UserId};

/// What decides whether two users may write to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// Whether one has blocked the other.
    pub blocked: bool,
    /// The sum of the permission epochs of both users' topics: it grows with every block.
    pub epoch: u64,
}

/// Reading what users are to each other.
#[async_trait]
pub trait RelationshipReads {
    /// What two users are to each other; `user` is the one, `other` the other.
    async fn find_pair(&mut self, user: UserId, other: UserId) -> Result<Pair>;

    /// The same of a user and each of those others with whom there is something, in no order.
    async fn pairs(&mut self, user: UserId, others: &[UserId]) -> Result<Vec<(UserId, Pair)>>;

    /// Everyone who is something to a user, by id.
    async fn relationships(&mut self, user: UserId) -> Result<Vec<(UserId, Relationship)>>;

    /// How many others are one of these to a user.
    async fn count_relationships(&mut self, user: UserId, kinds: &[Relationship]) -> Result<u32>;

    /// The friends that both have, by id, at most `limit`.
    async fn mutual_friends(&mut self, a: UserId, b: UserId, limit: u32) -> Result<Vec<UserId>>;

    /// What stands between two users, all of one moment; none if one of them does not exist.
    async fn find_between(&mut self, a: UserId, b: UserId) -> Result<Option<Between>>;

    /// Those of the users who know `user`, in no order: both share a community or a group, are friends, or have a direct chat
    /// and neither has blocked the other. (Those who watch the user are these; see [`super::UserReads::watching_topics`].)
    async fn acquaintances(&mut self, user: UserId, among: &[UserId]) -> Result<Vec<UserId>>;
}

/// Writing what users are to each other. Whoever does holds the topics of both.
#[async_trait]
pub trait RelationshipWrites {
    /// Sets what `other` is to `user`; none is nothing.
    async fn set_relationship(
        &mut self,
        user: UserId,
        other: UserId,
        relationship: Option<Relationship>,
    ) -> Result<()>;
}
