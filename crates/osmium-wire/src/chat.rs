//! Conversations: chats as they stand for a user.

use crate::reference;
use osmium_model::{Chat, ChatPlace, MessageId, NotifPrefs, Permissions, ReadState, UserId};
use osmium_proto::types::{Conversation, PermissionOverrides};

/// What of a conversation differs from user to user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// How far the user has read.
    pub read: ReadState,
    /// Messages after that.
    pub unread: u32,
    /// Those of them that mention the user.
    pub mentions: u32,
    /// What the user wants to be notified of.
    pub notif_prefs: NotifPrefs,
    /// In a channel: what its overrides give the user, and what they take away. In a group: see
    /// [`crate::group::overrides`].
    pub overrides: Option<(Permissions, Permissions)>,
}

impl Place {
    /// Of a chat as it stands for a user.
    pub fn of(place: &ChatPlace, overrides: Option<(Permissions, Permissions)>) -> Self {
        Self {
            read: place.read,
            unread: place.unread,
            mentions: place.mentions,
            notif_prefs: place.notif_prefs,
            overrides,
        }
    }
}

/// A chat as it stands for `viewer`.
pub fn conversation(chat: &Chat, place: Place, viewer: UserId) -> Conversation {
    Conversation {
        chat_ref: Some(reference::chat(chat.kind, viewer)),
        // The wire sorts by this: a chat without messages stands where it was made.
        last_message_id: chat.last_message_id.map_or(chat.id.0, |id| id.0),
        last_read_message_id: place.read.message_id.map_or(0, |id: MessageId| id.0),
        unread_count: place.unread,
        draft: None,
        permissions: place.overrides.map(overrides),
        notif_prefs: place.notif_prefs as i32,
        unread_mentions_count: place.mentions,
    }
}

/// What is given and what is taken away.
pub fn overrides((allow, deny): (Permissions, Permissions)) -> PermissionOverrides {
    PermissionOverrides {
        pos: allow.bits(),
        neg: deny.bits(),
    }
}
