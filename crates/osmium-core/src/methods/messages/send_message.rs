//! `messages.sendMessage -> messages.SentMessage`: sends a message. In a channel or group, needs `SEND_MESSAGES`.
//!
//! A direct chat begins with its first message. A repeat with the same `client_id` within a day gives the first one's
//! id and sends nothing.

use crate::access::InChat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use crate::posts::{Post, Posted};
use crate::session::Actor;
use crate::slow_mode;
use crate::texts::{check_entities, check_reply, check_text};
use osmium_model::{Chat, ChatId, Event};
use osmium_proto::messages::{SendMessage, SentMessage};
use osmium_wire::{ChatTarget, entity, message};

/// How often the rules may change under a send before it gives up.
const ATTEMPTS: usize = 3;

impl Method for SendMessage {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<SentMessage> {
        if !self.media.is_empty() {
            return Err(Error::not_offered("Media are not built yet"));
        }
        if self.bot_info.is_some() {
            return Err(Error::not_offered("bot_info is not built yet"));
        }
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let text = check_text(cx.limits(), self.message)?;
        let entities = check_entities(cx.limits(), entity::parse(self.entities), &text)?;
        let mut reached = cx.known_chat(target).await?;
        let chat_id = chat_to_send_in(cx, &reached, target, actor).await?;
        let reply = match message::parse_reply(self.reply_to, self.reply_to_old) {
            Some(reply) => {
                Some(check_reply(cx.limits(), &mut *cx.read().await?, Some(chat_id), reply).await?)
            }
            None => None,
        };
        let mut post = Post {
            chat_id,
            kind: reached.kind(actor),
            epoch: None,
            author_id: actor.user_id,
            client_id: self.client_id.filter(|id| *id != 0),
            origin: cx.caller.connection,
            text,
            entities,
            reply,
        };
        reached.require_send()?;
        slow_mode::check(cx, &reached, &post).await?;
        for _ in 0..ATTEMPTS {
            reached.require_send()?;
            post.epoch = reached.epoch();
            match cx.core.posts.post(post.clone()).await? {
                Posted::Sent(id) => return Ok(SentMessage { message_id: id.0 }),
                Posted::Gone => return Err(Error::not_found("chat")),
                Posted::Stale => reached = cx.chat(&mut *cx.read().await?, target).await?,
            }
        }
        Err(Error::unavailable())
    }
}

/// The chat to send in: a channel's or group's, or a personal one, which begins if it has not.
async fn chat_to_send_in(
    cx: &Context,
    reached: &InChat,
    target: ChatTarget,
    actor: Actor,
) -> Result<ChatId> {
    if let Some(id) = reached.chat_id() {
        return Ok(id);
    }
    if let Some(chat) = reached.find(&mut *cx.read().await?, actor).await? {
        return Ok(chat.id);
    }
    begin_chat(cx, target, actor).await
}

async fn begin_chat(cx: &Context, target: ChatTarget, actor: Actor) -> Result<ChatId> {
    let topics = cx.topics_of(target)?;
    let mut tx = cx.begin(&topics).await?;
    let reached = cx.chat(&mut *tx, target).await?;
    if let Some(chat) = reached.find(&mut *tx, actor).await? {
        return Ok(chat.id);
    }
    reached.require_write(&mut *tx, actor).await?;
    let (id, kind) = (ChatId(cx.new_id()?), reached.kind(actor));
    let chat = Chat {
        id,
        kind,
        last_ordinal: 0,
        last_message_id: None,
        highest_id: id.0,
    };
    tx.insert_chat(&chat).await?;
    let users = tx.users(&kind.users()).await?;
    for topic in topics {
        tx.record(
            topic,
            Event::ChatOpened {
                chat,
                users: users.clone(),
            },
        );
    }
    tx.commit().await?;
    Ok(id)
}
