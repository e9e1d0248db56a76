//! Channels of communities, their overrides, and the roles that those are for.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Channel, ChannelId, CommunityId, Override, Role, RoleId};

/// A channel's overrides: a list of its own, or none for those of its category.
pub type OverrideList = (ChannelId, Option<Vec<Override>>);

/// Reading channels. (What may be done in them comes with [`super::CommunityReads::rules`].)
#[async_trait]
pub trait ChannelReads {
    /// A community's channels, by position and then id.
    async fn channels(&mut self, id: CommunityId) -> Result<Vec<Channel>>;
}

/// Writing channels and roles. Whoever does holds the community's topic.
#[async_trait]
pub trait ChannelWrites {
    /// Adds a channel, with its chat if it has one. Under a category, it has the overrides of that.
    async fn insert_channel(&mut self, channel: &Channel) -> Result<()>;

    /// Replaces the rows of channels.
    async fn update_channels(&mut self, channels: &[Channel]) -> Result<()>;

    /// Deletes a channel with its overrides. Its messages are deleted later and by and by: see [`super::Log::prune`].
    async fn delete_channel(&mut self, channel: ChannelId) -> Result<()>;

    /// Replaces the overrides of channels.
    async fn set_overrides(&mut self, lists: &[OverrideList]) -> Result<()>;

    /// Adds a role.
    async fn insert_role(&mut self, role: &Role) -> Result<()>;

    /// Replaces a role.
    async fn update_role(&mut self, role: &Role) -> Result<()>;

    /// Deletes a role, takes it from its holders, and deletes the overrides for it.
    async fn delete_role(&mut self, role: RoleId) -> Result<()>;
}
