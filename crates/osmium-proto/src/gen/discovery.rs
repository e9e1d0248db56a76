//! The public directory of communities.
//!
//! Made by `cargo xtask codegen` from `proto/discovery.proto`. Do not edit.

/// `discovery.getDiscoverableCommunities -> discovery.DiscoveryCommunities`
///
/// Lists communities that are listed, by id.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetDiscoverableCommunities {
    /// The last one of the page before.
    #[prost(fixed64, optional, tag = "1")]
    pub after: ::core::option::Option<u64>,
    #[prost(uint32, tag = "2")]
    pub limit: u32,
}
/// Answers discovery.getDiscoverableCommunities.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct DiscoveryCommunities {
    #[prost(message, repeated, tag = "1")]
    pub listings: ::prost::alloc::vec::Vec<DiscoveryCommunityListing>,
}
/// A community as the directory shows it.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DiscoveryCommunityListing {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    #[prost(string, tag = "2")]
    pub name: ::prost::alloc::string::String,
    #[prost(message, optional, tag = "3")]
    pub photo: ::core::option::Option<super::types::ChatPhoto>,
    /// Joins it, by auth.useInvite.
    #[prost(string, tag = "4")]
    pub invite_code: ::prost::alloc::string::String,
    #[prost(string, tag = "5")]
    pub short_description: ::prost::alloc::string::String,
    #[prost(string, tag = "6")]
    pub long_description: ::prost::alloc::string::String,
    #[prost(string, repeated, tag = "7")]
    pub categories: ::prost::alloc::vec::Vec<::prost::alloc::string::String>,
}
/// What a community tells about itself in the directory.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DiscoveryListingInfo {
    #[prost(string, tag = "2")]
    pub short_description: ::prost::alloc::string::String,
    #[prost(string, tag = "3")]
    pub long_description: ::prost::alloc::string::String,
    #[prost(string, repeated, tag = "4")]
    pub categories: ::prost::alloc::vec::Vec<::prost::alloc::string::String>,
}
