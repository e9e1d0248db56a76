//! What users are to each other.

use crate::error::{failed, unknown};
use crate::row::number;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::relationship::Pair;
use osmium_model::{Relationship, UserId};
use osmium_ports::store::{Between, RelationshipReads, RelationshipWrites, Result};

fn relationship(number: i16) -> Result<Relationship> {
    Relationship::from_number(number.into()).ok_or_else(|| unknown("relationship", number))
}

#[async_trait]
impl<C: Connection> RelationshipReads for Session<C> {
    async fn find_pair(&mut self, user: UserId, other: UserId) -> Result<Pair> {
        let found = self.pairs(user, &[other]).await?.pop();
        Ok(found.map(|(_, pair)| pair).unwrap_or_default())
    }

    async fn pairs(&mut self, user: UserId, others: &[UserId]) -> Result<Vec<(UserId, Pair)>> {
        let others: Vec<i64> = others.iter().map(|other| other.to_sql()).collect();
        let rows = sqlx::query!(
            r#"SELECT other AS "other!", mine.status AS "mine?", theirs.status AS "theirs?"
            FROM unnest($2::bigint[]) AS other
            LEFT JOIN relationships AS mine ON mine.user_id = $1 AND mine.other_id = other
            LEFT JOIN relationships AS theirs ON theirs.user_id = other AND theirs.other_id = $1
            WHERE mine.status IS NOT NULL OR theirs.status IS NOT NULL"#,
            user.to_sql(),
            &others,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| {
                let mine = row.mine.map(relationship).transpose()?;
                let theirs = row.theirs.map(relationship).transpose()?;
                Ok((UserId::from_sql(row.other), Pair { mine, theirs }))
            })
            .collect()
    }

    async fn relationships(&mut self, user: UserId) -> Result<Vec<(UserId, Relationship)>> {
        let rows = sqlx::query!(
            "SELECT other_id, status FROM relationships WHERE user_id = $1 ORDER BY other_id",
            user.to_sql(),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| Ok((UserId::from_sql(row.other_id), relationship(row.status)?)))
            .collect()
    }

    async fn count_relationships(&mut self, user: UserId, kinds: &[Relationship]) -> Result<u32> {
        let kinds: Vec<i16> = kinds.iter().map(|kind| *kind as i16).collect();
        let count = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM relationships WHERE user_id = $1 AND status = ANY($2)"#,
            user.to_sql(),
            &kinds,
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)?;
        number(count)
    }

    async fn mutual_friends(&mut self, a: UserId, b: UserId, limit: u32) -> Result<Vec<UserId>> {
        let ids = sqlx::query_scalar!(
            "SELECT other_id
            FROM relationships AS a JOIN relationships AS b USING (other_id)
            WHERE a.user_id = $1 AND a.status = 1 AND b.user_id = $2 AND b.status = 1
            ORDER BY other_id LIMIT $3",
            a.to_sql(),
            b.to_sql(),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(UserId::from_sql).collect())
    }

    async fn find_between(&mut self, a: UserId, b: UserId) -> Result<Option<Between>> {
        let row = sqlx::query!(
            r#"SELECT sum(epoch)::bigint AS "epoch!",
                EXISTS (
                    SELECT 1 FROM relationships
                    WHERE (user_id, other_id) IN (($1, $2), ($2, $1)) AND status = 4
                ) AS "blocked!"
            FROM topics WHERE topic_id IN ($1, $2) AND kind = 1
            HAVING count(*) = 2"#,
            a.to_sql(),
            b.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(|row| Between {
            blocked: row.blocked,
            epoch: row.epoch.cast_unsigned(),
        }))
    }

    async fn acquaintances(&mut self, user: UserId, among: &[UserId]) -> Result<Vec<UserId>> {
        let among: Vec<i64> = among.iter().map(|user| user.to_sql()).collect();
        let ids = sqlx::query_scalar!(
            r#"SELECT id AS "id!" FROM unnest($2::bigint[]) AS other (id)
            WHERE EXISTS (
                SELECT 1 FROM relationships WHERE user_id = $1 AND other_id = id AND status = 1
            ) OR EXISTS (
                SELECT 1 FROM members AS mine JOIN members AS theirs USING (community_id)
                WHERE mine.user_id = $1 AND theirs.user_id = id
            ) OR EXISTS (
                SELECT 1 FROM participants AS mine JOIN participants AS theirs USING (chat_id)
                JOIN chats USING (chat_id)
                WHERE mine.user_id = $1 AND theirs.user_id = id AND kind = 3
            ) OR EXISTS (
                SELECT 1 FROM chats WHERE user_a = least($1, id) AND user_b = greatest($1, id)
            ) AND NOT EXISTS (
                SELECT 1 FROM relationships
                WHERE (user_id, other_id) IN (($1, id), (id, $1)) AND status = 4
            )"#,
            user.to_sql(),
            &among,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(UserId::from_sql).collect())
    }
}

#[async_trait]
impl RelationshipWrites for Session<Writer> {
    async fn set_relationship(
        &mut self,
        user: UserId,
        other: UserId,
        relationship: Option<Relationship>,
    ) -> Result<()> {
        let (user, other) = (user.to_sql(), other.to_sql());
        let query = match relationship {
            Some(relationship) => sqlx::query!(
                "INSERT INTO relationships (user_id, other_id, status) VALUES ($1, $2, $3)
                ON CONFLICT (user_id, other_id) DO UPDATE SET status = excluded.status",
                user,
                other,
                relationship as i16,
            ),
            None => sqlx::query!(
                "DELETE FROM relationships WHERE user_id = $1 AND other_id = $2",
                user,
                other,
            ),
        };
        query.execute(&mut *self.connection).await.map_err(failed)?;
        Ok(())
    }
}
