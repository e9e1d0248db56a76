//! The `PostgreSQL` storage adapter: the tables of `migrations/`, and one file of queries a noun.
//!
//! Every query is checked against the schema when it is compiled, from the data in `.sqlx`. Lists are bound as
//! arrays, so that many rows cost one statement and a statement has one text.

mod chats;
mod columns;
mod communities;
mod error;
mod groups;
mod interactions;
mod invites;
mod kept;
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
mod row;
mod search;
mod session;
mod store;
mod transaction;
mod users;
mod words;

pub use store::{Options, PostgresStore};
