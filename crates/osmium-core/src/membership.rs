//! Becoming a member of a community and being one no more, and what is told of it.

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::posts::next_message;
use osmium_model::{
    Chat, ChatId, Community, CommunityId, Event, Limits, Member, MessageId, MessageKind,
    NotifPrefs, Timestamp, Topic, User, UserId, snowflake,
};
use osmium_ports::store::NewMessage;
use std::collections::{BTreeMap, BTreeSet};

/// Of how many deleted messages one update tells.
const TOLD_AT_ONCE: usize = 1000;

/// The users whom a call names, each once.
pub(crate) fn named(limits: &Limits, ids: &[u64]) -> Result<BTreeSet<UserId>> {
    let max = limits.members_named;
    if ids.len() > max {
        return Err(Error::too_large(format!(
            "At most {max} members can be named at once"
        )));
    }
    Ok(ids.iter().copied().map(UserId).collect())
}

/// Requires that a user can be in one more community; their topic is held.
pub(crate) async fn check_room(cx: &Context, tx: &mut Tx, user: UserId) -> Result<()> {
    if tx.count_communities_of(user).await? as usize >= cx.limits().communities_per_user {
        return Err(Error::too_large("In too many communities"));
    }
    Ok(())
}

/// Makes a user a member who is none yet, if they are not banned and not in too many communities already. The
/// transaction holds the topics of both.
pub(crate) async fn admit(cx: &Context, tx: &mut Tx, id: CommunityId, user: User) -> Result<()> {
    let community = tx.find_community(id).await?;
    let community = community.ok_or_else(|| Error::not_found("community"))?;
    if tx.is_banned(id, user.id, cx.now()).await? {
        return Err(Error::forbidden("Banned from this community"));
    }
    check_room(cx, tx, user.id).await?;
    join(cx, tx, community, user).await
}

/// Makes users members no more, those that are, in a transaction that holds the community's topic. Nothing that is sent
/// after it is told to them.
pub(crate) async fn part(tx: &mut Tx, community_id: CommunityId, users: &[UserId]) -> Result<()> {
    let user_ids = tx.delete_members(community_id, users).await?;
    if !user_ids.is_empty() {
        let topic = Topic::Community(community_id);
        let epoch = tx.raise_epoch(topic);
        let event = Event::MembersLeft {
            community_id,
            user_ids,
            epoch,
        };
        tx.record(topic, event);
    }
    Ok(())
}

/// Deletes what users wrote in a community since a time, and tells it channel by channel.
pub(crate) async fn delete_written(
    cx: &Context,
    tx: &mut Tx,
    community: CommunityId,
    authors: &[UserId],
    since: Timestamp,
) -> Result<()> {
    let mut by_chat: BTreeMap<ChatId, Vec<MessageId>> = BTreeMap::new();
    let from = MessageId(snowflake::first_at(since));
    for author in authors {
        let room = cx.limits().written_deleted;
        for (chat, message) in tx.written_in(community, *author, from, room).await? {
            by_chat.entry(chat).or_default().push(message);
        }
    }
    for (id, written) in by_chat {
        for ids in written.chunks(TOLD_AT_ONCE) {
            let messages = tx.delete_messages(id, ids).await?;
            // Of a deleted channel's, which still wait to go, nobody hears.
            let chat = tx.chats(&[id]).await?.pop();
            if let Some(chat) = chat.filter(|_| !messages.is_empty()) {
                let topic = Topic::Community(community);
                tx.record(topic, Event::MessagesDeleted { chat, messages });
            }
        }
    }
    Ok(())
}

/// Makes a user a member who is none yet, in a transaction that holds the topics of the user and the community.
async fn join(cx: &Context, tx: &mut Tx, community: Community, user: User) -> Result<()> {
    let (here, own) = (Topic::Community(community.id), Topic::User(user.id));
    let mut greeted = greeted_chat(tx, &community).await?;
    let greeting = match &mut greeted {
        Some(chat) => Some(system_message(cx, tx, chat, MessageKind::Join, &user).await?),
        None => None,
    };
    let member = Member {
        community_id: community.id,
        user_id: user.id,
        nickname: None,
        role_ids: Vec::new(),
        // Above the greeting, so that it counts as read like all before it.
        joined_id: cx
            .core
            .ids
            .next_above(greeted.map_or(0, |chat| chat.highest_id))?,
        notif_prefs: NotifPrefs::Default,
    };
    tx.insert_member(&member).await?;
    let after = tx.record(
        here,
        Event::MemberJoined {
            member: member.clone(),
            user,
        },
    );
    if let Some(greeting) = greeting {
        tx.record(here, greeting);
    }
    let permissions = community.default_permissions;
    tx.record(
        own,
        Event::CommunityJoined {
            community,
            permissions,
            member,
            after,
        },
    );
    Ok(())
}

/// Where the community greets new members, if it does.
async fn greeted_chat(tx: &mut Tx, community: &Community) -> Result<Option<Chat>> {
    match community
        .system_channel_id
        .filter(|_| community.join_messages)
    {
        Some(channel) => Ok(tx.chats(&[ChatId::from(channel)]).await?.pop()),
        None => Ok(None),
    }
}

/// Adds a system message about a user to a chat that the transaction holds, and gives the event to record.
pub(crate) async fn system_message(
    cx: &Context,
    tx: &mut Tx,
    chat: &mut Chat,
    kind: MessageKind,
    about: &User,
) -> Result<Event> {
    let mut message = next_message(chat, &cx.core.ids, kind)?;
    message.author_id = about.id;
    let new = NewMessage::plain(message.clone());
    tx.insert_messages(&[new], cx.now()).await?;
    let (chat, author) = (*chat, about.clone());
    Ok(Event::MessageCreated {
        chat,
        message,
        author,
        client_id: None,
        origin: None,
    })
}
