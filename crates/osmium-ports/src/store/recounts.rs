//! Counting anew: what chats count while things happen in them, beside what there is.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Chat, ChatId};

/// Looking for what is miscounted.
#[async_trait]
pub trait RecountReads {
    /// Chats of every kind by id, those above `after`.
    async fn chats_after(&mut self, after: ChatId, limit: u32) -> Result<Vec<Chat>>;

    /// Those of the chats that are off: their latest message, their ordinals (each belongs to a message or to one that was
    /// deleted), their places in lists, how far they are read, where they mention someone, or what of them is pinned.
    async fn miscounted(&mut self, chats: &[ChatId]) -> Result<Vec<ChatId>>;
}

/// Putting it right.
#[async_trait]
pub trait RecountWrites {
    /// Makes what a chat counts agree with its messages, which stay as they are. The topics of the chat are held.
    async fn recount(&mut self, chat: ChatId) -> Result<()>;
}
