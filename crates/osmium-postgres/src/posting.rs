//! Posting: one statement that looks, and one that writes.

use crate::chats::ChatRow;
use crate::columns::{EventColumns, KeyColumns, LastColumns, MessageColumns, SeenColumns};
use crate::error::{failed, unknown};
use crate::kept::Kept;
use crate::session::Session;
use crate::transaction::{Writer, topic};
use crate::users::UserRow;
use crate::words::Words;
use async_trait::async_trait;
use osmium_model::{ChatId, MessageId, Timestamp, Topic, UserId};
use osmium_ports::StoreError;
use osmium_ports::store::{
    Basis, Draft, Idempotency, NewMessage, Posting, Recorded, Result, TopicState, Wanted,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use sqlx::error::ErrorKind;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct TopicRow {
    topic_id: i64,
    kind: i16,
    seq: i64,
    epoch: i64,
}

impl TryFrom<TopicRow> for (Topic, TopicState) {
    type Error = StoreError;

    fn try_from(row: TopicRow) -> Result<Self> {
        let state = TopicState {
            seq: row.seq.cast_unsigned(),
            epoch: row.epoch.cast_unsigned(),
        };
        Ok((topic(row.kind, row.topic_id)?, state))
    }
}

/// What was sent, and by which key.
#[derive(Deserialize)]
#[expect(
    clippy::struct_field_names,
    reason = "they are the names of the columns"
)]
pub(crate) struct SentRow {
    pub(crate) author_id: i64,
    pub(crate) chat_id: i64,
    pub(crate) client_id: i64,
    pub(crate) message_id: i64,
}

impl From<SentRow> for (Idempotency, MessageId) {
    fn from(row: SentRow) -> Self {
        let key = Idempotency {
            author_id: UserId::from_sql(row.author_id),
            chat_id: ChatId::from_sql(row.chat_id),
            client_id: row.client_id.cast_unsigned(),
        };
        (key, MessageId::from_sql(row.message_id))
    }
}

#[async_trait]
impl Posting for Session<Kept> {
    async fn basis(&mut self, wanted: &Wanted) -> Result<Basis> {
        let basis = look(&mut self.connection, wanted).await?;
        self.connection.mark_well();
        Ok(basis)
    }

    async fn post(mut self: Box<Self>, draft: Draft) -> Result<Option<Vec<Recorded>>> {
        // A statement by itself is a transaction by itself.
        let written = write(&mut self.connection, &draft).await?;
        self.connection.mark_well();
        Ok(written.then_some(draft.events))
    }
}

#[async_trait]
impl Posting for Session<Writer> {
    async fn basis(&mut self, wanted: &Wanted) -> Result<Basis> {
        look(&mut self.connection, wanted).await
    }

    async fn post(mut self: Box<Self>, draft: Draft) -> Result<Option<Vec<Recorded>>> {
        let written = write(&mut self.connection, &draft).await?;
        if written {
            self.connection.end().await?;
        }
        Ok(written.then_some(draft.events))
    }
}

async fn look(connection: &mut PgConnection, wanted: &Wanted) -> Result<Basis> {
    let topics: Vec<i64> = wanted
        .topics
        .iter()
        .map(|topic| topic.id().cast_signed())
        .collect();
    let chats: Vec<i64> = wanted.chats.iter().map(|chat| chat.to_sql()).collect();
    let authors: Vec<i64> = wanted.authors.iter().map(|user| user.to_sql()).collect();
    let keys = KeyColumns::of(&wanted.keys);
    // Rows of several tables come in one answer as JSON. Each key is looked up by itself (which the limit is for): a join may
    // read all keys that there are, to find these among them.
    let found = sqlx::query!(
        "SELECT
            (SELECT json_agg(topics) FROM topics WHERE topic_id = ANY($1))::text AS topics,
            (SELECT json_agg(chats) FROM chats WHERE chat_id = ANY($2))::text AS chats,
            (SELECT json_agg(users) FROM users WHERE user_id = ANY($3))::text AS authors,
            (
                SELECT json_agg(found)
                FROM unnest($4::bigint[], $5::bigint[], $6::bigint[]) AS key (author_id, chat_id, client_id)
                CROSS JOIN LATERAL (
                    SELECT * FROM sends
                    WHERE (sends.author_id, sends.chat_id, sends.client_id)
                        = (key.author_id, key.chat_id, key.client_id)
                    LIMIT 1
                ) AS found
            )::text AS sent",
        &topics,
        &chats,
        &authors,
        &keys.authors,
        &keys.chats,
        &keys.clients,
    )
    .fetch_one(connection)
    .await
    .map_err(failed)?;
    let chats = rows::<ChatRow>(found.chats)?.into_iter().map(|row| {
        let id = ChatId::from_sql(row.chat_id);
        Ok((id, row.try_into()?))
    });
    let authors = rows::<UserRow>(found.authors)?.into_iter().map(|row| {
        let id = UserId::from_sql(row.user_id);
        Ok((id, row.try_into()?))
    });
    Ok(Basis {
        topics: rows::<TopicRow>(found.topics)?
            .into_iter()
            .map(TryInto::try_into)
            .collect::<Result<_>>()?,
        chats: chats.collect::<Result<_>>()?,
        authors: authors.collect::<Result<_>>()?,
        sent: rows::<SentRow>(found.sent)?
            .into_iter()
            .map(Into::into)
            .collect(),
    })
}

/// The rows of an answer in JSON, which is empty if there are none.
fn rows<T: DeserializeOwned>(json: Option<String>) -> Result<Vec<T>> {
    json.map_or_else(|| Ok(Vec::new()), |json| serde_json::from_str(&json))
        .map_err(|error| unknown("form of rows", format!("{:?}", error.classify())))
}

/// What PostgreSQL calls it.
const DIVISION_BY_ZERO: &str = "22012";

/// Runs the statement that writes messages, with what else it has to do.
macro_rules! written {
    (
        $connection:expr, ($seen:ident, $messages:ident, $last:ident, $events:ident), $at:expr;
        $($more:literal, $($argument:expr,)*)?
    ) => {{
        // If some topics are where they were seen and some are not, a division by zero ends the statement: those that it has
        // moved by then must not stay there. So does the key of a message that was sent already.
        sqlx::query_scalar!(
            r#"WITH moved AS (
                UPDATE topics SET seq = ($4::bigint[])[array_position($1, topic_id)]
                WHERE topic_id = ANY($1)
                    AND seq = ($2::bigint[])[array_position($1, topic_id)]
                    AND epoch = ($3::bigint[])[array_position($1, topic_id)]
                RETURNING topic_id
            ), unmoved AS MATERIALIZED (
                SELECT CASE count(*)
                    WHEN cardinality($1) THEN TRUE
                    WHEN 0 THEN FALSE
                    ELSE 1 / (count(*) - count(*)) = 1
                END AS all_are
                FROM moved
            ), sent AS MATERIALIZED (
                SELECT * FROM unnest(
                    $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::smallint[], $10::text[], $11::text[],
                    $12::bigint[], $13::boolean[], $14::tsvector[], $15::bigint[], $16::boolean[]
                ) AS sent (
                    chat_id, message_id, ordinal, author_id, kind, text, extras,
                    edited_at, pinned, words, client_id, is_reached
                )
                WHERE (SELECT all_are FROM unmoved)
            ), stored AS (
                INSERT INTO messages
                    (chat_id, message_id, ordinal, author_id, kind, text, extras, edited_at, pinned, words)
                SELECT
                    chat_id, message_id, ordinal, author_id, kind, text, extras, edited_at, pinned IS TRUE, words
                FROM sent
            ), counted AS (
                UPDATE chats SET
                    last_ordinal = ($19::bigint[])[array_position($18, chat_id)],
                    last_message_id = ($20::bigint[])[array_position($18, chat_id)],
                    highest_id = greatest(highest_id, ($20::bigint[])[array_position($18, chat_id)])
                WHERE chat_id = ANY($18::bigint[]) AND (SELECT all_are FROM unmoved)
                RETURNING chat_id, kind
            ), reached AS (
                INSERT INTO reads (user_id, chat_id, ordinal, message_id)
                SELECT author_id, chat_id, ordinal, message_id FROM sent WHERE is_reached
                ORDER BY author_id, chat_id
                ON CONFLICT (user_id, chat_id) DO UPDATE SET
                    ordinal = excluded.ordinal, message_id = excluded.message_id
                WHERE reads.ordinal < excluded.ordinal
            ), keyed AS (
                INSERT INTO sends (author_id, chat_id, client_id, message_id, sent_at)
                SELECT author_id, chat_id, client_id, message_id, $17
                FROM sent WHERE client_id IS NOT NULL
            ), recorded AS (
                INSERT INTO events (topic_id, seq, partition, recorded_at, body)
                SELECT topic_id, seq, partition, (SELECT now_ms()), body
                FROM unnest($21::bigint[], $22::bigint[], $23::smallint[], $24::bytea[])
                    AS event (topic_id, seq, partition, body)
                WHERE (SELECT all_are FROM unmoved)
            )"# $(+ $more)? + r#"
            SELECT all_are AS "all_are!" FROM unmoved"#,
            &$seen.topics,
            &$seen.seqs,
            &$seen.epochs,
            &$seen.left,
            &$messages.chats,
            &$messages.ids,
            &$messages.ordinals,
            &$messages.authors,
            &$messages.kinds,
            &$messages.texts as &[&str],
            &$messages.extras as &[Option<String>],
            &$messages.edited as &[Option<i64>],
            &$messages.pinned,
            &$messages.words as &[Option<Words<'_>>],
            &$messages.keys as &[Option<i64>],
            &$messages.reached,
            $at,
            &$last.chats,
            &$last.ordinals,
            &$last.messages,
            &$events.topics,
            &$events.seqs,
            &$events.partitions,
            &$events.bodies,
            $($($argument,)*)?
        )
        .fetch_one($connection)
        .await
    }};
}

async fn write(connection: &mut PgConnection, draft: &Draft) -> Result<bool> {
    let Draft {
        seen,
        messages,
        events,
        at,
    } = draft;
    write_messages(connection, seen, messages, events, *at).await
}

/// Writes messages, all that they move, and events, if the topics are still where they were seen, and no message was sent
/// already; tells whether that is so.
///
/// It is one statement however many messages, chats and topics: this is what a server does most. Its parts see the rows as
/// they were when it began; that nobody has changed them since is known from the topics, which are moved on from where they
/// were seen, and by that held, before anything else is written: in the order of their ids, as an index gives them. Rows that
/// change are found by their key alone, never by a join: one that is planned while tables are small reads all of them, also
/// when they have grown. What each becomes stands in an array, at the position of its key in another.
pub(crate) async fn write_messages(
    connection: &mut PgConnection,
    seen: &BTreeMap<Topic, TopicState>,
    messages: &[NewMessage],
    events: &[Recorded],
    at: Timestamp,
) -> Result<bool> {
    let are_channels = |topic: &Topic| matches!(topic, Topic::Community(_));
    let may_be_listed = seen.is_empty() || !seen.keys().all(are_channels);
    let mention = messages.iter().any(|new| !new.mentions.is_empty());
    let (seen, last) = (SeenColumns::of(seen, events), LastColumns::of(messages));
    let (messages, events) = (MessageColumns::of(messages), EventColumns::of(events));
    let at = at.to_sql();
    // Every part of a statement takes its time, also where it has nothing to do; most messages mention nobody.
    let written = if !may_be_listed && !mention {
        written!(connection, (seen, messages, last, events), at;)
    } else {
        let mentions = &messages.mentions;
        // Channels (kind 1) stand in nobody's list.
        written!(
            connection, (seen, messages, last, events), at;
            ", listed AS (
                UPDATE participants SET sort_id = ($20::bigint[])[array_position($18, chat_id)]
                WHERE chat_id = ANY(ARRAY(SELECT chat_id FROM counted WHERE kind <> 1))
            ), mentioned AS (
                INSERT INTO mentions (user_id, chat_id, ordinal, message_id)
                SELECT * FROM unnest($25::bigint[], $26::bigint[], $27::bigint[], $28::bigint[])
                WHERE (SELECT all_are FROM unmoved)
            )",
            &mentions.users,
            &mentions.chats,
            &mentions.ordinals,
            &mentions.messages,
        )
    };
    match written {
        Err(error) if is_overtaken(&error) => Ok(false),
        written => written.map_err(failed),
    }
}

/// Whether a write was ended because some of its topics had moved, or a message was sent already.
fn is_overtaken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| {
        let is_repeat =
            error.kind() == ErrorKind::UniqueViolation && error.table() == Some("sends");
        is_repeat || error.code().as_deref() == Some(DIVISION_BY_ZERO)
    })
}
