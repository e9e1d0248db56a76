//! `messages.sendMessage -> messages.SentMessage`: sends a message. In a channel or group, needs `SEND_MESSAGES`.
//!
//! A direct chat begins with its first message. A repeat with the same `client_id` within a day gives the first one's
//! id and sends nothing.

use crate::bots;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::mentions::Mentions;
use crate::method::{Access, Cost, Method};
use crate::methods::not_built::missing_part;
use crate::parse;
use crate::posts::Post;
use crate::sending::{begun_chat, chat_to_send_in, send, sent_before};
use crate::slow_mode;
use crate::texts::{check_reply, check_text_with, entities_of};
use osmium_model::message::Quote;
use osmium_model::{ChatId, MessageId, Reply};
use osmium_ports::store::{Idempotency, terms_of};
use osmium_proto::messages::{SendMessage, SentMessage};
use osmium_wire::{entity, message};

impl Method for SendMessage {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<SentMessage> {
        if !self.media.is_empty() {
            return Err(missing_part::<Self>());
        }
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let bot = match self.bot_info {
            Some(info) => {
                cx.require_bot(&mut *cx.read().await?).await?;
                bots::check_info(cx.limits(), info)?
            }
            None => None,
        };
        let text = check_text_with(cx.limits(), self.message, bot.is_some())?;
        let entities = entities_of(cx.limits(), entity::parse(self.entities), &text)?;
        let client_id = self.client_id.filter(|id| *id != 0);
        let reached = cx.known_chat(target).await?;
        let begun = begun_chat(cx, &reached, actor).await?;
        let reply = match message::parse_reply(self.reply_to, self.reply_to_old) {
            Some(reply) => match reply_in(cx, begun, reply).await {
                Ok(reply) => Some(reply),
                // A repeat of what was sent is one even if what it answers is gone since.
                Err(error) => {
                    let key = begun
                        .zip(client_id)
                        .map(|(chat_id, client_id)| Idempotency {
                            author_id: actor.user_id,
                            chat_id,
                            client_id,
                        });
                    let MessageId(message_id) = sent_before(cx, key).await?.ok_or(error)?;
                    return Ok(SentMessage { message_id });
                }
            },
            None => None,
        };
        let mentions = Mentions::read(cx.limits(), &text, &entities, reply.as_ref());
        let mentions = mentions.find(cx, actor.user_id).await?;
        reached.require_send()?;
        let chat_id = chat_to_send_in(cx, begun, target, actor).await?;
        let post = Post {
            chat_id,
            kind: reached.kind(actor),
            epoch: None,
            author_id: actor.user_id,
            client_id,
            origin: cx.caller.connection,
            terms: terms_of(chat_id, &text),
            text,
            entities,
            reply,
            forwarded: None,
            mentions,
            bot,
        };
        slow_mode::check(cx, &reached, std::slice::from_ref(&post)).await?;
        let sent = send(cx, reached, target, vec![post]).await?;
        let id = sent.first().ok_or_else(Error::internal)?;
        Ok(SentMessage { message_id: id.0 })
    }
}

/// A reply as it is kept; nothing can be answered in a chat that has not begun.
async fn reply_in(
    cx: &Context,
    begun: Option<ChatId>,
    reply: (MessageId, Option<Quote>),
) -> Result<Reply> {
    let chat_id = begun.ok_or_else(|| Error::not_found("message to reply to"))?;
    check_reply(cx.limits(), &mut *cx.read().await?, chat_id, reply).await
}
