//! Conversations as lists and single chats show them.

use crate::access::{InChat, InCommunity};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::frame;
use crate::session::Actor;
use osmium_model::{
    ChannelId, Chat, ChatId, ChatKind, ChatPlace, Group, NotifPrefs, Permissions, ReadState, UserId,
};
use osmium_ports::Reader;
use osmium_proto::chats;
use osmium_proto::types::Message;
use osmium_wire::chat::Place;
use osmium_wire::{chat, community, group, message};
use std::collections::HashMap;

/// A chat as the caller sees it, with its latest message and who is in it.
pub(crate) async fn show(
    cx: &Context,
    reader: &mut dyn Reader,
    reached: &InChat,
) -> Result<chats::Chat> {
    let actor = cx.actor()?;
    let viewer = actor.user_id;
    let place = match reached.find(reader, actor).await? {
        Some(found) => reader.places(viewer, &[found.id]).await?.pop(),
        None => None,
    };
    let place = match (place, reached) {
        (Some(place), _) => place,
        (None, InChat::Channel { .. } | InChat::Group(_)) => return Err(Error::not_found("chat")),
        (None, _) => not_begun(reached, actor),
    };
    let message = latest_messages(reader, &[place], viewer).await?.pop();
    let mut shown = chats::Chat::default();
    let mut people: Vec<UserId> = place.chat.kind.partner_of(viewer).into_iter().collect();
    people.extend(message.as_ref().map(|message| UserId(message.author_id)));
    match reached {
        InChat::Channel {
            community, channel, ..
        } => shown.channel = Some(community::channel(community.channel(*channel)?)),
        InChat::Group(here) => {
            shown.group = Some(group::group(&here.group, viewer));
            people.extend(here.group.member_ids());
        }
        InChat::Direct(_) | InChat::Saved(_) => {}
    }
    let here = Place::of(&place, overrides(reached));
    Ok(chats::Chat {
        chat: Some(chat::conversation(&place.chat, here, viewer)),
        message,
        users: match reached {
            InChat::Channel { .. } | InChat::Group(_) => cx.users(reader, people).await?,
            InChat::Direct(_) | InChat::Saved(_) => cx.users_met(reader, people).await?,
        },
        ..shown
    })
}

/// A direct chat or saved messages in which nobody has written yet.
fn not_begun(reached: &InChat, actor: Actor) -> ChatPlace {
    let kind = reached.kind(actor);
    let partner = kind.partner_of(actor.user_id).unwrap_or(actor.user_id);
    let chat = Chat {
        // Sorted by this where there is no message: there is no chat yet, so the other side's id stands in.
        id: ChatId(partner.0),
        kind,
        last_ordinal: 0,
        last_message_id: None,
        highest_id: 0,
    };
    ChatPlace {
        chat,
        read: ReadState::default(),
        unread: 0,
        mentions: 0,
        notif_prefs: NotifPrefs::All,
    }
}

/// The latest message of each chat that has one, in one query, the newest first. If they do not all fit into a frame,
/// the oldest are left out.
pub(crate) async fn latest_messages(
    reader: &mut dyn Reader,
    places: &[ChatPlace],
    viewer: UserId,
) -> Result<Vec<Message>> {
    let latest = |place: &ChatPlace| place.chat.last_message_id.map(|id| (place.chat.id, id));
    let ids: Vec<_> = places.iter().filter_map(latest).collect();
    let kinds: HashMap<ChatId, ChatKind> = places
        .iter()
        .map(|place| (place.chat.id, place.chat.kind))
        .collect();
    let mut messages = reader.messages_by_chat(&ids).await?;
    messages.sort_unstable_by_key(|message| std::cmp::Reverse(message.id));
    let render = |found: &osmium_model::Message| {
        kinds
            .get(&found.chat_id)
            .map(|kind| message::message(found, *kind, viewer))
    };
    Ok(frame::nearest(
        messages.iter().filter_map(render).collect(),
        0,
    ))
}

/// What a chat gives its user and takes from them: in a channel by its overrides, in a group as a whole.
pub(crate) fn overrides(reached: &InChat) -> Option<(Permissions, Permissions)> {
    match reached {
        InChat::Channel {
            community, channel, ..
        } => Some(channel_overrides(community, *channel)),
        InChat::Group(here) => Some(group::overrides(here.permissions())),
        InChat::Direct(_) | InChat::Saved(_) => None,
    }
}

fn channel_overrides(here: &InCommunity, channel: ChannelId) -> (Permissions, Permissions) {
    let grant = here.view.grant(&here.member, channel);
    (grant.allow, grant.deny)
}

/// A channel's chat as it stands for a member.
pub(crate) fn channel_place(here: &InCommunity, place: &ChatPlace) -> Place {
    let overrides = channel_overrides(here, ChannelId(place.chat.id.0));
    Place::of(place, Some(overrides))
}

/// A group's chat as it stands for a member.
pub(crate) fn group_place(group: &Group, place: &ChatPlace, member: UserId) -> Place {
    Place::of(place, Some(group::overrides(group.permissions_of(member))))
}

/// A direct chat or saved messages as they stand for a user.
pub(crate) fn personal_place(place: &ChatPlace) -> Place {
    Place::of(place, None)
}
