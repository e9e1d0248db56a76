//! Communities and their members.

use crate::id::{ChannelId, CommunityId, RoleId, UserId};
use crate::name::Username;
use crate::permissions::Permissions;
use crate::time::Timestamp;
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
    /// What [`NotifPrefs::Default`] means to its members.
    #[serde(default = "mentions")]
    pub default_notif_prefs: NotifPrefs,
}

fn mentions() -> NotifPrefs {
    NotifPrefs::Mentions
}

/// Whether and how a community is listed in the public directory.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Listing {
    /// Whether it is.
    pub listed: bool,
    /// A line about it.
    pub short_description: String,
    /// A page about it.
    pub long_description: String,
    /// What it is about.
    pub categories: Vec<String>,
}

/// Someone who may not be in a community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ban {
    /// From where.
    pub community_id: CommunityId,
    /// Who.
    pub user_id: UserId,
    /// When it ends by itself; none is never.
    pub until: Option<Timestamp>,
    /// Why, in the words of whoever did it.
    pub reason: Option<String>,
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
