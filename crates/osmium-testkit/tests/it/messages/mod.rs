//! Package `messages`.

mod send_message;
