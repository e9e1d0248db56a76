//! `messages.setMessagePin -> ()`: pins a message for everyone in the chat, or unpins it. In a channel or group, needs
//! `PIN_MESSAGES`; in a direct chat, both sides may. What is so already stays so, and nobody is told.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Event, MessageId, Permissions};
use osmium_proto::messages::SetMessagePin;

impl Method for SetMessagePin {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let topics = cx.topics_of(target)?;
        let mut tx = cx.begin(&topics).await?;
        let reached = cx.chat(&mut *tx, target).await?;
        let id = MessageId(self.message_id);
        let (chat, mut message) = reached.message(&mut *tx, actor, id).await?;
        reached.require(Permissions::PIN_MESSAGES)?;
        if message.pinned == self.pin {
            return Ok(());
        }
        let max = cx.limits().pins_per_chat;
        if self.pin && tx.count_pinned(chat.id).await? >= max {
            return Err(Error::too_large(format!(
                "At most {max} messages of a chat can be pinned"
            )));
        }
        let pin = if self.pin { Some(cx.new_id()?) } else { None };
        tx.set_pin(&message, pin).await?;
        message.pinned = self.pin;
        tx.record_in(&topics, &Event::MessageEdited { chat, message });
        tx.commit().await
    }
}
