//! Channels of a community.

use crate::id::{ChannelId, CommunityId, MessageId};
use serde::{Deserialize, Serialize};

/// What a channel is for. The numbers are the wire's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum ChannelKind {
    /// Messages.
    Text = 0,
    /// A voice room, with messages beside it.
    Voice = 1,
    /// A heading over other channels; it holds no messages.
    Category = 2,
    /// Messages that only those who manage the community send.
    Announcement = 3,
}

impl ChannelKind {
    /// The kind with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        [Self::Text, Self::Voice, Self::Category, Self::Announcement]
            .into_iter()
            .find(|kind| *kind as i32 == number)
    }
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its id, which is its chat's too.
    pub id: ChannelId,
    /// The community it belongs to.
    pub community_id: CommunityId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: ChannelKind,
    /// Its place among its siblings, from 0.
    pub position: u32,
    /// The category it stands under.
    pub parent_id: Option<ChannelId>,
    /// Marked as explicit.
    pub explicit: bool,
    /// The message shown on top.
    pub highlighted: Option<MessageId>,
    /// What it is about.
    pub description: Option<String>,
    /// Seconds a member waits between two messages; 0 is off.
    pub slowmode_seconds: u32,
    /// The voice region its room prefers.
    pub preferred_region: Option<String>,
}

impl Channel {
    /// A channel with nothing set but what every channel has.
    pub fn new(id: ChannelId, community_id: CommunityId, name: String, kind: ChannelKind) -> Self {
        Self {
            id,
            community_id,
            name,
            kind,
            position: 0,
            parent_id: None,
            explicit: false,
            highlighted: None,
            description: None,
            slowmode_seconds: 0,
            preferred_region: None,
        }
    }

    /// Whether it has a chat: all but categories do.
    pub fn has_messages(&self) -> bool {
        self.kind != ChannelKind::Category
    }
}
