//! Members of communities, and who may not be one.

use super::row::MemberRow;
use crate::chats::bound;
use crate::error::failed;
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use crate::users::UserRow;
use async_trait::async_trait;
use osmium_model::{Ban, CommunityId, Member, RoleId, Timestamp, User, UserId};
use osmium_ports::store::{MemberReads, MemberWrites, Result};

/// The members that the rest of a query chooses, with their roles.
macro_rules! member_rows {
    ($rest:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            MemberRow,
            r#"SELECT members.community_id, members.user_id, nickname, joined_id, notif_prefs AS "notif_prefs: i32",
                (
                    SELECT json_group_array(role_id) FROM (
                        SELECT held.role_id FROM member_roles AS held
                        WHERE held.community_id = members.community_id AND held.user_id = members.user_id
                        ORDER BY held.role_id
                    )
                ) AS "roles!: String"
            FROM "# + $rest,
            $($argument),+
        )
    };
}

fn members(rows: Vec<MemberRow>) -> Result<Vec<Member>> {
    rows.into_iter().map(Member::try_from).collect()
}

#[async_trait]
impl<C: Connection> MemberReads for Session<C> {
    async fn members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<Member>> {
        let id = id.to_sql();
        let users = list(users.iter().map(|user| user.to_sql()));
        let rows = member_rows!(
            "members WHERE community_id = $1 AND user_id IN (SELECT value FROM json_each($2))",
            id,
            users
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        members(rows)
    }

    async fn member_page(
        &mut self,
        id: CommunityId,
        after: UserId,
        limit: u32,
    ) -> Result<Vec<Member>> {
        let (id, after) = (id.to_sql(), bound(after.0));
        let rows = member_rows!(
            "members WHERE community_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3",
            id,
            after,
            limit
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        members(rows)
    }

    async fn roster(&mut self, id: CommunityId) -> Result<Vec<(Member, User)>> {
        let id = id.to_sql();
        let rows = sqlx::query!(
            r#"SELECT community_id, members.user_id, nickname, joined_id, notif_prefs AS "notif_prefs: i32",
                name, username, bot AS "bot: bool", icon, color AS "color: u32",
                (
                    SELECT json_group_array(role_id) FROM (
                        SELECT role_id FROM member_roles
                        WHERE member_roles.community_id = $1 AND member_roles.user_id = members.user_id
                        ORDER BY role_id
                    )
                ) AS "roles!: String"
            FROM members JOIN users ON users.user_id = members.user_id
            WHERE community_id = $1"#,
            id,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let roster = rows.into_iter().map(|row| {
            let member = MemberRow {
                community_id: row.community_id,
                user_id: row.user_id,
                nickname: row.nickname,
                joined_id: row.joined_id,
                notif_prefs: row.notif_prefs,
                roles: row.roles,
            };
            let user = UserRow {
                user_id: row.user_id,
                name: row.name,
                username: row.username,
                bot: row.bot,
                icon: row.icon,
                color: row.color,
            };
            Ok((member.try_into()?, user.into()))
        });
        roster.collect()
    }

    async fn holders(&mut self, role: RoleId, limit: u32) -> Result<Vec<Member>> {
        let role = role.to_sql();
        let rows = member_rows!(
            "member_roles JOIN members USING (community_id, user_id)
            WHERE member_roles.role_id = $1 LIMIT $2",
            role,
            limit
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        members(rows)
    }

    async fn find_standing(
        &mut self,
        id: CommunityId,
        user: UserId,
    ) -> Result<Option<(Member, u64)>> {
        let (id, user) = (id.to_sql(), user.to_sql());
        let row = sqlx::query!(
            r#"SELECT community_id, user_id, nickname, joined_id, notif_prefs AS "notif_prefs: i32", epoch,
                (
                    SELECT json_group_array(role_id) FROM (
                        SELECT role_id FROM member_roles
                        WHERE member_roles.community_id = $1 AND member_roles.user_id = $2
                        ORDER BY role_id
                    )
                ) AS "roles!: String"
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
                roles: row.roles,
            };
            Ok((member.try_into()?, row.epoch.cast_unsigned()))
        })
        .transpose()
    }

    async fn is_banned(&mut self, id: CommunityId, user: UserId, now: Timestamp) -> Result<bool> {
        let (id, user, now) = (id.to_sql(), user.to_sql(), now.to_sql());
        sqlx::query_scalar!(
            r#"SELECT EXISTS (
                SELECT 1 FROM bans
                WHERE community_id = $1 AND user_id = $2 AND (until IS NULL OR until > $3)
            ) AS "banned!: bool""#,
            id,
            user,
            now,
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)
    }

    async fn bans(&mut self, id: CommunityId, now: Timestamp, limit: u32) -> Result<Vec<Ban>> {
        let (community, now) = (id.to_sql(), now.to_sql());
        let rows = sqlx::query!(
            r#"SELECT user_id AS "user_id!", until, reason FROM bans
            WHERE community_id = $1 AND (until IS NULL OR until > $2)
            ORDER BY banned_at DESC, user_id LIMIT $3"#,
            community,
            now,
            limit,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let bans = rows.into_iter().map(|row| Ban {
            community_id: id,
            user_id: UserId::from_sql(row.user_id),
            until: row.until.map(Timestamp::from_sql),
            reason: row.reason,
        });
        Ok(bans.collect())
    }
}

#[async_trait]
impl MemberWrites for Session<Writer> {
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

    async fn update_member(&mut self, member: &Member) -> Result<()> {
        let (community, user) = (member.community_id.to_sql(), member.user_id.to_sql());
        let notif_prefs = member.notif_prefs as i32;
        let roles = list(member.role_ids.iter().map(|role| role.to_sql()));
        sqlx::query!(
            "UPDATE members SET nickname = $3, notif_prefs = $4 WHERE community_id = $1 AND user_id = $2",
            community,
            user,
            member.nickname,
            notif_prefs,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "DELETE FROM member_roles WHERE community_id = $1 AND user_id = $2",
            community,
            user,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "INSERT INTO member_roles (community_id, user_id, role_id)
            SELECT $1, $2, value FROM json_each($3)",
            community,
            user,
            roles,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<UserId>> {
        let id = id.to_sql();
        let users = list(users.iter().map(|user| user.to_sql()));
        sqlx::query!(
            "DELETE FROM reads
            WHERE user_id IN (SELECT value FROM json_each($2))
                AND chat_id IN (SELECT chat_id FROM chats WHERE community_id = $1)",
            id,
            users,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "DELETE FROM channel_prefs
            WHERE user_id IN (SELECT value FROM json_each($2))
                AND chat_id IN (SELECT chat_id FROM chats WHERE community_id = $1)",
            id,
            users,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        let left = sqlx::query_scalar!(
            r#"DELETE FROM members
            WHERE community_id = $1 AND user_id IN (SELECT value FROM json_each($2))
            RETURNING user_id AS "user_id!: i64""#,
            id,
            users,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(left.into_iter().map(UserId::from_sql).collect())
    }

    async fn set_bans(&mut self, bans: &[Ban], at: Timestamp) -> Result<()> {
        let at = at.to_sql();
        for ban in bans {
            let (community, user) = (ban.community_id.to_sql(), ban.user_id.to_sql());
            let until = ban.until.map(Timestamp::to_sql);
            sqlx::query!(
                "INSERT INTO bans (community_id, user_id, until, reason, banned_at)
                VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (community_id, user_id) DO UPDATE SET
                    until = excluded.until, reason = excluded.reason, banned_at = excluded.banned_at",
                community,
                user,
                until,
                ban.reason,
                at,
            )
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn delete_bans(&mut self, id: CommunityId, users: &[UserId]) -> Result<()> {
        let id = id.to_sql();
        let users = list(users.iter().map(|user| user.to_sql()));
        sqlx::query!(
            "DELETE FROM bans WHERE community_id = $1 AND user_id IN (SELECT value FROM json_each($2))",
            id,
            users,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
