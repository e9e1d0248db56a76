//! Communities, channels and members.

use crate::chat;
use osmium_model::{
    Ban, Channel, ChannelId, Community, CommunityId, InviteCode, Listing, Member, NotifPrefs,
    Override, OverrideTarget, Permissions, Role, RoleId, Timestamp, UserId,
};
use osmium_proto::communities::community_settings::{DiscoveryListing, SystemMessages};
use osmium_proto::communities::removed_members::RemovedMember;
use osmium_proto::communities::{CommunitySettings, CommunityUserInfo};
use osmium_proto::discovery::{DiscoveryCommunityListing, DiscoveryListingInfo};
use osmium_proto::types::{self, PermissionOverrides};

/// What of a community differs from viewer to viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether they own it.
    pub owner: bool,
    /// What they may do in it.
    pub permissions: Permissions,
    /// What they want to be notified of.
    pub notif_prefs: NotifPrefs,
}

impl Standing {
    /// That of someone who is not a member.
    pub const OUTSIDER: Self = Self {
        owner: false,
        permissions: Permissions::empty(),
        notif_prefs: NotifPrefs::Default,
    };

    /// That of a member with these permissions.
    pub fn of(community: &Community, member: &Member, permissions: Permissions) -> Self {
        Self {
            owner: community.owner_id == member.user_id,
            permissions,
            notif_prefs: member.notif_prefs,
        }
    }
}

/// A community as someone of this standing sees it.
pub fn community(community: &Community, standing: Standing) -> types::Community {
    let Standing {
        owner,
        permissions,
        notif_prefs,
    } = standing;
    types::Community {
        owner,
        permissions: permissions.bits(),
        notif_prefs: notif_prefs as i32,
        ..shared(community)
    }
}

/// Only what all viewers see alike.
pub(crate) fn shared(community: &Community) -> types::Community {
    types::Community {
        id: community.id.0,
        name: community.name.clone(),
        username: community.username.as_ref().map(ToString::to_string),
        ..types::Community::default()
    }
}

/// Only what differs from viewer to viewer, to be spliced beside the rest.
pub(crate) fn personal(standing: Standing) -> types::Community {
    let Standing {
        owner,
        permissions,
        notif_prefs,
    } = standing;
    types::Community {
        owner,
        permissions: permissions.bits(),
        notif_prefs: notif_prefs as i32,
        ..types::Community::default()
    }
}

/// A channel.
pub fn channel(channel: &Channel) -> types::Channel {
    types::Channel {
        id: channel.id.0,
        community_id: channel.community_id.0,
        name: channel.name.clone(),
        r#type: channel.kind as i32,
        position: channel.position,
        parent_id: channel.parent_id.map(|id| id.0),
        flags: if channel.explicit {
            types::channel::ChannelFlag::Explicit as u64
        } else {
            0
        },
        highlighted_msg_id: channel.highlighted.map(|id| id.0),
        description: channel.description.clone(),
        slowmode_seconds: (channel.slowmode_seconds > 0).then_some(channel.slowmode_seconds),
        preferred_region: channel.preferred_region.clone(),
    }
}

/// A member.
pub fn member(member: &Member) -> types::CommunityMember {
    types::CommunityMember {
        id: member.user_id.0,
        community_id: member.community_id.0,
        role_ids: member.role_ids.iter().map(|id| id.0).collect(),
        nickname: member.nickname.clone(),
    }
}

/// A role.
pub fn role(role: &Role) -> types::CommunityRole {
    types::CommunityRole {
        id: role.id.0,
        community_id: role.community_id.0,
        name: role.name.clone(),
        permissions: role.permissions.bits(),
        priority: role.priority,
        color: role.color,
        separated: role.separated,
        public: role.public,
    }
}

/// An override of a channel.
pub fn channel_override(
    community: CommunityId,
    channel: ChannelId,
    found: &Override,
) -> types::ChannelOverride {
    types::ChannelOverride {
        community_id: community.0,
        channel_id: channel.0,
        role_id: match found.target {
            OverrideTarget::Everyone => community.0,
            OverrideTarget::Role(role) => role.0,
        },
        permissions: Some(chat::overrides((found.allow, found.deny))),
    }
}

/// Whom a `role_id` of an override means: the community's own id, and 0, are everyone.
pub fn parse_target(community: CommunityId, role_id: u64) -> OverrideTarget {
    if role_id == 0 || role_id == community.0 {
        OverrideTarget::Everyone
    } else {
        OverrideTarget::Role(RoleId(role_id))
    }
}

/// What an override gives, and what it takes away of the rest.
pub fn parse_overrides(said: Option<PermissionOverrides>) -> (Permissions, Permissions) {
    let PermissionOverrides { pos, neg } = said.unwrap_or_default();
    let allow = Permissions::from_bits_retain(pos);
    (allow, Permissions::from_bits_retain(neg) - allow)
}

/// Someone who was removed, or is banned.
pub fn removed(ban: &Ban, user: Option<types::User>) -> RemovedMember {
    RemovedMember {
        user_id: ban.user_id.0,
        user,
        until: Some(ban.until.map_or(0, Timestamp::seconds)),
        reason: ban.reason.clone(),
    }
}

/// Someone who was kicked: they may come back.
pub fn kicked(user_id: UserId, user: Option<types::User>, reason: Option<String>) -> RemovedMember {
    RemovedMember {
        user_id: user_id.0,
        user,
        until: None,
        reason,
    }
}

/// A community in the public directory.
pub fn listed(
    community: &Community,
    listing: Listing,
    invite: &InviteCode,
) -> DiscoveryCommunityListing {
    DiscoveryCommunityListing {
        community_id: community.id.0,
        name: community.name.clone(),
        photo: None,
        invite_code: invite.as_str().to_owned(),
        short_description: listing.short_description,
        long_description: listing.long_description,
        categories: listing.categories,
    }
}

/// The settings of a community.
pub fn settings(community: &Community, listing: Listing) -> CommunitySettings {
    CommunitySettings {
        system_messages: Some(SystemMessages {
            channel_id: community.system_channel_id.map(|id| id.0),
            join_messages: Some(community.join_messages),
        }),
        discovery_listing: Some(DiscoveryListing {
            listed: listing.listed,
            listing: Some(DiscoveryListingInfo {
                short_description: listing.short_description,
                long_description: listing.long_description,
                categories: listing.categories,
            }),
        }),
        default_notif_prefs: Some(community.default_notif_prefs as i32),
    }
}

/// How a community is to be listed.
pub fn parse_listing(said: DiscoveryListing) -> Listing {
    let info = said.listing.unwrap_or_default();
    Listing {
        listed: said.listed,
        short_description: info.short_description,
        long_description: info.long_description,
        categories: info.categories,
    }
}

/// What a user has not read in a community.
pub fn user_info(id: CommunityId, unread: u32, mentions: u32) -> CommunityUserInfo {
    CommunityUserInfo {
        community_id: id.0,
        unread_count: unread,
        unread_mention_count: mentions,
    }
}
