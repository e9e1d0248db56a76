//! Package `messages`.

mod bots;
mod delete_message;
mod edit_message;
mod forward_message;
mod get_history;
mod get_pinned_messages;
mod get_unread_mentions;
mod report_message;
mod search;
mod send_message;
mod set_interaction_response;
mod set_message_pin;
mod submit_interaction;
mod unicode;

use osmium_proto::messages::EditMessage;
use osmium_proto::refs::ChatRef;

/// An edit of a message's text alone.
fn edit(chat: ChatRef, message_id: u64, text: &str) -> EditMessage {
    EditMessage {
        chat_ref: Some(chat),
        message_id,
        message: Some(text.to_owned()),
        ..EditMessage::default()
    }
}
