//! The methods, one file each, in folders as the protocol's packages.

mod auth;
mod chats;
mod communities;
mod core;
mod discovery;
mod friends;
mod messages;
mod not_built;
mod reactions;
mod settings;
mod users;

pub use not_built::NOT_BUILT;
