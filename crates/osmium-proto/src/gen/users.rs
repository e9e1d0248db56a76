//! Looking users up.
//!
//! Made by `cargo xtask codegen` from `proto/users.proto`. Do not edit.

/// `users.lookupUsername -> users.UserDetails`
///
/// Finds a user by their handle, with or without "@", in any case.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct LookupUsername {
    #[prost(string, tag = "1")]
    pub username: ::prost::alloc::string::String,
}
/// Answers users.lookupUsername.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UserDetails {
    #[prost(message, optional, tag = "1")]
    pub user: ::core::option::Option<super::types::User>,
}
/// `users.getProfile -> users.Profile`
///
/// Shows what a user tells about themselves.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetProfile {
    #[prost(message, optional, tag = "1")]
    pub r#ref: ::core::option::Option<super::refs::UserRef>,
    /// Also list what the caller and the user have in common.
    #[prost(bool, tag = "2")]
    pub include_mutuals: bool,
}
/// What a user tells about themselves.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Profile {
    #[prost(message, optional, tag = "1")]
    pub r#ref: ::core::option::Option<super::refs::UserRef>,
    #[prost(string, tag = "2")]
    pub bio: ::prost::alloc::string::String,
    /// Unix milliseconds. Absent: not a subscriber.
    #[prost(fixed64, optional, tag = "3")]
    pub premium_since: ::core::option::Option<u64>,
    #[prost(message, optional, tag = "4")]
    pub banner: ::core::option::Option<super::types::ChatPhoto>,
    /// Community ids; empty unless asked for.
    #[prost(fixed64, repeated, tag = "5")]
    pub mutual_communities: ::prost::alloc::vec::Vec<u64>,
    /// User ids; empty unless asked for.
    #[prost(fixed64, repeated, tag = "6")]
    pub mutual_friends: ::prost::alloc::vec::Vec<u64>,
    /// Two 24-bit RGB colours: bits 0 to 23 and 24 to 47.
    #[prost(uint64, optional, tag = "7")]
    pub theme_color: ::core::option::Option<u64>,
    /// Whether the banner is shown in calls.
    #[prost(bool, optional, tag = "8")]
    pub show_banner_in_voice: ::core::option::Option<bool>,
}
