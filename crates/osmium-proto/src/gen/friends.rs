//! Friends, friend requests and blocks.
//!
//! Made by `cargo xtask codegen` from `proto/friends.proto`. Do not edit.

/// `friends.getRelationships -> friends.Relationships`
///
/// Lists everyone that the caller is friends with, has asked, was asked by, or has blocked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetRelationships {}
/// Answers friends.getRelationships.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Relationships {
    #[prost(message, repeated, tag = "1")]
    pub relationships: ::prost::alloc::vec::Vec<super::types::Relationship>,
    /// One for each relationship.
    #[prost(message, repeated, tag = "2")]
    pub users: ::prost::alloc::vec::Vec<super::types::User>,
}
/// `friends.changeRelationship -> ()`
///
/// Takes one step with another user. Both get an update, each with their own view; a blocked user
/// gets none that tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChangeRelationship {
    #[prost(message, optional, tag = "1")]
    pub user: ::core::option::Option<super::refs::UserRef>,
    #[prost(enumeration = "change_relationship::RelationshipChangeType", tag = "2")]
    pub change: i32,
}
/// Nested message and enum types in `ChangeRelationship`.
pub mod change_relationship {
    /// The step to take.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        ::prost::Enumeration
    )]
    #[repr(i32)]
    pub enum RelationshipChangeType {
        Invalid = 0,
        /// Ask, or accept if they asked already.
        RequestFriend = 1,
        /// Accept their request.
        AcceptFriend = 2,
        /// End a friendship, decline their request, or take one's own back.
        RemoveFriend = 3,
        /// Ends a friendship too.
        Block = 4,
        Unblock = 5,
    }
    impl RelationshipChangeType {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::Invalid => "INVALID",
                Self::RequestFriend => "REQUEST_FRIEND",
                Self::AcceptFriend => "ACCEPT_FRIEND",
                Self::RemoveFriend => "REMOVE_FRIEND",
                Self::Block => "BLOCK",
                Self::Unblock => "UNBLOCK",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "INVALID" => Some(Self::Invalid),
                "REQUEST_FRIEND" => Some(Self::RequestFriend),
                "ACCEPT_FRIEND" => Some(Self::AcceptFriend),
                "REMOVE_FRIEND" => Some(Self::RemoveFriend),
                "BLOCK" => Some(Self::Block),
                "UNBLOCK" => Some(Self::Unblock),
                _ => None,
            }
        }
    }
}
/// `friends.syncFriends -> ()`
///
/// Suggests friends that the caller has on another platform, by hashes of the ids there.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SyncFriends {
    #[prost(string, tag = "1")]
    pub platform_user_id: ::prost::alloc::string::String,
    #[prost(bytes = "bytes", tag = "2")]
    pub hashed_platform_user_id: ::prost::bytes::Bytes,
    #[prost(string, optional, tag = "3")]
    pub platform_user_name: ::core::option::Option<::prost::alloc::string::String>,
    /// For example "discord".
    #[prost(string, tag = "4")]
    pub platform: ::prost::alloc::string::String,
    #[prost(bytes = "bytes", repeated, tag = "5")]
    pub friend_ids_hashed: ::prost::alloc::vec::Vec<::prost::bytes::Bytes>,
    #[prost(bytes = "bytes", repeated, tag = "6")]
    pub community_ids_hashed: ::prost::alloc::vec::Vec<::prost::bytes::Bytes>,
}
