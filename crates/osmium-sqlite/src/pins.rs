//! Pinned messages.

use crate::error::failed;
use crate::messages::{MessageRow, messages};
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{ChatId, Message};
use osmium_ports::store::{PinReads, PinWrites, Result};

#[async_trait]
impl<C: Connection> PinReads for Session<C> {
    async fn pinned(&mut self, chat: ChatId, limit: u32) -> Result<Vec<Message>> {
        let chat = chat.to_sql();
        let rows = sqlx::query_as!(
            MessageRow,
            r#"SELECT messages.chat_id, messages.message_id, ordinal, author_id, kind AS "kind: i32", text,
                extras, edited_at, pinned AS "pinned: bool"
            FROM pins JOIN messages USING (chat_id, message_id)
            WHERE pins.chat_id = $1
            ORDER BY pin_id DESC LIMIT $2"#,
            chat,
            limit,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        messages(rows)
    }

    async fn count_pinned(&mut self, chat: ChatId) -> Result<u32> {
        let chat = chat.to_sql();
        let count = sqlx::query_scalar!(
            r#"SELECT COUNT(*) AS "count!: u32" FROM pins WHERE chat_id = $1"#,
            chat,
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(count)
    }
}

#[async_trait]
impl PinWrites for Session<Writer> {
    async fn set_pin(&mut self, message: &Message, pin: Option<u64>) -> Result<()> {
        let (chat, id) = (message.chat_id.to_sql(), message.id.to_sql());
        let pin = pin.map(u64::cast_signed);
        sqlx::query!(
            "UPDATE messages SET pinned = $3 IS NOT NULL WHERE chat_id = $1 AND message_id = $2",
            chat,
            id,
            pin,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "DELETE FROM pins WHERE chat_id = $1 AND message_id = $2",
            chat,
            id
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!(
            "INSERT INTO pins (chat_id, message_id, pin_id) SELECT $1, $2, $3 WHERE $3 IS NOT NULL",
            chat,
            id,
            pin,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
