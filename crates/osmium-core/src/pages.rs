//! Pages of messages, with all that it takes to show them.

use crate::access::InChat;
use crate::context::Context;
use crate::error::Result;
use crate::frame;
use osmium_model::{ChatKind, Message, MessageId, UserId};
use osmium_ports::Reader;
use osmium_proto::messages::Messages;
use osmium_wire::{community, message};
use std::collections::BTreeSet;

/// Messages of one chat as the caller sees them, with their authors and those whom they mention. If they are too long for a
/// frame, those nearest to the one at `center` are kept.
pub(crate) async fn of_chat(
    cx: &Context,
    reader: &mut dyn Reader,
    reached: &InChat,
    found: &[Message],
    center: usize,
) -> Result<Messages> {
    let actor = cx.actor()?;
    let kind = reached.kind(actor);
    let rendered = found
        .iter()
        .map(|found| message::message(found, kind, actor.user_id));
    let authors: BTreeSet<UserId> = found.iter().map(|message| message.author_id).collect();
    let mentioned = mentioned_in(reader, found).await?;
    let people: BTreeSet<UserId> = authors.iter().copied().chain(mentioned.clone()).collect();
    let members = match kind {
        ChatKind::Channel { community, .. } if !people.is_empty() => {
            let people: Vec<UserId> = people.iter().copied().collect();
            reader.members(community, &people).await?
        }
        _ => Vec::new(),
    };
    // Anyone may be mentioned, and have written before they left.
    let users = match reached {
        InChat::Channel { .. } | InChat::Group(_) if mentioned.is_empty() => {
            cx.users(reader, people).await?
        }
        _ => cx.users_met(reader, people).await?,
    };
    Ok(Messages {
        messages: frame::nearest(rendered.collect(), center),
        users,
        members: members.iter().map(community::member).collect(),
        reactions: Vec::new(),
    })
}

async fn mentioned_in(reader: &mut dyn Reader, found: &[Message]) -> Result<Vec<UserId>> {
    let ids: Vec<_> = found
        .iter()
        .map(|message| (message.chat_id, message.id))
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(reader.mentioned_in(&ids).await?)
}

/// Where in a list of messages, the newest first, an anchor stands or would stand.
pub(crate) fn place_of(anchor: MessageId, found: &[Message]) -> usize {
    found
        .iter()
        .take_while(|message| message.id > anchor)
        .count()
}
