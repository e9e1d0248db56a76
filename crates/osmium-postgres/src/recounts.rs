//! Counting anew.

use crate::chats::ChatRow;
use crate::error::failed;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{Chat, ChatId};
use osmium_ports::store::{RecountReads, RecountWrites, Result};

#[async_trait]
impl<C: Connection> RecountReads for Session<C> {
    async fn chats_after(&mut self, after: ChatId, limit: u32) -> Result<Vec<Chat>> {
        let rows = sqlx::query_as!(
            ChatRow,
            "SELECT chat_id, kind, community_id, user_a, user_b, last_ordinal, last_message_id, highest_id
            FROM chats WHERE chat_id > $1 ORDER BY chat_id LIMIT $2",
            after.to_sql(),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Chat::try_from).collect()
    }

    async fn miscounted(&mut self, chats: &[ChatId]) -> Result<Vec<ChatId>> {
        let chats: Vec<i64> = chats.iter().map(|chat| chat.to_sql()).collect();
        let rows = sqlx::query_scalar!(
            "SELECT chat_id FROM chats
            WHERE chat_id = ANY($1)
                AND (
                    chats.last_message_id IS DISTINCT FROM (
                        SELECT max(message_id) FROM messages WHERE messages.chat_id = chats.chat_id
                    )
                    OR last_ordinal <> (
                        SELECT count(*) FROM messages WHERE messages.chat_id = chats.chat_id
                    ) + (
                        SELECT count(*) FROM deletions WHERE deletions.chat_id = chats.chat_id
                    )
                    OR EXISTS (
                        SELECT 1 FROM messages WHERE messages.chat_id = chats.chat_id
                            AND (ordinal > last_ordinal OR message_id > highest_id)
                    )
                    OR EXISTS (
                        SELECT 1 FROM participants WHERE participants.chat_id = chats.chat_id
                            AND sort_id <> coalesce(last_message_id, chats.chat_id)
                    )
                    OR EXISTS (
                        SELECT 1 FROM reads WHERE reads.chat_id = chats.chat_id AND ordinal > last_ordinal
                    )
                    OR EXISTS (
                        SELECT 1 FROM mentions JOIN messages USING (chat_id, message_id)
                        WHERE mentions.chat_id = chats.chat_id AND mentions.ordinal <> messages.ordinal
                    )
                    OR (SELECT count(*) FROM pins WHERE pins.chat_id = chats.chat_id) <> (
                        SELECT count(*) FROM messages WHERE messages.chat_id = chats.chat_id AND pinned
                    )
                )",
            &chats,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(rows.into_iter().map(ChatId::from_sql).collect())
    }
}

#[async_trait]
impl RecountWrites for Session<Writer> {
    async fn recount(&mut self, chat: ChatId) -> Result<()> {
        let chat = chat.to_sql();
        sqlx::query!(
            "UPDATE chats SET
                last_message_id = (SELECT max(message_id) FROM messages WHERE chat_id = $1),
                last_ordinal = greatest(
                    last_ordinal, (SELECT max(ordinal) FROM messages WHERE chat_id = $1)
                ),
                highest_id = greatest(
                    highest_id, (SELECT max(message_id) FROM messages WHERE chat_id = $1)
                )
            WHERE chat_id = $1",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        // Every ordinal is a message's or a deleted one's, and not both.
        sqlx::query!(
            "WITH alive AS (
                DELETE FROM deletions WHERE chat_id = $1 AND (
                    ordinal IN (SELECT ordinal FROM messages WHERE chat_id = $1)
                    OR ordinal > (SELECT last_ordinal FROM chats WHERE chat_id = $1)
                )
            )
            INSERT INTO deletions (chat_id, ordinal)
            SELECT $1, ordinal
            FROM chats CROSS JOIN generate_series(1, last_ordinal) AS ordinal
            WHERE chat_id = $1
                AND NOT EXISTS (
                    SELECT 1 FROM messages WHERE messages.chat_id = $1 AND messages.ordinal = ordinal.ordinal
                )
            ON CONFLICT (chat_id, ordinal) DO NOTHING",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "WITH listed AS (
                UPDATE participants SET sort_id = coalesce(chats.last_message_id, chats.chat_id)
                FROM chats WHERE chats.chat_id = $1 AND participants.chat_id = $1
            ), reached AS (
                UPDATE reads SET ordinal = least(reads.ordinal, chats.last_ordinal)
                FROM chats WHERE chats.chat_id = $1 AND reads.chat_id = $1
            ), mentioned AS (
                UPDATE mentions SET ordinal = messages.ordinal
                FROM messages
                WHERE mentions.chat_id = $1 AND messages.chat_id = $1
                    AND messages.message_id = mentions.message_id AND mentions.ordinal <> messages.ordinal
            )
            UPDATE messages SET pinned = NOT pinned
            WHERE chat_id = $1 AND pinned <> EXISTS (
                SELECT 1 FROM pins WHERE pins.chat_id = $1 AND pins.message_id = messages.message_id
            )",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
