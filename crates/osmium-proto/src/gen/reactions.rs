//! Emoji under messages.
//!
//! Made by `cargo xtask codegen` from `proto/reactions.proto`. Do not edit.

/// `reactions.addReaction -> ()`
///
/// Reacts to a message. No error if the caller did already.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct AddReaction {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub message_id: u64,
    #[prost(message, optional, tag = "3")]
    pub emoji: ::core::option::Option<ReactionEmoji>,
}
/// `reactions.removeReaction -> ()`
///
/// Takes the caller's own reaction back.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RemoveReaction {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub message_id: u64,
    #[prost(message, optional, tag = "3")]
    pub emoji: ::core::option::Option<ReactionEmoji>,
}
/// The emoji of a reaction.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ReactionEmoji {
    #[prost(oneof = "reaction_emoji::Emoji", tags = "1, 2")]
    pub emoji: ::core::option::Option<reaction_emoji::Emoji>,
}
/// Nested message and enum types in `ReactionEmoji`.
pub mod reaction_emoji {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Emoji {
        /// As typed.
        #[prost(string, tag = "1")]
        UnicodeEmoji(::prost::alloc::string::String),
        /// snowflake: Emoji
        #[prost(fixed64, tag = "2")]
        CustomEmoji(u64),
    }
}
/// All reactions to one message, as the viewer sees them.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct MessageReactions {
    /// snowflake: Message
    #[prost(fixed64, tag = "1")]
    pub message_id: u64,
    #[prost(message, repeated, tag = "2")]
    pub reaction_fields: ::prost::alloc::vec::Vec<MessageReactionField>,
}
/// One emoji under a message.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MessageReactionField {
    #[prost(message, optional, tag = "1")]
    pub emoji: ::core::option::Option<ReactionEmoji>,
    #[prost(uint32, tag = "2")]
    pub count: u32,
    /// Whether the viewer is among them.
    #[prost(bool, tag = "3")]
    pub me: bool,
    /// Some of those who reacted; count is what counts.
    ///
    /// snowflake: User
    #[prost(fixed64, repeated, tag = "4")]
    pub preview_user_ids: ::prost::alloc::vec::Vec<u64>,
}
