//! Mentions: whom messages name, and who was answered.

use super::Result;
use async_trait::async_trait;
use osmium_model::{ChatId, Message, MessageId, UserId};

/// Reading mentions.
#[async_trait]
pub trait MentionReads {
    /// The messages of a chat after an ordinal that mention a user, the newest `limit` of them, the newest first.
    async fn mentions_after(
        &mut self,
        user: UserId,
        chat: ChatId,
        ordinal: u64,
        limit: u32,
    ) -> Result<Vec<MessageId>>;

    /// The users whom these messages of chats mention, each once, in no order.
    async fn mentioned_in(&mut self, messages: &[(ChatId, MessageId)]) -> Result<Vec<UserId>>;
}

/// Writing mentions. Whoever does holds the topics of the chat.
#[async_trait]
pub trait MentionWrites {
    /// Makes these users those whom a message mentions, instead of those that it did.
    async fn set_mentions(&mut self, message: &Message, users: &[UserId]) -> Result<()>;
}
