//! Package `messages`.

mod bots;
mod delete_message;
mod edit_message;
mod forward_message;
mod get_history;
mod get_pinned_messages;
mod get_unread_mentions;
mod repeats;
mod report_message;
mod search;
mod send_message;
mod set_interaction_response;
mod set_message_pin;
mod submit_interaction;
mod unicode;

use osmium_proto::messages::{EditMessage, SendMessage};
use osmium_proto::refs::ChatRef;
use osmium_proto::updates::UpdateMessageCreated;
use osmium_testkit::Person;

/// An edit of a message's text alone.
fn edit(chat: ChatRef, message_id: u64, text: &str) -> EditMessage {
    EditMessage {
        chat_ref: Some(chat),
        message_id,
        message: Some(text.to_owned()),
        ..EditMessage::default()
    }
}

/// A text for a chat.
fn text(chat: ChatRef, message: &str) -> SendMessage {
    SendMessage {
        chat_ref: Some(chat),
        message: message.to_owned(),
        ..SendMessage::default()
    }
}

/// The message that comes next, as (id, text).
async fn next_text(person: &mut Person) -> (u64, String) {
    let created: UpdateMessageCreated = person.expect().await;
    let message = created.message.unwrap_or_default();
    (message.message_id, message.message)
}
