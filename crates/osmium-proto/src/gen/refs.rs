//! Small references to things: chats, channels, users, sticker packs.
//!
//! Ids are snowflakes: 63-bit numbers that carry their time of birth (milliseconds since
//! 2025-01-01T00:00:00Z, shifted left by 22 bits), grow within a chat, are unique across kinds and
//! never 0. A comment `snowflake: Kind` beside a field says what the id names. A community's emoji
//! pack is the one exception: it has the id of its community.
//!
//! Made by `cargo xtask codegen` from `proto/refs.proto`. Do not edit.

/// Names one chat, as its viewer sees it. In a direct chat between Ann and Bob, Ann's messages and
/// updates carry Bob here, and Bob's carry Ann.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChatRef {
    #[prost(oneof = "chat_ref::Ref", tags = "1, 2, 3, 4")]
    pub r#ref: ::core::option::Option<chat_ref::Ref>,
}
/// Nested message and enum types in `ChatRef`.
pub mod chat_ref {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Ref {
        /// The direct chat with this user.
        #[prost(message, tag = "1")]
        User(super::UserRef),
        #[prost(message, tag = "2")]
        Channel(super::ChannelRef),
        #[prost(message, tag = "3")]
        Group(super::GroupRef),
        /// The caller's saved messages.
        #[prost(message, tag = "4")]
        Self_(super::RefSelf),
    }
}
/// Names a user.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UserRef {
    /// snowflake: User
    #[prost(fixed64, tag = "1")]
    pub user_id: u64,
}
/// Names a channel of a community.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChannelRef {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: Channel
    #[prost(fixed64, tag = "2")]
    pub channel_id: u64,
}
/// Names a group chat.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GroupRef {
    /// snowflake: Chat
    #[prost(fixed64, tag = "1")]
    pub group_id: u64,
}
/// Names the caller's own saved messages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RefSelf {}
/// Names a sticker or emoji pack. A community's emoji pack has the id of the community.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct StickerPackRef {
    /// snowflake: StickerPack
    #[prost(fixed64, tag = "1")]
    pub id: u64,
}
