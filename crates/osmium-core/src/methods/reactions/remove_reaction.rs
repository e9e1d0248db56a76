//! `reactions.removeReaction -> ()`: takes back that the caller chose an emoji under a message; nothing changes if they
//! had not.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::{parse, reactions};
use osmium_proto::reactions::RemoveReaction;

impl Method for RemoveReaction {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let reacted = reactions::parse(cx, self.message_id, self.emoji)?;
        let topics = cx.topics_of(target)?;
        let mut tx = cx.begin(&topics).await?;
        let reached = cx.chat(&mut *tx, target).await?;
        let (chat, _) = reached.message(&mut *tx, actor, reacted.message_id).await?;
        reached.require_no_block()?;
        if !tx.remove_reaction(chat.id, &reacted).await? {
            return Ok(());
        }
        reactions::commit_change(cx, tx, &topics, chat, reacted.message_id).await
    }
}
