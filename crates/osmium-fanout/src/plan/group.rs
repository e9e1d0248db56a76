//! Who hears of what happens to a group, and what they see.

use super::{Statuses, seen, told, with_effects};
use osmium_model::event::GroupEvent;
use osmium_model::{ChatId, Group, GroupId, Permissions, Topic, UserId};
use osmium_wire::update::Seen;
use osmium_wire::{Audience, Body, Effect, Personal, Rendered, update};

/// Plans what the followers of a topic are told of a group; in a user's topic, `viewer` is that user.
pub(super) fn plan(event: &GroupEvent, viewer: UserId, statuses: &Statuses) -> Body {
    match event {
        GroupEvent::Joined {
            group,
            users,
            chat,
            read,
            after,
        } => {
            let users = seen(users, statuses, viewer);
            let opened = update::group_chat_opened(group, &users, chat, *read, viewer);
            let mut body = told(Rendered::for_all(update::group(group, &users, viewer)));
            body.updates.push(Rendered::for_all(opened));
            let joined = Effect::Joined {
                topic: Topic::Group(group.id),
                after: *after,
            };
            with_effects(body, [has_read(viewer, group, read.ordinal), joined])
        }
        GroupEvent::Left { group, users } => {
            let users = seen(users, statuses, viewer);
            told(Rendered::for_all(update::group(group, &users, viewer)))
        }
        GroupEvent::Changed { group, users } => {
            told(group_for_each(group, &seen(users, statuses, viewer)))
        }
        GroupEvent::MemberJoined {
            group,
            users,
            user_id,
            read,
        } => {
            let body = told(group_for_each(group, &seen(users, statuses, viewer)));
            with_effects(body, [has_read(*user_id, group, *read)])
        }
        GroupEvent::MemberLeft {
            group,
            users,
            user_id,
            successor,
        } => {
            let mut body = told(group_for_each(group, &seen(users, statuses, viewer)));
            let owner =
                successor.map(|owner| permitted(group.id, owner, group.permissions_of(owner)));
            body.updates.extend(owner);
            with_effects(
                body,
                [Effect::Left {
                    users: vec![*user_id],
                }],
            )
        }
        GroupEvent::PermissionsChanged {
            group_id,
            user_id,
            permissions,
        } => told(permitted(*group_id, *user_id, *permissions)),
    }
}

/// A group for all its members, each told whether it is theirs.
fn group_for_each(group: &Group, users: &[Seen<'_>]) -> Rendered {
    let template = update::group_for_each(group, users);
    let owner = group.owner_id;
    Rendered {
        personal: Personal::GroupOwner { owner },
        ..Rendered::for_all(template)
    }
}

/// What a member of a group may do now; they alone are told.
fn permitted(group: GroupId, member: UserId, permissions: Permissions) -> Rendered {
    let template = update::group_permissions(group, permissions, member);
    Rendered::for_all(template).heard_by(Audience {
        only: Some(member),
        ..Audience::default()
    })
}

/// Who comes into a group has read what was there before. (They may have been in it before, and have read less then.)
fn has_read(user: UserId, group: &Group, ordinal: u64) -> Effect {
    Effect::Read {
        user,
        chat: ChatId::from(group.id),
        ordinal,
    }
}
