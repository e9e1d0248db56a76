//! The modules that `cargo xtask codegen` makes from `proto/`: one a package, and the method
//! table. Do not edit.

pub mod auth;
pub mod billing;
pub mod chats;
pub mod communities;
pub mod core;
pub mod discovery;
pub mod friends;
pub mod media;
pub mod messages;
pub mod oauth;
pub mod reactions;
pub mod refs;
pub mod settings;
pub mod stickers;
pub mod types;
pub mod updates;
pub mod users;
pub mod voice;

pub(crate) mod methods;
