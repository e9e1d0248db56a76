//! Pinned messages.

use crate::error::failed;
use crate::messages::MessageRow;
use crate::row::number;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{ChatId, Message};
use osmium_ports::store::{PinReads, PinWrites, Result};

#[async_trait]
impl<C: Connection> PinReads for Session<C> {
    async fn pinned(&mut self, chat: ChatId, limit: u32) -> Result<Vec<Message>> {
        let rows = sqlx::query_as!(
            MessageRow,
            "SELECT messages.chat_id, messages.message_id, ordinal, author_id, kind, text, extras, edited_at, pinned
            FROM pins JOIN messages USING (chat_id, message_id)
            WHERE pins.chat_id = $1
            ORDER BY pin_id DESC LIMIT $2",
            chat.to_sql(),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Message::try_from).collect()
    }

    async fn count_pinned(&mut self, chat: ChatId) -> Result<u32> {
        let count = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM pins WHERE chat_id = $1"#,
            chat.to_sql(),
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)?;
        number(count)
    }
}

#[async_trait]
impl PinWrites for Session<Writer> {
    async fn set_pin(&mut self, message: &Message, pin: Option<u64>) -> Result<()> {
        sqlx::query!(
            "WITH flagged AS (
                UPDATE messages SET pinned = $3::bigint IS NOT NULL WHERE chat_id = $1 AND message_id = $2
            ), unpinned AS (
                DELETE FROM pins WHERE chat_id = $1 AND message_id = $2 AND $3 IS NULL
            )
            INSERT INTO pins (chat_id, message_id, pin_id) SELECT $1, $2, $3 WHERE $3 IS NOT NULL
            ON CONFLICT (chat_id, message_id) DO UPDATE SET pin_id = excluded.pin_id",
            message.chat_id.to_sql(),
            message.id.to_sql(),
            pin.map(u64::cast_signed),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
