//! Groups and their members.

use crate::error::failed;
use crate::list::list;
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
        let wanted = list(ids.iter().map(|id| id.to_sql()));
        let rows = sqlx::query_as!(
            MemberRow,
            r#"SELECT group_id AS "group_id!", name AS "name!", owner_id AS "owner_id!", epoch AS "epoch!",
                user_id AS "user_id!", joined_id AS "joined_id!", permissions
            FROM groups
            JOIN topics ON topic_id = group_id
            JOIN participants ON chat_id = group_id
            WHERE group_id IN (SELECT value FROM json_each($1)) ORDER BY group_id, joined_id"#,
            wanted,
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
        let (id, owner) = (group.id.to_sql(), group.owner_id.to_sql());
        sqlx::query!(
            "INSERT INTO groups (group_id, name, owner_id) VALUES ($1, $2, $3)",
            id,
            group.name,
            owner,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        let members = list(group.members.iter().map(|member| {
            let permissions = member.permissions.map(Permissions::to_sql);
            (member.user_id.to_sql(), member.joined_id, permissions)
        }));
        let notif_prefs = NotifPrefs::All as i32;
        sqlx::query!(
            "INSERT INTO participants (user_id, chat_id, sort_id, notif_prefs, joined_id, permissions)
            SELECT value ->> 0, $2, $2, $3, value ->> 1, value ->> 2 FROM json_each($1)",
            members,
            id,
            notif_prefs,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_group(&mut self, group: &Group) -> Result<()> {
        let (id, owner) = (group.id.to_sql(), group.owner_id.to_sql());
        sqlx::query!(
            "UPDATE groups SET name = $2, owner_id = $3 WHERE group_id = $1",
            id,
            group.name,
            owner,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_group(&mut self, id: GroupId) -> Result<()> {
        let id = id.to_sql();
        sqlx::query!(
            "DELETE FROM invites WHERE target_kind = 2 AND target_id = $1",
            id,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!("DELETE FROM chats WHERE chat_id = $1", id)
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
        let (id, user) = (id.to_sql(), member.user_id.to_sql());
        let (joined, notif_prefs) = (member.joined_id.cast_signed(), NotifPrefs::All as i32);
        let permissions = member.permissions.map(Permissions::to_sql);
        sqlx::query!(
            "INSERT INTO participants (user_id, chat_id, sort_id, notif_prefs, joined_id, permissions)
            SELECT $2, chat_id, COALESCE(last_message_id, chat_id), $3, $4, $5
            FROM chats WHERE chat_id = $1",
            id,
            user,
            notif_prefs,
            joined,
            permissions,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        let (ordinal, message) = (
            read.ordinal.cast_signed(),
            read.message_id.map(MessageId::to_sql),
        );
        sqlx::query!(
            "INSERT INTO reads (user_id, chat_id, ordinal, message_id) VALUES ($1, $2, $3, $4)",
            user,
            id,
            ordinal,
            message,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_group_member(&mut self, id: GroupId, member: &GroupMember) -> Result<()> {
        let (id, user) = (id.to_sql(), member.user_id.to_sql());
        let permissions = member.permissions.map(Permissions::to_sql);
        sqlx::query!(
            "UPDATE participants SET permissions = $3 WHERE chat_id = $1 AND user_id = $2",
            id,
            user,
            permissions,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_group_member(&mut self, id: GroupId, user: UserId) -> Result<()> {
        let (id, user) = (id.to_sql(), user.to_sql());
        sqlx::query!(
            "DELETE FROM participants WHERE chat_id = $1 AND user_id = $2",
            id,
            user,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "DELETE FROM reads WHERE chat_id = $1 AND user_id = $2",
            id,
            user,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
