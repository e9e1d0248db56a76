//! Package `chats`.

mod create_chat_invite;
mod get_chat;
mod get_chats;
mod mark_chat_read;
mod set_typing;
