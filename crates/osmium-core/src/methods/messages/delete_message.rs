//! `messages.deleteMessage -> ()`: deletes messages: what the caller wrote, and with `DELETE_MESSAGES` what others
//! did. Those that do not exist are passed over.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Event, MessageId, Permissions};
use osmium_proto::messages::DeleteMessage;

impl Method for DeleteMessage {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<()> {
        let max = cx.limits().delete_ids;
        if self.message_ids.len() > max {
            return Err(Error::too_large(format!(
                "At most {max} messages can be deleted at once"
            )));
        }
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let ids: Vec<MessageId> = self.message_ids.into_iter().map(MessageId).collect();
        let topics = cx.topics_of(target)?;
        let mut tx = cx.begin(&topics).await?;
        let reached = cx.chat(&mut *tx, target).await?;
        let Some(chat) = reached.find(&mut *tx, actor).await? else {
            return Ok(());
        };
        let found = tx.messages(chat.id, &ids).await?;
        if found
            .iter()
            .any(|message| message.author_id != actor.user_id)
        {
            reached.require(Permissions::DELETE_MESSAGES)?;
        }
        let messages = tx.delete_messages(chat.id, &ids).await?;
        if messages.is_empty() {
            return Ok(());
        }
        let chat = tx.chats(&[chat.id]).await?.pop().unwrap_or(chat);
        tx.record_in(&topics, &Event::MessagesDeleted { chat, messages });
        tx.commit().await
    }
}
