//! What users report to the operators.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Report, Timestamp};

/// Reading reports.
#[async_trait]
pub trait ReportReads {
    /// What was reported up to a time, the newest first, at most `limit`.
    async fn reports(&mut self, until: Timestamp, limit: u32) -> Result<Vec<Report>>;
}

/// Writing reports.
#[async_trait]
pub trait ReportWrites {
    /// Adds a report. It stays when the message goes. If its reporter reported this message before, only the reason of
    /// that report is replaced.
    async fn put_report(&mut self, report: &Report) -> Result<()>;
}
