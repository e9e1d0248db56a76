//! Becoming a member of a community, and what is told of it.

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::posts::next_message;
use osmium_model::{Chat, ChatId, Community, Event, Member, MessageKind, NotifPrefs, Topic, User};

/// Makes a user a member who is none yet, in a transaction that holds the topics of the user and the community.
pub(crate) async fn join(
    cx: &Context,
    tx: &mut Tx,
    community: Community,
    user: User,
) -> Result<()> {
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
async fn system_message(
    cx: &Context,
    tx: &mut Tx,
    chat: &mut Chat,
    kind: MessageKind,
    about: &User,
) -> Result<Event> {
    let mut message = next_message(chat, &cx.core.ids, kind)?;
    message.author_id = about.id;
    tx.insert_messages(&[(message.clone(), None)], cx.now())
        .await?;
    let (chat, author) = (*chat, about.clone());
    Ok(Event::MessageCreated {
        chat,
        message,
        author,
        client_id: None,
        origin: None,
    })
}
