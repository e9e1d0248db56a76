//! Members of communities, and who may not be one.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Ban, CommunityId, Member, RoleId, Timestamp, User, UserId};

/// Reading memberships.
#[async_trait]
pub trait MemberReads {
    /// Those of the users that are members.
    async fn members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<Member>>;

    /// Members by the id of the user, those above `after`.
    async fn member_page(
        &mut self,
        id: CommunityId,
        after: UserId,
        limit: u32,
    ) -> Result<Vec<Member>>;

    /// All members with their users, in no order.
    async fn roster(&mut self, id: CommunityId) -> Result<Vec<(Member, User)>>;

    /// Some of the holders of a role, at most `limit`.
    async fn holders(&mut self, role: RoleId, limit: u32) -> Result<Vec<Member>>;

    /// A user's membership, with the permission epoch of the community at the same moment; none if they are no
    /// member.
    async fn find_standing(
        &mut self,
        id: CommunityId,
        user: UserId,
    ) -> Result<Option<(Member, u64)>>;

    /// Whether a user is banned at this time.
    async fn is_banned(&mut self, id: CommunityId, user: UserId, now: Timestamp) -> Result<bool>;

    /// The bans in force at this time, the latest first.
    async fn bans(&mut self, id: CommunityId, now: Timestamp, limit: u32) -> Result<Vec<Ban>>;
}

/// Writing memberships. Whoever does holds the community's topic.
#[async_trait]
pub trait MemberWrites {
    /// Adds a member; false if they are one already.
    async fn insert_member(&mut self, member: &Member) -> Result<bool>;

    /// Replaces a member's nickname, roles and preferences. The roles exist.
    async fn update_member(&mut self, member: &Member) -> Result<()>;

    /// Removes those of the users that are members, with all that they had read, and tells which were.
    async fn delete_members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<UserId>>;

    /// Adds bans, or replaces those of the same users. All are of one community.
    async fn set_bans(&mut self, bans: &[Ban], at: Timestamp) -> Result<()>;

    /// Lifts bans.
    async fn delete_bans(&mut self, id: CommunityId, users: &[UserId]) -> Result<()>;
}
