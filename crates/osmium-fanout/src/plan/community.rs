//! Who hears of what happens to a community and its members, and what they see.

use super::{told, with_effects};
use osmium_model::event::MemberEdit;
use osmium_model::{Community, CommunityId, ConnectionId, Member, Permissions, Topic, UserId};
use osmium_wire::community::Standing;
use osmium_wire::{Audience, Body, Effect, Personal, Rendered, update};

/// The user became a member, or made the community.
pub(super) fn joined(
    community: &Community,
    permissions: Permissions,
    member: &Member,
    after: u64,
) -> Body {
    let standing = Standing::of(community, member, permissions);
    let body = told(Rendered::for_all(update::community(community, standing)));
    let topic = Topic::Community(community.id);
    with_effects(body, [Effect::Joined { topic, after }])
}

/// A member wants to be notified of something else.
pub(super) fn prefs_changed(
    community: &Community,
    member: &Member,
    epoch: u64,
    origin: ConnectionId,
) -> Body {
    let mut rendered = standing_of(community, member);
    rendered.audience.except_connection = Some(origin);
    with_effects(told(rendered), [member_effect(member, epoch)])
}

/// Members are none any more.
pub(super) fn members_left(community: CommunityId, users: &[UserId], epoch: u64) -> Body {
    let deleted = |user: &UserId| Rendered::for_all(update::member_deleted(community, *user));
    let left = Effect::Left {
        users: users.to_vec(),
    };
    let members = Effect::Members {
        epoch,
        changed: users.iter().map(|user| (*user, None)).collect(),
    };
    Body {
        effects: vec![left, members],
        updates: users.iter().map(deleted).collect(),
        ..Body::default()
    }
}

/// A member was edited.
pub(super) fn member_changed(
    community: &Community,
    member: &Member,
    epoch: u64,
    edit: MemberEdit,
) -> Body {
    let mut body = told(Rendered::for_all(update::member(member)));
    let effect = match edit {
        MemberEdit::Nickname | MemberEdit::Roles => member_effect(member, epoch),
        MemberEdit::RoleDeleted => Effect::Rules { epoch },
    };
    if edit == MemberEdit::Roles {
        body.updates.push(standing_of(community, member));
    }
    with_effects(body, [effect])
}

/// A community, to each member as they stand in it.
pub(super) fn standing_in(community: &Community) -> Rendered {
    Rendered {
        personal: Personal::Standing,
        ..Rendered::for_all(update::community_for_each(community))
    }
}

/// A community, to one member as they stand in it.
fn standing_of(community: &Community, member: &Member) -> Rendered {
    standing_in(community).heard_by(Audience {
        only: Some(member.user_id),
        ..Audience::default()
    })
}

fn member_effect(member: &Member, epoch: u64) -> Effect {
    Effect::Members {
        epoch,
        changed: vec![(member.user_id, Some(member.clone()))],
    }
}
