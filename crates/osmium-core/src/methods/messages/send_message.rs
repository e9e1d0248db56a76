//! `messages.sendMessage -> messages.SentMessage`: sends a message. In a channel or group, needs `SEND_MESSAGES`.
//!
//! A direct chat begins with its first message. A repeat with the same `client_id` within a day gives the first one's
//! id and sends nothing.

use crate::bots;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::mentions::Mentions;
use crate::method::{Access, Cost, Method};
use crate::parse;
use crate::posts::Post;
use crate::sending::{chat_to_send_in, send};
use crate::slow_mode;
use crate::texts::{check_entities, check_reply, check_text_with};
use osmium_ports::store::terms_of;
use osmium_proto::messages::{SendMessage, SentMessage};
use osmium_wire::{entity, message};

impl Method for SendMessage {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<SentMessage> {
        if !self.media.is_empty() {
            return Err(Error::not_offered("Media are not built yet"));
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
        let entities = check_entities(cx.limits(), entity::parse(self.entities), &text)?;
        let reached = cx.known_chat(target).await?;
        let chat_id = chat_to_send_in(cx, &reached, target, actor).await?;
        let reply = match message::parse_reply(self.reply_to, self.reply_to_old) {
            Some(reply) => {
                Some(check_reply(cx.limits(), &mut *cx.read().await?, chat_id, reply).await?)
            }
            None => None,
        };
        let mentions = Mentions::read(cx.limits(), &text, &entities, reply.as_ref());
        let mentions = mentions.find(cx, actor.user_id).await?;
        let post = Post {
            chat_id,
            kind: reached.kind(actor),
            epoch: None,
            author_id: actor.user_id,
            client_id: self.client_id.filter(|id| *id != 0),
            origin: cx.caller.connection,
            terms: terms_of(chat_id, &text),
            text,
            entities,
            reply,
            forwarded: None,
            mentions,
            bot,
        };
        reached.require_send()?;
        slow_mode::check(cx, &reached, std::slice::from_ref(&post)).await?;
        let sent = send(cx, reached, target, vec![post]).await?;
        let id = sent.first().ok_or_else(Error::internal)?;
        Ok(SentMessage { message_id: id.0 })
    }
}
