//! Communities, their members and channels, and the rules made of them.

use crate::error::{failed, unknown};
use crate::row::number;
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
    notif_prefs: i16,
}

impl TryFrom<MemberRow> for Member {
    type Error = StoreError;

    fn try_from(row: MemberRow) -> Result<Self> {
        Ok(Self {
            community_id: CommunityId::from_sql(row.community_id),
            user_id: UserId::from_sql(row.user_id),
            nickname: row.nickname,
            // No table of roles yet: what members hold is loaded here.
            role_ids: Vec::new(),
            joined_id: row.joined_id.cast_unsigned(),
            notif_prefs: notif_prefs(row.notif_prefs)?,
        })
    }
}

struct ChannelRow {
    channel_id: i64,
    community_id: i64,
    name: String,
    kind: i16,
    position: i64,
    parent_id: Option<i64>,
    explicit: bool,
    highlighted_id: Option<i64>,
    description: Option<String>,
    slowmode_seconds: i64,
    preferred_region: Option<String>,
}

impl TryFrom<ChannelRow> for Channel {
    type Error = StoreError;

    fn try_from(row: ChannelRow) -> Result<Self> {
        Ok(Self {
            id: ChannelId::from_sql(row.channel_id),
            community_id: CommunityId::from_sql(row.community_id),
            name: row.name,
            kind: ChannelKind::from_number(row.kind.into())
                .ok_or_else(|| unknown("kind of channel", row.kind))?,
            position: number(row.position)?,
            parent_id: row.parent_id.map(ChannelId::from_sql),
            explicit: row.explicit,
            highlighted: row.highlighted_id.map(MessageId::from_sql),
            description: row.description,
            slowmode_seconds: number(row.slowmode_seconds)?,
            preferred_region: row.preferred_region,
        })
    }
}

/// The preference in a column.
pub(crate) fn notif_prefs(column: i16) -> Result<NotifPrefs> {
    NotifPrefs::from_number(column.into()).ok_or_else(|| unknown("notification preference", column))
}

#[async_trait]
impl<C: Connection> CommunityReads for Session<C> {
    async fn find_community(&mut self, id: CommunityId) -> Result<Option<Community>> {
        let row = sqlx::query_as!(
            CommunityRow,
            "SELECT community_id, name, username, owner_id, default_permissions, system_channel_id,
                join_messages
            FROM communities WHERE community_id = $1",
            id.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(Community::from))
    }

    async fn communities_of(&mut self, user: UserId) -> Result<Vec<(Community, Member)>> {
        let rows = sqlx::query!(
            "SELECT community_id, name, username, owner_id, default_permissions, system_channel_id,
                join_messages, user_id, nickname, joined_id, notif_prefs
            FROM members JOIN communities USING (community_id)
            WHERE user_id = $1 ORDER BY joined_id",
            user.to_sql(),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| {
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
                Ok((community.into(), member.try_into()?))
            })
            .collect()
    }

    async fn count_communities_of(&mut self, user: UserId) -> Result<u32> {
        let count = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM members WHERE user_id = $1"#,
            user.to_sql(),
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)?;
        number(count)
    }

    async fn members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<Member>> {
        let users: Vec<i64> = users.iter().map(|user| user.to_sql()).collect();
        let rows = sqlx::query_as!(
            MemberRow,
            "SELECT community_id, user_id, nickname, joined_id, notif_prefs
            FROM members WHERE community_id = $1 AND user_id = ANY($2)",
            id.to_sql(),
            &users,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Member::try_from).collect()
    }

    async fn channels(&mut self, id: CommunityId) -> Result<Vec<Channel>> {
        let rows = sqlx::query_as!(
            ChannelRow,
            "SELECT channel_id, community_id, name, kind, position, parent_id, explicit, highlighted_id,
                description, slowmode_seconds, preferred_region
            FROM channels WHERE community_id = $1 ORDER BY position, channel_id",
            id.to_sql(),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Channel::try_from).collect()
    }

    async fn find_standing(
        &mut self,
        id: CommunityId,
        user: UserId,
    ) -> Result<Option<(Member, u64)>> {
        let row = sqlx::query!(
            "SELECT community_id, user_id, nickname, joined_id, notif_prefs, epoch
            FROM members JOIN topics ON topic_id = community_id
            WHERE community_id = $1 AND user_id = $2",
            id.to_sql(),
            user.to_sql(),
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

    async fn find_rules(&mut self, id: CommunityId) -> Result<Option<CommunityRules>> {
        // The epoch first: what is read after it may be newer, and is then read again when the epoch's event comes;
        // older it cannot be.
        let community = sqlx::query!(
            "SELECT owner_id, default_permissions, epoch
            FROM communities JOIN topics ON topic_id = community_id
            WHERE community_id = $1",
            id.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        let Some(community) = community else {
            return Ok(None);
        };
        let channels = self.channels(id).await?;
        Ok(Some(CommunityRules {
            community_id: id,
            epoch: community.epoch.cast_unsigned(),
            owner_id: UserId::from_sql(community.owner_id),
            default_permissions: Permissions::from_sql(community.default_permissions),
            // No table of roles yet: the permissions of each are loaded here.
            roles: HashMap::new(),
            channels: channels.into_iter().map(channel_rules).collect(),
        }))
    }
}

fn channel_rules(channel: Channel) -> (ChannelId, ChannelRules) {
    let rules = ChannelRules {
        channel,
        // No table of overrides yet: those of the channel are loaded here.
        overrides: Vec::new(),
    };
    (rules.channel.id, rules)
}

#[async_trait]
impl CommunityWrites for Session<Writer> {
    async fn insert_community(&mut self, community: &Community) -> Result<()> {
        sqlx::query!(
            "INSERT INTO communities (community_id, name, username, owner_id, default_permissions,
                system_channel_id, join_messages)
            VALUES ($1, $2, $3, $4, $5, $6, $7)",
            community.id.to_sql(),
            community.name,
            community.username.as_ref().map(Username::as_str),
            community.owner_id.to_sql(),
            community.default_permissions.to_sql(),
            community.system_channel_id.map(ChannelId::to_sql),
            community.join_messages,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_community(&mut self, community: &Community) -> Result<()> {
        sqlx::query!(
            "UPDATE communities SET name = $2, username = $3, owner_id = $4, default_permissions = $5,
                system_channel_id = $6, join_messages = $7
            WHERE community_id = $1",
            community.id.to_sql(),
            community.name,
            community.username.as_ref().map(Username::as_str),
            community.owner_id.to_sql(),
            community.default_permissions.to_sql(),
            community.system_channel_id.map(ChannelId::to_sql),
            community.join_messages,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn insert_member(&mut self, member: &Member) -> Result<bool> {
        let done = sqlx::query!(
            "INSERT INTO members (community_id, user_id, nickname, joined_id, notif_prefs)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (community_id, user_id) DO NOTHING",
            member.community_id.to_sql(),
            member.user_id.to_sql(),
            member.nickname,
            member.joined_id.cast_signed(),
            member.notif_prefs as i16,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_member(&mut self, id: CommunityId, user: UserId) -> Result<bool> {
        let done = sqlx::query!(
            "DELETE FROM members WHERE community_id = $1 AND user_id = $2",
            id.to_sql(),
            user.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn insert_channel(&mut self, channel: &Channel) -> Result<()> {
        sqlx::query!(
            "WITH added AS (
                INSERT INTO channels (channel_id, community_id, name, kind, position, parent_id, explicit,
                    highlighted_id, description, slowmode_seconds, preferred_region)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            )
            INSERT INTO chats (chat_id, kind, community_id, last_ordinal, highest_id)
            SELECT $1, 1, $2, 0, 0 WHERE $12",
            channel.id.to_sql(),
            channel.community_id.to_sql(),
            channel.name,
            channel.kind as i16,
            i64::from(channel.position),
            channel.parent_id.map(ChannelId::to_sql),
            channel.explicit,
            channel.highlighted.map(MessageId::to_sql),
            channel.description,
            i64::from(channel.slowmode_seconds),
            channel.preferred_region,
            channel.has_messages(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_channel(&mut self, channel: &Channel) -> Result<()> {
        sqlx::query!(
            "UPDATE channels SET name = $2, kind = $3, position = $4, parent_id = $5, explicit = $6,
                highlighted_id = $7, description = $8, slowmode_seconds = $9, preferred_region = $10
            WHERE channel_id = $1",
            channel.id.to_sql(),
            channel.name,
            channel.kind as i16,
            i64::from(channel.position),
            channel.parent_id.map(ChannelId::to_sql),
            channel.explicit,
            channel.highlighted.map(MessageId::to_sql),
            channel.description,
            i64::from(channel.slowmode_seconds),
            channel.preferred_region,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
