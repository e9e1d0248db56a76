//! The rules of communities, made of their rows.

use super::row::{ChannelRow, OverrideRow, RoleRow};
use crate::error::failed;
use crate::session::{Connection, Session};
use osmium_model::access::RuleRows;
use osmium_model::{
    Channel, ChannelId, CommunityId, CommunityRules, Override, Permissions, Role, UserId,
};
use osmium_ports::store::Result;
use std::collections::HashMap;

/// What was read, by community.
type By<T> = HashMap<i64, Vec<T>>;

impl<C: Connection> Session<C> {
    /// The rules of those of the communities that exist.
    pub(super) async fn rules_of(&mut self, ids: &[i64]) -> Result<Vec<CommunityRules>> {
        // The epochs first: what is read after them may be newer, and is read again when the event of its epoch comes;
        // older it cannot be.
        let rows = sqlx::query!(
            "SELECT community_id, owner_id, default_permissions, epoch
            FROM communities JOIN topics ON topic_id = community_id
            WHERE community_id = ANY($1) AND NOT deleted",
            ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let mut channels = self.channel_rules(ids).await?;
        let mut roles = self.roles(ids).await?;
        let mut overrides = self.overrides(ids).await?;
        let rules = rows.into_iter().map(|row| {
            let id = row.community_id;
            CommunityRules::new(RuleRows {
                community_id: CommunityId::from_sql(id),
                epoch: row.epoch.cast_unsigned(),
                owner_id: UserId::from_sql(row.owner_id),
                default_permissions: Permissions::from_sql(row.default_permissions),
                roles: roles.remove(&id).unwrap_or_default(),
                channels: channels.remove(&id).unwrap_or_default(),
                overrides: overrides.remove(&id).unwrap_or_default(),
            })
        });
        Ok(rules.collect())
    }

    async fn channel_rules(&mut self, communities: &[i64]) -> Result<By<(Channel, bool)>> {
        let mut channels = By::new();
        for row in self.channels_of(communities).await? {
            let (id, synced) = (row.community_id, row.synced);
            let of_community: &mut Vec<_> = channels.entry(id).or_default();
            of_community.push((row.try_into()?, synced));
        }
        Ok(channels)
    }

    async fn roles(&mut self, communities: &[i64]) -> Result<By<Role>> {
        let rows = sqlx::query_as!(
            RoleRow,
            "SELECT role_id, community_id, name, permissions, priority, color, separated, public
            FROM roles WHERE community_id = ANY($1)",
            communities,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let mut roles = By::new();
        for row in rows {
            let of_community: &mut Vec<_> = roles.entry(row.community_id).or_default();
            of_community.push(row.try_into()?);
        }
        Ok(roles)
    }

    async fn overrides(&mut self, communities: &[i64]) -> Result<By<(ChannelId, Override)>> {
        let rows = sqlx::query_as!(
            OverrideRow,
            "SELECT community_id, channel_id, role_id, allow, deny
            FROM channels JOIN overrides USING (channel_id)
            WHERE community_id = ANY($1)",
            communities,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let mut overrides = By::new();
        for row in rows {
            let channel = ChannelId::from_sql(row.channel_id);
            let of_community: &mut Vec<_> = overrides.entry(row.community_id).or_default();
            of_community.push((channel, row.into()));
        }
        Ok(overrides)
    }

    /// The rows of the channels of communities, by position and then id.
    pub(super) async fn channels_of(&mut self, communities: &[i64]) -> Result<Vec<ChannelRow>> {
        sqlx::query_as!(
            ChannelRow,
            "SELECT channel_id, community_id, name, kind, position, parent_id, explicit, highlighted_id,
                description, slowmode_seconds, preferred_region, synced
            FROM channels WHERE community_id = ANY($1) ORDER BY position, channel_id",
            communities,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)
    }
}
