//! Package `chats`: conversations of every kind, and invites into them.

mod create_chat_invite;
mod delete_chat_invite;
mod get_chat;
mod get_chats;
mod list_chat_invites;
mod mark_chat_read;
mod set_typing;
