//! `messages.sendMessage -> messages.SentMessage`: sends a message. In a channel or group, needs `SEND_MESSAGES`.
//!
//! A direct chat begins with its first message. A repeat with the same `client_id` within a day gives the first one's
//! id and sends nothing.

use crate::access::{InChat, may_begin_direct};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use crate::posts::{Post, Posted};
use crate::session::Actor;
use crate::slow_mode;
use crate::texts::{check_entities, check_reply, check_text};
use osmium_model::{Chat, ChatId, ChatKind, Event};
use osmium_proto::messages::{SendMessage, SentMessage};
use osmium_wire::{entity, message};

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
        let chat_id = chat_to_send_in(cx, &reached, actor).await?;
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
async fn chat_to_send_in(cx: &Context, reached: &InChat, actor: Actor) -> Result<ChatId> {
    if let Some(id) = reached.chat_id() {
        return Ok(id);
    }
    let mut reader = cx.read().await?;
    if let Some(chat) = reached.find(&mut *reader, actor).await? {
        return Ok(chat.id);
    }
    if let InChat::Direct(other) = reached {
        may_begin_direct(&mut *reader, actor.user_id, *other).await?;
    }
    drop(reader);
    begin_chat(cx, reached.kind(actor)).await
}

async fn begin_chat(cx: &Context, kind: ChatKind) -> Result<ChatId> {
    let topics = kind.topics();
    let mut tx = cx.begin(&topics).await?;
    if let Some(chat) = tx.find_chat(kind).await? {
        return Ok(chat.id);
    }
    let id = ChatId(cx.new_id()?);
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
