//! Communities, members, channels and roles as the rows that hold them.

use crate::error::unknown;
use osmium_model::{
    Channel, ChannelId, ChannelKind, Community, CommunityId, Member, MessageId, NotifPrefs,
    Override, OverrideTarget, Permissions, Role, RoleId, UserId, Username,
};
use osmium_ports::StoreError;
use osmium_ports::store::Result;

/// A row of `communities`.
pub(super) struct CommunityRow {
    pub(super) community_id: i64,
    pub(super) name: String,
    pub(super) username: Option<String>,
    pub(super) owner_id: i64,
    pub(super) default_permissions: i64,
    pub(super) system_channel_id: Option<i64>,
    pub(super) join_messages: bool,
    pub(super) default_notif_prefs: i32,
}

impl TryFrom<CommunityRow> for Community {
    type Error = StoreError;

    fn try_from(row: CommunityRow) -> Result<Self> {
        Ok(Self {
            id: CommunityId::from_sql(row.community_id),
            name: row.name,
            username: row.username.map(Username::from_stored),
            owner_id: UserId::from_sql(row.owner_id),
            default_permissions: Permissions::from_sql(row.default_permissions),
            system_channel_id: row.system_channel_id.map(ChannelId::from_sql),
            join_messages: row.join_messages,
            default_notif_prefs: notif_prefs(row.default_notif_prefs)?,
        })
    }
}

/// A row of `members`, with the roles that the member holds by id, as a JSON array.
pub(super) struct MemberRow {
    pub(super) community_id: i64,
    pub(super) user_id: i64,
    pub(super) nickname: Option<String>,
    pub(super) joined_id: i64,
    pub(super) notif_prefs: i32,
    pub(super) roles: String,
}

impl TryFrom<MemberRow> for Member {
    type Error = StoreError;

    fn try_from(row: MemberRow) -> Result<Self> {
        Ok(Self {
            community_id: CommunityId::from_sql(row.community_id),
            user_id: UserId::from_sql(row.user_id),
            nickname: row.nickname,
            role_ids: serde_json::from_str(&row.roles)
                .map_err(|error| unknown("list of roles", error))?,
            joined_id: row.joined_id.cast_unsigned(),
            notif_prefs: notif_prefs(row.notif_prefs)?,
        })
    }
}

/// A row of `channels`.
pub(super) struct ChannelRow {
    pub(super) channel_id: i64,
    pub(super) community_id: i64,
    pub(super) name: String,
    pub(super) kind: i32,
    pub(super) position: u32,
    pub(super) parent_id: Option<i64>,
    pub(super) explicit: bool,
    pub(super) highlighted_id: Option<i64>,
    pub(super) description: Option<String>,
    pub(super) slowmode_seconds: u32,
    pub(super) preferred_region: Option<String>,
    pub(super) synced: bool,
}

impl TryFrom<ChannelRow> for Channel {
    type Error = StoreError;

    fn try_from(row: ChannelRow) -> Result<Self> {
        Ok(Self {
            id: ChannelId::from_sql(row.channel_id),
            community_id: CommunityId::from_sql(row.community_id),
            name: row.name,
            kind: ChannelKind::from_number(row.kind)
                .ok_or_else(|| unknown("kind of channel", row.kind))?,
            position: row.position,
            parent_id: row.parent_id.map(ChannelId::from_sql),
            explicit: row.explicit,
            highlighted: row.highlighted_id.map(MessageId::from_sql),
            description: row.description,
            slowmode_seconds: row.slowmode_seconds,
            preferred_region: row.preferred_region,
        })
    }
}

/// A row of `roles`.
pub(super) struct RoleRow {
    pub(super) role_id: i64,
    pub(super) community_id: i64,
    pub(super) name: String,
    pub(super) permissions: i64,
    pub(super) priority: u32,
    pub(super) color: u32,
    pub(super) separated: bool,
    pub(super) public: bool,
}

impl From<RoleRow> for Role {
    fn from(row: RoleRow) -> Self {
        Self {
            id: RoleId::from_sql(row.role_id),
            community_id: CommunityId::from_sql(row.community_id),
            name: row.name,
            permissions: Permissions::from_sql(row.permissions),
            priority: row.priority,
            color: row.color,
            separated: row.separated,
            public: row.public,
        }
    }
}

/// A row of `overrides`, with the community of its channel.
pub(super) struct OverrideRow {
    pub(super) community_id: i64,
    pub(super) channel_id: i64,
    pub(super) role_id: i64,
    pub(super) allow: i64,
    pub(super) deny: i64,
}

impl From<OverrideRow> for Override {
    fn from(row: OverrideRow) -> Self {
        Self {
            target: match row.role_id {
                EVERYONE => OverrideTarget::Everyone,
                role => OverrideTarget::Role(RoleId::from_sql(role)),
            },
            allow: Permissions::from_sql(row.allow),
            deny: Permissions::from_sql(row.deny),
        }
    }
}

/// The `role_id` of an override for everyone.
const EVERYONE: i64 = 0;

/// Whom an override is for, as a column.
pub(super) fn target_column(target: OverrideTarget) -> i64 {
    match target {
        OverrideTarget::Everyone => EVERYONE,
        OverrideTarget::Role(role) => role.to_sql(),
    }
}

/// The preference in a column.
pub(crate) fn notif_prefs(column: i32) -> Result<NotifPrefs> {
    NotifPrefs::from_number(column).ok_or_else(|| unknown("notification preference", column))
}
