//! Communities: what they are, the rules in them, and how they are listed in public.

mod channels;
mod members;
mod row;
mod rules;

use crate::chats::bound;
use crate::error::{failed, unknown};
use crate::list::list;
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
    default_notif_prefs: i32,
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
            r#"SELECT communities.community_id, name, username, owner_id, default_permissions, system_channel_id,
                join_messages AS "join_messages: bool", default_notif_prefs AS "default_notif_prefs: i32",
                invite_code AS "invite_code!", short_description, long_description, categories
            FROM "# + $rest,
            $($argument),+
        )
    };
}

#[async_trait]
impl<C: Connection> CommunityReads for Session<C> {
    async fn find_community(&mut self, id: CommunityId) -> Result<Option<Community>> {
        let id = id.to_sql();
        let row = sqlx::query_as!(
            CommunityRow,
            r#"SELECT community_id, name, username, owner_id, default_permissions, system_channel_id,
                join_messages AS "join_messages: bool", default_notif_prefs AS "default_notif_prefs: i32"
            FROM communities WHERE community_id = $1 AND deleted = 0"#,
            id,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(Community::try_from).transpose()
    }

    async fn communities_of(&mut self, user: UserId) -> Result<Vec<(Community, Member, u64)>> {
        let user = user.to_sql();
        let rows = sqlx::query!(
            r#"SELECT members.community_id AS "community_id!", name, username, owner_id, default_permissions,
                system_channel_id, join_messages AS "join_messages: bool",
                default_notif_prefs AS "default_notif_prefs: i32",
                user_id, nickname, joined_id, notif_prefs AS "notif_prefs: i32", epoch,
                (
                    SELECT json_group_array(role_id) FROM (
                        SELECT role_id FROM member_roles
                        WHERE member_roles.community_id = members.community_id AND member_roles.user_id = $1
                        ORDER BY role_id
                    )
                ) AS "roles!: String"
            FROM members JOIN communities USING (community_id)
            JOIN topics ON topic_id = community_id
            WHERE user_id = $1 ORDER BY joined_id"#,
            user,
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
        let user = user.to_sql();
        sqlx::query_scalar!(
            r#"SELECT COUNT(*) AS "count!: u32" FROM members WHERE user_id = $1"#,
            user,
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)
    }

    async fn rules(&mut self, ids: &[CommunityId]) -> Result<Vec<CommunityRules>> {
        self.rules_of(ids).await
    }

    async fn find_listing(
        &mut self,
        id: CommunityId,
    ) -> Result<Option<(Listing, Option<InviteCode>)>> {
        let id = id.to_sql();
        let row = sqlx::query!(
            "SELECT invite_code, short_description, long_description, categories
            FROM listings WHERE community_id = $1",
            id,
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
        let after = bound(after.0);
        let rows = listed_rows!(
            "listings JOIN communities USING (community_id)
            WHERE invite_code IS NOT NULL AND listings.community_id > $1
            ORDER BY listings.community_id LIMIT $2",
            after,
            limit
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Listed::try_from).collect()
    }

    async fn find_listed(&mut self, username: &Username) -> Result<Option<Listed>> {
        let username = username.as_str();
        let row = listed_rows!(
            "communities JOIN listings USING (community_id)
            WHERE username = $1 AND invite_code IS NOT NULL",
            username
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
        let (id, owner) = (community.id.to_sql(), community.owner_id.to_sql());
        let username = community.username.as_ref().map(Username::as_str);
        let permissions = community.default_permissions.to_sql();
        let system_channel = community.system_channel_id.map(ChannelId::to_sql);
        let notif_prefs = community.default_notif_prefs as i32;
        sqlx::query!(
            "INSERT INTO communities (community_id, name, username, owner_id, default_permissions,
                system_channel_id, join_messages, default_notif_prefs)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            community.name,
            username,
            owner,
            permissions,
            system_channel,
            community.join_messages,
            notif_prefs,
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
        let notif_prefs = community.default_notif_prefs as i32;
        sqlx::query!(
            "UPDATE communities SET name = $2, username = $3, owner_id = $4, default_permissions = $5,
                system_channel_id = $6, join_messages = $7, default_notif_prefs = $8
            WHERE community_id = $1",
            id,
            community.name,
            username,
            owner,
            permissions,
            system_channel,
            community.join_messages,
            notif_prefs,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_community(&mut self, id: CommunityId) -> Result<()> {
        let id = id.to_sql();
        // The row stays until the messages are gone, which hang on it by their chats.
        sqlx::query!(
            "UPDATE communities SET deleted = 1, username = NULL WHERE community_id = $1",
            id,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!("DELETE FROM members WHERE community_id = $1", id)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!("DELETE FROM channels WHERE community_id = $1", id)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!("DELETE FROM roles WHERE community_id = $1", id)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!("DELETE FROM bans WHERE community_id = $1", id)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!("DELETE FROM listings WHERE community_id = $1", id)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!(
            "DELETE FROM invites WHERE target_kind = 1 AND target_id = $1",
            id
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "INSERT INTO abandoned (chat_id) SELECT chat_id FROM chats WHERE community_id = $1
            ON CONFLICT (chat_id) DO NOTHING",
            id,
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
        let (id, code) = (id.to_sql(), invite.map(InviteCode::as_str));
        let categories = list(&listing.categories);
        sqlx::query!(
            "DELETE FROM invites
            WHERE code = (SELECT invite_code FROM listings WHERE community_id = $1) AND code IS NOT $2",
            id,
            code,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "INSERT INTO listings (community_id, invite_code, short_description, long_description, categories)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (community_id) DO UPDATE SET
                invite_code = excluded.invite_code, short_description = excluded.short_description,
                long_description = excluded.long_description, categories = excluded.categories",
            id,
            code,
            listing.short_description,
            listing.long_description,
            categories,
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
