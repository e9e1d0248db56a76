//! Communities, their members and channels.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Channel, Community, CommunityId, CommunityRules, Member, UserId};

/// Reading communities.
#[async_trait]
pub trait CommunityReads {
    /// A community.
    async fn find_community(&mut self, id: CommunityId) -> Result<Option<Community>>;

    /// The communities a user is a member of, with the membership and the community's permission epoch, by when
    /// they joined.
    async fn communities_of(&mut self, user: UserId) -> Result<Vec<(Community, Member, u64)>>;

    /// How many communities a user is a member of.
    async fn count_communities_of(&mut self, user: UserId) -> Result<u32>;

    /// Those of the users that are members.
    async fn members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<Member>>;

    /// A community's channels, by position and then id.
    async fn channels(&mut self, id: CommunityId) -> Result<Vec<Channel>>;

    /// A user's membership, with the permission epoch of the community at the same moment; none if they are no
    /// member.
    async fn find_standing(
        &mut self,
        id: CommunityId,
        user: UserId,
    ) -> Result<Option<(Member, u64)>>;

    /// All that decides what members may do, of those of the communities that exist.
    async fn rules(&mut self, ids: &[CommunityId]) -> Result<Vec<CommunityRules>>;
}

/// Writing communities. Whoever does holds the community's topic.
#[async_trait]
pub trait CommunityWrites {
    /// Adds a community. Its topic is created by the caller.
    async fn insert_community(&mut self, community: &Community) -> Result<()>;

    /// Replaces a community's row. Taken: [`super::StoreError::COMMUNITY_USERNAME`].
    async fn update_community(&mut self, community: &Community) -> Result<()>;

    /// Adds a member; false if they are one already.
    async fn insert_member(&mut self, member: &Member) -> Result<bool>;

    /// Removes a member; false if they were none.
    async fn delete_member(&mut self, id: CommunityId, user: UserId) -> Result<bool>;

    /// Adds a channel, with its chat if it has one.
    async fn insert_channel(&mut self, channel: &Channel) -> Result<()>;

    /// Replaces a channel's row.
    async fn update_channel(&mut self, channel: &Channel) -> Result<()>;
}
