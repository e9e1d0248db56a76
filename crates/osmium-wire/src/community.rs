//! Communities, channels and members.

use osmium_model::{Channel, Community, CommunityId, Member, NotifPrefs, Permissions};
use osmium_proto::communities::CommunityUserInfo;
use osmium_proto::types;

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

/// What a user has not read in a community.
pub fn user_info(id: CommunityId, unread: u32, mentions: u32) -> CommunityUserInfo {
    CommunityUserInfo {
        community_id: id.0,
        unread_count: unread,
        unread_mention_count: mentions,
    }
}
