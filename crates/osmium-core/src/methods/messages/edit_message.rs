//! `messages.editMessage -> ()`: changes what the caller wrote. What is absent stays.

use crate::bots;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::mentions::Mentions;
use crate::method::{Access, Cost, Method};
use crate::methods::not_built::missing_part;
use crate::parse;
use crate::texts::{check_text_with, entities_of};
use osmium_model::{Event, Limits, Message, MessageId, MessageKind};
use osmium_proto::messages::EditMessage;
use osmium_wire::entity;

impl Method for EditMessage {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<()> {
        if !self.media.is_empty() {
            return Err(missing_part::<Self>());
        }
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let topics = cx.topics_of(target)?;
        let mut tx = cx.begin(&topics).await?;
        let reached = cx.chat(&mut *tx, target).await?;
        let id = MessageId(self.message_id);
        let (chat, message) = reached.message(&mut *tx, actor, id).await?;
        if message.author_id != actor.user_id || message.kind != MessageKind::Normal {
            return Err(Error::forbidden("Only what you wrote can be edited"));
        }
        reached.require_no_block()?;
        if self.buttons.is_some() {
            cx.require_bot(&mut *tx).await?;
        }
        let mut edited = apply(self, cx.limits(), message.clone())?;
        if edited == message {
            return Ok(());
        }
        edited.edited_at = Some(cx.now());
        tx.update_message(&edited).await?;
        let (text, entities) = (&edited.text, &edited.entities);
        let mentions = Mentions::read(cx.limits(), text, entities, edited.reply.as_ref());
        let mentions = mentions.resolve(&mut *tx, actor.user_id).await?;
        tx.set_mentions(&edited, &mentions).await?;
        let message = edited;
        tx.record_in(&topics, &Event::MessageEdited { chat, message });
        tx.commit().await
    }
}

/// The message after the edit. A new text without entities has none; buttons that are none take the old ones away.
fn apply(edit: EditMessage, limits: &Limits, mut message: Message) -> Result<Message> {
    let (has_text, has_buttons) = (edit.message.is_some(), edit.buttons.is_some());
    if let Some(buttons) = edit.buttons {
        let mut bot = message.bot.take().unwrap_or_default();
        bot.rows = bots::check_buttons(limits, buttons)?;
        message.bot = Some(bot).filter(|bot| !bot.is_empty());
    }
    if has_text || has_buttons {
        let text = edit.message.unwrap_or(message.text);
        message.text = check_text_with(limits, text, message.bot.is_some())?;
    }
    let entities = entity::parse(edit.entities);
    if has_text || !entities.is_empty() {
        message.entities = entities_of(limits, entities, &message.text)?;
    }
    Ok(message)
}
