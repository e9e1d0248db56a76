//! Communities: the place itself, its channels, roles, overrides, members and bans.
//!
//! Roles have no update of their own: when roles or default permissions change, members get an
//! UpdateCommunity with their new permissions, and those who hold a changed role an
//! UpdateCommunityMember.
//!
//! Made by `cargo xtask codegen` from `proto/communities.proto`. Do not edit.

/// `communities.createCommunity -> ()`
///
/// Creates a community that the caller owns, with a text and a voice channel to begin with. It is in
/// communities.getCommunities when the answer arrives.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreateCommunity {
    #[prost(string, tag = "1")]
    pub name: ::prost::alloc::string::String,
}
/// `communities.getCommunities -> communities.Communities`
///
/// Lists the communities of the caller.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetCommunities {}
/// Answers communities.getCommunities.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Communities {
    #[prost(message, repeated, tag = "1")]
    pub communities: ::prost::alloc::vec::Vec<super::types::Community>,
    /// One for each community.
    #[prost(message, repeated, tag = "2")]
    pub community_user_info: ::prost::alloc::vec::Vec<CommunityUserInfo>,
    /// Communities that the server cannot reach at the moment.
    ///
    /// snowflake: Community
    #[prost(fixed64, repeated, tag = "3")]
    pub unavailable: ::prost::alloc::vec::Vec<u64>,
}
/// What is unread in one community, over all channels that the caller can see.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CommunityUserInfo {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    #[prost(uint32, tag = "2")]
    pub unread_count: u32,
    #[prost(uint32, tag = "3")]
    pub unread_mention_count: u32,
}
/// `communities.editCommunity -> ()`
///
/// Changes name and handle.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditCommunity {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// Absent: keep.
    #[prost(string, optional, tag = "2")]
    pub name: ::core::option::Option<::prost::alloc::string::String>,
    /// Absent: keep. Empty: give the handle up.
    #[prost(string, optional, tag = "3")]
    pub username: ::core::option::Option<::prost::alloc::string::String>,
}
/// `communities.editPhoto -> ()`
///
/// Changes the photo of a community.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditPhoto {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// Absent: remove it.
    #[prost(message, optional, tag = "2")]
    pub file: ::core::option::Option<super::media::UploadedFileRef>,
}
/// `communities.editSettings -> communities.CommunitySettings`
///
/// Changes the settings of a community, or reads them.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditSettings {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// The parts that are set replace the old ones. Absent: only read.
    #[prost(message, optional, tag = "2")]
    pub settings: ::core::option::Option<CommunitySettings>,
}
/// The settings of a community. Answers communities.editSettings.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CommunitySettings {
    #[prost(message, optional, tag = "1")]
    pub system_messages: ::core::option::Option<community_settings::SystemMessages>,
    #[prost(message, optional, tag = "2")]
    pub discovery_listing: ::core::option::Option<community_settings::DiscoveryListing>,
    /// What DEFAULT means for its members.
    #[prost(enumeration = "super::types::NotifPrefs", optional, tag = "3")]
    pub default_notif_prefs: ::core::option::Option<i32>,
}
/// Nested message and enum types in `CommunitySettings`.
pub mod community_settings {
    /// Messages that the server writes by itself.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct SystemMessages {
        /// Where to. Absent or 0: nowhere.
        ///
        /// snowflake: Channel
        #[prost(fixed64, optional, tag = "1")]
        pub channel_id: ::core::option::Option<u64>,
        /// Whether it tells who joined.
        #[prost(bool, optional, tag = "2")]
        pub join_messages: ::core::option::Option<bool>,
    }
    /// Whether and how the community is listed in public.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct DiscoveryListing {
        #[prost(bool, tag = "1")]
        pub listed: bool,
        #[prost(message, optional, tag = "2")]
        pub listing: ::core::option::Option<
            super::super::discovery::DiscoveryListingInfo,
        >,
    }
}
/// `communities.deleteCommunity -> ()`
///
/// Deletes a community and everything in it. For the owner only.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DeleteCommunity {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
}
/// `communities.leaveCommunity -> ()`
///
/// Leaves a community. The owner cannot.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct LeaveCommunity {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
}
/// `communities.addMember -> ()`
///
/// Puts a bot, or a friend, into a community.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct AddMember {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub user_id: u64,
}
/// `communities.getMembers -> communities.Members`
///
/// Shows members by their ids. Unknown ones are left out.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetMembers {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// Empty: the first members by id, at most 1000.
    ///
    /// snowflake: User
    #[prost(fixed64, repeated, tag = "2")]
    pub member_ids: ::prost::alloc::vec::Vec<u64>,
}
/// Answers communities.getMembers.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Members {
    #[prost(message, repeated, tag = "1")]
    pub members: ::prost::alloc::vec::Vec<super::types::CommunityMember>,
    /// One for each member.
    #[prost(message, repeated, tag = "2")]
    pub users: ::prost::alloc::vec::Vec<super::types::User>,
}
/// `communities.editMember -> ()`
///
/// Changes nickname or roles of a member.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditMember {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub member_id: u64,
    /// Absent: keep. Empty: remove.
    #[prost(string, optional, tag = "3")]
    pub nickname: ::core::option::Option<::prost::alloc::string::String>,
    /// Absent: keep.
    #[prost(message, optional, tag = "4")]
    pub role_ids: ::core::option::Option<CommunityMemberRoleIds>,
}
/// All roles of a member; it replaces the old set.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CommunityMemberRoleIds {
    /// snowflake: Role
    #[prost(fixed64, repeated, tag = "1")]
    pub role_ids: ::prost::alloc::vec::Vec<u64>,
}
/// `communities.removeMembers -> communities.RemovedMembers`
///
/// Kicks or bans members.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RemoveMembers {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: User
    #[prost(fixed64, repeated, tag = "2")]
    pub member_ids: ::prost::alloc::vec::Vec<u64>,
    /// Unix seconds until which they cannot come back. 0: for ever. Absent: a kick, they may come back
    /// at once.
    #[prost(fixed64, optional, tag = "3")]
    pub until: ::core::option::Option<u64>,
    /// Unix seconds; also delete what they wrote since then.
    #[prost(fixed64, optional, tag = "4")]
    pub delete_messages_since: ::core::option::Option<u64>,
    /// For the list of bans.
    #[prost(string, optional, tag = "5")]
    pub reason: ::core::option::Option<::prost::alloc::string::String>,
}
/// `communities.getRemovedMembers -> communities.RemovedMembers`
///
/// Lists the bans that are in force.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetRemovedMembers {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
}
/// Who was removed by communities.removeMembers, or is banned.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct RemovedMembers {
    #[prost(message, repeated, tag = "1")]
    pub members: ::prost::alloc::vec::Vec<removed_members::RemovedMember>,
}
/// Nested message and enum types in `RemovedMembers`.
pub mod removed_members {
    /// One of them.
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct RemovedMember {
        /// snowflake: User
        #[prost(fixed64, tag = "1")]
        pub user_id: u64,
        #[prost(message, optional, tag = "2")]
        pub user: ::core::option::Option<super::super::types::User>,
        /// Unix seconds, 0 for ever.
        #[prost(fixed64, optional, tag = "3")]
        pub until: ::core::option::Option<u64>,
        #[prost(string, optional, tag = "4")]
        pub reason: ::core::option::Option<::prost::alloc::string::String>,
    }
}
/// `communities.unbanMembers -> ()`
///
/// Lifts bans.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UnbanMembers {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: User
    #[prost(fixed64, repeated, tag = "2")]
    pub member_ids: ::prost::alloc::vec::Vec<u64>,
}
/// `communities.getChannels -> communities.Channels`
///
/// Lists the channels of a community that the caller can see.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetChannels {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
}
/// Answers communities.getChannels.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Channels {
    /// One for each channel.
    #[prost(message, repeated, tag = "1")]
    pub conversations: ::prost::alloc::vec::Vec<super::types::Conversation>,
    #[prost(message, repeated, tag = "2")]
    pub channels: ::prost::alloc::vec::Vec<super::types::Channel>,
    /// The last message of each channel.
    #[prost(message, repeated, tag = "3")]
    pub messages: ::prost::alloc::vec::Vec<super::types::Message>,
}
/// `communities.createChannel -> ()`
///
/// Creates a channel, at the end of its category. It is in communities.getChannels when the answer
/// arrives.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreateChannel {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    #[prost(string, tag = "2")]
    pub name: ::prost::alloc::string::String,
    #[prost(enumeration = "super::types::ChannelType", tag = "3")]
    pub r#type: i32,
    /// The category. A channel begins with the overrides of its category.
    ///
    /// snowflake: Channel
    #[prost(fixed64, optional, tag = "4")]
    pub parent_id: ::core::option::Option<u64>,
    /// Where its calls are best hosted.
    #[prost(string, optional, tag = "5")]
    pub preferred_region: ::core::option::Option<::prost::alloc::string::String>,
}
/// `communities.editChannel -> ()`
///
/// Changes a channel. Whatever is absent is kept.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditChannel {
    #[prost(message, optional, tag = "1")]
    pub channel: ::core::option::Option<super::refs::ChannelRef>,
    #[prost(string, optional, tag = "2")]
    pub name: ::core::option::Option<::prost::alloc::string::String>,
    /// Moves it there; the channels behind it make room.
    #[prost(uint32, optional, tag = "3")]
    pub position: ::core::option::Option<u32>,
    /// The category; 0 takes it out.
    ///
    /// snowflake: Channel
    #[prost(fixed64, optional, tag = "4")]
    pub parent_id: ::core::option::Option<u64>,
    /// Whether its content is for adults.
    #[prost(bool, optional, tag = "5")]
    pub explicit: ::core::option::Option<bool>,
    #[prost(message, optional, tag = "6")]
    pub highlighted_msg_id: ::core::option::Option<edit_channel::HighlightedMessage>,
    /// Empty: remove.
    #[prost(string, optional, tag = "7")]
    pub description: ::core::option::Option<::prost::alloc::string::String>,
    /// 0: off.
    #[prost(uint32, optional, tag = "8")]
    pub slowmode_seconds: ::core::option::Option<u32>,
    #[prost(string, optional, tag = "9")]
    pub preferred_region: ::core::option::Option<::prost::alloc::string::String>,
}
/// Nested message and enum types in `EditChannel`.
pub mod edit_channel {
    /// The message to feature at the top.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct HighlightedMessage {
        /// Absent or 0: none.
        ///
        /// snowflake: Message
        #[prost(fixed64, optional, tag = "1")]
        pub highlighted_msg_id: ::core::option::Option<u64>,
    }
}
/// `communities.deleteChannel -> ()`
///
/// Deletes a channel. The channels of a deleted category stay, without one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DeleteChannel {
    #[prost(message, optional, tag = "1")]
    pub channel: ::core::option::Option<super::refs::ChannelRef>,
}
/// `communities.getChannelMembers -> communities.MemberList`
///
/// Lists who can see a channel, in the sections that clients show. The list is kept up to date by
/// UpdateMemberList.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetChannelMembers {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: Channel
    #[prost(fixed64, tag = "2")]
    pub channel_id: u64,
}
/// Answers communities.getChannelMembers: dividers, each before its members.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct MemberList {
    #[prost(message, repeated, tag = "1")]
    pub entries: ::prost::alloc::vec::Vec<super::updates::MemberListEntry>,
}
/// `communities.getRoles -> communities.CommunityRoles`
///
/// Lists the roles of a community that the caller can see.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetRoles {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
}
/// Answers communities.getRoles.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct CommunityRoles {
    #[prost(message, repeated, tag = "1")]
    pub roles: ::prost::alloc::vec::Vec<super::types::CommunityRole>,
    /// What every member may do: CommunityPermission bits.
    #[prost(fixed64, tag = "2")]
    pub default_permissions: u64,
}
/// `communities.createRole -> ()`
///
/// Creates a role.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreateRole {
    /// snowflake: Community
    #[prost(fixed64, tag = "2")]
    pub community_id: u64,
    #[prost(string, tag = "3")]
    pub name: ::prost::alloc::string::String,
    /// CommunityPermission bits.
    #[prost(fixed64, tag = "4")]
    pub permissions: u64,
    /// A higher number outranks a lower one.
    #[prost(uint32, tag = "5")]
    pub priority: u32,
    /// 24-bit RGB, 0 for none.
    #[prost(uint32, tag = "6")]
    pub color: u32,
    /// Its holders are a section of their own in member lists.
    #[prost(bool, tag = "7")]
    pub separated: bool,
    /// Visible to every member.
    #[prost(bool, tag = "8")]
    pub public: bool,
}
/// `communities.editRole -> ()`
///
/// Replaces a role; every field counts.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditRole {
    /// snowflake: Role
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    /// snowflake: Community
    #[prost(fixed64, tag = "2")]
    pub community_id: u64,
    #[prost(string, tag = "3")]
    pub name: ::prost::alloc::string::String,
    /// CommunityPermission bits.
    #[prost(fixed64, tag = "4")]
    pub permissions: u64,
    /// A higher number outranks a lower one.
    #[prost(uint32, tag = "5")]
    pub priority: u32,
    /// 24-bit RGB, 0 for none.
    #[prost(uint32, tag = "6")]
    pub color: u32,
    /// Its holders are a section of their own in member lists.
    #[prost(bool, tag = "7")]
    pub separated: bool,
    /// Visible to every member.
    #[prost(bool, tag = "8")]
    pub public: bool,
}
/// `communities.deleteRole -> ()`
///
/// Deletes a role and takes it from its holders.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DeleteRole {
    /// snowflake: Role
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    /// snowflake: Community
    #[prost(fixed64, tag = "2")]
    pub community_id: u64,
}
/// `communities.editDefaultPermissions -> ()`
///
/// Sets what every member may do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditDefaultPermissions {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// CommunityPermission bits.
    #[prost(fixed64, tag = "2")]
    pub permissions: u64,
}
/// `communities.getChannelOverrides -> communities.ChannelOverrides`
///
/// Lists what roles may do differently in a channel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetChannelOverrides {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: Channel
    #[prost(fixed64, tag = "2")]
    pub channel_id: u64,
}
/// Answers communities.getChannelOverrides.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct ChannelOverrides {
    #[prost(message, repeated, tag = "1")]
    pub overrides: ::prost::alloc::vec::Vec<super::types::ChannelOverride>,
    /// Whether the channel follows its category.
    #[prost(bool, tag = "2")]
    pub parent_sync: bool,
}
/// `communities.createChannelOverride -> communities.ChannelOverride`
///
/// Creates or replaces what one role may do differently in a channel. The channel no longer follows
/// its category.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreateChannelOverride {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: Channel
    #[prost(fixed64, tag = "2")]
    pub channel_id: u64,
    /// The role; the id of the community, or 0, stands for everyone in it.
    ///
    /// snowflake: Role
    #[prost(fixed64, tag = "3")]
    pub role_id: u64,
    #[prost(message, optional, tag = "4")]
    pub permissions: ::core::option::Option<super::types::PermissionOverrides>,
}
/// Answers communities.createChannelOverride.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChannelOverride {
    #[prost(message, optional, tag = "1")]
    pub r#override: ::core::option::Option<super::types::ChannelOverride>,
}
/// `communities.deleteChannelOverride -> ()`
///
/// Deletes what one role may do differently in a channel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DeleteChannelOverride {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: Channel
    #[prost(fixed64, tag = "2")]
    pub channel_id: u64,
    /// The role; the id of the community, or 0, stands for everyone in it.
    ///
    /// snowflake: Role
    #[prost(fixed64, tag = "3")]
    pub role_id: u64,
}
/// `communities.syncChannelOverrides -> ()`
///
/// Makes a channel follow its category again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SyncChannelOverrides {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: Channel
    #[prost(fixed64, tag = "2")]
    pub channel_id: u64,
}
/// `communities.getRoomStates -> communities.RoomStates`
///
/// Lists who is in which voice channel of a community.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetRoomStates {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
}
/// Answers communities.getRoomStates.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct RoomStates {
    #[prost(message, repeated, tag = "1")]
    pub room_states: ::prost::alloc::vec::Vec<room_states::RoomState>,
    /// Everyone in a room.
    #[prost(message, repeated, tag = "2")]
    pub users: ::prost::alloc::vec::Vec<super::types::User>,
    /// Their places in the community.
    #[prost(message, repeated, tag = "3")]
    pub members: ::prost::alloc::vec::Vec<super::types::CommunityMember>,
}
/// Nested message and enum types in `RoomStates`.
pub mod room_states {
    /// One voice channel.
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct RoomState {
        /// snowflake: Channel
        #[prost(fixed64, tag = "1")]
        pub channel_id: u64,
        #[prost(message, optional, tag = "2")]
        pub state: ::core::option::Option<super::super::voice::RoomState>,
    }
}
