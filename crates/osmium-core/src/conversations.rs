//! Conversations as lists and single chats show them.

use crate::access::InCommunity;
use crate::error::Result;
use crate::frame;
use osmium_model::{ChannelId, ChatId, ChatKind, UserId};
use osmium_ports::Reader;
use osmium_ports::store::ChatPlace;
use osmium_proto::types::Message;
use osmium_wire::chat::Place;
use osmium_wire::message;
use std::collections::HashMap;

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

/// A channel's chat as it stands for a member.
pub(crate) fn channel_place(here: &InCommunity, place: &ChatPlace) -> Place {
    let grant = here.view.grant(&here.member, ChannelId(place.chat.id.0));
    Place {
        overrides: Some((grant.allow, grant.deny)),
        ..personal_place(place)
    }
}

/// A direct chat or saved messages as they stand for a user.
pub(crate) fn personal_place(place: &ChatPlace) -> Place {
    Place {
        read: place.read,
        unread: place.unread,
        notif_prefs: place.notif_prefs,
        overrides: None,
    }
}
