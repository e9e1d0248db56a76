//! Counting anew.

use crate::chats::ChatRow;
use crate::error::failed;
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{Chat, ChatId};
use osmium_ports::store::{RecountReads, RecountWrites, Result};

#[async_trait]
impl<C: Connection> RecountReads for Session<C> {
    async fn chats_after(&mut self, after: ChatId, limit: u32) -> Result<Vec<Chat>> {
        let after = after.to_sql();
        let rows = sqlx::query_as!(
            ChatRow,
            r#"SELECT chat_id, kind AS "kind: u8", community_id, user_a, user_b,
                last_ordinal, last_message_id, highest_id
            FROM chats WHERE chat_id > $1 ORDER BY chat_id LIMIT $2"#,
            after,
            limit,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Chat::try_from).collect()
    }

    async fn miscounted(&mut self, chats: &[ChatId]) -> Result<Vec<ChatId>> {
        let chats = list(chats.iter().map(|chat| chat.to_sql()));
        let rows = sqlx::query_scalar!(
            "SELECT chat_id FROM chats
            WHERE chat_id IN (SELECT value FROM json_each($1))
                AND (
                    chats.last_message_id IS NOT (
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
            chats,
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
                last_ordinal = max(
                    last_ordinal, coalesce((SELECT max(ordinal) FROM messages WHERE chat_id = $1), 0)
                ),
                highest_id = max(
                    highest_id, coalesce((SELECT max(message_id) FROM messages WHERE chat_id = $1), 0)
                )
            WHERE chat_id = $1",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        // Every ordinal is a message's or a deleted one's, and not both.
        sqlx::query!(
            "DELETE FROM deletions WHERE chat_id = $1 AND (
                ordinal IN (SELECT ordinal FROM messages WHERE chat_id = $1)
                OR ordinal > (SELECT last_ordinal FROM chats WHERE chat_id = $1)
            )",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "WITH RECURSIVE numbers (ordinal) AS (
                SELECT 1
                UNION ALL
                SELECT ordinal + 1 FROM numbers
                WHERE ordinal < (SELECT last_ordinal FROM chats WHERE chat_id = $1)
            )
            INSERT INTO deletions (chat_id, ordinal)
            SELECT $1, ordinal FROM numbers
            WHERE ordinal <= (SELECT last_ordinal FROM chats WHERE chat_id = $1)
                AND ordinal NOT IN (SELECT ordinal FROM messages WHERE chat_id = $1)
                AND ordinal NOT IN (SELECT ordinal FROM deletions WHERE chat_id = $1)",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "UPDATE participants SET sort_id = (
                SELECT coalesce(last_message_id, chat_id) FROM chats WHERE chat_id = $1
            )
            WHERE chat_id = $1",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "UPDATE reads SET ordinal = min(
                ordinal, (SELECT last_ordinal FROM chats WHERE chat_id = $1)
            )
            WHERE chat_id = $1",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "UPDATE mentions SET ordinal = (
                SELECT ordinal FROM messages
                WHERE messages.chat_id = $1 AND messages.message_id = mentions.message_id
            )
            WHERE chat_id = $1",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "UPDATE messages SET pinned = NOT pinned
            WHERE chat_id = $1
                AND pinned <> (message_id IN (SELECT message_id FROM pins WHERE chat_id = $1))",
            chat,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
