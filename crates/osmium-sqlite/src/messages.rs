//! Messages.

use crate::chats::bound;
use crate::error::{failed, unknown};
use crate::list::{Blob, Slice, list};
use crate::mentions::mention;
use crate::search;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::event::DeletedMessage;
use osmium_model::{
    BotInfo, ChatId, CommunityId, Entity, Message, MessageId, MessageKind, Reply, Timestamp, UserId,
};
use osmium_ports::StoreError;
use osmium_ports::store::{
    HistoryPage, Idempotency, MessageReads, MessageWrites, NewMessage, Result, terms,
};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

pub(crate) struct MessageRow {
    pub(crate) chat_id: i64,
    pub(crate) message_id: i64,
    pub(crate) ordinal: i64,
    pub(crate) author_id: i64,
    pub(crate) kind: i32,
    pub(crate) text: String,
    pub(crate) extras: Option<Vec<u8>>,
    pub(crate) edited_at: Option<i64>,
    pub(crate) pinned: bool,
}

impl TryFrom<MessageRow> for Message {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<Self> {
        let extras = match &row.extras {
            Some(bytes) => rmp_serde::from_slice(bytes)
                .map_err(|_| unknown("form of message", row.message_id))?,
            None => Extras::default(),
        };
        Ok(Self {
            id: MessageId::from_sql(row.message_id),
            chat_id: ChatId::from_sql(row.chat_id),
            ordinal: row.ordinal.cast_unsigned(),
            author_id: UserId::from_sql(row.author_id),
            kind: MessageKind::from_number(row.kind)
                .ok_or_else(|| unknown("kind of message", row.kind))?,
            text: row.text,
            entities: extras.entities,
            reply: extras.reply,
            forwarded: extras.forwarded,
            bot: extras.bot,
            edited_at: row.edited_at.map(Timestamp::from_sql),
            pinned: row.pinned,
        })
    }
}

/// What a plain message does not have, as `MessagePack` with named fields.
#[derive(Default, Serialize, Deserialize)]
struct Extras {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<Entity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reply: Option<Reply>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forwarded: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bot: Option<BotInfo>,
}

/// The extras of a message; none of a plain one.
fn extras(message: &Message) -> Option<Vec<u8>> {
    let plain = message.entities.is_empty()
        && message.reply.is_none()
        && message.forwarded.is_none()
        && message.bot.is_none();
    if plain {
        return None;
    }
    let extras = Extras {
        entities: message.entities.clone(),
        reply: message.reply.clone(),
        forwarded: message.forwarded,
        bot: message.bot.clone(),
    };
    Some(rmp_serde::to_vec_named(&extras).expect("plain data is always MessagePack"))
}

/// The messages that the rest of a query chooses.
macro_rules! message_rows {
    ($rest:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            MessageRow,
            r#"SELECT chat_id, message_id, ordinal, author_id, kind AS "kind: i32", text, extras,
                edited_at, pinned AS "pinned: bool"
            FROM "# + $rest,
            $($argument),+
        )
    };
}

#[async_trait]
impl<C: Connection> MessageReads for Session<C> {
    async fn messages(&mut self, chat: ChatId, ids: &[MessageId]) -> Result<Vec<Message>> {
        let chat = chat.to_sql();
        let ids = list(ids.iter().map(|id| id.to_sql()));
        let rows = message_rows!(
            "messages WHERE chat_id = $1 AND message_id IN (SELECT value FROM json_each($2))",
            chat,
            ids
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        messages(rows)
    }

    async fn history(
        &mut self,
        chat: ChatId,
        page: HistoryPage,
        limit: u32,
    ) -> Result<Vec<Message>> {
        let (connection, chat) = (&mut *self.connection, chat.to_sql());
        match page {
            HistoryPage::Newest => older(connection, chat, i64::MAX, limit).await,
            HistoryPage::Before(id) => older(connection, chat, before(id), limit).await,
            HistoryPage::Since(id) => newer(connection, chat, bound(id.0), limit).await,
            HistoryPage::Around(id) => {
                let (older_half, newer_half) = (limit / 2, limit - limit / 2);
                let mut page = newer(connection, chat, before(id), newer_half).await?;
                page.extend(older(connection, chat, before(id), older_half).await?);
                Ok(page)
            }
        }
    }

    async fn messages_by_chat(&mut self, ids: &[(ChatId, MessageId)]) -> Result<Vec<Message>> {
        let ids = list(ids.iter().map(|(chat, id)| (chat.to_sql(), id.to_sql())));
        let rows = message_rows!(
            "messages WHERE (chat_id, message_id) IN (
                SELECT value ->> 0, value ->> 1 FROM json_each($1)
            )",
            ids
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        messages(rows)
    }

    async fn written_in(
        &mut self,
        community: CommunityId,
        author: UserId,
        from: MessageId,
        limit: u32,
    ) -> Result<Vec<(ChatId, MessageId)>> {
        let (community, author, from) = (community.to_sql(), author.to_sql(), bound(from.0));
        let rows = sqlx::query!(
            r#"SELECT messages.chat_id AS "chat_id!", message_id AS "message_id!"
            FROM messages JOIN chats ON chats.chat_id = messages.chat_id
            WHERE author_id = $2 AND message_id >= $3 AND community_id = $1
            ORDER BY message_id DESC LIMIT $4"#,
            community,
            author,
            from,
            limit,
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
        let keys = list(keys.iter().map(|key| {
            let client = key.client_id.cast_signed();
            (key.author_id.to_sql(), key.chat_id.to_sql(), client)
        }));
        let rows = sqlx::query!(
            "SELECT author_id, chat_id, client_id, message_id
            FROM sends WHERE (author_id, chat_id, client_id) IN (
                SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each($1)
            )",
            keys,
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

/// The id before a message's.
pub(crate) fn before(id: MessageId) -> i64 {
    bound(id.0.saturating_sub(1))
}

/// The newest messages up to an id, the newest first.
pub(crate) async fn older(
    connection: &mut SqliteConnection,
    chat: i64,
    last: i64,
    limit: u32,
) -> Result<Vec<Message>> {
    let rows = message_rows!(
        "messages WHERE chat_id = $1 AND message_id <= $2 ORDER BY message_id DESC LIMIT $3",
        chat,
        last,
        limit
    )
    .fetch_all(connection)
    .await
    .map_err(failed)?;
    messages(rows)
}

/// The oldest messages after an id, the newest first.
pub(crate) async fn newer(
    connection: &mut SqliteConnection,
    chat: i64,
    after: i64,
    limit: u32,
) -> Result<Vec<Message>> {
    let mut rows = message_rows!(
        "messages WHERE chat_id = $1 AND message_id > $2 ORDER BY message_id LIMIT $3",
        chat,
        after,
        limit
    )
    .fetch_all(connection)
    .await
    .map_err(failed)?;
    rows.reverse();
    messages(rows)
}

pub(crate) fn messages(rows: Vec<MessageRow>) -> Result<Vec<Message>> {
    rows.into_iter().map(Message::try_from).collect()
}

/// A row of `messages`, and of `sends` if it has a key.
#[derive(Serialize)]
struct Row {
    chat_id: i64,
    message_id: i64,
    ordinal: i64,
    author_id: i64,
    client_id: Option<i64>,
    kind: i32,
    text: Slice,
    terms: Slice,
    extras: Slice,
    edited_at: Option<i64>,
    pinned: bool,
}

impl Row {
    fn new(new: &NewMessage, blob: &mut Blob) -> Self {
        let NewMessage {
            message,
            key,
            terms,
            ..
        } = new;
        let mut add = |text: Option<&[u8]>| text.map_or_else(Slice::default, |text| blob.add(text));
        Self {
            chat_id: message.chat_id.to_sql(),
            message_id: message.id.to_sql(),
            ordinal: message.ordinal.cast_signed(),
            author_id: message.author_id.to_sql(),
            client_id: key.map(|key| key.client_id.cast_signed()),
            kind: message.kind as i32,
            text: add(Some(message.text.as_bytes())),
            terms: add(terms.as_deref().map(str::as_bytes)),
            extras: add(extras(message).as_deref()),
            edited_at: message.edited_at.map(Timestamp::to_sql),
            pinned: message.pinned,
        }
    }
}

#[async_trait]
impl MessageWrites for Session<Writer> {
    async fn insert_messages(&mut self, messages: &[NewMessage], at: Timestamp) -> Result<()> {
        let mut blob = Blob::default();
        let rows = list(messages.iter().map(|new| Row::new(new, &mut blob)));
        insert(&mut self.connection, &rows, blob.as_bytes()).await?;
        search::insert(&mut self.connection, &rows, blob.as_bytes()).await?;
        move_chats(&mut self.connection, &rows).await?;
        move_authors(&mut self.connection, &rows).await?;
        mention(&mut self.connection, messages).await?;
        if messages.iter().any(|new| new.key.is_some()) {
            keep_keys(&mut self.connection, &rows, at).await?;
        }
        Ok(())
    }

    async fn update_message(&mut self, message: &Message) -> Result<()> {
        let (chat, id) = (message.chat_id.to_sql(), message.id.to_sql());
        let extras = extras(message);
        let edited_at = message.edited_at.map(Timestamp::to_sql);
        sqlx::query!(
            "UPDATE messages SET text = $3, extras = $4, edited_at = $5
            WHERE chat_id = $1 AND message_id = $2",
            chat,
            id,
            message.text,
            extras,
            edited_at,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        search::update(&mut self.connection, id, terms(message)).await
    }

    async fn delete_messages(
        &mut self,
        chat: ChatId,
        ids: &[MessageId],
    ) -> Result<Vec<DeletedMessage>> {
        let chat = chat.to_sql();
        let ids = list(ids.iter().map(|id| id.to_sql()));
        let rows = sqlx::query!(
            r#"DELETE FROM messages
            WHERE chat_id = $1 AND message_id IN (SELECT value FROM json_each($2))
            RETURNING message_id AS "message_id!", ordinal AS "ordinal!""#,
            chat,
            ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let ordinals = list(rows.iter().map(|row| row.ordinal));
        sqlx::query!(
            "INSERT INTO deletions (chat_id, ordinal) SELECT $1, value FROM json_each($2)",
            chat,
            ordinals,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        move_back(&mut self.connection, chat, &ids).await?;
        let deleted = rows.into_iter().map(|row| DeletedMessage {
            id: MessageId::from_sql(row.message_id),
            ordinal: row.ordinal.cast_unsigned(),
        });
        Ok(deleted.collect())
    }
}

/// Adds the messages themselves.
async fn insert(connection: &mut SqliteConnection, rows: &str, blob: &[u8]) -> Result<()> {
    sqlx::query!(
        "INSERT INTO messages (chat_id, message_id, ordinal, author_id, kind, text, extras,
            edited_at, pinned)
        SELECT value ->> 'chat_id', value ->> 'message_id', value ->> 'ordinal',
            value ->> 'author_id', value ->> 'kind',
            CAST(substr($2, value ->> '$.text.start', value ->> '$.text.length') AS TEXT),
            substr($2, value ->> '$.extras.start', value ->> '$.extras.length'),
            value ->> 'edited_at', value ->> 'pinned'
        FROM json_each($1)",
        rows,
        blob,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

/// Moves the counters of the chats, and the chats to the front of the lists they stand in.
async fn move_chats(connection: &mut SqliteConnection, rows: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE chats SET last_ordinal = max(last_ordinal, latest.ordinal),
            last_message_id = latest.message_id,
            highest_id = max(highest_id, latest.message_id)
        FROM (
            SELECT value ->> 'chat_id' AS chat_id, max(value ->> 'ordinal') AS ordinal,
                max(value ->> 'message_id') AS message_id
            FROM json_each($1) GROUP BY 1
        ) AS latest
        WHERE chats.chat_id = latest.chat_id",
        rows,
    )
    .execute(&mut *connection)
    .await
    .map_err(failed)?;
    sqlx::query!(
        "UPDATE participants SET sort_id = latest.message_id
        FROM (
            SELECT value ->> 'chat_id' AS chat_id, max(value ->> 'message_id') AS message_id
            FROM json_each($1) GROUP BY 1
        ) AS latest
        WHERE participants.chat_id = latest.chat_id",
        rows,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

/// One has read what one wrote. A system message (of another kind than 0) is not written by its author.
async fn move_authors(connection: &mut SqliteConnection, rows: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO reads (user_id, chat_id, ordinal, message_id)
        SELECT value ->> 'author_id', value ->> 'chat_id', value ->> 'ordinal',
            value ->> 'message_id'
        FROM json_each($1) WHERE value ->> 'kind' = 0
        ON CONFLICT (user_id, chat_id) DO UPDATE
        SET ordinal = excluded.ordinal, message_id = excluded.message_id
        WHERE excluded.ordinal > ordinal",
        rows,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

/// Keeps the keys under which messages were sent.
async fn keep_keys(connection: &mut SqliteConnection, rows: &str, at: Timestamp) -> Result<()> {
    let at = at.to_sql();
    sqlx::query!(
        "INSERT INTO sends (author_id, chat_id, client_id, message_id, sent_at)
        SELECT value ->> 'author_id', value ->> 'chat_id', value ->> 'client_id',
            value ->> 'message_id', $2
        FROM json_each($1) WHERE value ->> 'client_id' IS NOT NULL",
        rows,
        at,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

/// Moves a chat back to its latest message, if that was one of those deleted.
async fn move_back(connection: &mut SqliteConnection, chat: i64, deleted: &str) -> Result<()> {
    let moved = sqlx::query!(
        "UPDATE chats SET last_message_id = (
            SELECT message_id FROM messages WHERE chat_id = $1 ORDER BY message_id DESC LIMIT 1
        )
        WHERE chat_id = $1 AND last_message_id IN (SELECT value FROM json_each($2))",
        chat,
        deleted,
    )
    .execute(&mut *connection)
    .await
    .map_err(failed)?;
    if moved.rows_affected() == 0 {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE participants SET sort_id = COALESCE((
            SELECT last_message_id FROM chats WHERE chat_id = $1
        ), $1)
        WHERE chat_id = $1",
        chat,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}
