//! Mentions.

use crate::error::failed;
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{ChatId, Message, MessageId, UserId};
use osmium_ports::store::{MentionReads, MentionWrites, NewMessage, Result};
use sqlx::SqliteConnection;

#[async_trait]
impl<C: Connection> MentionReads for Session<C> {
    async fn mentions_after(
        &mut self,
        user: UserId,
        chat: ChatId,
        ordinal: u64,
        limit: u32,
    ) -> Result<Vec<MessageId>> {
        let (user, chat, ordinal) = (user.to_sql(), chat.to_sql(), ordinal.cast_signed());
        let rows = sqlx::query_scalar!(
            "SELECT message_id FROM mentions
            WHERE user_id = $1 AND chat_id = $2 AND ordinal > $3
            ORDER BY ordinal DESC LIMIT $4",
            user,
            chat,
            ordinal,
            limit,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(rows.into_iter().map(MessageId::from_sql).collect())
    }

    async fn mentioned_in(&mut self, messages: &[(ChatId, MessageId)]) -> Result<Vec<UserId>> {
        let messages = list(
            messages
                .iter()
                .map(|(chat, id)| (chat.to_sql(), id.to_sql())),
        );
        let rows = sqlx::query_scalar!(
            r#"SELECT DISTINCT user_id AS "user_id!" FROM mentions WHERE (chat_id, message_id) IN (
                SELECT value ->> 0, value ->> 1 FROM json_each($1)
            )"#,
            messages,
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
        let (chat, id) = (message.chat_id.to_sql(), message.id.to_sql());
        sqlx::query!(
            "DELETE FROM mentions WHERE chat_id = $1 AND message_id = $2",
            chat,
            id,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        insert(&mut self.connection, rows(message, users)).await
    }
}

/// Adds whom new messages mention.
pub(crate) async fn mention(
    connection: &mut SqliteConnection,
    messages: &[NewMessage],
) -> Result<()> {
    let rows: Vec<_> = messages
        .iter()
        .flat_map(|new| rows(&new.message, &new.mentions))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    insert(connection, rows).await
}

/// User, chat, ordinal and message.
type Row = (i64, i64, i64, i64);

fn rows(message: &Message, users: &[UserId]) -> Vec<Row> {
    let row = |user: &UserId| {
        let (chat, id) = (message.chat_id.to_sql(), message.id.to_sql());
        (user.to_sql(), chat, message.ordinal.cast_signed(), id)
    };
    users.iter().map(row).collect()
}

async fn insert(connection: &mut SqliteConnection, rows: Vec<Row>) -> Result<()> {
    let rows = list(rows);
    sqlx::query!(
        "INSERT INTO mentions (user_id, chat_id, ordinal, message_id)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each($1)",
        rows,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}
