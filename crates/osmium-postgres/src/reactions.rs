//! Reactions to messages.

use crate::error::{failed, unknown};
use crate::row::number;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{ChatId, MessageId, Reaction, ReactionEmoji, UserId};
use osmium_ports::store::{Reacted, ReactionReads, ReactionWrites, Result};

fn emoji(key: &str) -> Result<ReactionEmoji> {
    ReactionEmoji::from_key(key).ok_or_else(|| unknown("emoji", key))
}

fn columns(messages: &[(ChatId, MessageId)]) -> (Vec<i64>, Vec<i64>) {
    let columns = |(chat, message): &(ChatId, MessageId)| (chat.to_sql(), message.to_sql());
    messages.iter().map(columns).unzip()
}

#[async_trait]
impl<C: Connection> ReactionReads for Session<C> {
    async fn reactions(
        &mut self,
        messages: &[(ChatId, MessageId)],
        shown: u32,
    ) -> Result<Vec<(MessageId, Vec<Reaction>)>> {
        let (chats, messages) = columns(messages);
        let rows = sqlx::query!(
            r#"SELECT message_id, emoji, total, ARRAY(
                SELECT user_id FROM reactors WHERE reactors.reaction_id = reactions.reaction_id
                ORDER BY reacted_id LIMIT $3
            ) AS "preview!"
            FROM reactions
            JOIN unnest($1::bigint[], $2::bigint[]) AS wanted (chat_id, message_id)
                USING (chat_id, message_id)
            ORDER BY message_id, reaction_id"#,
            &chats,
            &messages,
            i64::from(shown),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let mut found: Vec<(MessageId, Vec<Reaction>)> = Vec::new();
        for row in rows {
            let id = MessageId::from_sql(row.message_id);
            let reaction = Reaction {
                emoji: emoji(&row.emoji)?,
                count: number(row.total)?,
                preview: row.preview.into_iter().map(UserId::from_sql).collect(),
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
        let (chats, messages) = columns(messages);
        let users: Vec<i64> = users.iter().map(|user| user.to_sql()).collect();
        let rows = sqlx::query!(
            "SELECT message_id, user_id, emoji
            FROM reactions
            JOIN unnest($1::bigint[], $2::bigint[]) AS wanted (chat_id, message_id)
                USING (chat_id, message_id)
            JOIN reactors USING (reaction_id)
            WHERE user_id = ANY($3)",
            &chats,
            &messages,
            &users,
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
        let done = sqlx::query!(
            "WITH reaction AS (
                INSERT INTO reactions (reaction_id, chat_id, message_id, emoji, total)
                VALUES ($5, $1, $2, $3, 1)
                ON CONFLICT (chat_id, message_id, emoji) DO UPDATE SET total = reactions.total + 1
                WHERE NOT EXISTS (
                    SELECT 1 FROM reactors
                    WHERE reactors.reaction_id = reactions.reaction_id AND user_id = $4
                )
                RETURNING reaction_id
            )
            INSERT INTO reactors (reaction_id, user_id, reacted_id)
            SELECT reaction_id, $4, $5 FROM reaction",
            chat.to_sql(),
            reacted.message_id.to_sql(),
            reacted.emoji.to_key(),
            reacted.user_id.to_sql(),
            id.cast_signed(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() > 0)
    }

    async fn remove_reaction(&mut self, chat: ChatId, reacted: &Reacted) -> Result<bool> {
        // The parts of a statement do not see what the others change: the total is still the one from before.
        let had = sqlx::query_scalar!(
            r#"WITH gone AS (
                DELETE FROM reactors USING reactions
                WHERE chat_id = $1 AND message_id = $2 AND emoji = $3 AND user_id = $4
                    AND reactors.reaction_id = reactions.reaction_id
                RETURNING reactors.reaction_id
            ), fewer AS (
                UPDATE reactions SET total = total - 1
                FROM gone WHERE reactions.reaction_id = gone.reaction_id AND total > 1
            ), none AS (
                DELETE FROM reactions
                USING gone WHERE reactions.reaction_id = gone.reaction_id AND total = 1
            )
            SELECT EXISTS (SELECT 1 FROM gone) AS "had!""#,
            chat.to_sql(),
            reacted.message_id.to_sql(),
            reacted.emoji.to_key(),
            reacted.user_id.to_sql(),
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(had)
    }
}
