//! Ids as newtypes, so that a channel's id is never taken for a user's.
//!
//! All but [`ClientId`] and [`ConnectionId`] are snowflakes (see [`crate::snowflake`]): unique across
//! kinds, never 0, and never above 2^63 - 1, so that they fit a signed column.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The id as the signed number that SQL columns hold.
            pub fn to_sql(self) -> i64 {
                self.0.cast_signed()
            }

            /// The id that a SQL column holds.
            pub fn from_sql(column: i64) -> Self {
                Self(column.cast_unsigned())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A person's or a bot's account.
    UserId;
    /// A community: channels, roles and members under one roof.
    CommunityId;
    /// A channel of a community.
    ChannelId;
    /// A group chat.
    GroupId;
    /// A role of a community.
    RoleId;
    /// A conversation of any kind. A channel's chat has the channel's id, a group's the group's; a
    /// direct chat and a user's saved messages have one of their own.
    ChatId;
    /// A message. Within a chat, ids grow in the order in which messages were committed.
    MessageId;
    /// A custom emoji: the file that shows it.
    EmojiId;
    /// A file that was uploaded.
    FileId;
    /// A press of a bot's button.
    InteractionId;
    /// What is stored of a sign-in; the wire calls it a session.
    LoginId;
    /// One open connection. Not stored: a random number, unique enough to tell one's own echo.
    ConnectionId;
}

impl From<ChannelId> for ChatId {
    fn from(channel: ChannelId) -> Self {
        Self(channel.0)
    }
}

impl From<GroupId> for ChatId {
    fn from(group: GroupId) -> Self {
        Self(group.0)
    }
}

/// The application a client says it is, in `core.initialize`. A login is bound to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientId(pub u32);
