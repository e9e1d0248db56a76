//! Communities, their members and channels, and the rules made of them.

mod row;

use crate::error::failed;
use crate::row::number;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::access::ChannelRules;
use osmium_model::{
    Channel, ChannelId, Community, CommunityId, CommunityRules, Member, MessageId, Permissions,
    UserId, Username,
};
use osmium_ports::store::{CommunityReads, CommunityWrites, Result};
pub(crate) use row::notif_prefs;
use row::{ChannelRow, CommunityRow, MemberRow};
use std::collections::HashMap;

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

    async fn communities_of(&mut self, user: UserId) -> Result<Vec<(Community, Member, u64)>> {
        let rows = sqlx::query!(
            "SELECT community_id, name, username, owner_id, default_permissions, system_channel_id,
                join_messages, user_id, nickname, joined_id, notif_prefs, epoch
            FROM members
            JOIN communities USING (community_id)
            JOIN topics ON topic_id = community_id
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
                Ok((
                    community.into(),
                    member.try_into()?,
                    row.epoch.cast_unsigned(),
                ))
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
        self.channels_of(&[id.to_sql()]).await
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

    async fn rules(&mut self, ids: &[CommunityId]) -> Result<Vec<CommunityRules>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.to_sql()).collect();
        // The epochs first: what is read after them may be newer, and is read again when the event of its epoch comes;
        // older it cannot be.
        let rows = sqlx::query!(
            "SELECT community_id, owner_id, default_permissions, epoch
            FROM communities JOIN topics ON topic_id = community_id
            WHERE community_id = ANY($1)",
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let mut channels = by_community(self.channels_of(&ids).await?);
        let rules = rows.into_iter().map(|row| {
            let community_id = CommunityId::from_sql(row.community_id);
            CommunityRules {
                community_id,
                epoch: row.epoch.cast_unsigned(),
                owner_id: UserId::from_sql(row.owner_id),
                default_permissions: Permissions::from_sql(row.default_permissions),
                // No table of roles yet: the permissions of each are loaded here.
                roles: HashMap::new(),
                channels: channels.remove(&community_id).unwrap_or_default(),
            }
        });
        Ok(rules.collect())
    }
}

impl<C: Connection> Session<C> {
    async fn channels_of(&mut self, communities: &[i64]) -> Result<Vec<Channel>> {
        let rows = sqlx::query_as!(
            ChannelRow,
            "SELECT channel_id, community_id, name, kind, position, parent_id, explicit, highlighted_id,
                description, slowmode_seconds, preferred_region
            FROM channels WHERE community_id = ANY($1) ORDER BY position, channel_id",
            communities,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Channel::try_from).collect()
    }
}

/// The rules of channels, by community and channel.
fn by_community(channels: Vec<Channel>) -> HashMap<CommunityId, HashMap<ChannelId, ChannelRules>> {
    let mut rules: HashMap<_, HashMap<_, _>> = HashMap::new();
    for channel in channels {
        let of_community = rules.entry(channel.community_id).or_default();
        // No table of overrides yet: those of the channel are loaded here.
        let overrides = Vec::new();
        of_community.insert(channel.id, ChannelRules { channel, overrides });
    }
    rules
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
