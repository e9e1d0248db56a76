//! Chats, the lists they stand in, and how far they are read.

use super::Result;
use async_trait::async_trait;
use osmium_model::{
    Chat, ChatId, ChatKind, ChatPlace, CommunityId, MessageId, NotifPrefs, ReadState, UserId,
};

/// Which part of a user's chats. Chats are ordered by their latest message, or by their own id if they
/// have none, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatPage {
    /// How many at most.
    pub limit: u32,
    /// Those older than this.
    pub before: Option<u64>,
    /// Those newer than this.
    pub after: Option<u64>,
}

/// A chat of which a user has unread messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The community, of a channel.
    pub community_id: CommunityId,
    /// The chat.
    pub chat_id: ChatId,
    /// How many.
    pub messages: u32,
    /// How many of them mention the user.
    pub mentions: u32,
}

/// What the unread counts of some readers of a chat are computed from.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CounterRows {
    /// The ordinal of the latest message.
    pub last_ordinal: u64,
    /// The ordinals of deleted messages above the lowest of the positions below.
    pub deleted: Vec<u64>,
    /// Up to which ordinal each of the readers has read.
    pub positions: Vec<(UserId, u64)>,
}

/// Reading chats.
///
/// A reader's position is their read state; where they have none, it is the last message of a channel before
/// they joined its community (with an id below `joined_id`), and 0 elsewhere. Read states end with a membership.
#[async_trait]
pub trait ChatReads {
    /// Those of the chats that exist.
    async fn chats(&mut self, ids: &[ChatId]) -> Result<Vec<Chat>>;

    /// The direct chat of two users or the saved messages of one, if it has begun.
    async fn find_chat(&mut self, kind: ChatKind) -> Result<Option<Chat>>;

    /// A page of a user's list: groups, and direct chats and saved messages that have a message.
    async fn chats_of(&mut self, user: UserId, page: ChatPage) -> Result<Vec<ChatPlace>>;

    /// Chats as they stand for a user, in no order. For a chat of a channel, the user is a member.
    async fn places(&mut self, user: UserId, chats: &[ChatId]) -> Result<Vec<ChatPlace>>;

    /// The channels with unread messages, of all communities of a user, whether or not they may be viewed; not
    /// those that were deleted.
    async fn unread_channels(&mut self, user: UserId) -> Result<Vec<Unread>>;

    /// What the unread counts of these readers of a chat are computed from.
    async fn counter_rows(&mut self, chat: ChatId, readers: &[UserId]) -> Result<CounterRows>;

    /// The message that is featured at the top of a direct chat, saved messages or a group.
    async fn highlighted(&mut self, chat: ChatId) -> Result<Option<MessageId>>;

    /// The greatest ordinal of the messages in a chat whose id is at most `message`; 0 if there are none.
    async fn ordinal_at(&mut self, chat: ChatId, message: MessageId) -> Result<u64>;
}

/// Writing chats. Whoever does holds the topics of the chat, except for [`ChatWrites::set_read`], where the
/// reader's own topic is enough.
#[async_trait]
pub trait ChatWrites {
    /// Adds a direct chat or saved messages, in the lists of its users. Taken:
    /// [`super::StoreError::DIRECT`]. (A channel's chat comes with the channel, a group's with the group.)
    async fn insert_chat(&mut self, chat: &Chat) -> Result<()>;

    /// Moves a reader forward; one who is there already, or further, stays. Tells where they are after it.
    async fn set_read(&mut self, user: UserId, chat: ChatId, read: ReadState) -> Result<ReadState>;

    /// Sets what a user wants to be notified of in a chat that stands in their list, or in a channel's.
    async fn set_notif_prefs(
        &mut self,
        user: UserId,
        chat: &Chat,
        notif_prefs: NotifPrefs,
    ) -> Result<()>;

    /// Features a message of the chat, or none. When the message is deleted, none is featured.
    async fn set_highlighted(&mut self, chat: ChatId, message: Option<MessageId>) -> Result<()>;
}
