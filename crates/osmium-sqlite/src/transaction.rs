//! The writer: a transaction with the topics it holds and the events it will append to them.

use crate::error::{failed, unknown};
use crate::list::{Blob, Slice, list};
use crate::session::Session;
use async_trait::async_trait;
use osmium_model::{Event, Topic};
use osmium_ports::Transaction;
use osmium_ports::store::{Recorded, Result, TopicState};
use serde::Serialize;
use sqlx::{Sqlite, SqliteConnection};
use std::collections::{BTreeMap, HashMap};
use std::ops::{Deref, DerefMut};

/// The connection of a transaction.
pub(crate) struct Writer {
    transaction: sqlx::Transaction<'static, Sqlite>,
    topics: HashMap<Topic, Held>,
    recorded: Vec<Recorded>,
}

/// A topic's row, as it will be after the transaction.
#[derive(Clone, Copy, Default)]
struct Held {
    seq: u64,
    epoch: u64,
    raised: bool,
}

impl Held {
    fn state(self) -> TopicState {
        TopicState {
            seq: self.seq,
            epoch: self.epoch,
        }
    }
}

impl Writer {
    /// Holds those of the topics that exist.
    pub(crate) async fn begin(
        transaction: sqlx::Transaction<'static, Sqlite>,
        topics: &[Topic],
    ) -> Result<Self> {
        let mut writer = Self {
            transaction,
            topics: HashMap::new(),
            recorded: Vec::new(),
        };
        writer.hold(topics).await?;
        Ok(writer)
    }

    /// Holds those of the topics that exist, and tells where they are. Nobody else writes, so reading them is enough.
    pub(crate) async fn hold(&mut self, topics: &[Topic]) -> Result<HashMap<Topic, TopicState>> {
        let held = held(&mut self.transaction, topics).await?;
        let states = held.iter().map(|(topic, held)| (*topic, held.state()));
        let states = states.collect();
        self.topics.extend(held);
        Ok(states)
    }

    /// Whether these topics are held, and there.
    pub(crate) fn stands_at(&self, seen: &BTreeMap<Topic, TopicState>) -> bool {
        let state = |topic| self.topics.get(topic).map(|held| held.state());
        seen.iter().all(|(topic, seen)| state(topic) == Some(*seen))
    }

    fn held_mut(&mut self, topic: Topic) -> &mut Held {
        self.topics
            .get_mut(&topic)
            .unwrap_or_else(|| panic!("{topic:?} is not held"))
    }
}

impl Deref for Writer {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.transaction
    }
}

impl DerefMut for Writer {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}

#[async_trait]
impl Transaction for Session<Writer> {
    fn holds(&self, topic: Topic) -> bool {
        self.connection.topics.contains_key(&topic)
    }

    fn epoch(&self, topic: Topic) -> Option<u64> {
        self.connection.topics.get(&topic).map(|held| held.epoch)
    }

    fn raise_epoch(&mut self, topic: Topic) -> u64 {
        let held = self.connection.held_mut(topic);
        if !held.raised {
            held.epoch += 1;
            held.raised = true;
        }
        held.epoch
    }

    async fn create_topic(&mut self, topic: Topic) -> Result<()> {
        let (id, kind) = (topic.id().cast_signed(), topic.kind());
        sqlx::query!(
            "INSERT INTO topics (topic_id, kind, seq, epoch) VALUES ($1, $2, 0, 0)",
            id,
            kind,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        self.connection.topics.insert(topic, Held::default());
        Ok(())
    }

    fn record(&mut self, topic: Topic, event: Event) -> u64 {
        let held = self.connection.held_mut(topic);
        held.seq += 1;
        let seq = held.seq;
        self.connection
            .recorded
            .push(Recorded { topic, seq, event });
        seq
    }

    async fn commit(self: Box<Self>) -> Result<Vec<Recorded>> {
        let Writer {
            mut transaction,
            topics,
            recorded,
        } = self.connection;
        if !recorded.is_empty() {
            append(&mut transaction, &recorded).await?;
        }
        if !recorded.is_empty() || topics.values().any(|held| held.raised) {
            move_topics(&mut transaction, &topics).await?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(recorded)
    }
}

async fn held(connection: &mut SqliteConnection, topics: &[Topic]) -> Result<HashMap<Topic, Held>> {
    if topics.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = list(topics.iter().map(|topic| topic.id()));
    let rows = sqlx::query!(
        r#"SELECT topic_id, kind AS "kind: u8", seq, epoch FROM topics
        WHERE topic_id IN (SELECT value FROM json_each($1))"#,
        ids,
    )
    .fetch_all(connection)
    .await
    .map_err(failed)?;
    let mut held = HashMap::with_capacity(rows.len());
    for row in rows {
        let (seq, epoch) = (row.seq.cast_unsigned(), row.epoch.cast_unsigned());
        let raised = false;
        held.insert(topic(row.kind, row.topic_id)?, Held { seq, epoch, raised });
    }
    Ok(held)
}

/// The topic of a row.
pub(crate) fn topic(kind: u8, id: i64) -> Result<Topic> {
    Topic::from_parts(kind, id.cast_unsigned()).ok_or_else(|| unknown("kind of topic", kind))
}

async fn append(connection: &mut SqliteConnection, recorded: &[Recorded]) -> Result<()> {
    #[derive(Serialize)]
    struct Row {
        topic_id: u64,
        seq: u64,
        partition: u16,
        body: Slice,
    }
    let mut bodies = Blob::default();
    let rows = list(recorded.iter().map(|recorded| Row {
        topic_id: recorded.topic.id(),
        seq: recorded.seq,
        partition: recorded.topic.partition().0,
        body: bodies.add(&recorded.event.encode()),
    }));
    let bodies = bodies.as_bytes();
    sqlx::query!(
        "INSERT INTO events (topic_id, seq, partition, recorded_at, body)
        SELECT value ->> 'topic_id', value ->> 'seq', value ->> 'partition',
            CAST(unixepoch('subsec') * 1000 AS INTEGER),
            substr($2, value ->> '$.body.start', value ->> '$.body.length')
        FROM json_each($1)",
        rows,
        bodies,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

async fn move_topics(
    connection: &mut SqliteConnection,
    topics: &HashMap<Topic, Held>,
) -> Result<()> {
    #[derive(Serialize)]
    struct Row {
        topic_id: u64,
        seq: u64,
        epoch: u64,
    }
    let rows = list(topics.iter().map(|(topic, held)| Row {
        topic_id: topic.id(),
        seq: held.seq,
        epoch: held.epoch,
    }));
    sqlx::query!(
        "UPDATE topics SET seq = value ->> 'seq', epoch = value ->> 'epoch'
        FROM json_each($1) WHERE topic_id = value ->> 'topic_id'",
        rows,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}
