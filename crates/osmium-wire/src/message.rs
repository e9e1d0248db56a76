//! Messages.

use crate::{bot, entity, reference};
use osmium_model::{ChatKind, Message, MessageId, MessageKind, Quote, Reply, Timestamp, UserId};
use osmium_proto::messages::send_message;
use osmium_proto::types::{self, message as wire};

/// A message as `viewer` sees it.
pub fn message(message: &Message, chat: ChatKind, viewer: UserId) -> types::Message {
    types::Message {
        chat_ref: Some(reference::chat(chat, viewer)),
        message_id: message.id.0,
        author_id: message.author_id.0,
        message: message.text.clone(),
        // Clients of the first generation know only this field.
        reply_to: message.reply.as_ref().map(|reply| reply.message_id.0),
        media: Vec::new(),
        entities: entity::render(&message.entities),
        edited_at: message.edited_at.map(Timestamp::millis),
        r#type: (message.kind != MessageKind::Normal).then_some(message.kind as i32),
        forward: message.forwarded.map(|at| wire::MessageForwardInfo {
            date: Some(at.millis()),
        }),
        reply: message.reply.as_ref().map(reply),
        bot_info: message.bot.as_ref().map(bot::render),
        pinned: message.pinned.then_some(true),
    }
}

fn reply(reply: &Reply) -> wire::MessageReplyInfo {
    wire::MessageReplyInfo {
        message_id: Some(reply.message_id.0),
        quote: reply
            .quote
            .as_ref()
            .map(|quote| wire::message_reply_info::Quote {
                message: quote.text.clone(),
                entities: entity::render(&quote.entities),
                offset: quote.offset,
            }),
    }
}

/// What a client answers, and which part of it is meant: the field of today, or the one of the first generation.
pub fn parse_reply(
    reply: Option<send_message::ReplyTo>,
    old: Option<u64>,
) -> Option<(MessageId, Option<Quote>)> {
    match (reply, old) {
        (Some(reply), _) => {
            let quote = reply.quote.map(|quote| Quote {
                text: quote.message,
                entities: entity::parse(quote.entities),
                offset: quote.offset,
            });
            Some((MessageId(reply.message_id), quote))
        }
        (None, Some(id)) if id != 0 => Some((MessageId(id), None)),
        (None, _) => None,
    }
}
