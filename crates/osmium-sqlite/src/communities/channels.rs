//! Channels, their overrides, and the roles that those are for.

use super::row::target_column;
use super::rules::channels_of;
use crate::error::failed;
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{Channel, ChannelId, CommunityId, MessageId, Override, Role, RoleId};
use osmium_ports::store::{ChannelReads, ChannelWrites, OverrideList, Result};

#[async_trait]
impl<C: Connection> ChannelReads for Session<C> {
    async fn channels(&mut self, id: CommunityId) -> Result<Vec<Channel>> {
        let rows = channels_of(&mut self.connection, &list([id.to_sql()])).await?;
        rows.into_iter().map(Channel::try_from).collect()
    }
}

#[async_trait]
impl ChannelWrites for Session<Writer> {
    async fn insert_channel(&mut self, channel: &Channel) -> Result<()> {
        let (id, community) = (channel.id.to_sql(), channel.community_id.to_sql());
        let kind = channel.kind as i32;
        let parent = channel.parent_id.map(ChannelId::to_sql);
        let highlighted = channel.highlighted.map(MessageId::to_sql);
        sqlx::query!(
            "INSERT INTO channels (channel_id, community_id, name, kind, position, parent_id,
                explicit, highlighted_id, description, slowmode_seconds, preferred_region, synced)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $6 IS NOT NULL)",
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

    async fn update_channels(&mut self, channels: &[Channel]) -> Result<()> {
        for channel in channels {
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
        }
        Ok(())
    }

    async fn delete_channel(&mut self, channel: ChannelId) -> Result<()> {
        let channel = channel.to_sql();
        sqlx::query!("DELETE FROM channels WHERE channel_id = $1", channel)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!(
            "INSERT INTO abandoned (chat_id) SELECT chat_id FROM chats WHERE chat_id = $1",
            channel,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_overrides(&mut self, lists: &[OverrideList]) -> Result<()> {
        for (channel, overrides) in lists {
            let (id, synced) = (channel.to_sql(), overrides.is_none());
            sqlx::query!(
                "UPDATE channels SET synced = $2 WHERE channel_id = $1",
                id,
                synced
            )
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
            sqlx::query!("DELETE FROM overrides WHERE channel_id = $1", id)
                .execute(&mut *self.connection)
                .await
                .map_err(failed)?;
            self.insert_overrides(id, overrides.as_deref().unwrap_or_default())
                .await?;
        }
        Ok(())
    }

    async fn insert_role(&mut self, role: &Role) -> Result<()> {
        let (id, community) = (role.id.to_sql(), role.community_id.to_sql());
        let permissions = role.permissions.to_sql();
        sqlx::query!(
            "INSERT INTO roles (role_id, community_id, name, permissions, priority, color, separated, public)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            community,
            role.name,
            permissions,
            role.priority,
            role.color,
            role.separated,
            role.public,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_role(&mut self, role: &Role) -> Result<()> {
        let (id, permissions) = (role.id.to_sql(), role.permissions.to_sql());
        sqlx::query!(
            "UPDATE roles SET name = $2, permissions = $3, priority = $4, color = $5, separated = $6, public = $7
            WHERE role_id = $1",
            id,
            role.name,
            permissions,
            role.priority,
            role.color,
            role.separated,
            role.public,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_role(&mut self, role: RoleId) -> Result<()> {
        let role = role.to_sql();
        // Its holders lose it by the foreign key; an override names a role without one, since 0 is everyone.
        sqlx::query!("DELETE FROM roles WHERE role_id = $1", role)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!("DELETE FROM overrides WHERE role_id = $1", role)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        Ok(())
    }
}

impl Session<Writer> {
    async fn insert_overrides(&mut self, channel: i64, overrides: &[Override]) -> Result<()> {
        for found in overrides {
            let role = target_column(found.target);
            let (allow, deny) = (found.allow.to_sql(), found.deny.to_sql());
            sqlx::query!(
                "INSERT INTO overrides (channel_id, role_id, allow, deny) VALUES ($1, $2, $3, $4)",
                channel,
                role,
                allow,
                deny,
            )
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        }
        Ok(())
    }
}
