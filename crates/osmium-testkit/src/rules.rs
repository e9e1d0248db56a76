//! Changing the rules of a community in a test: roles, who holds them, and the overrides of channels.

use crate::contract::Checked;
use crate::person::{Community, Person, channel_chat};
use osmium_client::RpcError;
use osmium_model::Permissions;
use osmium_proto::communities::{
    ChannelOverrides, CommunityMemberRoleIds, CreateChannelOverride, CreateRole, EditMember,
    GetChannelOverrides, GetRoles,
};
use osmium_proto::types::{CommunityRole, PermissionOverrides};
use osmium_proto::updates::{
    UpdateChannel, UpdateChannelDeleted, UpdateCommunity, UpdateConversationPermissions,
};

/// A role to be made, without anything but a name.
pub fn role(community: &Community, permissions: Permissions, priority: u32) -> CreateRole {
    CreateRole {
        community_id: community.id,
        name: "Role".to_owned(),
        permissions: permissions.bits(),
        priority,
        ..CreateRole::default()
    }
}

/// What an override gives and takes away, as a request says it.
pub fn overrides(allow: Permissions, deny: Permissions) -> PermissionOverrides {
    PermissionOverrides {
        pos: allow.bits(),
        neg: deny.bits(),
    }
}

impl Person {
    /// The roles of a community, the highest first.
    pub async fn roles(&self, community: &Community) -> Result<Vec<CommunityRole>, RpcError> {
        let community_id = community.id;
        Ok(self.call(GetRoles { community_id }).await?.roles)
    }

    /// Makes a role, and hears of it; gives its id.
    pub async fn create_role(
        &mut self,
        community: &Community,
        permissions: Permissions,
        priority: u32,
    ) -> Checked<u64> {
        self.call(role(community, permissions, priority)).await?;
        self.catch_up().await?;
        let newest = self
            .roles(community)
            .await?
            .iter()
            .map(|role| role.id)
            .max();
        Ok(newest.expect("what was made is listed"))
    }

    /// Sees to it that a member holds these roles and no others.
    pub async fn give_roles(
        &self,
        community: &Community,
        member: &Self,
        roles: &[u64],
    ) -> Result<(), RpcError> {
        let request = EditMember {
            community_id: community.id,
            member_id: member.user_id,
            nickname: None,
            role_ids: Some(CommunityMemberRoleIds {
                role_ids: roles.to_vec(),
            }),
        };
        self.call(request).await
    }

    /// Makes a role and gives it to a member; both hear of it. Gives its id.
    pub async fn promote(
        &mut self,
        community: &Community,
        member: &mut Self,
        permissions: Permissions,
        priority: u32,
    ) -> Checked<u64> {
        let role = self.create_role(community, permissions, priority).await?;
        self.give_roles(community, member, &[role]).await?;
        self.catch_up().await?;
        member.catch_up().await?;
        Ok(role)
    }

    /// Makes or replaces what a channel changes for a role; 0 is everyone.
    pub async fn set_override(
        &self,
        community: &Community,
        channel_id: u64,
        role_id: u64,
        (allow, deny): (Permissions, Permissions),
    ) -> Result<(), RpcError> {
        let request = CreateChannelOverride {
            community_id: community.id,
            channel_id,
            role_id,
            permissions: Some(overrides(allow, deny)),
        };
        self.call(request).await.map(drop)
    }

    /// The next update, which has to tell of a community: whether they own it, and what they may do in it.
    pub async fn expect_standing(&mut self) -> (bool, Permissions) {
        let told: UpdateCommunity = self.expect().await;
        let community = told.community.unwrap_or_default();
        let permissions = Permissions::from_bits_retain(community.permissions);
        (community.owner, permissions)
    }

    /// The next update, which has to tell what overrides are theirs in a channel: what they give and take away.
    pub async fn expect_overrides(
        &mut self,
        community: &Community,
        channel_id: u64,
    ) -> (Permissions, Permissions) {
        let told: UpdateConversationPermissions = self.expect().await;
        let chat = channel_chat(community.id, channel_id);
        assert_eq!(told.chat_ref, Some(chat));
        let PermissionOverrides { pos, neg } = told.permissions.unwrap_or_default();
        (
            Permissions::from_bits_retain(pos),
            Permissions::from_bits_retain(neg),
        )
    }

    /// The next update, which has to tell of a channel; gives its id.
    pub async fn expect_channel(&mut self) -> u64 {
        let told: UpdateChannel = self.expect().await;
        told.channel.unwrap_or_default().id
    }

    /// The next update, which has to tell that a channel is gone; gives its id.
    pub async fn expect_no_channel(&mut self) -> u64 {
        let told: UpdateChannelDeleted = self.expect().await;
        told.channel.unwrap_or_default().channel_id
    }

    /// What a channel changes for whom.
    pub async fn overrides_of(
        &self,
        community: &Community,
        channel_id: u64,
    ) -> Result<ChannelOverrides, RpcError> {
        let request = GetChannelOverrides {
            community_id: community.id,
            channel_id,
        };
        self.call(request).await
    }
}

/// Each hears everything that was recorded until now, and forgets it.
pub async fn all_catch_up<const N: usize>(people: [&mut Person; N]) -> Checked {
    for person in people {
        person.catch_up().await?;
    }
    Ok(())
}

/// Nobody was told anything that was not expected.
pub async fn all_are_silent<const N: usize>(people: [&mut Person; N]) -> Checked {
    for person in people {
        person.expect_silence().await?;
    }
    Ok(())
}
