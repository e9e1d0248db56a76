//! `messages.reportMessage -> ()`: reports a message to the operators, with its text as it is now. A repeat replaces the
//! reason.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use crate::texts::fits;
use osmium_model::{Limits, MessageId, Report};
use osmium_proto::messages::ReportMessage;

impl Method for ReportMessage {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let reason = check_reason(cx.limits(), &self.reason)?;
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let mut tx = cx.begin(&[]).await?;
        let reached = cx.chat(&mut *tx, target).await?;
        let id = MessageId(self.message_id);
        let (chat, message) = reached.message(&mut *tx, actor, id).await?;
        let report = Report {
            reporter_id: actor.user_id,
            chat_id: chat.id,
            message_id: message.id,
            author_id: message.author_id,
            text: message.text,
            reason,
            reported_at: cx.now(),
        };
        tx.put_report(&report).await?;
        tx.commit().await
    }
}

/// A reason as it is kept.
fn check_reason(limits: &Limits, reason: &str) -> Result<String> {
    let (reason, max) = (reason.trim(), limits.reason_length);
    if reason.is_empty() || !fits(reason, max) {
        return Err(Error::invalid(format!(
            "A reason has 1 to {max} characters"
        )));
    }
    Ok(reason.to_owned())
}
