//! `chats.getChats -> chats.Chats`: a page of the caller's direct chats, saved messages and groups, the latest first.
//!
//! With it come the users that a list shows, and the members of the groups as far as there is room: `chats.getChat` has
//! all of one group.

use crate::context::Context;
use crate::conversations::{group_place, latest_messages, personal_place};
use crate::error::Result;
use crate::frame;
use crate::method::{Access, Cost, Method};
use osmium_model::{ChatKind, ChatPlace, Group, GroupId, UserId};
use osmium_ports::Reader;
use osmium_ports::store::ChatPage;
use osmium_proto::chats::{Chats, GetChats};
use osmium_proto::types::{Conversation, Message, User};
use osmium_wire::{chat, group};
use std::collections::{BTreeSet, HashMap};

impl Method for GetChats {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Chats> {
        let user = cx.actor()?.user_id;
        let limits = cx.limits();
        let page = ChatPage {
            limit: self
                .limit
                .unwrap_or(limits.chats_default)
                .min(limits.chats_max),
            before: self.max_id.filter(|id| *id != 0),
            after: self.min_id.filter(|id| *id != 0),
        };
        let mut reader = cx.read().await?;
        let mut places = reader.chats_of(user, page).await?;
        let groups = groups_of(&mut *reader, &places, user).await?;
        places.retain(|place| group_id(place).is_none_or(|group| groups.contains_key(&group)));
        let messages = latest_messages(&mut *reader, &places, user).await?;
        let conversation = |place| conversation(place, &groups, user);
        Ok(Chats {
            chats: places.iter().map(conversation).collect(),
            users: people(cx, &mut *reader, &places, &messages, &groups).await?,
            groups: places
                .iter()
                .filter_map(|place| groups.get(&group_id(place)?))
                .map(|found| group::group(found, user))
                .collect(),
            channels: Vec::new(),
            messages,
        })
    }
}

fn group_id(place: &ChatPlace) -> Option<GroupId> {
    match place.chat.kind {
        ChatKind::Group(group) => Some(group),
        _ => None,
    }
}

/// The groups of the list that the user is in still.
async fn groups_of(
    reader: &mut dyn Reader,
    places: &[ChatPlace],
    user: UserId,
) -> Result<HashMap<GroupId, Group>> {
    let ids: Vec<GroupId> = places.iter().filter_map(group_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = reader.groups(&ids).await?.into_iter();
    let own = found.filter(|(group, _)| group.member(user).is_some());
    Ok(own.map(|(group, _)| (group.id, group)).collect())
}

fn conversation(
    place: &ChatPlace,
    groups: &HashMap<GroupId, Group>,
    viewer: UserId,
) -> Conversation {
    let group = group_id(place).and_then(|id| groups.get(&id));
    let here = match group {
        Some(group) => group_place(group, place, viewer),
        None => personal_place(place),
    };
    chat::conversation(&place.chat, here, viewer)
}

/// Those whom the list shows first: the other sides of direct chats, and the authors of the latest messages.
async fn people(
    cx: &Context,
    reader: &mut dyn Reader,
    places: &[ChatPlace],
    messages: &[Message],
    groups: &HashMap<GroupId, Group>,
) -> Result<Vec<User>> {
    let viewer = cx.actor()?.user_id;
    let partners = places
        .iter()
        .filter_map(|place| place.chat.kind.partner_of(viewer));
    let authors = messages.iter().map(|message| UserId(message.author_id));
    let authors = authors.filter(|author| *author != viewer);
    let shown: BTreeSet<UserId> = partners.chain(authors).collect();
    let members: BTreeSet<UserId> = groups.values().flat_map(Group::member_ids).collect();
    let others = members.difference(&shown).copied().collect::<Vec<_>>();
    let mut users = cx.users_met(reader, shown).await?;
    users.extend(cx.users(reader, others).await?);
    Ok(frame::users_beside(users))
}
