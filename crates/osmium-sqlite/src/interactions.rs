//! Presses of bots' buttons that wait for an answer.

use crate::error::failed;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{Interaction, InteractionId, Timestamp, UserId};
use osmium_ports::store::{InteractionReads, InteractionWrites, Result};

#[async_trait]
impl<C: Connection> InteractionReads for Session<C> {
    async fn find_interaction(&mut self, id: InteractionId) -> Result<Option<Interaction>> {
        let key = id.to_sql();
        let row = sqlx::query!(
            "SELECT bot_id, user_id, created_at FROM interactions WHERE interaction_id = $1",
            key,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(|row| Interaction {
            id,
            bot_id: UserId::from_sql(row.bot_id),
            user_id: UserId::from_sql(row.user_id),
            created_at: Timestamp::from_sql(row.created_at),
        }))
    }
}

#[async_trait]
impl InteractionWrites for Session<Writer> {
    async fn insert_interaction(&mut self, interaction: &Interaction) -> Result<()> {
        let (id, at) = (interaction.id.to_sql(), interaction.created_at.to_sql());
        let (bot, user) = (interaction.bot_id.to_sql(), interaction.user_id.to_sql());
        sqlx::query!(
            "INSERT INTO interactions (interaction_id, bot_id, user_id, created_at)
            VALUES ($1, $2, $3, $4)",
            id,
            bot,
            user,
            at,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_interaction(&mut self, id: InteractionId) -> Result<bool> {
        let id = id.to_sql();
        let done = sqlx::query!("DELETE FROM interactions WHERE interaction_id = $1", id,)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }
}
