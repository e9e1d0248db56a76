//! Sending: into which chat, and by which rules, until a message is committed or refused.

use crate::access::InChat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::posts::{Post, Posted};
use crate::session::Actor;
use osmium_model::{Chat, ChatId, Event, MessageId};
use osmium_ports::store::Idempotency;
use osmium_wire::ChatTarget;
use std::sync::Arc;

/// How often the rules may change under a send before it gives up.
const ATTEMPTS: usize = 3;

/// Posts messages in their order, by the rules by which the chat was reached; if those change meanwhile, by the new ones.
/// Gives the ids.
pub(crate) async fn send(
    cx: &Context,
    mut reached: InChat,
    target: ChatTarget,
    posts: Vec<Post>,
) -> Result<Vec<MessageId>> {
    let mut posts: Vec<Arc<Post>> = posts.into_iter().map(Arc::new).collect();
    let mut sent = Vec::with_capacity(posts.len());
    for _ in 0..ATTEMPTS {
        reached.require_send()?;
        let epoch = reached.epoch();
        let waiting = posts.iter_mut().map(|post| {
            Arc::make_mut(post).epoch = epoch;
            cx.core.posts.post(post.clone())
        });
        // All are on their way at once, in this order. Once the rules have changed, they have for all that follow.
        let waiting: Vec<_> = waiting.collect::<Result<_>>()?;
        for posted in waiting {
            match posted.await? {
                Posted::Sent(id) => sent.push(id),
                Posted::Gone => return Err(Error::not_found("chat")),
                Posted::Stale => {}
            }
        }
        posts.drain(..sent.len().min(posts.len()));
        if posts.is_empty() {
            return Ok(sent);
        }
        reached = cx.chat(&mut *cx.read().await?, target).await?;
    }
    Err(Error::unavailable())
}

/// What was sent before under this key, if anything.
pub(crate) async fn sent_before(
    cx: &Context,
    key: Option<Idempotency>,
) -> Result<Option<MessageId>> {
    let Some(key) = key else {
        return Ok(None);
    };
    let sent = cx.read().await?.sent(&[key]).await?.pop();
    Ok(sent.map(|(_, id)| id))
}

/// The chat to send in: a channel's or group's, or a personal one; none if that has not begun.
pub(crate) async fn begun_chat(
    cx: &Context,
    reached: &InChat,
    actor: Actor,
) -> Result<Option<ChatId>> {
    if let Some(id) = reached.chat_id() {
        return Ok(Some(id));
    }
    let found = reached.find(&mut *cx.read().await?, actor).await?;
    Ok(found.map(|chat| chat.id))
}

/// The same, which begins if it has not. Both sides are told, so it is the last thing before sending: what is refused for other
/// reasons leaves no chat behind.
pub(crate) async fn chat_to_send_in(
    cx: &Context,
    begun: Option<ChatId>,
    target: ChatTarget,
    actor: Actor,
) -> Result<ChatId> {
    match begun {
        Some(id) => Ok(id),
        None => begin_chat(cx, target, actor).await,
    }
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
    tx.record_in(&topics, &Event::ChatOpened { chat, users });
    tx.commit().await?;
    Ok(id)
}
