//! Messages: history, sending, editing, deleting.

mod row;

use crate::columns::KeyColumns;
use crate::error::failed;
use crate::posting::{SentRow, write_messages};
use crate::row::bound;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use crate::words::Words;
use async_trait::async_trait;
use osmium_model::event::DeletedMessage;
use osmium_model::{ChatId, CommunityId, Message, MessageId, Timestamp, UserId};
use osmium_ports::store::{
    HistoryPage, Idempotency, MessageReads, MessageWrites, NewMessage, Result, terms,
};
pub(crate) use row::MessageRow;
use std::collections::BTreeMap;

pub(crate) use row::extras;

/// A stretch of history: so many messages after an id, and so many up to it.
#[derive(Debug, PartialEq, Eq)]
struct Window {
    id: i64,
    after: u32,
    up_to: u32,
}

impl Window {
    fn of(page: HistoryPage, limit: u32) -> Self {
        let (id, after, up_to) = match page {
            HistoryPage::Newest => (i64::MAX, 0, limit),
            HistoryPage::Before(id) => (bound(id.0) - 1, 0, limit),
            HistoryPage::Since(id) => (bound(id.0), limit, 0),
            HistoryPage::Around(id) => (bound(id.0) - 1, limit - limit / 2, limit / 2),
        };
        Self { id, after, up_to }
    }
}

#[async_trait]
impl<C: Connection> MessageReads for Session<C> {
    async fn messages(&mut self, chat: ChatId, ids: &[MessageId]) -> Result<Vec<Message>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.to_sql()).collect();
        let rows = sqlx::query_as!(
            MessageRow,
            "SELECT chat_id, message_id, ordinal, author_id, kind, text, extras, edited_at, pinned
            FROM messages WHERE chat_id = $1 AND message_id = ANY($2)",
            chat.to_sql(),
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Message::try_from).collect()
    }

    async fn history(
        &mut self,
        chat: ChatId,
        page: HistoryPage,
        limit: u32,
    ) -> Result<Vec<Message>> {
        let window = Window::of(page, limit);
        // Two walks along the primary key, each stopped by its limit; one of none costs nothing.
        let rows = sqlx::query_as!(
            MessageRow,
            r#"SELECT chat_id AS "chat_id!", message_id AS "message_id!", ordinal AS "ordinal!",
                author_id AS "author_id!", kind AS "kind!", text AS "text!", extras, edited_at,
                pinned AS "pinned!"
            FROM (
                (
                    SELECT * FROM messages WHERE chat_id = $1 AND message_id > $2
                    ORDER BY message_id LIMIT $3
                )
                UNION ALL
                (
                    SELECT * FROM messages WHERE chat_id = $1 AND message_id <= $2
                    ORDER BY message_id DESC LIMIT $4
                )
            ) AS page
            ORDER BY message_id DESC"#,
            chat.to_sql(),
            window.id,
            i64::from(window.after),
            i64::from(window.up_to),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Message::try_from).collect()
    }

    async fn messages_by_chat(&mut self, ids: &[(ChatId, MessageId)]) -> Result<Vec<Message>> {
        let (chats, ids): (Vec<i64>, Vec<i64>) = ids
            .iter()
            .map(|(chat, id)| (chat.to_sql(), id.to_sql()))
            .unzip();
        let rows = sqlx::query_as!(
            MessageRow,
            "SELECT chat_id, message_id, ordinal, author_id, kind, text, extras, edited_at, pinned
            FROM messages
            JOIN unnest($1::bigint[], $2::bigint[]) AS wanted (chat_id, message_id)
                USING (chat_id, message_id)",
            &chats,
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Message::try_from).collect()
    }

    async fn written_in(
        &mut self,
        community: CommunityId,
        author: UserId,
        from: MessageId,
        limit: u32,
    ) -> Result<Vec<(ChatId, MessageId)>> {
        let rows = sqlx::query!(
            "SELECT messages.chat_id, message_id
            FROM messages JOIN chats USING (chat_id)
            WHERE author_id = $2 AND message_id >= $3 AND community_id = $1
            ORDER BY message_id DESC LIMIT $4",
            community.to_sql(),
            author.to_sql(),
            bound(from.0),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let written = rows.into_iter().map(|row| {
            (
                ChatId::from_sql(row.chat_id),
                MessageId::from_sql(row.message_id),
            )
        });
        Ok(written.collect())
    }

    async fn sent(&mut self, keys: &[Idempotency]) -> Result<Vec<(Idempotency, MessageId)>> {
        let wanted = KeyColumns::of(keys);
        // Each key is looked up by itself: see the look of posts.
        let rows = sqlx::query_as!(
            SentRow,
            "SELECT found.author_id, found.chat_id, found.client_id, found.message_id
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS wanted (author_id, chat_id, client_id)
            CROSS JOIN LATERAL (
                SELECT * FROM sends
                WHERE (sends.author_id, sends.chat_id, sends.client_id)
                    = (wanted.author_id, wanted.chat_id, wanted.client_id)
                LIMIT 1
            ) AS found",
            &wanted.authors,
            &wanted.chats,
            &wanted.clients,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}

#[async_trait]
impl MessageWrites for Session<Writer> {
    async fn insert_messages(&mut self, messages: &[NewMessage], at: Timestamp) -> Result<()> {
        // Their topics are held already, and the events come when the transaction commits.
        let seen = BTreeMap::new();
        write_messages(&mut self.connection, &seen, messages, &[], at).await?;
        Ok(())
    }

    async fn update_message(&mut self, message: &Message) -> Result<()> {
        let terms = terms(message);
        sqlx::query!(
            "UPDATE messages SET text = $3, extras = $4, edited_at = $5,
                words = $6::tsvector
            WHERE chat_id = $1 AND message_id = $2",
            message.chat_id.to_sql(),
            message.id.to_sql(),
            message.text,
            extras(message),
            message.edited_at.map(Timestamp::to_sql),
            terms.as_deref().map(Words) as Option<Words<'_>>,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_messages(
        &mut self,
        chat: ChatId,
        ids: &[MessageId],
    ) -> Result<Vec<DeletedMessage>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.to_sql()).collect();
        // The parts of a statement do not see what the others change: the rest of the chat is what is not named.
        let rows = sqlx::query!(
            "WITH deleted AS (
                DELETE FROM messages WHERE chat_id = $1 AND message_id = ANY($2)
                RETURNING message_id, ordinal
            ), kept AS (
                INSERT INTO deletions (chat_id, ordinal) SELECT $1, ordinal FROM deleted
            ), latest AS (
                UPDATE chats SET last_message_id = (
                    SELECT message_id FROM messages
                    WHERE chat_id = $1 AND message_id <> ALL($2)
                    ORDER BY message_id DESC LIMIT 1
                )
                WHERE chat_id = $1 AND last_message_id = ANY($2)
                RETURNING kind, coalesce(last_message_id, chat_id) AS sort_id
            ), listed AS (
                UPDATE participants SET sort_id = latest.sort_id
                FROM latest
                WHERE latest.kind <> 1 AND participants.chat_id = $1
            )
            SELECT message_id, ordinal FROM deleted ORDER BY message_id",
            chat.to_sql(),
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let deleted = rows.into_iter().map(|row| DeletedMessage {
            id: MessageId::from_sql(row.message_id),
            ordinal: row.ordinal.cast_unsigned(),
        });
        Ok(deleted.collect())
    }
}
