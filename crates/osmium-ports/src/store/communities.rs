//! Communities: what they are, the rules that hold in them, and how they are listed in public.

use super::Result;
use async_trait::async_trait;
use osmium_model::{
    Community, CommunityId, CommunityRules, InviteCode, Listing, Member, UserId, Username,
};

/// A community in the public directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The community.
    pub community: Community,
    /// What it says of itself.
    pub listing: Listing,
    /// The invite into it.
    pub invite: InviteCode,
}

/// Reading communities. One that was deleted does not exist.
#[async_trait]
pub trait CommunityReads {
    /// A community.
    async fn find_community(&mut self, id: CommunityId) -> Result<Option<Community>>;

    /// The communities a user is a member of, with the membership and the community's permission epoch, by when
    /// they joined.
    async fn communities_of(&mut self, user: UserId) -> Result<Vec<(Community, Member, u64)>>;

    /// How many communities a user is a member of.
    async fn count_communities_of(&mut self, user: UserId) -> Result<u32>;

    /// All that decides what members may do, of those of the communities that exist.
    async fn rules(&mut self, ids: &[CommunityId]) -> Result<Vec<CommunityRules>>;

    /// How a community is listed, with the invite for it, or was before it was taken off; none if it never was.
    async fn find_listing(
        &mut self,
        id: CommunityId,
    ) -> Result<Option<(Listing, Option<InviteCode>)>>;

    /// The listed communities by id, those above `after`.
    async fn listed(&mut self, after: CommunityId, limit: u32) -> Result<Vec<Listed>>;

    /// The listed community with this handle.
    async fn find_listed(&mut self, username: &Username) -> Result<Option<Listed>>;
}

/// Writing communities. Whoever does holds the community's topic.
#[async_trait]
pub trait CommunityWrites {
    /// Adds a community. Its topic is created by the caller.
    async fn insert_community(&mut self, community: &Community) -> Result<()>;

    /// Replaces a community's row. Taken: [`super::StoreError::COMMUNITY_USERNAME`].
    async fn update_community(&mut self, community: &Community) -> Result<()>;

    /// Deletes a community with all that is in it. Its messages are deleted later and by and by: see
    /// [`super::Log::prune`].
    async fn delete_community(&mut self, id: CommunityId) -> Result<()>;

    /// Replaces how a community is listed. With an invite, it is listed by it; with none, it is not, and the
    /// invite that it was listed by is deleted.
    async fn set_listing(
        &mut self,
        id: CommunityId,
        listing: &Listing,
        invite: Option<&InviteCode>,
    ) -> Result<()>;
}
