//! Communities and their members.

use crate::id::{ChannelId, CommunityId, RoleId, UserId};
use crate::name::Username;
use crate::permissions::Permissions;
use serde::{Deserialize, Serialize};

/// What a user wants to be notified of. The numbers are the wire's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum NotifPrefs {
    /// Every message.
    All = 0,
    /// Messages that mention them.
    Mentions = 1,
    /// Nothing.
    None = 2,
    /// Whatever the scope above says.
    Default = 3,
}

impl NotifPrefs {
    /// The preference with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        [Self::All, Self::Mentions, Self::None, Self::Default]
            .into_iter()
            .find(|prefs| *prefs as i32 == number)
    }
}

/// A community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Community {
    /// Its id.
    pub id: CommunityId,
    /// Its name.
    pub name: String,
    /// Its public handle, in a namespace of its own.
    pub username: Option<Username>,
    /// Who may do everything in it.
    pub owner_id: UserId,
    /// What every member may do.
    pub default_permissions: Permissions,
    /// Where system messages go.
    pub system_channel_id: Option<ChannelId>,
    /// Whether a system message tells of each new member.
    pub join_messages: bool,
}

/// A user's membership of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The community.
    pub community_id: CommunityId,
    /// The user.
    pub user_id: UserId,
    /// The name they go by here.
    pub nickname: Option<String>,
    /// The roles they hold.
    pub role_ids: Vec<RoleId>,
    /// A snowflake made when they joined. Messages with a lower id were there before, and count as read.
    pub joined_id: u64,
    /// What they want to be notified of here.
    pub notif_prefs: NotifPrefs,
}
