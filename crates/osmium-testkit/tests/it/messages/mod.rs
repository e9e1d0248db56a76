//! Package `messages`.

mod delete_message;
mod edit_message;
mod get_history;
mod send_message;
