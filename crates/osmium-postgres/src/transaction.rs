//! Transactions: the topics they hold, and the events that they append when they commit.

use crate::columns::EventColumns;
use crate::error::{failed, unknown};
use crate::session::Session;
use async_trait::async_trait;
use osmium_model::{Event, Topic};
use osmium_ports::Transaction;
use osmium_ports::store::{Recorded, Result};
use sqlx::{PgConnection, PgPool, Postgres};
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

/// The connection of a transaction.
pub(crate) struct Writer {
    transaction: sqlx::Transaction<'static, Postgres>,
    topics: BTreeMap<Topic, Held>,
    recorded: Vec<Recorded>,
}

/// A topic's row, as it will be after the transaction.
#[derive(Clone, Copy, Default)]
struct Held {
    seq: u64,
    epoch: u64,
    raised: bool,
    /// Whether that is somewhere else than before it.
    moved: bool,
}

impl Writer {
    /// Begins a transaction and locks the topics that exist, in the order of their ids.
    pub(crate) async fn begin(pool: &PgPool, topics: &[Topic]) -> Result<Self> {
        let mut transaction = pool.begin().await.map_err(failed)?;
        let topics = lock(&mut transaction, topics).await?;
        Ok(Self {
            transaction,
            topics,
            recorded: Vec::new(),
        })
    }

    /// Writes the held topics' new positions and epochs, and the events, in one statement. Topics are found by their key
    /// alone, so that no plan can read all of them.
    async fn append(&mut self) -> Result<()> {
        let (mut topics, mut seqs, mut epochs) = (Vec::new(), Vec::new(), Vec::new());
        for (topic, held) in self.topics.iter().filter(|(_, held)| held.moved) {
            topics.push(topic.id().cast_signed());
            seqs.push(held.seq.cast_signed());
            epochs.push(held.epoch.cast_signed());
        }
        let events = EventColumns::of(&self.recorded);
        sqlx::query!(
            "WITH moved AS (
                UPDATE topics SET (seq, epoch) = (
                    SELECT moved.seq, moved.epoch
                    FROM unnest($1, $2::bigint[], $3::bigint[]) AS moved (topic_id, seq, epoch)
                    WHERE moved.topic_id = topics.topic_id
                )
                WHERE topic_id = ANY($1::bigint[])
            )
            INSERT INTO events (topic_id, seq, partition, recorded_at, body)
            SELECT topic_id, seq, partition, now_ms(), body
            FROM unnest($4::bigint[], $5::bigint[], $6::smallint[], $7::bytea[])
                AS event (topic_id, seq, partition, body)",
            &topics,
            &seqs,
            &epochs,
            &events.topics,
            &events.seqs,
            &events.partitions,
            &events.bodies,
        )
        .execute(&mut *self.transaction)
        .await
        .map_err(failed)?;
        Ok(())
    }

    /// Commits what was written, without events of its own.
    pub(crate) async fn end(self) -> Result<()> {
        self.transaction.commit().await.map_err(failed)
    }

    fn has_news(&self) -> bool {
        self.topics.values().any(|held| held.moved)
    }

    fn held_mut(&mut self, topic: Topic) -> &mut Held {
        self.topics
            .get_mut(&topic)
            .unwrap_or_else(|| panic!("{topic:?} is not held"))
    }
}

impl Deref for Writer {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.transaction
    }
}

impl DerefMut for Writer {
    fn deref_mut(&mut self) -> &mut PgConnection {
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
            (held.raised, held.moved) = (true, true);
        }
        held.epoch
    }

    async fn create_topic(&mut self, topic: Topic) -> Result<()> {
        sqlx::query!(
            "INSERT INTO topics (topic_id, kind, seq, epoch) VALUES ($1, $2, 0, 0)",
            topic.id().cast_signed(),
            i16::from(topic.kind()),
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
        held.moved = true;
        let seq = held.seq;
        self.connection
            .recorded
            .push(Recorded { topic, seq, event });
        seq
    }

    async fn commit(self: Box<Self>) -> Result<Vec<Recorded>> {
        let mut writer = self.connection;
        if writer.has_news() {
            writer.append().await?;
        }
        let recorded = std::mem::take(&mut writer.recorded);
        writer.end().await?;
        Ok(recorded)
    }
}

/// Locks topics until the transaction ends, and tells what they are once nobody else holds them.
async fn lock(transaction: &mut PgConnection, topics: &[Topic]) -> Result<BTreeMap<Topic, Held>> {
    if topics.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<i64> = topics
        .iter()
        .map(|topic| topic.id().cast_signed())
        .collect();
    let rows = sqlx::query!(
        "SELECT topic_id, kind, seq, epoch FROM topics
        WHERE topic_id = ANY($1) ORDER BY topic_id FOR UPDATE",
        &ids,
    )
    .fetch_all(transaction)
    .await
    .map_err(failed)?;
    rows.into_iter()
        .map(|row| {
            let held = Held {
                seq: row.seq.cast_unsigned(),
                epoch: row.epoch.cast_unsigned(),
                ..Held::default()
            };
            Ok((topic(row.kind, row.topic_id)?, held))
        })
        .collect()
}

/// The topic of a row.
pub(crate) fn topic(kind: i16, id: i64) -> Result<Topic> {
    u8::try_from(kind)
        .ok()
        .and_then(|kind| Topic::from_parts(kind, id.cast_unsigned()))
        .ok_or_else(|| unknown("kind of topic", kind))
}
