//! Protobuf to model and back, for a viewer.
//!
//! The wire is relative: a direct chat is named by its other side, a community says whether the viewer owns it. The
//! model is absolute. This crate is the only place where one becomes the other.

pub mod bot;
pub mod chat;
pub mod community;
pub mod delivery;
pub mod entity;
pub mod group;
pub mod invite;
pub mod login;
pub mod member_list;
pub mod message;
pub mod presence;
pub mod reaction;
pub mod reference;
pub mod update;
pub mod user;

pub use delivery::{Audience, Body, Delivery, Effect, Filled, Personal, Rendered, Template, Value};
pub use reference::ChatTarget;
