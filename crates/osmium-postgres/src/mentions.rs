//! Mentions.

use crate::error::failed;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{ChatId, Message, MessageId, UserId};
use osmium_ports::store::{MentionReads, MentionWrites, Result};

#[async_trait]
impl<C: Connection> MentionReads for Session<C> {
    async fn mentions_after(
        &mut self,
        user: UserId,
        chat: ChatId,
        ordinal: u64,
        limit: u32,
    ) -> Result<Vec<MessageId>> {
        let rows = sqlx::query_scalar!(
            "SELECT message_id FROM mentions
            WHERE user_id = $1 AND chat_id = $2 AND ordinal > $3
            ORDER BY ordinal DESC LIMIT $4",
            user.to_sql(),
            chat.to_sql(),
            ordinal.cast_signed(),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(rows.into_iter().map(MessageId::from_sql).collect())
    }

    async fn mentioned_in(&mut self, messages: &[(ChatId, MessageId)]) -> Result<Vec<UserId>> {
        let (chats, ids): (Vec<i64>, Vec<i64>) = messages
            .iter()
            .map(|(chat, id)| (chat.to_sql(), id.to_sql()))
            .unzip();
        let rows = sqlx::query_scalar!(
            "SELECT DISTINCT user_id FROM mentions
            JOIN unnest($1::bigint[], $2::bigint[]) AS wanted (chat_id, message_id)
                USING (chat_id, message_id)",
            &chats,
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(rows.into_iter().map(UserId::from_sql).collect())
    }
}

#[async_trait]
impl MentionWrites for Session<Writer> {
    async fn set_mentions(&mut self, message: &Message, users: &[UserId]) -> Result<()> {
        let users: Vec<i64> = users.iter().map(|user| user.to_sql()).collect();
        sqlx::query!(
            "WITH gone AS (
                DELETE FROM mentions
                WHERE chat_id = $1 AND message_id = $2 AND user_id <> ALL($4)
            )
            INSERT INTO mentions (user_id, chat_id, ordinal, message_id)
            SELECT user_id, $1, $3, $2 FROM unnest($4::bigint[]) AS mentioned (user_id)
            ON CONFLICT (user_id, chat_id, ordinal) DO NOTHING",
            message.chat_id.to_sql(),
            message.id.to_sql(),
            message.ordinal.cast_signed(),
            &users,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
