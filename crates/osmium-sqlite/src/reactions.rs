//! Reactions to messages.

use crate::error::{failed, unknown};
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{ChatId, MessageId, Reaction, ReactionEmoji, UserId};
use osmium_ports::store::{Reacted, ReactionReads, ReactionWrites, Result};

fn emoji(key: &str) -> Result<ReactionEmoji> {
    ReactionEmoji::from_key(key).ok_or_else(|| unknown("emoji", key))
}

#[async_trait]
impl<C: Connection> ReactionReads for Session<C> {
    async fn reactions(
        &mut self,
        messages: &[(ChatId, MessageId)],
        shown: u32,
    ) -> Result<Vec<(MessageId, Vec<Reaction>)>> {
        let messages = list(
            messages
                .iter()
                .map(|(chat, id)| (chat.to_sql(), id.to_sql())),
        );
        let rows = sqlx::query!(
            r#"SELECT message_id, emoji, total AS "total: u32", (
                SELECT json_group_array(user_id) FROM (
                    SELECT user_id FROM reactors WHERE reactors.reaction_id = reactions.reaction_id
                    ORDER BY reacted_id LIMIT $2
                )
            ) AS "preview!: String"
            FROM reactions WHERE (chat_id, message_id) IN (
                SELECT value ->> 0, value ->> 1 FROM json_each($1)
            )
            ORDER BY message_id, reaction_id"#,
            messages,
            shown,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let mut found: Vec<(MessageId, Vec<Reaction>)> = Vec::new();
        for row in rows {
            let id = MessageId::from_sql(row.message_id);
            let preview: Vec<i64> = serde_json::from_str(&row.preview)
                .map_err(|_| unknown("form of reaction", row.message_id))?;
            let reaction = Reaction {
                emoji: emoji(&row.emoji)?,
                count: row.total,
                preview: preview.into_iter().map(UserId::from_sql).collect(),
            };
            match found.last_mut() {
                Some((last, reactions)) if *last == id => reactions.push(reaction),
                _ => found.push((id, vec![reaction])),
            }
        }
        Ok(found)
    }

    async fn reacted(
        &mut self,
        messages: &[(ChatId, MessageId)],
        users: &[UserId],
    ) -> Result<Vec<Reacted>> {
        let messages = list(
            messages
                .iter()
                .map(|(chat, id)| (chat.to_sql(), id.to_sql())),
        );
        let users = list(users.iter().map(|user| user.to_sql()));
        // In this order, however many users there are: there may be many more who chose the same.
        let rows = sqlx::query!(
            r#"SELECT message_id AS "message_id!", user_id AS "user_id!", emoji AS "emoji!"
            FROM reactions CROSS JOIN reactors ON reactors.reaction_id = reactions.reaction_id
            WHERE (chat_id, message_id) IN (
                SELECT value ->> 0, value ->> 1 FROM json_each($1)
            )
                AND user_id IN (SELECT value FROM json_each($2))"#,
            messages,
            users,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| {
                Ok(Reacted {
                    message_id: MessageId::from_sql(row.message_id),
                    user_id: UserId::from_sql(row.user_id),
                    emoji: emoji(&row.emoji)?,
                })
            })
            .collect()
    }
}

#[async_trait]
impl ReactionWrites for Session<Writer> {
    async fn add_reaction(&mut self, chat: ChatId, reacted: &Reacted, id: u64) -> Result<bool> {
        let (chat, id) = (chat.to_sql(), id.cast_signed());
        let (message, user) = (reacted.message_id.to_sql(), reacted.user_id.to_sql());
        let emoji = reacted.emoji.to_key();
        let reaction = sqlx::query_scalar!(
            r#"INSERT INTO reactions (reaction_id, chat_id, message_id, emoji, total)
            VALUES ($5, $1, $2, $3, 1)
            ON CONFLICT (chat_id, message_id, emoji) DO UPDATE SET total = total + 1
            WHERE NOT EXISTS (
                SELECT 1 FROM reactors
                WHERE reactors.reaction_id = reactions.reaction_id AND user_id = $4
            )
            RETURNING reaction_id AS "reaction_id!: i64""#,
            chat,
            message,
            emoji,
            user,
            id,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        let Some(reaction) = reaction else {
            return Ok(false);
        };
        sqlx::query!(
            "INSERT INTO reactors (reaction_id, user_id, reacted_id) VALUES ($1, $2, $3)",
            reaction,
            user,
            id,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(true)
    }

    async fn remove_reaction(&mut self, chat: ChatId, reacted: &Reacted) -> Result<bool> {
        let (message, user) = (reacted.message_id.to_sql(), reacted.user_id.to_sql());
        let (chat, emoji) = (chat.to_sql(), reacted.emoji.to_key());
        let reaction = sqlx::query_scalar!(
            r#"DELETE FROM reactors
            WHERE user_id = $4 AND reaction_id = (
                SELECT reaction_id FROM reactions
                WHERE chat_id = $1 AND message_id = $2 AND emoji = $3
            )
            RETURNING reaction_id AS "reaction_id!: i64""#,
            chat,
            message,
            emoji,
            user,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        let Some(reaction) = reaction else {
            return Ok(false);
        };
        sqlx::query!(
            "UPDATE reactions SET total = total - 1 WHERE reaction_id = $1",
            reaction,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "DELETE FROM reactions WHERE reaction_id = $1 AND total = 0",
            reaction,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(true)
    }
}
