//! `messages.forwardMessage -> ()`: copies messages to another chat, in the order in which they were written, as messages of
//! the caller. Needs to see where they come from; where they go, needs `SEND_MESSAGES`. Those that do not exist are passed
//! over; who wrote them is not told, and nobody is mentioned by them.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::posts::Post;
use crate::sending::{begun_chat, chat_to_send_in, send};
use crate::{parse, slow_mode};
use osmium_model::{Message, MessageId, MessageKind, Timestamp, snowflake};
use osmium_ports::store::terms_of;
use osmium_proto::messages::ForwardMessage;
use osmium_proto::refs::ChatRef;

impl Method for ForwardMessage {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::HEAVY;

    async fn call(self, cx: &Context) -> Result<()> {
        let max = cx.limits().forward_ids;
        if self.message_ids.len() > max {
            return Err(Error::too_large(format!(
                "At most {max} messages can be forwarded at once"
            )));
        }
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let originals = originals(cx, self.from, self.message_ids).await?;
        let reached = cx.known_chat(target).await?;
        reached.require_send()?;
        let begun = begun_chat(cx, &reached, actor).await?;
        let chat_id = chat_to_send_in(cx, begun, target, actor).await?;
        let copy = |original: Message| Post {
            chat_id,
            kind: reached.kind(actor),
            epoch: None,
            author_id: actor.user_id,
            client_id: None,
            origin: cx.caller.connection,
            forwarded: Some(first_sent(&original)),
            terms: terms_of(chat_id, &original.text),
            text: original.text,
            entities: original.entities,
            reply: None,
            bot: None,
            mentions: Vec::new(),
        };
        let posts: Vec<Post> = originals.into_iter().map(copy).collect();
        slow_mode::check(cx, &reached, &posts).await?;
        send(cx, reached, target, posts).await?;
        Ok(())
    }
}

/// What is forwarded, the oldest first.
async fn originals(cx: &Context, from: Option<ChatRef>, ids: Vec<u64>) -> Result<Vec<Message>> {
    let actor = cx.actor()?;
    let ids: Vec<MessageId> = ids.into_iter().map(MessageId).collect();
    let mut reader = cx.read().await?;
    let reached = cx.chat(&mut *reader, parse::chat(from, actor)?).await?;
    let mut found = match reached.find(&mut *reader, actor).await? {
        Some(chat) => reader.messages(chat.id, &ids).await?,
        None => Vec::new(),
    };
    if found.is_empty() {
        return Err(Error::not_found("message"));
    }
    if found.iter().any(|found| found.kind != MessageKind::Normal) {
        return Err(Error::invalid("System messages cannot be forwarded"));
    }
    // What a bot attaches is not copied, and a message may be nothing else.
    if found.iter().any(|found| found.text.is_empty()) {
        return Err(Error::invalid(
            "A message without a text cannot be forwarded",
        ));
    }
    found.sort_unstable_by_key(|message| message.id);
    Ok(found)
}

/// When a message was sent, or what it forwards.
fn first_sent(message: &Message) -> Timestamp {
    let sent = || snowflake::time_of(message.id.0);
    message.forwarded.unwrap_or_else(sent)
}
