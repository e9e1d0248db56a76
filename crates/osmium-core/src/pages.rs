//! Pages of messages, with all that it takes to show them.

use crate::context::Context;
use crate::error::Result;
use crate::{frame, reactions};
use osmium_model::{ChatId, ChatKind, CommunityId, Message, UserId};
use osmium_ports::Reader;
use osmium_proto::messages::Messages;
use osmium_proto::types::{CommunityMember, User};
use osmium_wire::{community, message};
use std::collections::{BTreeSet, HashMap};

/// A message, and the chat that it stands in.
type Placed<'a> = (&'a Message, ChatKind);

/// A page of messages, in the order that they have, of chats that the caller reaches: each message's stands in `chats`. With it
/// come the reactions, the authors and whom they mention, and these users' places in the community if all is of one. It takes no
/// more queries for more messages. A page of long messages has fewer of them: those nearest to the one at `center`. Of users and members, those come for whom
/// there is room.
pub(crate) async fn show(
    cx: &Context,
    reader: &mut dyn Reader,
    found: &[Message],
    chats: &HashMap<ChatId, ChatKind>,
    center: usize,
) -> Result<Messages> {
    let viewer = cx.actor()?.user_id;
    let placed = |message| placed(message, chats);
    let placed: Vec<Placed<'_>> = found.iter().filter_map(placed).collect();
    if placed.is_empty() {
        return Ok(Messages::default());
    }
    let ids: Vec<_> = placed
        .iter()
        .map(|(message, _)| (message.chat_id, message.id))
        .collect();
    let mentioned = reader.mentioned_in(&ids).await?;
    let users = users(cx, reader, &placed, &mentioned).await?;
    let members = members(reader, &placed, &mentioned).await?;
    let plain: Vec<&Message> = placed.iter().map(|(message, _)| *message).collect();
    let reactions = reactions::seen(cx, reader, &plain).await?;
    let messages = placed
        .into_iter()
        .map(|(found, kind)| message::message(found, kind, viewer));
    let (messages, reactions) = frame::nearest_with(messages.collect(), reactions, center);
    Ok(Messages {
        messages,
        users,
        members,
        reactions,
    })
}

fn placed<'a>(message: &'a Message, chats: &HashMap<ChatId, ChatKind>) -> Option<Placed<'a>> {
    chats.get(&message.chat_id).map(|kind| (message, *kind))
}

/// The authors, and those who are mentioned. Where everyone sees everyone, in channels and groups, the statuses of authors come
/// with them; anyone may be mentioned.
async fn users(
    cx: &Context,
    reader: &mut dyn Reader,
    placed: &[Placed<'_>],
    mentioned: &[UserId],
) -> Result<Vec<User>> {
    let is_shared = |kind: ChatKind| matches!(kind, ChatKind::Channel { .. } | ChatKind::Group(_));
    let shared = placed.iter().filter(|(_, kind)| is_shared(*kind));
    let shared: BTreeSet<UserId> = shared.map(|(message, _)| message.author_id).collect();
    let authors = placed.iter().map(|(message, _)| &message.author_id);
    let others = authors.chain(mentioned).copied();
    let met: Vec<UserId> = others.filter(|user| !shared.contains(user)).collect();
    let mut users = cx.users(reader, shared).await?;
    users.extend(cx.users_met(reader, met).await?);
    Ok(frame::users_beside(users))
}

/// The same as members, if all that there is stands in one community.
async fn members(
    reader: &mut dyn Reader,
    placed: &[Placed<'_>],
    mentioned: &[UserId],
) -> Result<Vec<CommunityMember>> {
    let communities: BTreeSet<Option<CommunityId>> = placed
        .iter()
        .map(|(_, kind)| match kind {
            ChatKind::Channel { community, .. } => Some(*community),
            _ => None,
        })
        .collect();
    let (Some(Some(community)), 1) = (communities.first(), communities.len()) else {
        return Ok(Vec::new());
    };
    let authors = placed.iter().map(|(message, _)| &message.author_id);
    let people: BTreeSet<UserId> = authors.chain(mentioned).copied().collect();
    let people: Vec<UserId> = people.into_iter().collect();
    let members = reader.members(*community, &people).await?;
    Ok(frame::first_left(members.iter().map(community::member)))
}
