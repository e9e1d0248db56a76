//! Package `chats`.

mod add_chat_member;
mod create_chat;
mod create_chat_invite;
mod delete_chat_invite;
mod edit_chat;
mod edit_chat_member;
mod get_chat;
mod get_chat_members;
mod get_chats;
mod list_chat_invites;
mod mark_chat_read;
mod remove_chat_member;
mod set_typing;
