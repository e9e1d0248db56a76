//! The log of events, positions in it, and what the services keep beside it.
//!
//! The database's clock is the machine's, in whole milliseconds: `CAST(unixepoch('subsec') * 1000 AS INTEGER)`.

use crate::error::failed;
use crate::list::list;
use crate::store::SqliteStore;
use crate::transaction::topic;
use async_trait::async_trait;
use osmium_model::{Event, Partition, Timestamp, Topic, UserId};
use osmium_ports::StoreError;
use osmium_ports::store::{Log, LogEntry, Position, Result, TopicRange, WorkerLease};
use sqlx::SqliteConnection;
use std::time::Duration;

struct PositionRow {
    topic_id: i64,
    kind: u8,
    seq: i64,
}

impl TryFrom<PositionRow> for Position {
    type Error = StoreError;

    fn try_from(row: PositionRow) -> Result<Self> {
        Ok(Self {
            topic: topic(row.kind, row.topic_id)?,
            seq: row.seq.cast_unsigned(),
        })
    }
}

#[async_trait]
impl Log for SqliteStore {
    async fn followed(&self, user: UserId) -> Result<Vec<Position>> {
        let user = user.to_sql();
        // A group's chat has the id of its topic; the chats of other kinds have none.
        let rows = sqlx::query_as!(
            PositionRow,
            r#"SELECT topic_id, kind AS "kind: u8", seq FROM topics
            WHERE topic_id IN (
                SELECT $1
                UNION ALL SELECT community_id FROM members WHERE user_id = $1
                UNION ALL SELECT chat_id FROM participants WHERE user_id = $1
            )
            ORDER BY kind, topic_id"#,
            user,
        )
        .fetch_all(&self.readers)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Position::try_from).collect()
    }

    async fn positions(&self, topics: &[Topic]) -> Result<Vec<Position>> {
        let ids = list(topics.iter().map(|topic| topic.id()));
        let rows = sqlx::query_as!(
            PositionRow,
            r#"SELECT topic_id, kind AS "kind: u8", seq FROM topics
            WHERE topic_id IN (SELECT value FROM json_each($1))"#,
            ids,
        )
        .fetch_all(&self.readers)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Position::try_from).collect()
    }

    async fn events(&self, topic: Topic, after: u64, limit: u32) -> Result<Vec<LogEntry>> {
        let (id, after) = (topic.id().cast_signed(), after.cast_signed());
        let rows = sqlx::query!(
            "SELECT seq, body FROM events WHERE topic_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            id,
            after,
            limit,
        )
        .fetch_all(&self.readers)
        .await
        .map_err(failed)?;
        let entries = rows.into_iter().map(|row| LogEntry {
            seq: row.seq.cast_unsigned(),
            event: Event::decode(&row.body),
        });
        Ok(entries.collect())
    }

    async fn recent(&self, partitions: &[Partition], since: Timestamp) -> Result<Vec<TopicRange>> {
        let partitions = list(partitions.iter().map(|partition| partition.0));
        let since = since.to_sql();
        let rows = sqlx::query!(
            r#"SELECT topic_id AS "topic_id!", kind AS "kind: u8", first AS "first!: i64", last AS "last!: i64"
            FROM (
                SELECT topic_id, min(seq) AS first, max(seq) AS last FROM events
                WHERE partition IN (SELECT value FROM json_each($1)) AND recorded_at >= $2
                GROUP BY topic_id
            ) JOIN topics USING (topic_id)"#,
            partitions,
            since,
        )
        .fetch_all(&self.readers)
        .await
        .map_err(failed)?;
        let ranges = rows.into_iter().map(|row| {
            Ok(TopicRange {
                topic: topic(row.kind, row.topic_id)?,
                first: row.first.cast_unsigned(),
                last: row.last.cast_unsigned(),
            })
        });
        ranges.collect()
    }

    async fn now(&self) -> Result<Timestamp> {
        let now = sqlx::query_scalar!(
            r#"SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS "now!: i64""#
        )
        .fetch_one(&self.readers)
        .await
        .map_err(failed)?;
        Ok(Timestamp::from_sql(now))
    }

    async fn settled(&self, longest: Duration) -> Result<Timestamp> {
        // What is being written is seen by nobody else.
        Ok(self.now().await?.minus(longest))
    }

    async fn checkpoint(&self, partition: Partition) -> Result<Timestamp> {
        let published_to = sqlx::query_scalar!(
            "SELECT published_to FROM checkpoints WHERE partition = $1",
            partition.0,
        )
        .fetch_optional(&self.readers)
        .await
        .map_err(failed)?;
        Ok(published_to.map_or_else(Timestamp::default, Timestamp::from_sql))
    }

    async fn set_checkpoints(&self, partitions: &[Partition], at: Timestamp) -> Result<()> {
        let partitions = list(partitions.iter().map(|partition| partition.0));
        let at = at.to_sql();
        sqlx::query!(
            "INSERT INTO checkpoints (partition, published_to)
            SELECT value, $2 FROM json_each($1) WHERE true
            ON CONFLICT (partition) DO UPDATE SET published_to = excluded.published_to
            WHERE excluded.published_to > published_to",
            partitions,
            at,
        )
        .execute(&self.writer)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn prune(&self, before: Timestamp, limit: u32) -> Result<u64> {
        let mut transaction = self.write().await?;
        let events = prune_events(&mut transaction, before, limit).await?;
        prune_sends(&mut transaction, before, limit).await?;
        prune_interactions(&mut transaction, before, limit).await?;
        prune_abandoned(&mut transaction, limit).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(events)
    }

    async fn lease_worker(&self, holder: &str, ttl: Duration) -> Result<WorkerLease> {
        let ttl = millis(ttl);
        let lease = sqlx::query!(
            r#"UPDATE workers
            SET holder = $1, expires_at = CAST(unixepoch('subsec') * 1000 AS INTEGER) + $2,
                used_to = max(used_to, expires_at)
            WHERE worker = (
                SELECT worker FROM workers
                WHERE expires_at <= CAST(unixepoch('subsec') * 1000 AS INTEGER)
                ORDER BY max(used_to, expires_at), worker LIMIT 1
            )
            RETURNING worker AS "worker!: u16", used_to AS "used_to!: i64""#,
            holder,
            ttl,
        )
        .fetch_optional(&self.writer)
        .await
        .map_err(failed)?;
        let lease = lease
            .ok_or_else(|| StoreError::Unavailable("every worker number is leased".to_owned()))?;
        Ok(WorkerLease {
            worker: lease.worker,
            not_before: Timestamp::from_sql(lease.used_to),
        })
    }

    async fn renew_worker(
        &self,
        holder: &str,
        worker: u16,
        used: Timestamp,
        ttl: Duration,
    ) -> Result<bool> {
        let (used, ttl) = (used.to_sql(), millis(ttl));
        let renewed = sqlx::query!(
            "UPDATE workers
            SET expires_at = CAST(unixepoch('subsec') * 1000 AS INTEGER) + $4,
                used_to = max(used_to, $3)
            WHERE worker = $1 AND holder = $2",
            worker,
            holder,
            used,
            ttl,
        )
        .execute(&self.writer)
        .await
        .map_err(failed)?;
        Ok(renewed.rows_affected() == 1)
    }
}

/// Deletes old events, and those before them in their topics, so that a clock that stepped back leaves no hole.
async fn prune_events(
    connection: &mut SqliteConnection,
    before: Timestamp,
    limit: u32,
) -> Result<u64> {
    // By partition, because the index that knows the times begins with it.
    let partitions = list(Partition::all().map(|partition| partition.0));
    let before = before.to_sql();
    let pruned = sqlx::query!(
        "DELETE FROM events WHERE (topic_id, seq) IN (
            SELECT events.topic_id, events.seq
            FROM (
                SELECT topic_id, max(seq) AS seq
                FROM (
                    SELECT topic_id, seq FROM events
                    WHERE partition IN (SELECT value FROM json_each($1)) AND recorded_at < $2
                    LIMIT $3
                ) GROUP BY topic_id
            ) AS old
            CROSS JOIN events ON events.topic_id = old.topic_id AND events.seq <= old.seq
            LIMIT $3
        )",
        partitions,
        before,
        limit,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(pruned.rows_affected())
}

async fn prune_sends(
    connection: &mut SqliteConnection,
    before: Timestamp,
    limit: u32,
) -> Result<()> {
    let before = before.to_sql();
    sqlx::query!(
        "DELETE FROM sends WHERE (author_id, chat_id, client_id) IN (
            SELECT author_id, chat_id, client_id FROM sends WHERE sent_at < $1 LIMIT $2
        )",
        before,
        limit,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

async fn prune_interactions(
    connection: &mut SqliteConnection,
    before: Timestamp,
    limit: u32,
) -> Result<()> {
    let before = before.to_sql();
    sqlx::query!(
        "DELETE FROM interactions WHERE interaction_id IN (
            SELECT interaction_id FROM interactions WHERE created_at < $1 LIMIT $2
        )",
        before,
        limit,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

/// Deletes messages of deleted channels; then, where none are left, their chats, and deleted communities without any.
async fn prune_abandoned(connection: &mut SqliteConnection, limit: u32) -> Result<()> {
    let deleted = sqlx::query!(
        "DELETE FROM messages WHERE (chat_id, message_id) IN (
            SELECT messages.chat_id, message_id
            FROM abandoned CROSS JOIN messages ON messages.chat_id = abandoned.chat_id LIMIT $1
        )",
        limit,
    )
    .execute(&mut *connection)
    .await
    .map_err(failed)?;
    if deleted.rows_affected() > 0 {
        return Ok(());
    }
    sqlx::query!("DELETE FROM chats WHERE chat_id IN (SELECT chat_id FROM abandoned)")
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    sqlx::query!(
        "DELETE FROM communities WHERE deleted = 1 AND NOT EXISTS (
            SELECT 1 FROM chats WHERE chats.community_id = communities.community_id
        )",
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
