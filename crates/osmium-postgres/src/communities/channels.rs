//! Channels, their overrides, and the roles that those are for.

use super::row::target_column;
use crate::error::failed;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{Channel, ChannelId, CommunityId, MessageId, Role, RoleId};
use osmium_ports::store::{ChannelReads, ChannelWrites, OverrideList, Result};

#[async_trait]
impl<C: Connection> ChannelReads for Session<C> {
    async fn channels(&mut self, id: CommunityId) -> Result<Vec<Channel>> {
        let rows = self.channels_of(&[id.to_sql()]).await?;
        rows.into_iter().map(Channel::try_from).collect()
    }
}

#[async_trait]
impl ChannelWrites for Session<Writer> {
    async fn insert_channel(&mut self, channel: &Channel) -> Result<()> {
        sqlx::query!(
            "WITH added AS (
                INSERT INTO channels (channel_id, community_id, name, kind, position, parent_id, explicit,
                    highlighted_id, description, slowmode_seconds, preferred_region, synced)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $6::bigint IS NOT NULL)
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

    async fn update_channels(&mut self, channels: &[Channel]) -> Result<()> {
        let columns = Columns::of(channels);
        sqlx::query!(
            "UPDATE channels SET name = edited.name, kind = edited.kind, position = edited.position,
                parent_id = edited.parent_id, explicit = edited.explicit, highlighted_id = edited.highlighted_id,
                description = edited.description, slowmode_seconds = edited.slowmode_seconds,
                preferred_region = edited.preferred_region
            FROM unnest(
                $1::bigint[], $2::text[], $3::smallint[], $4::bigint[], $5::bigint[], $6::boolean[],
                $7::bigint[], $8::text[], $9::bigint[], $10::text[]
            ) AS edited (channel_id, name, kind, position, parent_id, explicit, highlighted_id, description,
                slowmode_seconds, preferred_region)
            WHERE channels.channel_id = edited.channel_id",
            &columns.ids,
            &columns.names as &[&str],
            &columns.kinds,
            &columns.positions,
            &columns.parents as &[Option<i64>],
            &columns.explicit,
            &columns.highlighted as &[Option<i64>],
            &columns.descriptions as &[Option<&str>],
            &columns.slowmodes,
            &columns.regions as &[Option<&str>],
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_channel(&mut self, channel: ChannelId) -> Result<()> {
        sqlx::query!(
            "WITH deleted AS (
                DELETE FROM channels WHERE channel_id = $1
            )
            INSERT INTO abandoned (chat_id) SELECT chat_id FROM chats WHERE chat_id = $1",
            channel.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_overrides(&mut self, lists: &[OverrideList]) -> Result<()> {
        let (channels, synced): (Vec<i64>, Vec<bool>) = lists
            .iter()
            .map(|(channel, list)| (channel.to_sql(), list.is_none()))
            .unzip();
        sqlx::query!(
            "WITH moved AS (
                UPDATE channels SET synced = moved.synced
                FROM unnest($1::bigint[], $2::boolean[]) AS moved (channel_id, synced)
                WHERE channels.channel_id = moved.channel_id
            )
            DELETE FROM overrides WHERE channel_id = ANY($1)",
            &channels,
            &synced,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        self.insert_overrides(lists).await
    }

    async fn insert_role(&mut self, role: &Role) -> Result<()> {
        sqlx::query!(
            "INSERT INTO roles (role_id, community_id, name, permissions, priority, color, separated, public)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            role.id.to_sql(),
            role.community_id.to_sql(),
            role.name,
            role.permissions.to_sql(),
            i64::from(role.priority),
            i64::from(role.color),
            role.separated,
            role.public,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_role(&mut self, role: &Role) -> Result<()> {
        sqlx::query!(
            "UPDATE roles SET name = $2, permissions = $3, priority = $4, color = $5, separated = $6, public = $7
            WHERE role_id = $1",
            role.id.to_sql(),
            role.name,
            role.permissions.to_sql(),
            i64::from(role.priority),
            i64::from(role.color),
            role.separated,
            role.public,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_role(&mut self, role: RoleId) -> Result<()> {
        // Its holders lose it by the foreign key; an override names a role without one, since 0 is everyone.
        sqlx::query!(
            "WITH deleted AS (
                DELETE FROM roles WHERE role_id = $1
            )
            DELETE FROM overrides WHERE role_id = $1",
            role.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}

impl Session<Writer> {
    async fn insert_overrides(&mut self, lists: &[OverrideList]) -> Result<()> {
        let (mut channels, mut roles) = (Vec::new(), Vec::new());
        let (mut allow, mut deny) = (Vec::new(), Vec::new());
        for (channel, list) in lists {
            for found in list.iter().flatten() {
                channels.push(channel.to_sql());
                roles.push(target_column(found.target));
                allow.push(found.allow.to_sql());
                deny.push(found.deny.to_sql());
            }
        }
        if channels.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "INSERT INTO overrides (channel_id, role_id, allow, deny)
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])",
            &channels,
            &roles,
            &allow,
            &deny,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}

/// Channels, column by column.
#[derive(Default)]
struct Columns<'a> {
    ids: Vec<i64>,
    names: Vec<&'a str>,
    kinds: Vec<i16>,
    positions: Vec<i64>,
    parents: Vec<Option<i64>>,
    explicit: Vec<bool>,
    highlighted: Vec<Option<i64>>,
    descriptions: Vec<Option<&'a str>>,
    slowmodes: Vec<i64>,
    regions: Vec<Option<&'a str>>,
}

impl<'a> Columns<'a> {
    fn of(channels: &'a [Channel]) -> Self {
        let mut columns = Self::default();
        for channel in channels {
            columns.ids.push(channel.id.to_sql());
            columns.names.push(&channel.name);
            columns.kinds.push(channel.kind as i16);
            columns.positions.push(channel.position.into());
            columns
                .parents
                .push(channel.parent_id.map(ChannelId::to_sql));
            columns.explicit.push(channel.explicit);
            let highlighted = channel.highlighted.map(MessageId::to_sql);
            columns.highlighted.push(highlighted);
            columns.descriptions.push(channel.description.as_deref());
            columns.slowmodes.push(channel.slowmode_seconds.into());
            columns.regions.push(channel.preferred_region.as_deref());
        }
        columns
    }
}
