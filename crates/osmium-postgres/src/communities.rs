//! Communities: what they are, the rules in them, and how they are listed in public.

mod channels;
mod members;
mod row;
mod rules;

use crate::error::{failed, unknown};
use crate::row::bound;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{
    ChannelId, Community, CommunityId, CommunityRules, InviteCode, Listing, Member, UserId,
    Username,
};
use osmium_ports::StoreError;
use osmium_ports::store::{CommunityReads, CommunityWrites, Listed, Result};
pub(crate) use row::notif_prefs;
use row::{CommunityRow, MemberRow};

/// A row of `listings` that is listed, with its community.
struct ListedRow {
    community_id: i64,
    name: String,
    username: Option<String>,
    owner_id: i64,
    default_permissions: i64,
    system_channel_id: Option<i64>,
    join_messages: bool,
    default_notif_prefs: i16,
    invite_code: String,
    short_description: String,
    long_description: String,
    categories: String,
}

impl TryFrom<ListedRow> for Listed {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self> {
        let community = CommunityRow {
            community_id: row.community_id,
            name: row.name,
            username: row.username,
            owner_id: row.owner_id,
            default_permissions: row.default_permissions,
            system_channel_id: row.system_channel_id,
            join_messages: row.join_messages,
            default_notif_prefs: row.default_notif_prefs,
        };
        Ok(Self {
            community: community.try_into()?,
            listing: Listing {
                listed: true,
                short_description: row.short_description,
                long_description: row.long_description,
                categories: categories(&row.categories)?,
            },
            invite: invite(&row.invite_code)?,
        })
    }
}

/// The listed communities that the rest of a query chooses.
macro_rules! listed_rows {
    ($rest:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            ListedRow,
            r#"SELECT community_id, name, username, owner_id, default_permissions, system_channel_id,
                join_messages, default_notif_prefs, invite_code AS "invite_code!", short_description,
                long_description, categories
            FROM "# + $rest,
            $($argument),+
        )
    };
}

#[async_trait]
impl<C: Connection> CommunityReads for Session<C> {
    async fn find_community(&mut self, id: CommunityId) -> Result<Option<Community>> {
        let row = sqlx::query_as!(
            CommunityRow,
            "SELECT community_id, name, username, owner_id, default_permissions, system_channel_id,
                join_messages, default_notif_prefs
            FROM communities WHERE community_id = $1 AND NOT deleted",
            id.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(Community::try_from).transpose()
    }

    async fn communities_of(&mut self, user: UserId) -> Result<Vec<(Community, Member, u64)>> {
        let rows = sqlx::query!(
            r#"SELECT community_id, name, username, owner_id, default_permissions, system_channel_id,
                join_messages, default_notif_prefs, user_id, nickname, joined_id, notif_prefs, epoch,
                ARRAY(
                    SELECT role_id FROM member_roles
                    WHERE member_roles.community_id = members.community_id AND member_roles.user_id = $1
                    ORDER BY role_id
                ) AS "roles!"
            FROM members
            JOIN communities USING (community_id)
            JOIN topics ON topic_id = community_id
            WHERE user_id = $1 ORDER BY joined_id"#,
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
                    default_notif_prefs: row.default_notif_prefs,
                };
                let member = MemberRow {
                    community_id: row.community_id,
                    user_id: row.user_id,
                    nickname: row.nickname,
                    joined_id: row.joined_id,
                    notif_prefs: row.notif_prefs,
                    roles: row.roles,
                };
                let epoch = row.epoch.cast_unsigned();
                Ok((community.try_into()?, member.try_into()?, epoch))
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
        crate::row::number(count)
    }

    async fn rules(&mut self, ids: &[CommunityId]) -> Result<Vec<CommunityRules>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.to_sql()).collect();
        self.rules_of(&ids).await
    }

    async fn find_listing(
        &mut self,
        id: CommunityId,
    ) -> Result<Option<(Listing, Option<InviteCode>)>> {
        let row = sqlx::query!(
            "SELECT invite_code, short_description, long_description, categories
            FROM listings WHERE community_id = $1",
            id.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(|row| {
            let listing = Listing {
                listed: row.invite_code.is_some(),
                short_description: row.short_description,
                long_description: row.long_description,
                categories: categories(&row.categories)?,
            };
            let invite = row.invite_code.map(|code| invite(&code)).transpose()?;
            Ok((listing, invite))
        })
        .transpose()
    }

    async fn listed(&mut self, after: CommunityId, limit: u32) -> Result<Vec<Listed>> {
        let rows = listed_rows!(
            "listings JOIN communities USING (community_id)
            WHERE invite_code IS NOT NULL AND community_id > $1
            ORDER BY community_id LIMIT $2",
            bound(after.0),
            i64::from(limit)
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Listed::try_from).collect()
    }

    async fn find_listed(&mut self, username: &Username) -> Result<Option<Listed>> {
        let row = listed_rows!(
            "communities JOIN listings USING (community_id)
            WHERE username = $1 AND invite_code IS NOT NULL",
            username.as_str()
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(Listed::try_from).transpose()
    }
}

#[async_trait]
impl CommunityWrites for Session<Writer> {
    async fn insert_community(&mut self, community: &Community) -> Result<()> {
        sqlx::query!(
            "INSERT INTO communities (community_id, name, username, owner_id, default_permissions,
                system_channel_id, join_messages, default_notif_prefs)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            community.id.to_sql(),
            community.name,
            community.username.as_ref().map(Username::as_str),
            community.owner_id.to_sql(),
            community.default_permissions.to_sql(),
            community.system_channel_id.map(ChannelId::to_sql),
            community.join_messages,
            community.default_notif_prefs as i16,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_community(&mut self, community: &Community) -> Result<()> {
        sqlx::query!(
            "UPDATE communities SET name = $2, username = $3, owner_id = $4, default_permissions = $5,
                system_channel_id = $6, join_messages = $7, default_notif_prefs = $8
            WHERE community_id = $1",
            community.id.to_sql(),
            community.name,
            community.username.as_ref().map(Username::as_str),
            community.owner_id.to_sql(),
            community.default_permissions.to_sql(),
            community.system_channel_id.map(ChannelId::to_sql),
            community.join_messages,
            community.default_notif_prefs as i16,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_community(&mut self, id: CommunityId) -> Result<()> {
        // The row stays until the messages are gone, which hang on it by their chats.
        sqlx::query!(
            "WITH ended AS (
                UPDATE communities SET deleted = TRUE, username = NULL WHERE community_id = $1
            ), gone_members AS (
                DELETE FROM members WHERE community_id = $1
            ), gone_channels AS (
                DELETE FROM channels WHERE community_id = $1
            ), gone_roles AS (
                DELETE FROM roles WHERE community_id = $1
            ), gone_bans AS (
                DELETE FROM bans WHERE community_id = $1
            ), gone_listings AS (
                DELETE FROM listings WHERE community_id = $1
            ), gone_invites AS (
                DELETE FROM invites WHERE target_kind = 1 AND target_id = $1
            )
            INSERT INTO abandoned (chat_id) SELECT chat_id FROM chats WHERE community_id = $1
            ON CONFLICT (chat_id) DO NOTHING",
            id.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_listing(
        &mut self,
        id: CommunityId,
        listing: &Listing,
        invite: Option<&InviteCode>,
    ) -> Result<()> {
        // The parts of a statement see the listing as it was before.
        sqlx::query!(
            "WITH outdated AS (
                DELETE FROM invites USING listings
                WHERE listings.community_id = $1 AND code = invite_code AND code IS DISTINCT FROM $2
            )
            INSERT INTO listings (community_id, invite_code, short_description, long_description, categories)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (community_id) DO UPDATE SET
                invite_code = excluded.invite_code, short_description = excluded.short_description,
                long_description = excluded.long_description, categories = excluded.categories",
            id.to_sql(),
            invite.map(InviteCode::as_str),
            listing.short_description,
            listing.long_description,
            serde_json::json!(listing.categories).to_string(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}

fn invite(column: &str) -> Result<InviteCode> {
    InviteCode::parse(column).ok_or_else(|| unknown("length of an invite", column.len()))
}

/// Categories as a column holds them.
fn categories(column: &str) -> Result<Vec<String>> {
    serde_json::from_str(column).map_err(|error| unknown("list of categories", error))
}
