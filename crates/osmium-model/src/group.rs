//! Groups: chats that people are put into, and what each of them may do there.

use crate::chat::{Chat, ChatKind};
use crate::id::{ChatId, GroupId, UserId};
use crate::permissions::Permissions;
use serde::{Deserialize, Serialize};

/// A group. It has a member for as long as it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id, and that of its chat.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// The member who may do everything in it.
    pub owner_id: UserId,
    /// Its members, the owner too, by when they came in.
    pub members: Vec<GroupMember>,
}

/// A user's place in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMember {
    /// The user.
    pub user_id: UserId,
    /// A snowflake made when they came in, above those of the members before them.
    pub joined_id: u64,
    /// What the owner lets them do; none for what members may do anyway.
    pub permissions: Option<Permissions>,
}

impl Group {
    /// The permissions that mean something in a group. `MODIFY_COMMUNITY` is for its name and photo.
    pub const PERMISSIONS: Permissions = Self::DEFAULT.union(Permissions::DELETE_MESSAGES);

    /// What members may do unless the owner says otherwise: everything but delete what others wrote.
    pub const DEFAULT: Permissions = Permissions::NEW_COMMUNITY
        .union(Permissions::PIN_MESSAGES)
        .union(Permissions::MODIFY_COMMUNITY);

    /// Its chat, before anyone has written in it.
    pub fn new_chat(&self) -> Chat {
        Chat {
            id: ChatId::from(self.id),
            kind: ChatKind::Group(self.id),
            last_ordinal: 0,
            last_message_id: None,
            highest_id: self.id.0,
        }
    }

    /// A user's place; none if they are no member.
    pub fn member(&self, user: UserId) -> Option<&GroupMember> {
        self.members.iter().find(|member| member.user_id == user)
    }

    /// Its members' ids, in their order.
    pub fn member_ids(&self) -> impl Iterator<Item = UserId> {
        self.members.iter().map(|member| member.user_id)
    }

    /// Whether it is this user's. Someone who has left owns nothing.
    pub fn is_owned_by(&self, user: UserId) -> bool {
        self.owner_id == user && self.member(user).is_some()
    }

    /// What a user may do; nothing if they are no member. Every member sees the group, and the owner may do everything.
    pub fn permissions_of(&self, user: UserId) -> Permissions {
        match self.member(user) {
            None => Permissions::empty(),
            Some(_) if self.owner_id == user => Permissions::all(),
            Some(member) => {
                let given = member.permissions.unwrap_or(Self::DEFAULT);
                (given & Self::PERMISSIONS) | Permissions::VIEW_CHANNEL
            }
        }
    }

    /// The group without a user. If they owned it, the member who has been there longest does from then on.
    #[must_use]
    pub fn without(mut self, user: UserId) -> Self {
        self.members.retain(|member| member.user_id != user);
        if let Some(longest) = self.members.first().filter(|_| self.owner_id == user) {
            self.owner_id = longest.user_id;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWNER: UserId = UserId(1);

    fn group(permissions: Option<Permissions>) -> Group {
        let member = |(joined_id, user_id)| GroupMember {
            user_id: UserId(user_id),
            joined_id,
            permissions,
        };
        Group {
            id: GroupId(9),
            name: "Trip".into(),
            owner_id: OWNER,
            members: (1..).zip([1, 5, 3]).map(member).collect(),
        }
    }

    proptest! {
        #[test]
        fn only_what_means_something_is_given(bits in any::<u64>()) {
            let group = group(Some(Permissions::from_bits_retain(bits)));
            let may = group.permissions_of(UserId(5));
            prop_assert!(Group::PERMISSIONS.contains(may) && may.contains(Permissions::VIEW_CHANNEL));
            prop_assert_eq!(group.permissions_of(OWNER), Permissions::all());
            prop_assert!(group.permissions_of(UserId(7)).is_empty());
        }
    }

    #[test]
    fn members_may_do_all_but_delete_what_others_wrote() {
        let may = group(None).permissions_of(UserId(5));
        assert_eq!(may, Group::PERMISSIONS - Permissions::DELETE_MESSAGES);
    }

    #[test]
    fn the_longest_member_follows_the_owner() {
        let ids = |group: &Group| group.member_ids().map(|id| id.0).collect::<Vec<_>>();
        let left = group(None).without(OWNER);
        assert_eq!((left.owner_id.0, ids(&left)), (5, vec![5, 3]));
        let left = left.without(UserId(3));
        assert_eq!((left.owner_id.0, ids(&left)), (5, vec![5]));
        let empty = left.without(UserId(5));
        assert!(empty.members.is_empty() && !empty.is_owned_by(UserId(5)));
    }
}
