//! What the server tells without being asked: everything that changes where the recipient can see
//! it.
//!
//! Each recipient gets their own view, see types. Updates are sent to every connection of a user,
//! also to the one whose call caused them, unless a comment says otherwise. They are not repeated
//! after a reconnect: read again what matters.
//!
//! Made by `cargo xtask codegen` from `proto/updates.proto`. Do not edit.

/// One thing that happened.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Update {
    #[prost(
        oneof = "update::Update",
        tags = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27"
    )]
    pub update: ::core::option::Option<update::Update>,
}
/// Nested message and enum types in `Update`.
pub mod update {
    #[derive(Clone, PartialEq, ::prost::Oneof)]
    pub enum Update {
        #[prost(message, tag = "1")]
        MessageCreated(::prost::alloc::boxed::Box<super::UpdateMessageCreated>),
        #[prost(message, tag = "2")]
        Channel(::prost::alloc::boxed::Box<super::UpdateChannel>),
        #[prost(message, tag = "3")]
        MessageDeleted(super::UpdateMessageDeleted),
        /// Clients that know user_status_batch get that instead.
        #[prost(message, tag = "4")]
        UserStatus(super::UpdateUserStatus),
        #[prost(message, tag = "5")]
        User(::prost::alloc::boxed::Box<super::UpdateUser>),
        #[prost(message, tag = "6")]
        Community(::prost::alloc::boxed::Box<super::UpdateCommunity>),
        #[prost(message, tag = "7")]
        ChannelDeleted(super::UpdateChannelDeleted),
        #[prost(message, tag = "8")]
        Message(::prost::alloc::boxed::Box<super::UpdateMessage>),
        #[prost(message, tag = "9")]
        ChatTyping(super::UpdateChatTyping),
        #[prost(message, tag = "10")]
        CommunityMember(super::UpdateCommunityMember),
        #[prost(message, tag = "11")]
        CommunityDeleted(super::UpdateCommunityDeleted),
        #[prost(message, tag = "12")]
        ConversationPermissions(super::UpdateConversationPermissions),
        #[prost(message, tag = "13")]
        Chat(::prost::alloc::boxed::Box<super::UpdateChat>),
        #[prost(message, tag = "14")]
        SessionDeleted(super::UpdateSessionDeleted),
        #[prost(message, tag = "15")]
        CommunityUnavailable(super::UpdateCommunityUnavailable),
        #[prost(message, tag = "16")]
        MemberList(super::UpdateMemberList),
        #[prost(message, tag = "17")]
        CommunityMemberDeleted(super::UpdateCommunityMemberDeleted),
        #[prost(message, tag = "18")]
        UpdateUserRelationship(super::UpdateUserRelationship),
        #[prost(message, tag = "19")]
        UpdateUserRelationshipDeleted(super::UpdateUserRelationshipDeleted),
        #[prost(message, tag = "20")]
        Group(::prost::alloc::boxed::Box<super::UpdateGroup>),
        #[prost(message, tag = "21")]
        RoomState(super::super::voice::UpdateRoomState),
        #[prost(message, tag = "22")]
        RoomParticipant(
            ::prost::alloc::boxed::Box<super::super::voice::UpdateRoomParticipant>,
        ),
        #[prost(message, tag = "23")]
        MessageReactions(super::UpdateMessageReactions),
        #[prost(message, tag = "24")]
        ConversationLastRead(super::UpdateConversationLastRead),
        #[prost(message, tag = "25")]
        CommunityMemberCreated(
            ::prost::alloc::boxed::Box<super::UpdateCommunityMemberCreated>,
        ),
        #[prost(message, tag = "26")]
        Interaction(super::UpdateInteraction),
        #[prost(message, tag = "27")]
        UserStatusBatch(super::UpdateUserStatusBatch),
    }
}
/// A message was sent, to everyone in the chat and to its author.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateMessageCreated {
    #[prost(message, optional, tag = "1")]
    pub message: ::core::option::Option<super::types::Message>,
    /// The recipient's unread messages in this chat.
    #[prost(uint32, tag = "2")]
    pub channel_unread_count: u32,
    #[prost(message, optional, tag = "3")]
    pub author: ::core::option::Option<super::types::User>,
    /// As in messages.sendMessage, to the author only.
    #[prost(fixed64, optional, tag = "4")]
    pub client_id: ::core::option::Option<u64>,
}
/// A message was edited, pinned or unpinned, or got its link previews.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateMessage {
    #[prost(message, optional, tag = "1")]
    pub message: ::core::option::Option<super::types::Message>,
}
/// Messages were deleted.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateMessageDeleted {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, repeated, tag = "2")]
    pub message_ids: ::prost::alloc::vec::Vec<u64>,
}
/// The reactions to a message changed; these are all of them.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateMessageReactions {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    #[prost(message, optional, tag = "2")]
    pub reactions: ::core::option::Option<super::reactions::MessageReactions>,
}
/// A direct chat or group is new to the recipient, or changed.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateChat {
    #[prost(message, optional, tag = "1")]
    pub chat: ::core::option::Option<super::chats::Chat>,
}
/// A group changed: its name, photo or participants.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateGroup {
    #[prost(message, optional, tag = "1")]
    pub group: ::core::option::Option<super::types::Group>,
    /// Its participants.
    #[prost(message, repeated, tag = "2")]
    pub users: ::prost::alloc::vec::Vec<super::types::User>,
}
/// Someone else in the chat is typing, or stopped.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateChatTyping {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub user_id: u64,
    /// True holds for 8 seconds, or until they send.
    #[prost(bool, tag = "3")]
    pub typing: bool,
    #[prost(enumeration = "super::chats::TypingAction", optional, tag = "4")]
    pub action: ::core::option::Option<i32>,
}
/// The recipient read a chat on another device.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateConversationLastRead {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub last_read_message_id: u64,
    #[prost(uint32, optional, tag = "3")]
    pub unread_count: ::core::option::Option<u32>,
    #[prost(uint32, optional, tag = "4")]
    pub unread_mentions_count: ::core::option::Option<u32>,
}
/// The recipient may do more or less in a channel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateConversationPermissions {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    #[prost(message, optional, tag = "2")]
    pub permissions: ::core::option::Option<super::types::PermissionOverrides>,
}
/// A channel is new to the recipient, or changed.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateChannel {
    #[prost(message, optional, tag = "1")]
    pub channel: ::core::option::Option<super::types::Channel>,
}
/// A channel is gone, or hidden from the recipient from now on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateChannelDeleted {
    #[prost(message, optional, tag = "1")]
    pub channel: ::core::option::Option<super::refs::ChannelRef>,
}
/// A community is new to the recipient, or changed: it, its roles, or their permissions.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateCommunity {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    #[prost(message, optional, tag = "2")]
    pub community: ::core::option::Option<super::types::Community>,
}
/// A community is gone, or the recipient is no longer in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateCommunityDeleted {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
}
/// A community cannot be reached at the moment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateCommunityUnavailable {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
}
/// A member's nickname or roles changed.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateCommunityMember {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub member_id: u64,
    #[prost(message, optional, tag = "3")]
    pub member: ::core::option::Option<super::types::CommunityMember>,
}
/// Someone joined a community.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateCommunityMemberCreated {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub member_id: u64,
    #[prost(message, optional, tag = "3")]
    pub member: ::core::option::Option<super::types::CommunityMember>,
    #[prost(message, optional, tag = "4")]
    pub user: ::core::option::Option<super::types::User>,
}
/// Someone left a community or was removed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateCommunityMemberDeleted {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub member_id: u64,
}
/// The member list of a channel, to those who asked for it.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateMemberList {
    /// snowflake: Community
    #[prost(fixed64, optional, tag = "1")]
    pub community_id: ::core::option::Option<u64>,
    /// snowflake: Channel
    #[prost(fixed64, tag = "2")]
    pub channel_id: u64,
    /// All of it; it replaces the old one.
    #[prost(message, repeated, tag = "4")]
    pub entries: ::prost::alloc::vec::Vec<MemberListEntry>,
}
/// A line of a member list.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct MemberListEntry {
    #[prost(oneof = "member_list_entry::Entry", tags = "1, 2")]
    pub entry: ::core::option::Option<member_list_entry::Entry>,
}
/// Nested message and enum types in `MemberListEntry`.
pub mod member_list_entry {
    #[derive(Clone, PartialEq, ::prost::Oneof)]
    pub enum Entry {
        #[prost(message, tag = "1")]
        User(super::MemberListEntryUser),
        #[prost(message, tag = "2")]
        Divider(super::MemberListEntryDivider),
    }
}
/// A member.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct MemberListEntryUser {
    #[prost(message, optional, tag = "1")]
    pub user: ::core::option::Option<super::types::User>,
    /// Shown instead of the user's name.
    #[prost(string, optional, tag = "2")]
    pub nickname: ::core::option::Option<::prost::alloc::string::String>,
}
/// The head of a section.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MemberListEntryDivider {
    /// Members in the section.
    #[prost(uint32, tag = "3")]
    pub member_count: u32,
    /// Whom the section holds.
    #[prost(oneof = "member_list_entry_divider::Inner", tags = "1, 2")]
    pub inner: ::core::option::Option<member_list_entry_divider::Inner>,
}
/// Nested message and enum types in `MemberListEntryDivider`.
pub mod member_list_entry_divider {
    /// Whom the section holds.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Inner {
        /// Online or offline members that have no section of their own.
        #[prost(bool, tag = "1")]
        Online(bool),
        /// Online holders of a separated role.
        ///
        /// snowflake: Role
        #[prost(fixed64, tag = "2")]
        RoleId(u64),
    }
}
/// A user changed: their name, handle, photo or colours.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateUser {
    /// snowflake: User
    #[prost(fixed64, tag = "1")]
    pub user_id: u64,
    #[prost(message, optional, tag = "2")]
    pub user: ::core::option::Option<super::types::User>,
}
/// A user came, went, or does something else.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateUserStatus {
    /// snowflake: User
    #[prost(fixed64, tag = "1")]
    pub user_id: u64,
    /// Absent or empty: offline.
    #[prost(message, optional, tag = "2")]
    pub status: ::core::option::Option<super::types::UserStatus>,
}
/// Several at once.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateUserStatusBatch {
    #[prost(message, repeated, tag = "1")]
    pub updates: ::prost::alloc::vec::Vec<UpdateUserStatus>,
}
/// Another user is something new to the recipient.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateUserRelationship {
    #[prost(message, optional, tag = "1")]
    pub relationship: ::core::option::Option<super::types::Relationship>,
}
/// Another user is nothing to the recipient any more.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateUserRelationshipDeleted {
    /// snowflake: User
    #[prost(fixed64, tag = "1")]
    pub other_user_id: u64,
}
/// A login of the recipient's was ended. If it is the one of this connection, the server closes it
/// next.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateSessionDeleted {
    /// snowflake: Session
    #[prost(fixed64, tag = "1")]
    pub session_id: u64,
}
/// To a bot: someone pressed a button of its message. Answered by messages.setInteractionResponse.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateInteraction {
    /// snowflake: Interaction
    #[prost(fixed64, tag = "1")]
    pub interaction_id: u64,
    /// Who pressed.
    ///
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub user_id: u64,
    /// snowflake: Message
    #[prost(fixed64, tag = "3")]
    pub message_id: u64,
    /// As in the button.
    #[prost(string, optional, tag = "4")]
    pub data: ::core::option::Option<::prost::alloc::string::String>,
}
