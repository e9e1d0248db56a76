//! Messages: history, sending, editing, deleting.

mod columns;
mod row;

use crate::error::failed;
use crate::row::bound;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use columns::{Columns, Keys};
use osmium_model::event::DeletedMessage;
use osmium_model::{ChatId, CommunityId, Message, MessageId, MessageKind, Timestamp, UserId};
use osmium_ports::store::{HistoryPage, Idempotency, MessageReads, MessageWrites, Result};
use row::{Extras, MessageRow};

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

    async fn sent(
        &mut self,
        keys: &[Idempotency],
        since: Timestamp,
    ) -> Result<Vec<(Idempotency, MessageId)>> {
        let mut wanted = Keys::default();
        for key in keys {
            wanted.push(key);
        }
        let rows = sqlx::query!(
            "SELECT author_id, chat_id, client_id, message_id
            FROM sends
            JOIN unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS wanted (author_id, chat_id, client_id)
                USING (author_id, chat_id, client_id)
            WHERE sent_at >= $4",
            &wanted.authors,
            &wanted.chats,
            &wanted.clients,
            since.to_sql(),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let sent = rows.into_iter().map(|row| {
            let key = Idempotency {
                author_id: UserId::from_sql(row.author_id),
                chat_id: ChatId::from_sql(row.chat_id),
                client_id: row.client_id.cast_unsigned(),
            };
            (key, MessageId::from_sql(row.message_id))
        });
        Ok(sent.collect())
    }
}

#[async_trait]
impl MessageWrites for Session<Writer> {
    async fn insert_messages(
        &mut self,
        messages: &[(Message, Option<Idempotency>)],
        at: Timestamp,
    ) -> Result<()> {
        let columns = Columns::of(messages);
        // All that sending changes, in one statement however many messages and chats: this is what a server does most.
        // A key that is there is from before the time that `sent` looks back to. Channels (kind 1) stand in
        // nobody's list.
        sqlx::query!(
            "WITH sent AS MATERIALIZED (
                SELECT * FROM unnest(
                    $1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::smallint[], $6::text[],
                    $7::text[], $8::bigint[], $9::boolean[]
                ) AS sent (chat_id, message_id, ordinal, author_id, kind, text, extras, edited_at, pinned)
            ), stored AS (
                INSERT INTO messages
                    (chat_id, message_id, ordinal, author_id, kind, text, extras, edited_at, pinned)
                SELECT chat_id, message_id, ordinal, author_id, kind, text, extras, edited_at, pinned FROM sent
            ), counted AS (
                UPDATE chats SET
                    last_ordinal = latest.ordinal,
                    last_message_id = latest.message_id,
                    highest_id = greatest(highest_id, latest.message_id)
                FROM (
                    SELECT chat_id, max(ordinal) AS ordinal, max(message_id) AS message_id
                    FROM sent GROUP BY chat_id
                ) AS latest
                WHERE chats.chat_id = latest.chat_id
                RETURNING chats.chat_id, chats.kind, last_message_id
            ), listed AS (
                UPDATE participants SET sort_id = counted.last_message_id
                FROM counted
                WHERE counted.kind <> 1 AND participants.chat_id = counted.chat_id
            ), reached AS (
                INSERT INTO reads (user_id, chat_id, ordinal, message_id)
                SELECT author_id, chat_id, max(ordinal), max(message_id)
                FROM sent WHERE kind = $10
                GROUP BY author_id, chat_id ORDER BY author_id, chat_id
                ON CONFLICT (user_id, chat_id) DO UPDATE SET
                    ordinal = excluded.ordinal, message_id = excluded.message_id
                WHERE reads.ordinal < excluded.ordinal
            )
            INSERT INTO sends (author_id, chat_id, client_id, message_id, sent_at)
            SELECT author_id, chat_id, client_id, message_id, $15
            FROM unnest($11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[])
                AS key (author_id, chat_id, client_id, message_id)
            ON CONFLICT (author_id, chat_id, client_id) DO UPDATE SET
                message_id = excluded.message_id, sent_at = excluded.sent_at",
            &columns.chats,
            &columns.ids,
            &columns.ordinals,
            &columns.authors,
            &columns.kinds,
            &columns.texts as &[&str],
            &columns.extras as &[Option<String>],
            &columns.edited as &[Option<i64>],
            &columns.pinned,
            MessageKind::Normal as i16,
            &columns.keys.authors,
            &columns.keys.chats,
            &columns.keys.clients,
            &columns.keyed,
            at.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_message(&mut self, message: &Message) -> Result<()> {
        sqlx::query!(
            "UPDATE messages SET text = $3, extras = $4, edited_at = $5, pinned = $6
            WHERE chat_id = $1 AND message_id = $2",
            message.chat_id.to_sql(),
            message.id.to_sql(),
            message.text,
            Extras::encode(message),
            message.edited_at.map(Timestamp::to_sql),
            message.pinned,
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
