//! What users report to the operators.

use crate::error::failed;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{ChatId, MessageId, Report, Timestamp, UserId};
use osmium_ports::store::{ReportReads, ReportWrites, Result};

#[async_trait]
impl<C: Connection> ReportReads for Session<C> {
    async fn reports(&mut self, until: Timestamp, limit: u32) -> Result<Vec<Report>> {
        let rows = sqlx::query!(
            "SELECT reporter_id, chat_id, message_id, author_id, text, reason, reported_at
            FROM reports WHERE reported_at <= $1 ORDER BY reported_at DESC, message_id DESC LIMIT $2",
            until.to_sql(),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let reports = rows.into_iter().map(|row| Report {
            reporter_id: UserId::from_sql(row.reporter_id),
            chat_id: ChatId::from_sql(row.chat_id),
            message_id: MessageId::from_sql(row.message_id),
            author_id: UserId::from_sql(row.author_id),
            text: row.text,
            reason: row.reason,
            reported_at: Timestamp::from_sql(row.reported_at),
        });
        Ok(reports.collect())
    }
}

#[async_trait]
impl ReportWrites for Session<Writer> {
    async fn put_report(&mut self, report: &Report) -> Result<()> {
        sqlx::query!(
            "INSERT INTO reports (reporter_id, chat_id, message_id, author_id, text, reason, reported_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (reporter_id, chat_id, message_id) DO UPDATE SET reason = excluded.reason",
            report.reporter_id.to_sql(),
            report.chat_id.to_sql(),
            report.message_id.to_sql(),
            report.author_id.to_sql(),
            report.text,
            report.reason,
            report.reported_at.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
