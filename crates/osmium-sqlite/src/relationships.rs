//! What users are to each other.

use crate::error::{failed, unknown};
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::relationship::Pair;
use osmium_model::{Relationship, UserId};
use osmium_ports::store::{Between, RelationshipReads, RelationshipWrites, Result};

fn relationship(number: i32) -> Result<Relationship> {
    Relationship::from_number(number).ok_or_else(|| unknown("relationship", number))
}

#[async_trait]
impl<C: Connection> RelationshipReads for Session<C> {
    async fn find_pair(&mut self, user: UserId, other: UserId) -> Result<Pair> {
        let found = self.pairs(user, &[other]).await?.pop();
        Ok(found.map(|(_, pair)| pair).unwrap_or_default())
    }

    async fn pairs(&mut self, user: UserId, others: &[UserId]) -> Result<Vec<(UserId, Pair)>> {
        let user = user.to_sql();
        let others = list(others.iter().map(|other| other.to_sql()));
        let rows = sqlx::query!(
            r#"SELECT CAST(other.value AS INTEGER) AS "other!: i64",
                mine.status AS "mine?: i32", theirs.status AS "theirs?: i32"
            FROM json_each($2) AS other
            LEFT JOIN relationships AS mine ON mine.user_id = $1 AND mine.other_id = other.value
            LEFT JOIN relationships AS theirs ON theirs.user_id = other.value AND theirs.other_id = $1
            WHERE mine.status IS NOT NULL OR theirs.status IS NOT NULL"#,
            user,
            others,
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
        let user = user.to_sql();
        let rows = sqlx::query!(
            r#"SELECT other_id, status AS "status: i32" FROM relationships
            WHERE user_id = $1 ORDER BY other_id"#,
            user,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| Ok((UserId::from_sql(row.other_id), relationship(row.status)?)))
            .collect()
    }

    async fn count_relationships(&mut self, user: UserId, kinds: &[Relationship]) -> Result<u32> {
        let user = user.to_sql();
        let kinds = list(kinds.iter().map(|kind| *kind as i32));
        sqlx::query_scalar!(
            r#"SELECT COUNT(*) AS "count!: u32" FROM relationships
            WHERE user_id = $1 AND status IN (SELECT value FROM json_each($2))"#,
            user,
            kinds,
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)
    }

    async fn mutual_friends(&mut self, a: UserId, b: UserId, limit: u32) -> Result<Vec<UserId>> {
        let (a, b) = (a.to_sql(), b.to_sql());
        let ids = sqlx::query_scalar!(
            r#"SELECT mine.other_id AS "other_id!"
            FROM relationships AS mine JOIN relationships AS theirs USING (other_id)
            WHERE mine.user_id = $1 AND mine.status = 1 AND theirs.user_id = $2 AND theirs.status = 1
            ORDER BY mine.other_id LIMIT $3"#,
            a,
            b,
            limit,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(UserId::from_sql).collect())
    }

    async fn find_between(&mut self, a: UserId, b: UserId) -> Result<Option<Between>> {
        let (a, b) = (a.to_sql(), b.to_sql());
        let row = sqlx::query!(
            r#"SELECT SUM(epoch) AS "epoch!: i64",
                EXISTS (
                    SELECT 1 FROM relationships
                    WHERE (user_id, other_id) IN (VALUES ($1, $2), ($2, $1)) AND status = 4
                ) AS "blocked!: bool"
            FROM topics WHERE topic_id IN ($1, $2) AND kind = 1
            HAVING COUNT(*) = 2"#,
            a,
            b,
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
        let user = user.to_sql();
        let among = list(among.iter().map(|user| user.to_sql()));
        let ids = sqlx::query_scalar!(
            r#"SELECT CAST(other.value AS INTEGER) AS "id!: i64" FROM json_each($2) AS other
            WHERE EXISTS (
                SELECT 1 FROM relationships
                WHERE user_id = $1 AND other_id = other.value AND status = 1
            ) OR EXISTS (
                SELECT 1 FROM members AS mine JOIN members AS theirs USING (community_id)
                WHERE mine.user_id = $1 AND theirs.user_id = other.value
            ) OR EXISTS (
                SELECT 1 FROM participants AS mine
                JOIN participants AS theirs ON theirs.chat_id = mine.chat_id
                JOIN chats ON chats.chat_id = mine.chat_id
                WHERE mine.user_id = $1 AND theirs.user_id = other.value AND chats.kind = 3
            ) OR EXISTS (
                SELECT 1 FROM chats
                WHERE user_a = min($1, other.value) AND user_b = max($1, other.value)
            ) AND NOT EXISTS (
                SELECT 1 FROM relationships
                WHERE (user_id, other_id) IN (VALUES ($1, other.value), (other.value, $1)) AND status = 4
            )"#,
            user,
            among,
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
        let Some(relationship) = relationship else {
            sqlx::query!(
                "DELETE FROM relationships WHERE user_id = $1 AND other_id = $2",
                user,
                other,
            )
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
            return Ok(());
        };
        let status = relationship as i32;
        sqlx::query!(
            "INSERT INTO relationships (user_id, other_id, status) VALUES ($1, $2, $3)
            ON CONFLICT (user_id, other_id) DO UPDATE SET status = excluded.status",
            user,
            other,
            status,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
