//! The Osmium Chat Protocol: wire types and the method table.
//!
#![doc = include_str!("../README.md")]

mod method;

#[expect(
    missing_docs,
    clippy::doc_markdown,
    clippy::struct_excessive_bools,
    clippy::too_many_lines,
    reason = "the shape and the comments are those of the .proto files"
)]
#[rustfmt::skip]
mod r#gen;

pub use r#gen::methods::METHODS;
pub use r#gen::{
    auth, billing, chats, communities, core, discovery, friends, media, messages, oauth, reactions,
    refs, settings, stickers, types, updates, users, voice,
};
pub use method::{IntoRequest, Method, Reply, Request, UnexpectedResult};
