//! Coming into a group and leaving it, and what is told of it. [`osmium_model::Group`] has the rules of who owns it.

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::membership::system_message;
use osmium_model::{
    Chat, ChatId, Event, Group, GroupEvent, GroupId, GroupMember, Limits, MessageKind, ReadState,
    Topic, User, UserId, name,
};
use osmium_ports::Reader;
use osmium_wire::ChatTarget;

/// The group that a method is about which is for groups alone.
pub(crate) fn require_group(target: ChatTarget) -> Result<GroupId> {
    match target {
        ChatTarget::Group(group) => Ok(group),
        _ => Err(Error::invalid("This is for groups alone")),
    }
}

/// A group's name as it is kept.
pub(crate) fn check_name(limits: &Limits, text: &str) -> Result<String> {
    let max = limits.group_name_length;
    name::trimmed(text, max)
        .ok_or_else(|| Error::invalid(format!("A group's name has 1 to {max} characters")))
}

/// Requires that a group may have so many members.
pub(crate) fn check_size(limits: &Limits, members: usize) -> Result<()> {
    let max = limits.group_members;
    if members <= max {
        Ok(())
    } else {
        Err(Error::too_large(format!(
            "A group has at most {max} members"
        )))
    }
}

/// The members of a group, as users.
pub(crate) async fn users_of(reader: &mut dyn Reader, group: &Group) -> Result<Vec<User>> {
    let ids: Vec<UserId> = group.member_ids().collect();
    Ok(reader.users(&ids).await?)
}

/// Makes a user a member who is none yet, in a transaction that holds the topics of the user and the group. They have
/// read what was there before, and see all of it.
pub(crate) async fn come_in(cx: &Context, tx: &mut Tx, mut group: Group, user: User) -> Result<()> {
    check_size(cx.limits(), group.members.len() + 1)?;
    let here = Topic::Group(group.id);
    let latest = group.members.iter().map(|member| member.joined_id).max();
    let member = GroupMember {
        user_id: user.id,
        joined_id: cx.core.ids.next_above(latest.unwrap_or_default())?,
        permissions: None,
    };
    let mut chat = chat_of(tx, group.id).await?;
    let greeting = system_message(cx, tx, &mut chat, MessageKind::Join, &user).await?;
    let read = ReadState {
        ordinal: chat.last_ordinal,
        message_id: chat.last_message_id,
    };
    tx.insert_group_member(group.id, &member, read).await?;
    tx.raise_epoch(here);
    group.members.push(member);
    let users = users_of(&mut **tx, &group).await?;
    let after = tx.record(
        here,
        Event::Group(GroupEvent::MemberJoined {
            group: group.clone(),
            users: users.clone(),
            user_id: user.id,
            read: read.ordinal,
        }),
    );
    tx.record(here, greeting);
    tx.record(
        Topic::User(user.id),
        Event::Group(GroupEvent::Joined {
            group,
            users,
            chat,
            read,
            after,
        }),
    );
    Ok(())
}

/// Ends a membership, in a transaction that holds the topics of the member and the group. With the last member, the group
/// goes.
pub(crate) async fn leave(cx: &Context, tx: &mut Tx, group: Group, user_id: UserId) -> Result<()> {
    let (here, owner_before) = (Topic::Group(group.id), group.owner_id);
    let leaver = tx
        .find_user(user_id)
        .await?
        .ok_or_else(|| Error::not_found("user"))?;
    let group = group.without(user_id);
    tx.raise_epoch(here);
    if group.members.is_empty() {
        tx.delete_group(group.id).await?;
    } else {
        tx.delete_group_member(group.id, user_id).await?;
    }
    let successor = (group.owner_id != owner_before).then_some(group.owner_id);
    if successor.is_some() {
        tx.update_group(&group).await?;
    }
    let users = users_of(&mut **tx, &group).await?;
    tx.record(
        here,
        Event::Group(GroupEvent::MemberLeft {
            group: group.clone(),
            users: users.clone(),
            user_id,
            successor,
        }),
    );
    if !group.members.is_empty() {
        let mut chat = chat_of(tx, group.id).await?;
        let farewell = system_message(cx, tx, &mut chat, MessageKind::Leave, &leaver).await?;
        tx.record(here, farewell);
    }
    let left = GroupEvent::Left { group, users };
    tx.record(Topic::User(user_id), Event::Group(left));
    Ok(())
}

/// The chat of a group that is held.
async fn chat_of(tx: &mut Tx, group: GroupId) -> Result<Chat> {
    let found = tx.chats(&[ChatId::from(group)]).await?.pop();
    found.ok_or_else(|| Error::not_found("group"))
}
