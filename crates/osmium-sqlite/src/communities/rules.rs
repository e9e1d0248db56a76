//! The rules of communities, made of their rows.

use super::row::{ChannelRow, OverrideRow, RoleRow};
use crate::error::failed;
use crate::list::list;
use crate::session::{Connection, Session};
use osmium_model::access::RuleRows;
use osmium_model::{
    Channel, ChannelId, CommunityId, CommunityRules, Override, Permissions, Role, UserId,
};
use osmium_ports::store::Result;
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// What was read, by community.
type By<T> = HashMap<i64, Vec<T>>;

impl<C: Connection> Session<C> {
    /// The rules of those of the communities that exist.
    pub(super) async fn rules_of(&mut self, ids: &[CommunityId]) -> Result<Vec<CommunityRules>> {
        let ids = list(ids.iter().map(|id| id.to_sql()));
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query!(
            r#"SELECT community_id, owner_id, default_permissions, epoch
            FROM communities JOIN topics ON topic_id = community_id
            WHERE community_id IN (SELECT value FROM json_each($1)) AND deleted = 0"#,
            ids,
        )
        .fetch_all(&mut *snapshot)
        .await
        .map_err(failed)?;
        let mut channels = channel_rules(&mut snapshot, &ids).await?;
        let mut roles = roles(&mut snapshot, &ids).await?;
        let mut overrides = overrides(&mut snapshot, &ids).await?;
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
}

async fn channel_rules(
    connection: &mut SqliteConnection,
    communities: &str,
) -> Result<By<(Channel, bool)>> {
    let mut channels = By::new();
    for row in channels_of(connection, communities).await? {
        let (id, synced) = (row.community_id, row.synced);
        let of_community: &mut Vec<_> = channels.entry(id).or_default();
        of_community.push((row.try_into()?, synced));
    }
    Ok(channels)
}

async fn roles(connection: &mut SqliteConnection, communities: &str) -> Result<By<Role>> {
    let rows = sqlx::query_as!(
        RoleRow,
        r#"SELECT role_id, community_id, name, permissions, priority AS "priority: u32", color AS "color: u32",
            separated AS "separated: bool", public AS "public: bool"
        FROM roles WHERE community_id IN (SELECT value FROM json_each($1))"#,
        communities,
    )
    .fetch_all(connection)
    .await
    .map_err(failed)?;
    let mut roles = By::new();
    for row in rows {
        let of_community: &mut Vec<_> = roles.entry(row.community_id).or_default();
        of_community.push(row.into());
    }
    Ok(roles)
}

async fn overrides(
    connection: &mut SqliteConnection,
    communities: &str,
) -> Result<By<(ChannelId, Override)>> {
    let rows = sqlx::query_as!(
        OverrideRow,
        "SELECT community_id, channel_id, role_id, allow, deny
        FROM channels JOIN overrides USING (channel_id)
        WHERE community_id IN (SELECT value FROM json_each($1))",
        communities,
    )
    .fetch_all(connection)
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

/// The rows of the channels of communities, those of each by position and then id.
pub(super) async fn channels_of(
    connection: &mut SqliteConnection,
    communities: &str,
) -> Result<Vec<ChannelRow>> {
    sqlx::query_as!(
        ChannelRow,
        r#"SELECT channel_id, community_id, name, kind AS "kind: i32", position AS "position: u32",
            parent_id, explicit AS "explicit: bool", highlighted_id, description,
            slowmode_seconds AS "slowmode_seconds: u32", preferred_region, synced AS "synced: bool"
        FROM channels WHERE community_id IN (SELECT value FROM json_each($1))
        ORDER BY community_id, position, channel_id"#,
        communities,
    )
    .fetch_all(connection)
    .await
    .map_err(failed)
}
