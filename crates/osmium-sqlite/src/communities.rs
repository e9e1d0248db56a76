//! Communities, their members and channels.

use crate::error::{failed, unknown};
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::access::ChannelRules;
use osmium_model::{
    Channel, ChannelId, ChannelKind, Community, CommunityId, CommunityRules, Member, MessageId,
    NotifPrefs, Permissions, UserId, Username,
};
use osmium_ports::StoreError;
use osmium_ports::store::{CommunityReads, CommunityWrites, Result};
use sqlx::SqliteConnection;
use std::collections::HashMap;

struct CommunityRow {
    community_id: i64,
    name: String,
    username: Option<String>,
    owner_id: i64,
    default_permissions: i64,
    system_channel_id: Option<i64>,
    join_messages: bool,
}

impl From<CommunityRow> for Community {
    fn from(row: CommunityRow) -> Self {
        Self {
            id: CommunityId::from_sql(row.community_id),
            name: row.name,
            username: row.username.map(Username::from_stored),
            owner_id: UserId::from_sql(row.owner_id),
            default_permissions: Permissions::from_sql(row.default_permissions),
            system_channel_id: row.system_channel_id.map(ChannelId::from_sql),
            join_messages: row.join_messages,
        }
    }
}

struct MemberRow {
    community_id: i64,
    user_id: i64,
    nickname: Option<String>,
    joined_id: i64,
    notif_prefs: i32,
}

impl TryFrom<MemberRow> for Member {
    type Error = StoreError;

    fn try_from(row: MemberRow) -> Result<Self> {
        Ok(Self {
            community_id: CommunityId::from_sql(row.community_id),
            user_id: UserId::from_sql(row.user_id),
            nickname: row.nickname,
            role_ids: Vec::new(), // until there are tables of roles
            joined_id: row.joined_id.cast_unsigned(),
            notif_prefs: notif_prefs(row.notif_prefs)?,
        })
    }
}

/// What a user wants to be notified of, as a row holds it.
pub(crate) fn notif_prefs(number: i32) -> Result<NotifPrefs> {
    NotifPrefs::from_number(number).ok_or_else(|| unknown("notification preference", number))
}

struct ChannelRow {
    channel_id: i64,
    community_id: i64,
    name: String,
    kind: i32,
    position: u32,
    parent_id: Option<i64>,
    explicit: bool,
    highlighted_id: Option<i64>,
    description: Option<String>,
    slowmode_seconds: u32,
    preferred_region: Option<String>,
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

#[async_trait]
impl<C: Connection> CommunityReads for Session<C> {
    async fn find_community(&mut self, id: CommunityId) -> Result<Option<Community>> {
        let id = id.to_sql();
        let row = sqlx::query_as!(
            CommunityRow,
            r#"SELECT community_id, name, username, owner_id, default_permissions,
                system_channel_id, join_messages AS "join_messages: bool"
            FROM communities WHERE community_id = $1"#,
            id,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(Community::from))
    }

    async fn communities_of(&mut self, user: UserId) -> Result<Vec<(Community, Member, u64)>> {
        let user = user.to_sql();
        let rows = sqlx::query!(
            r#"SELECT community_id AS "community_id!", name, username, owner_id, default_permissions,
                system_channel_id, join_messages AS "join_messages: bool",
                user_id, nickname, joined_id, notif_prefs AS "notif_prefs: i32", epoch
            FROM members JOIN communities USING (community_id)
            JOIN topics ON topic_id = community_id
            WHERE user_id = $1 ORDER BY joined_id"#,
            user,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let standings = rows.into_iter().map(|row| {
            let community = CommunityRow {
                community_id: row.community_id,
                name: row.name,
                username: row.username,
                owner_id: row.owner_id,
                default_permissions: row.default_permissions,
                system_channel_id: row.system_channel_id,
                join_messages: row.join_messages,
            };
            let member = MemberRow {
                community_id: row.community_id,
                user_id: row.user_id,
                nickname: row.nickname,
                joined_id: row.joined_id,
                notif_prefs: row.notif_prefs,
            };
            Ok((
                community.into(),
                member.try_into()?,
                row.epoch.cast_unsigned(),
            ))
        });
        standings.collect()
    }

    async fn count_communities_of(&mut self, user: UserId) -> Result<u32> {
        let user = user.to_sql();
        sqlx::query_scalar!(
            r#"SELECT COUNT(*) AS "count!: u32" FROM members WHERE user_id = $1"#,
            user,
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)
    }

    async fn members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<Member>> {
        let id = id.to_sql();
        let users = list(users.iter().map(|user| user.to_sql()));
        let rows = sqlx::query_as!(
            MemberRow,
            r#"SELECT community_id, user_id, nickname, joined_id, notif_prefs AS "notif_prefs: i32"
            FROM members
            WHERE community_id = $1 AND user_id IN (SELECT value FROM json_each($2))"#,
            id,
            users,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Member::try_from).collect()
    }

    async fn channels(&mut self, id: CommunityId) -> Result<Vec<Channel>> {
        channels(&mut self.connection, &list([id.to_sql()])).await
    }

    async fn find_standing(
        &mut self,
        id: CommunityId,
        user: UserId,
    ) -> Result<Option<(Member, u64)>> {
        let (id, user) = (id.to_sql(), user.to_sql());
        let row = sqlx::query!(
            r#"SELECT community_id, user_id, nickname, joined_id, notif_prefs AS "notif_prefs: i32",
                epoch
            FROM members JOIN topics ON topic_id = community_id
            WHERE community_id = $1 AND user_id = $2"#,
            id,
            user,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(|row| {
            let member = MemberRow {
                community_id: row.community_id,
                user_id: row.user_id,
                nickname: row.nickname,
                joined_id: row.joined_id,
                notif_prefs: row.notif_prefs,
            };
            Ok((member.try_into()?, row.epoch.cast_unsigned()))
        })
        .transpose()
    }

    async fn rules(&mut self, ids: &[CommunityId]) -> Result<Vec<CommunityRules>> {
        let ids = list(ids.iter().map(|id| id.to_sql()));
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query!(
            r#"SELECT community_id, owner_id, default_permissions, epoch
            FROM communities JOIN topics ON topic_id = community_id
            WHERE community_id IN (SELECT value FROM json_each($1))"#,
            ids,
        )
        .fetch_all(&mut *snapshot)
        .await
        .map_err(failed)?;
        let mut channels = by_community(channels(&mut snapshot, &ids).await?);
        let rules = rows.into_iter().map(|row| {
            let community_id = CommunityId::from_sql(row.community_id);
            CommunityRules {
                community_id,
                epoch: row.epoch.cast_unsigned(),
                owner_id: UserId::from_sql(row.owner_id),
                default_permissions: Permissions::from_sql(row.default_permissions),
                roles: HashMap::new(), // until there are tables of roles
                channels: channels.remove(&community_id).unwrap_or_default(),
            }
        });
        Ok(rules.collect())
    }
}

fn by_community(channels: Vec<Channel>) -> HashMap<CommunityId, HashMap<ChannelId, ChannelRules>> {
    let mut communities: HashMap<_, HashMap<_, _>> = HashMap::new();
    for channel in channels {
        let rules = ChannelRules {
            overrides: Vec::new(), // until there is a table of them
            channel,
        };
        let siblings = communities.entry(rules.channel.community_id).or_default();
        siblings.insert(rules.channel.id, rules);
    }
    communities
}

/// The channels of a list of communities, those of each by position and then id.
async fn channels(connection: &mut SqliteConnection, communities: &str) -> Result<Vec<Channel>> {
    let rows = sqlx::query_as!(
        ChannelRow,
        r#"SELECT channel_id, community_id, name, kind AS "kind: i32", position AS "position: u32",
            parent_id, explicit AS "explicit: bool", highlighted_id, description,
            slowmode_seconds AS "slowmode_seconds: u32", preferred_region
        FROM channels WHERE community_id IN (SELECT value FROM json_each($1))
        ORDER BY community_id, position, channel_id"#,
        communities,
    )
    .fetch_all(connection)
    .await
    .map_err(failed)?;
    rows.into_iter().map(Channel::try_from).collect()
}

#[async_trait]
impl CommunityWrites for Session<Writer> {
    async fn insert_community(&mut self, community: &Community) -> Result<()> {
        let (id, owner) = (community.id.to_sql(), community.owner_id.to_sql());
        let username = community.username.as_ref().map(Username::as_str);
        let permissions = community.default_permissions.to_sql();
        let system_channel = community.system_channel_id.map(ChannelId::to_sql);
        sqlx::query!(
            "INSERT INTO communities (community_id, name, username, owner_id, default_permissions,
                system_channel_id, join_messages)
            VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id,
            community.name,
            username,
            owner,
            permissions,
            system_channel,
            community.join_messages,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_community(&mut self, community: &Community) -> Result<()> {
        let (id, owner) = (community.id.to_sql(), community.owner_id.to_sql());
        let username = community.username.as_ref().map(Username::as_str);
        let permissions = community.default_permissions.to_sql();
        let system_channel = community.system_channel_id.map(ChannelId::to_sql);
        sqlx::query!(
            "UPDATE communities SET name = $2, username = $3, owner_id = $4,
                default_permissions = $5, system_channel_id = $6, join_messages = $7
            WHERE community_id = $1",
            id,
            community.name,
            username,
            owner,
            permissions,
            system_channel,
            community.join_messages,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn insert_member(&mut self, member: &Member) -> Result<bool> {
        let (community, user) = (member.community_id.to_sql(), member.user_id.to_sql());
        let (joined, notif_prefs) = (member.joined_id.cast_signed(), member.notif_prefs as i32);
        let inserted = sqlx::query!(
            "INSERT INTO members (community_id, user_id, nickname, joined_id, notif_prefs)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (community_id, user_id) DO NOTHING",
            community,
            user,
            member.nickname,
            joined,
            notif_prefs,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(inserted.rows_affected() == 1)
    }

    async fn delete_member(&mut self, id: CommunityId, user: UserId) -> Result<bool> {
        let (id, user) = (id.to_sql(), user.to_sql());
        let deleted = sqlx::query!(
            "DELETE FROM members WHERE community_id = $1 AND user_id = $2",
            id,
            user,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(deleted.rows_affected() == 1)
    }

    async fn insert_channel(&mut self, channel: &Channel) -> Result<()> {
        let (id, community) = (channel.id.to_sql(), channel.community_id.to_sql());
        let kind = channel.kind as i32;
        let parent = channel.parent_id.map(ChannelId::to_sql);
        let highlighted = channel.highlighted.map(MessageId::to_sql);
        sqlx::query!(
            "INSERT INTO channels (channel_id, community_id, name, kind, position, parent_id,
                explicit, highlighted_id, description, slowmode_seconds, preferred_region)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            id,
            community,
            channel.name,
            kind,
            channel.position,
            parent,
            channel.explicit,
            highlighted,
            channel.description,
            channel.slowmode_seconds,
            channel.preferred_region,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        if channel.has_messages() {
            sqlx::query!(
                "INSERT INTO chats (chat_id, kind, community_id, last_ordinal, highest_id)
                VALUES ($1, 1, $2, 0, 0)",
                id,
                community,
            )
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn update_channel(&mut self, channel: &Channel) -> Result<()> {
        let id = channel.id.to_sql();
        let kind = channel.kind as i32;
        let parent = channel.parent_id.map(ChannelId::to_sql);
        let highlighted = channel.highlighted.map(MessageId::to_sql);
        sqlx::query!(
            "UPDATE channels SET name = $2, kind = $3, position = $4, parent_id = $5,
                explicit = $6, highlighted_id = $7, description = $8, slowmode_seconds = $9,
                preferred_region = $10
            WHERE channel_id = $1",
            id,
            channel.name,
            kind,
            channel.position,
            parent,
            channel.explicit,
            highlighted,
            channel.description,
            channel.slowmode_seconds,
            channel.preferred_region,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
