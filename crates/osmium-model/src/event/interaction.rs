//! What happens when someone presses a button of a bot's message.

use crate::id::{InteractionId, MessageId, UserId};
use serde::{Deserialize, Serialize};

/// Something about the press of a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InteractionEvent {
    /// Someone pressed. In the topic of the bot.
    Submitted {
        /// The press.
        id: InteractionId,
        /// Who pressed.
        user_id: UserId,
        /// Of which message.
        message_id: MessageId,
        /// What the button says to the bot.
        data: String,
    },
    /// The bot answered. In the topic of the user who pressed, none of whose sessions is told: it is the answer of the call
    /// that waits.
    Answered {
        /// The press.
        id: InteractionId,
        /// What they are to be shown, if anything.
        message: Option<String>,
    },
}
