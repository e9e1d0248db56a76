//! What a store holds before a contract test begins: each function is one transaction that commits.

use super::SharedStore;
use crate::builders;
use crate::contract::Checked;
use osmium_model::event::DeletedMessage;
use osmium_model::{
    Chat, ChatId, ChatPlace, CommunityId, CommunityRules, Event, GroupId, GroupMember, LoginId,
    Message, MessageId, ReadState, Relationship, Topic, UserId,
};
use osmium_ports::store::{ChatPage, Idempotency, NewMessage, Recorded};

/// Adds users with accounts, and their topics.
pub async fn users<const N: usize>(store: &SharedStore, ids: [u64; N]) -> Checked {
    let mut tx = store.begin(&[]).await?;
    for id in ids {
        tx.create_topic(Topic::User(UserId(id))).await?;
        tx.insert_user(&builders::user(id), &builders::account(id))
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Adds a community, its topic, its owner as a member from the very start, and text channels.
pub async fn community<const N: usize>(
    store: &SharedStore,
    id: u64,
    owner: u64,
    channels: [u64; N],
) -> Checked {
    let mut tx = store.begin(&[Topic::User(UserId(owner))]).await?;
    tx.create_topic(Topic::Community(CommunityId(id))).await?;
    tx.insert_community(&builders::community(id, owner)).await?;
    tx.insert_member(&builders::member(id, owner, 1)).await?;
    for channel in channels {
        tx.insert_channel(&builders::channel(id, channel)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Adds roles to a community that give nothing.
pub async fn roles<const N: usize>(store: &SharedStore, community: u64, ids: [u64; N]) -> Checked {
    let topic = Topic::Community(CommunityId(community));
    let mut tx = store.begin(&[topic]).await?;
    for id in ids {
        tx.insert_role(&builders::role(community, id)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The rules of a community that is there.
pub async fn get_rules(store: &SharedStore, community: u64) -> Checked<CommunityRules> {
    let mut reader = store.read().await?;
    let rules = reader.rules(&[CommunityId(community)]).await?.pop();
    Ok(rules.expect("the test has made the community"))
}

/// Makes a user a member.
pub async fn join(store: &SharedStore, community: u64, user: u64, joined_id: u64) -> Checked {
    let topics = [
        Topic::Community(CommunityId(community)),
        Topic::User(UserId(user)),
    ];
    let mut tx = store.begin(&topics).await?;
    tx.insert_member(&builders::member(community, user, joined_id))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a membership.
pub async fn leave(store: &SharedStore, community: u64, user: u64) -> Checked {
    let topics = [
        Topic::Community(CommunityId(community)),
        Topic::User(UserId(user)),
    ];
    let mut tx = store.begin(&topics).await?;
    tx.delete_members(CommunityId(community), &[UserId(user)])
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Sets what another user is to a user, on that side alone.
pub async fn relate(
    store: &SharedStore,
    user: u64,
    other: u64,
    relationship: Option<Relationship>,
) -> Checked {
    let (user, other) = (UserId(user), UserId(other));
    let mut tx = store
        .begin(&[Topic::User(user), Topic::User(other)])
        .await?;
    tx.set_relationship(user, other, relationship).await?;
    tx.commit().await?;
    Ok(())
}

/// Begins a direct chat, or saved messages.
pub async fn direct(store: &SharedStore, id: u64, a: u64, b: u64) -> Checked<Chat> {
    let chat = builders::direct(id, a, b);
    let mut tx = store.begin(&chat.kind.topics()).await?;
    tx.insert_chat(&chat).await?;
    tx.commit().await?;
    Ok(chat)
}

/// Makes a group, and its topic.
pub async fn group<const N: usize>(store: &SharedStore, id: u64, members: [u64; N]) -> Checked {
    let mut tx = store.begin(&[]).await?;
    tx.create_topic(Topic::Group(GroupId(id))).await?;
    tx.insert_group(&builders::group(id, members)).await?;
    tx.commit().await?;
    Ok(())
}

/// Has a user come into a group, who has read this far.
pub async fn come_in(
    store: &SharedStore,
    group: u64,
    user: u64,
    joined_id: u64,
    ordinal: u64,
) -> Checked {
    let member = GroupMember {
        user_id: UserId(user),
        joined_id,
        permissions: None,
    };
    let read = ReadState {
        ordinal,
        message_id: None,
    };
    let topics = [Topic::Group(GroupId(group)), Topic::User(UserId(user))];
    let mut tx = store.begin(&topics).await?;
    tx.insert_group_member(GroupId(group), &member, read)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Has a user leave a group.
pub async fn go(store: &SharedStore, group: u64, user: u64) -> Checked {
    let topics = [Topic::Group(GroupId(group)), Topic::User(UserId(user))];
    let mut tx = store.begin(&topics).await?;
    tx.delete_group_member(GroupId(group), UserId(user)).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds plain messages of one author to a chat, after those that it has.
pub async fn messages<const N: usize>(
    store: &SharedStore,
    chat: u64,
    author: u64,
    ids: [u64; N],
) -> Checked {
    let first = get_chat(store, chat).await?.last_ordinal + 1;
    let messages: Vec<Message> = (first..)
        .zip(ids)
        .map(|(ordinal, id)| builders::message(chat, id, ordinal, author))
        .collect();
    insert(store, &messages).await
}

/// Adds messages as they are, to the chats that they name.
pub async fn insert(store: &SharedStore, messages: &[Message]) -> Checked {
    let rows: Vec<_> = messages.iter().cloned().map(NewMessage::plain).collect();
    insert_new(store, &rows).await
}

/// A message that was sent under a key.
pub fn keyed(message: Message, key: Idempotency) -> NewMessage {
    NewMessage {
        key: Some(key),
        ..NewMessage::plain(message)
    }
}

/// Adds messages with all that comes with them, at [`builders::NOON`].
pub async fn insert_new(store: &SharedStore, messages: &[NewMessage]) -> Checked {
    let mut topics = Vec::new();
    for new in messages {
        topics.extend(get_chat(store, new.message.chat_id.0).await?.kind.topics());
    }
    let mut tx = store.begin(&topics).await?;
    tx.insert_messages(messages, builders::NOON).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes messages of a chat.
pub async fn delete<const N: usize>(
    store: &SharedStore,
    chat: u64,
    ids: [u64; N],
) -> Checked<Vec<DeletedMessage>> {
    let topics = get_chat(store, chat).await?.kind.topics();
    let mut tx = store.begin(&topics).await?;
    let deleted = tx
        .delete_messages(ChatId(chat), &ids.map(MessageId))
        .await?;
    tx.commit().await?;
    Ok(deleted)
}

/// Moves a reader forward, without a message to mark.
pub async fn read(store: &SharedStore, user: u64, chat: u64, ordinal: u64) -> Checked {
    let state = ReadState {
        ordinal,
        message_id: None,
    };
    let mut tx = store.begin(&[Topic::User(UserId(user))]).await?;
    tx.set_read(UserId(user), ChatId(chat), state).await?;
    tx.commit().await?;
    Ok(())
}

/// Records events that can be told apart by their number, in one transaction.
pub async fn record(store: &SharedStore, topic: Topic, numbers: &[u64]) -> Checked<Vec<Recorded>> {
    let mut tx = store.begin(&[topic]).await?;
    for number in numbers {
        tx.record(topic, event(*number));
    }
    Ok(tx.commit().await?)
}

/// An event that can be told apart by its number.
pub fn event(number: u64) -> Event {
    Event::LoginEnded {
        login_id: LoginId(number),
    }
}

/// A chat that is there.
pub async fn get_chat(store: &SharedStore, id: u64) -> Checked<Chat> {
    let chats = store.read().await?.chats(&[ChatId(id)]).await?;
    Ok(*chats.first().expect("the test has made the chat"))
}

/// How a chat that is there stands for a user.
pub async fn get_place(store: &SharedStore, user: u64, chat: u64) -> Checked<ChatPlace> {
    let mut reader = store.read().await?;
    let places = reader.places(UserId(user), &[ChatId(chat)]).await?;
    Ok(*places.first().expect("the test has made the chat"))
}

/// The ids of a user's first chats.
pub async fn list_of(store: &SharedStore, user: u64) -> Checked<Vec<u64>> {
    let page = ChatPage {
        limit: 100,
        before: None,
        after: None,
    };
    let places = store.read().await?.chats_of(UserId(user), page).await?;
    Ok(places.iter().map(|place| place.chat.id.0).collect())
}
