//! Chats: conversations of every kind, seen from nowhere in particular.
//!
//! A `ChatRef` of the wire depends on who looks; a [`Chat`] does not.

use crate::community::NotifPrefs;
use crate::id::{ChannelId, ChatId, CommunityId, GroupId, MessageId, UserId};
use crate::topic::Topic;
use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};

/// What a chat is, and between whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChatKind {
    /// The chat of a channel.
    Channel {
        /// The community that the channel belongs to.
        community: CommunityId,
        /// The channel.
        channel: ChannelId,
    },
    /// Two users; the lower id first.
    Direct(UserId, UserId),
    /// A group.
    Group(GroupId),
    /// What a user keeps for themselves.
    Saved(UserId),
}

impl ChatKind {
    /// The direct chat of two users, whichever way round; saved messages if they are one.
    pub fn between(a: UserId, b: UserId) -> Self {
        if a == b {
            Self::Saved(a)
        } else {
            Self::Direct(a.min(b), a.max(b))
        }
    }

    /// The topics that hear of what happens in the chat.
    pub fn topics(self) -> SmallVec<[Topic; 2]> {
        match self {
            Self::Channel { community, .. } => smallvec![Topic::Community(community)],
            Self::Direct(a, b) => smallvec![Topic::User(a), Topic::User(b)],
            Self::Group(group) => smallvec![Topic::Group(group)],
            Self::Saved(user) => smallvec![Topic::User(user)],
        }
    }

    /// The other side of a direct chat, or oneself in saved messages.
    pub fn partner_of(self, user: UserId) -> Option<UserId> {
        match self {
            Self::Direct(a, b) if a == user => Some(b),
            Self::Direct(a, b) if b == user => Some(a),
            Self::Saved(owner) if owner == user => Some(owner),
            _ => None,
        }
    }

    /// The users of a direct chat or of saved messages: those whose list of chats it stands in.
    pub fn users(self) -> Vec<UserId> {
        match self {
            Self::Direct(a, b) => vec![a, b],
            Self::Saved(user) => vec![user],
            Self::Channel { .. } | Self::Group(_) => Vec::new(),
        }
    }
}

/// A conversation and its counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    /// Its id.
    pub id: ChatId,
    /// What it is, and between whom.
    pub kind: ChatKind,
    /// How many messages were ever sent here: the ordinal of the latest.
    pub last_ordinal: u64,
    /// The latest message that was not deleted.
    pub last_message_id: Option<MessageId>,
    /// The greatest id that a message here ever had; the next one's is above it.
    pub highest_id: u64,
}

/// Where a reader is in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadState {
    /// The ordinal up to which everything is read.
    pub ordinal: u64,
    /// The message at or before that ordinal that the reader marked.
    pub message_id: Option<MessageId>,
}

/// A chat as it stands for a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatPlace {
    /// The chat.
    pub chat: Chat,
    /// How far the user has read.
    pub read: ReadState,
    /// Messages after that.
    pub unread: u32,
    /// Those of them that mention the user.
    pub mentions: u32,
    /// What the user wants to be notified of.
    pub notif_prefs: NotifPrefs,
}
