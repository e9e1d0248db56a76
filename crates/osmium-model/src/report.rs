//! Reports: messages of which someone tells the operators.

use crate::id::{ChatId, MessageId, UserId};
use crate::time::Timestamp;

/// A message, as someone reports it.
#[derive(Clone, PartialEq, Eq)]
pub struct Report {
    /// Who reports it.
    pub reporter_id: UserId,
    /// Where it stands.
    pub chat_id: ChatId,
    /// Which it is.
    pub message_id: MessageId,
    /// Who wrote it.
    pub author_id: UserId,
    /// Its text as it was, which an edit or a deletion does not change.
    pub text: String,
    /// Why it is reported.
    pub reason: String,
    /// When it was reported first.
    pub reported_at: Timestamp,
}

/// Without what people wrote: that is not for logs.
impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Report")
            .field("reporter_id", &self.reporter_id)
            .field("chat_id", &self.chat_id)
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}
