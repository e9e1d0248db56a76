//! Groups and their members.

use crate::error::failed;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{
    Group, GroupId, GroupMember, MessageId, NotifPrefs, Permissions, ReadState, UserId,
};
use osmium_ports::store::{ChatWrites, GroupReads, GroupWrites, Result};

/// A member, with the group.
struct MemberRow {
    group_id: i64,
    name: String,
    owner_id: i64,
    epoch: i64,
    user_id: i64,
    joined_id: i64,
    permissions: Option<i64>,
}

impl MemberRow {
    fn member(&self) -> GroupMember {
        GroupMember {
            user_id: UserId::from_sql(self.user_id),
            joined_id: self.joined_id.cast_unsigned(),
            permissions: self.permissions.map(Permissions::from_sql),
        }
    }
}

/// Groups out of their members, which come group by group.
fn with_members(rows: Vec<MemberRow>) -> Vec<(Group, u64)> {
    let mut groups: Vec<(Group, u64)> = Vec::new();
    for row in rows {
        let (id, member) = (GroupId::from_sql(row.group_id), row.member());
        match groups.last_mut() {
            Some((group, _)) if group.id == id => group.members.push(member),
            _ => {
                let group = Group {
                    id,
                    name: row.name,
                    owner_id: UserId::from_sql(row.owner_id),
                    members: vec![member],
                };
                groups.push((group, row.epoch.cast_unsigned()));
            }
        }
    }
    groups
}

#[async_trait]
impl<C: Connection> GroupReads for Session<C> {
    async fn groups(&mut self, ids: &[GroupId]) -> Result<Vec<(Group, u64)>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.to_sql()).collect();
        let rows = sqlx::query_as!(
            MemberRow,
            r#"SELECT group_id, name, owner_id, epoch, user_id, joined_id AS "joined_id!", permissions
            FROM groups
            JOIN topics ON topic_id = group_id
            JOIN participants ON chat_id = group_id
            WHERE group_id = ANY($1) ORDER BY group_id, joined_id"#,
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(with_members(rows))
    }
}

#[async_trait]
impl GroupWrites for Session<Writer> {
    async fn insert_group(&mut self, group: &Group) -> Result<()> {
        self.insert_chat(&group.new_chat()).await?;
        let (mut users, mut joined, mut permissions) = (Vec::new(), Vec::new(), Vec::new());
        for member in &group.members {
            users.push(member.user_id.to_sql());
            joined.push(member.joined_id.cast_signed());
            permissions.push(member.permissions.map(Permissions::to_sql));
        }
        sqlx::query!(
            "WITH added AS (
                INSERT INTO groups (group_id, name, owner_id) VALUES ($1, $2, $3)
            )
            INSERT INTO participants (chat_id, user_id, sort_id, notif_prefs, joined_id, permissions)
            SELECT $1, user_id, $1, $4, joined_id, permissions
            FROM unnest($5::bigint[], $6::bigint[], $7::bigint[])
                AS member (user_id, joined_id, permissions)",
            group.id.to_sql(),
            group.name,
            group.owner_id.to_sql(),
            NotifPrefs::All as i16,
            &users,
            &joined,
            &permissions as &[Option<i64>],
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_group(&mut self, group: &Group) -> Result<()> {
        sqlx::query!(
            "UPDATE groups SET name = $2, owner_id = $3 WHERE group_id = $1",
            group.id.to_sql(),
            group.name,
            group.owner_id.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_group(&mut self, id: GroupId) -> Result<()> {
        sqlx::query!(
            "WITH uninvited AS (
                DELETE FROM invites WHERE target_kind = 2 AND target_id = $1
            )
            DELETE FROM chats WHERE chat_id = $1",
            id.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn insert_group_member(
        &mut self,
        id: GroupId,
        member: &GroupMember,
        read: ReadState,
    ) -> Result<()> {
        sqlx::query!(
            "WITH listed AS (
                INSERT INTO participants (chat_id, user_id, sort_id, notif_prefs, joined_id, permissions)
                SELECT chat_id, $2, coalesce(last_message_id, chat_id), $3, $4, $5
                FROM chats WHERE chat_id = $1
            )
            INSERT INTO reads (chat_id, user_id, ordinal, message_id) VALUES ($1, $2, $6, $7)",
            id.to_sql(),
            member.user_id.to_sql(),
            NotifPrefs::All as i16,
            member.joined_id.cast_signed(),
            member.permissions.map(Permissions::to_sql),
            read.ordinal.cast_signed(),
            read.message_id.map(MessageId::to_sql),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_group_member(&mut self, id: GroupId, member: &GroupMember) -> Result<()> {
        sqlx::query!(
            "UPDATE participants SET permissions = $3 WHERE chat_id = $1 AND user_id = $2",
            id.to_sql(),
            member.user_id.to_sql(),
            member.permissions.map(Permissions::to_sql),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_group_member(&mut self, id: GroupId, user: UserId) -> Result<()> {
        sqlx::query!(
            "WITH forgotten AS (
                DELETE FROM reads WHERE chat_id = $1 AND user_id = $2
            )
            DELETE FROM participants WHERE chat_id = $1 AND user_id = $2",
            id.to_sql(),
            user.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
