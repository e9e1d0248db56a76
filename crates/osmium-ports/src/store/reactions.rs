//! Reactions to messages.

use super::Result;
use async_trait::async_trait;
use osmium_model::{ChatId, MessageId, Reaction, ReactionEmoji, UserId};

/// That a user chose an emoji under a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reacted {
    /// Under which message.
    pub message_id: MessageId,
    /// Who.
    pub user_id: UserId,
    /// Which emoji.
    pub emoji: ReactionEmoji,
}

/// Reading reactions.
#[async_trait]
pub trait ReactionReads {
    /// The reactions to those of these messages of chats that have any, by message: the emoji in the order in which they came,
    /// each with the first `shown` of those who chose it. Takes no longer for an emoji that many chose.
    async fn reactions(
        &mut self,
        messages: &[(ChatId, MessageId)],
        shown: u32,
    ) -> Result<Vec<(MessageId, Vec<Reaction>)>>;

    /// What these users chose under these messages of chats, in no order.
    async fn reacted(
        &mut self,
        messages: &[(ChatId, MessageId)],
        users: &[UserId],
    ) -> Result<Vec<Reacted>>;
}

/// Writing reactions. Whoever does holds the topics of the chat. They go with their message.
#[async_trait]
pub trait ReactionWrites {
    /// Has a user choose an emoji under a message of the chat, after those who did. `id`, a snowflake made for this, is the
    /// place of an emoji among the others, and of a user among those who chose the same. Tells whether they had not.
    async fn add_reaction(&mut self, chat: ChatId, reacted: &Reacted, id: u64) -> Result<bool>;

    /// Takes that back; with the last user, the emoji goes. Tells whether they had.
    async fn remove_reaction(&mut self, chat: ChatId, reacted: &Reacted) -> Result<bool>;
}
