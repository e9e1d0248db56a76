//! `reactions.addReaction -> ()`: has the caller choose an emoji under a message; nothing changes if they did already.
//! Needs `ADD_REACTIONS`, also for an emoji that others chose.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::{parse, reactions};
use osmium_model::Permissions;
use osmium_proto::reactions::AddReaction;

impl Method for AddReaction {
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
        reached.require(Permissions::ADD_REACTIONS)?;
        let before = reactions::to_message(cx, &mut *tx, &chat, reacted.message_id).await?;
        let joins = before.iter().any(|before| before.emoji == reacted.emoji);
        if !joins && before.len() >= cx.limits().reactions_per_message {
            return Err(Error::too_large("The message has too many reactions"));
        }
        if !tx.add_reaction(chat.id, &reacted, cx.new_id()?).await? {
            return Ok(());
        }
        reactions::commit_change(cx, tx, &topics, chat, reacted.message_id).await
    }
}
