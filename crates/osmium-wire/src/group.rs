//! Groups and their members.

use osmium_model::{Group, GroupMember, Permissions, UserId};
use osmium_proto::types;

/// A group as one of its members sees it, or someone who just was one.
pub fn group(group: &Group, viewer: UserId) -> types::Group {
    types::Group {
        owner: group.is_owned_by(viewer),
        ..shared(group)
    }
}

/// A group as someone sees it who has an invite, and is no member: not who is in it.
pub fn preview(group: &Group) -> types::Group {
    types::Group {
        participant_ids: Vec::new(),
        ..shared(group)
    }
}

/// Only what all members see alike.
pub(crate) fn shared(group: &Group) -> types::Group {
    types::Group {
        id: group.id.0,
        name: group.name.clone(),
        owner: false,
        participant_ids: group.member_ids().map(|id| id.0).collect(),
        photo: None,
    }
}

/// Only what differs from member to member, to be spliced beside the rest.
pub(crate) fn personal(owner: bool) -> types::Group {
    types::Group {
        owner,
        ..types::Group::default()
    }
}

/// The members of a group in their order, with what they may do where that is not what members may do anyway.
pub fn members(group: &Group) -> Vec<types::ChatMember> {
    let given = |member: &GroupMember| {
        let differs = member.permissions.is_some() || member.user_id == group.owner_id;
        differs.then(|| group.permissions_of(member.user_id).bits())
    };
    let member = |member: &GroupMember| types::ChatMember {
        user_id: member.user_id.0,
        permissions: given(member),
    };
    group.members.iter().map(member).collect()
}

/// What someone may do in a group, as what is given and what is taken away. There is no community from whose permissions a
/// client could start, so these two say all of it: wherever it starts, it comes to the same.
pub fn overrides(permissions: Permissions) -> (Permissions, Permissions) {
    (permissions, Permissions::all() - permissions)
}
