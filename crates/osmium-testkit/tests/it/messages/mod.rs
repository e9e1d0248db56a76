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
