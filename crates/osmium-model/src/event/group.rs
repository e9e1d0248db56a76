//! Events of groups.

use crate::chat::{Chat, ReadState};
use crate::group::Group;
use crate::id::{GroupId, UserId};
use crate::permissions::Permissions;
use crate::user::User;
use serde::{Deserialize, Serialize};

/// Something that happened to a group, or to someone in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupEvent {
    /// The user came into a group, or made it. In the topic of that user.
    Joined {
        /// The group.
        group: Group,
        /// Its members.
        users: Vec<User>,
        /// Its chat.
        chat: Chat,
        /// Where the user is in it: they have read what was there before.
        read: ReadState,
        /// The number in the group's topic of the event with which they came in.
        after: u64,
    },
    /// The user is in a group no more. In the topic of that user.
    Left {
        /// The group, without them.
        group: Group,
        /// Its members.
        users: Vec<User>,
    },
    /// A group was edited. In its topic.
    Changed {
        /// The group as it is now.
        group: Group,
        /// Its members.
        users: Vec<User>,
    },
    /// Someone came into a group. In its topic.
    MemberJoined {
        /// The group, with them.
        group: Group,
        /// Its members.
        users: Vec<User>,
        /// Who.
        user_id: UserId,
        /// The ordinal in the group's chat up to which they have read.
        read: u64,
    },
    /// Someone is in a group no more. In its topic.
    MemberLeft {
        /// The group, without them.
        group: Group,
        /// Its members.
        users: Vec<User>,
        /// Who.
        user_id: UserId,
        /// Who owns it from here on, if they did before.
        successor: Option<UserId>,
    },
    /// A member of a group may do more or less than before. In the group's topic.
    PermissionsChanged {
        /// The group.
        group_id: GroupId,
        /// Who.
        user_id: UserId,
        /// What they may do now.
        permissions: Permissions,
    },
}

impl GroupEvent {
    /// The users that it shows.
    pub fn users(&self) -> &[User] {
        match self {
            Self::Joined { users, .. }
            | Self::Left { users, .. }
            | Self::Changed { users, .. }
            | Self::MemberJoined { users, .. }
            | Self::MemberLeft { users, .. } => users,
            Self::PermissionsChanged { .. } => &[],
        }
    }
}
