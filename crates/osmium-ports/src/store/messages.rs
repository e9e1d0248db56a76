//! Messages.

use super::{Result, terms};
use async_trait::async_trait;
use osmium_model::event::DeletedMessage;
use osmium_model::{ChatId, CommunityId, Message, MessageId, Timestamp, UserId};

/// Which part of a chat's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryPage {
    /// The newest.
    Newest,
    /// The newest of those with a lower id.
    Before(MessageId),
    /// The oldest of those with a higher id.
    Since(MessageId),
    /// Half of the page at and after the message, half before it.
    Around(MessageId),
}

/// What makes a repeated send harmless: the same author, chat and number name the same message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Idempotency {
    /// Who sends.
    pub author_id: UserId,
    /// Where.
    pub chat_id: ChatId,
    /// What their client calls the message.
    pub client_id: u64,
}

/// A message to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// The message.
    pub message: Message,
    /// What a repeat of it is recognised by, if by anything.
    pub key: Option<Idempotency>,
    /// Whom it mentions, each once; not its author.
    pub mentions: Vec<UserId>,
    /// What it is found by: its [`terms`].
    pub terms: Option<String>,
}

impl NewMessage {
    /// A message without a key, that mentions nobody.
    pub fn plain(message: Message) -> Self {
        Self {
            key: None,
            mentions: Vec::new(),
            terms: terms(&message),
            message,
        }
    }
}

/// Reading messages.
#[async_trait]
pub trait MessageReads {
    /// Those of the messages that stand in the chat.
    async fn messages(&mut self, chat: ChatId, ids: &[MessageId]) -> Result<Vec<Message>>;

    /// A page of messages, the newest first.
    async fn history(
        &mut self,
        chat: ChatId,
        page: HistoryPage,
        limit: u32,
    ) -> Result<Vec<Message>>;

    /// Messages by chat and id, those that exist, in no order: the latest ones of a list of chats.
    async fn messages_by_chat(&mut self, ids: &[(ChatId, MessageId)]) -> Result<Vec<Message>>;

    /// What an author wrote in the channels of a community from this id on, at most `limit`.
    async fn written_in(
        &mut self,
        community: CommunityId,
        author: UserId,
        from: MessageId,
        limit: u32,
    ) -> Result<Vec<(ChatId, MessageId)>>;

    /// Those of the keys under which a message was sent, with the message. A key is kept until it is pruned.
    async fn sent(&mut self, keys: &[Idempotency]) -> Result<Vec<(Idempotency, MessageId)>>;
}

/// Writing messages. Whoever does holds the topics of the chat.
#[async_trait]
pub trait MessageWrites {
    /// Adds messages, several of one chat in the order of their ordinals; moves the counters of their chats, the
    /// authors' read positions (one has read what one wrote; a system message moves nobody's), and all chats but channels to the front of
    /// their users' lists. The keys of those that have one are kept.
    async fn insert_messages(&mut self, messages: &[NewMessage], at: Timestamp) -> Result<()>;

    /// Replaces a message's text, entities, reply, edit time and what a bot attached. Its pin stays; see
    /// [`super::PinWrites`].
    async fn update_message(&mut self, message: &Message) -> Result<()>;

    /// Deletes those of the messages that stand in the chat, keeps their ordinals, and moves the
    /// chat's latest message back if it was one of them. Tells which there were.
    async fn delete_messages(
        &mut self,
        chat: ChatId,
        ids: &[MessageId],
    ) -> Result<Vec<DeletedMessage>>;
}
