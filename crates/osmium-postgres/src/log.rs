//! The log of events, positions in it, and what the services keep beside it.

use crate::error::failed;
use crate::row::{bound, number};
use crate::store::PostgresStore;
use crate::transaction::topic;
use async_trait::async_trait;
use osmium_model::{Event, Partition, Timestamp, Topic, UserId};
use osmium_ports::StoreError;
use osmium_ports::store::{Log, LogEntry, Position, Result, TopicRange, WorkerLease};
use std::time::Duration;

struct PositionRow {
    topic_id: i64,
    kind: i16,
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
impl Log for PostgresStore {
    async fn followed(&self, user: UserId) -> Result<Vec<Position>> {
        // Ids are unique across kinds: of the chats in a user's list, groups alone are topics.
        let rows = sqlx::query_as!(
            PositionRow,
            r#"SELECT topic_id AS "topic_id!", kind, seq
            FROM (
                SELECT $1::bigint
                UNION ALL SELECT chat_id FROM participants WHERE user_id = $1
                UNION ALL SELECT community_id FROM members WHERE user_id = $1
            ) AS followed (topic_id)
            JOIN topics USING (topic_id)
            ORDER BY kind, topic_id"#,
            user.to_sql(),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Position::try_from).collect()
    }

    async fn positions(&self, topics: &[Topic]) -> Result<Vec<Position>> {
        let ids: Vec<i64> = topics
            .iter()
            .map(|topic| topic.id().cast_signed())
            .collect();
        let rows = sqlx::query_as!(
            PositionRow,
            "SELECT topic_id, kind, seq FROM topics WHERE topic_id = ANY($1)",
            &ids,
        )
        .fetch_all(&self.pool)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Position::try_from).collect()
    }

    async fn events(&self, topic: Topic, after: u64, limit: u32) -> Result<Vec<LogEntry>> {
        let rows = sqlx::query!(
            "SELECT seq, body FROM events WHERE topic_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            topic.id().cast_signed(),
            bound(after),
            i64::from(limit),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(failed)?;
        let entries = rows.into_iter().map(|row| LogEntry {
            seq: row.seq.cast_unsigned(),
            event: Event::decode(&row.body),
        });
        Ok(entries.collect())
    }

    async fn recent(&self, partitions: &[Partition], since: Timestamp) -> Result<Vec<TopicRange>> {
        let rows = sqlx::query!(
            r#"SELECT topic_id, kind, first AS "first!", last AS "last!"
            FROM (
                SELECT topic_id, min(seq) AS first, max(seq) AS last
                FROM events WHERE partition = ANY($1) AND recorded_at >= $2
                GROUP BY topic_id
            ) AS recent
            JOIN topics USING (topic_id)"#,
            &partition_columns(partitions),
            since.to_sql(),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| {
                Ok(TopicRange {
                    topic: topic(row.kind, row.topic_id)?,
                    first: row.first.cast_unsigned(),
                    last: row.last.cast_unsigned(),
                })
            })
            .collect()
    }

    async fn now(&self) -> Result<Timestamp> {
        let now = sqlx::query_scalar!(r#"SELECT now_ms() AS "now!""#)
            .fetch_one(&self.pool)
            .await
            .map_err(failed)?;
        Ok(Timestamp::from_sql(now))
    }

    async fn settled(&self, longest: Duration) -> Result<Timestamp> {
        // Whoever may record and has a transaction shows when it began, unless they are hidden from this user. Now is when
        // this statement began, before it looked.
        let settled = sqlx::query_scalar!(
            r#"SELECT greatest(
                now_ms() - $1,
                floor(extract(epoch FROM CASE
                    WHEN bool_or(state IS NULL OR state = 'disabled') THEN to_timestamp(0)
                    ELSE least(min(xact_start), now())
                END) * 1000)::bigint
            ) AS "settled!"
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND usesysid IS NOT NULL AND has_table_privilege(usesysid, 'events', 'INSERT')"#,
            millis(longest),
        )
        .fetch_one(&self.pool)
        .await
        .map_err(failed)?;
        Ok(Timestamp::from_sql(settled))
    }

    async fn checkpoint(&self, partition: Partition) -> Result<Timestamp> {
        let published_to = sqlx::query_scalar!(
            "SELECT published_to FROM checkpoints WHERE partition = $1",
            partition.0.cast_signed(),
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(failed)?;
        Ok(published_to.map_or_else(Timestamp::default, Timestamp::from_sql))
    }

    async fn set_checkpoints(&self, partitions: &[Partition], at: Timestamp) -> Result<()> {
        sqlx::query!(
            "INSERT INTO checkpoints (partition, published_to)
            SELECT DISTINCT partition, $2::bigint FROM unnest($1::smallint[]) AS moved (partition)
            ORDER BY partition
            ON CONFLICT (partition) DO UPDATE SET
                published_to = greatest(checkpoints.published_to, excluded.published_to)",
            &partition_columns(partitions),
            at.to_sql(),
        )
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn prune(&self, before: Timestamp, limit: u32) -> Result<u64> {
        let pruned = self.prune_events(before, limit).await?;
        self.prune_sends(before, limit).await?;
        self.prune_interactions(before, limit).await?;
        self.prune_abandoned(limit).await?;
        Ok(pruned)
    }

    async fn lease_worker(&self, holder: &str, ttl: Duration) -> Result<WorkerLease> {
        // The last holder may have made ids until its lease ended, whatever it told last.
        let row = sqlx::query!(
            r#"WITH free AS (
                SELECT worker, greatest(expires_at, used_to) AS not_before FROM workers
                WHERE expires_at <= now_ms()
                ORDER BY expires_at, worker LIMIT 1
                FOR UPDATE SKIP LOCKED
            )
            UPDATE workers SET holder = $1, expires_at = now_ms() + $2, used_to = not_before
            FROM free WHERE workers.worker = free.worker
            RETURNING workers.worker, used_to"#,
            holder,
            millis(ttl),
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(failed)?
        .ok_or_else(|| StoreError::Unavailable("every worker number is leased".to_owned()))?;
        Ok(WorkerLease {
            worker: number(row.worker.into())?,
            not_before: Timestamp::from_sql(row.used_to),
        })
    }

    async fn renew_worker(
        &self,
        holder: &str,
        worker: u16,
        used: Timestamp,
        ttl: Duration,
    ) -> Result<bool> {
        let done = sqlx::query!(
            "UPDATE workers SET expires_at = now_ms() + $4, used_to = greatest(used_to, $3)
            WHERE worker = $2 AND holder = $1",
            holder,
            worker.cast_signed(),
            used.to_sql(),
            millis(ttl),
        )
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }
}

impl PostgresStore {
    /// Deletes the oldest events, as many of each topic as leave no hole in its log: also when the clock stepped
    /// back, so that a later event bears an earlier time.
    async fn prune_events(&self, before: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query!(
            "WITH old AS (
                SELECT topic_id, max(seq) AS seq FROM (
                    SELECT topic_id, seq, recorded_at
                    FROM unnest($3::smallint[]) AS own (partition)
                    CROSS JOIN LATERAL (
                        SELECT topic_id, seq, recorded_at FROM events
                        WHERE events.partition = own.partition AND recorded_at < $1
                        ORDER BY recorded_at LIMIT $2
                    ) AS oldest
                    ORDER BY recorded_at LIMIT $2
                ) AS oldest
                GROUP BY topic_id
            ), doomed AS (
                SELECT topic_id, events.seq FROM old JOIN events USING (topic_id)
                WHERE events.seq <= old.seq
                ORDER BY topic_id, events.seq LIMIT $2
            )
            DELETE FROM events USING doomed
            WHERE events.topic_id = doomed.topic_id AND events.seq = doomed.seq",
            before.to_sql(),
            i64::from(limit),
            &partition_columns(&Partition::all().collect::<Vec<_>>()),
        )
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        Ok(done.rows_affected())
    }

    async fn prune_sends(&self, before: Timestamp, limit: u32) -> Result<()> {
        sqlx::query!(
            "DELETE FROM sends WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM sends WHERE sent_at < $1 ORDER BY sent_at LIMIT $2
            ))",
            before.to_sql(),
            i64::from(limit),
        )
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn prune_interactions(&self, before: Timestamp, limit: u32) -> Result<()> {
        sqlx::query!(
            "DELETE FROM interactions WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM interactions WHERE created_at < $1 ORDER BY created_at LIMIT $2
            ))",
            before.to_sql(),
            i64::from(limit),
        )
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        Ok(())
    }

    /// Deletes messages of deleted channels; then, where none are left, their chats, and deleted communities without any.
    async fn prune_abandoned(&self, limit: u32) -> Result<()> {
        let done = sqlx::query!(
            "DELETE FROM messages WHERE ctid = ANY(ARRAY(
                SELECT messages.ctid FROM abandoned JOIN messages USING (chat_id) LIMIT $1
            ))",
            i64::from(limit),
        )
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        if done.rows_affected() > 0 {
            return Ok(());
        }
        sqlx::query!(
            "WITH emptied AS (
                DELETE FROM chats USING abandoned WHERE chats.chat_id = abandoned.chat_id
                RETURNING chats.chat_id
            )
            DELETE FROM communities WHERE deleted AND NOT EXISTS (
                SELECT FROM chats
                WHERE chats.community_id = communities.community_id
                    AND chat_id NOT IN (SELECT chat_id FROM emptied)
            )",
        )
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        Ok(())
    }
}

fn partition_columns(partitions: &[Partition]) -> Vec<i16> {
    partitions
        .iter()
        .map(|partition| partition.0.cast_signed())
        .collect()
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
