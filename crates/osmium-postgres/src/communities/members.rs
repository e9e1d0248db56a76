//! Members of communities, and who may not be one.

use super::row::MemberRow;
use crate::error::failed;
use crate::row::bound;
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
            r#"SELECT members.community_id, members.user_id, nickname, joined_id, notif_prefs,
                ARRAY(
                    SELECT held.role_id FROM member_roles AS held
                    WHERE held.community_id = members.community_id AND held.user_id = members.user_id
                    ORDER BY held.role_id
                ) AS "roles!"
            FROM "# + $rest,
            $($argument),+
        )
    };
}

#[async_trait]
impl<C: Connection> MemberReads for Session<C> {
    async fn members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<Member>> {
        let users: Vec<i64> = users.iter().map(|user| user.to_sql()).collect();
        let rows = member_rows!(
            "members WHERE community_id = $1 AND user_id = ANY($2)",
            id.to_sql(),
            &users
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Member::try_from).collect()
    }

    async fn member_page(
        &mut self,
        id: CommunityId,
        after: UserId,
        limit: u32,
    ) -> Result<Vec<Member>> {
        let rows = member_rows!(
            "members WHERE community_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3",
            id.to_sql(),
            bound(after.0),
            i64::from(limit)
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Member::try_from).collect()
    }

    async fn roster(&mut self, id: CommunityId) -> Result<Vec<(Member, User)>> {
        let rows = sqlx::query!(
            r#"SELECT community_id, user_id, nickname, joined_id, notif_prefs,
                name, username, bot, icon, color,
                coalesce(held.roles, ARRAY[]::bigint[]) AS "roles!"
            FROM members
            JOIN users USING (user_id)
            LEFT JOIN (
                SELECT user_id, array_agg(role_id ORDER BY role_id) AS roles
                FROM member_roles WHERE community_id = $1 GROUP BY user_id
            ) AS held USING (user_id)
            WHERE community_id = $1"#,
            id.to_sql(),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| {
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
                Ok((member.try_into()?, user.try_into()?))
            })
            .collect()
    }

    async fn holders(&mut self, role: RoleId, limit: u32) -> Result<Vec<Member>> {
        let rows = member_rows!(
            "member_roles JOIN members USING (community_id, user_id)
            WHERE member_roles.role_id = $1 LIMIT $2",
            role.to_sql(),
            i64::from(limit)
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Member::try_from).collect()
    }

    async fn find_standing(
        &mut self,
        id: CommunityId,
        user: UserId,
    ) -> Result<Option<(Member, u64)>> {
        let row = sqlx::query!(
            r#"SELECT community_id, user_id, nickname, joined_id, notif_prefs, epoch,
                ARRAY(
                    SELECT role_id FROM member_roles
                    WHERE member_roles.community_id = $1 AND member_roles.user_id = $2
                    ORDER BY role_id
                ) AS "roles!"
            FROM members JOIN topics ON topic_id = community_id
            WHERE community_id = $1 AND user_id = $2"#,
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
                roles: row.roles,
            };
            Ok((member.try_into()?, row.epoch.cast_unsigned()))
        })
        .transpose()
    }

    async fn is_banned(&mut self, id: CommunityId, user: UserId, now: Timestamp) -> Result<bool> {
        sqlx::query_scalar!(
            r#"SELECT EXISTS (
                SELECT FROM bans
                WHERE community_id = $1 AND user_id = $2 AND (until IS NULL OR until > $3)
            ) AS "banned!""#,
            id.to_sql(),
            user.to_sql(),
            now.to_sql(),
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)
    }

    async fn bans(&mut self, id: CommunityId, now: Timestamp, limit: u32) -> Result<Vec<Ban>> {
        let rows = sqlx::query!(
            "SELECT user_id, until, reason FROM bans
            WHERE community_id = $1 AND (until IS NULL OR until > $2)
            ORDER BY banned_at DESC, user_id LIMIT $3",
            id.to_sql(),
            now.to_sql(),
            i64::from(limit),
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

    async fn update_member(&mut self, member: &Member) -> Result<()> {
        let roles: Vec<i64> = member.role_ids.iter().map(|role| role.to_sql()).collect();
        // The parts of a statement do not see what the others change: what is kept is neither deleted nor added.
        sqlx::query!(
            "WITH edited AS (
                UPDATE members SET nickname = $3, notif_prefs = $4
                WHERE community_id = $1 AND user_id = $2
            ), taken AS (
                DELETE FROM member_roles
                WHERE community_id = $1 AND user_id = $2 AND role_id <> ALL($5)
            )
            INSERT INTO member_roles (community_id, user_id, role_id)
            SELECT $1, $2, role_id FROM unnest($5::bigint[]) AS held (role_id)
            ON CONFLICT (community_id, user_id, role_id) DO NOTHING",
            member.community_id.to_sql(),
            member.user_id.to_sql(),
            member.nickname,
            member.notif_prefs as i16,
            &roles,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_members(&mut self, id: CommunityId, users: &[UserId]) -> Result<Vec<UserId>> {
        let users: Vec<i64> = users.iter().map(|user| user.to_sql()).collect();
        let left = sqlx::query_scalar!(
            "WITH forgotten AS (
                DELETE FROM reads USING chats
                WHERE chats.community_id = $1 AND reads.chat_id = chats.chat_id AND reads.user_id = ANY($2)
            ), unset AS (
                DELETE FROM channel_prefs USING chats
                WHERE chats.community_id = $1 AND channel_prefs.chat_id = chats.chat_id
                    AND channel_prefs.user_id = ANY($2)
            )
            DELETE FROM members WHERE community_id = $1 AND user_id = ANY($2)
            RETURNING user_id",
            id.to_sql(),
            &users,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(left.into_iter().map(UserId::from_sql).collect())
    }

    async fn set_bans(&mut self, bans: &[Ban], at: Timestamp) -> Result<()> {
        let (mut communities, mut users) = (Vec::new(), Vec::new());
        let (mut ends, mut reasons) = (Vec::new(), Vec::new());
        for ban in bans {
            communities.push(ban.community_id.to_sql());
            users.push(ban.user_id.to_sql());
            ends.push(ban.until.map(Timestamp::to_sql));
            reasons.push(ban.reason.as_deref());
        }
        sqlx::query!(
            "INSERT INTO bans (community_id, user_id, until, reason, banned_at)
            SELECT community_id, user_id, until, reason, $5
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[])
                AS ban (community_id, user_id, until, reason)
            ON CONFLICT (community_id, user_id) DO UPDATE SET
                until = excluded.until, reason = excluded.reason, banned_at = excluded.banned_at",
            &communities,
            &users,
            &ends as &[Option<i64>],
            &reasons as &[Option<&str>],
            at.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_bans(&mut self, id: CommunityId, users: &[UserId]) -> Result<()> {
        let users: Vec<i64> = users.iter().map(|user| user.to_sql()).collect();
        sqlx::query!(
            "DELETE FROM bans WHERE community_id = $1 AND user_id = ANY($2)",
            id.to_sql(),
            &users,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
