//! Every method over the protocol, in a folder a package and a file a method.

mod auth;
mod chats;
mod communities;
mod core;
mod discovery;
mod friends;
mod messages;
mod reactions;
mod settings;
mod users;
