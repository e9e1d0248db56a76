//! The SQLite storage adapter: everything in one file, for a server that runs by itself.
//!
//! One connection writes and a few read beside it, each seeing what is committed. The writer is the lock that
//! [`osmium_ports::Store::begin`] promises: a transaction holds all topics for as long as it lives, so keep it short.

mod chats;
mod communities;
mod error;
mod groups;
mod interactions;
mod invites;
mod list;
mod log;
mod logins;
mod mentions;
mod messages;
mod pins;
mod posting;
mod reactions;
mod recounts;
mod relationships;
mod reports;
mod search;
mod session;
mod store;
mod transaction;
mod users;

pub use store::{Options, SqliteStore};
