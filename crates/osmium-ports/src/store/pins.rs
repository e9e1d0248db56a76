//! Pinned messages.

use super::Result;
use async_trait::async_trait;
use osmium_model::{ChatId, Message};

/// Reading pins.
#[async_trait]
pub trait PinReads {
    /// The pinned messages of a chat, the last pinned first, at most `limit`.
    async fn pinned(&mut self, chat: ChatId, limit: u32) -> Result<Vec<Message>>;

    /// How many messages of a chat are pinned.
    async fn count_pinned(&mut self, chat: ChatId) -> Result<u32>;
}

/// Writing pins. Whoever does holds the topics of the chat.
#[async_trait]
pub trait PinWrites {
    /// Pins a message as the last one, with an id of this moment, or takes its pin away. [`Message::pinned`] moves with it.
    async fn set_pin(&mut self, message: &Message, pin: Option<u64>) -> Result<()>;
}
