//! The caller's list of chats, direct chats and groups, their members, invites, reading and typing.
//!
//! Made by `cargo xtask codegen` from `proto/chats.proto`. Do not edit.

/// `chats.getChats -> chats.Chats`
///
/// Lists direct chats, groups and saved messages, the last active first. Channels are listed by
/// communities.getChannels.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetChats {
    /// 50 by default, at most 200.
    #[prost(uint32, optional, tag = "1")]
    pub limit: ::core::option::Option<u32>,
    /// Only chats whose last message is older than this.
    ///
    /// snowflake: Chat
    #[prost(fixed64, optional, tag = "2")]
    pub max_id: ::core::option::Option<u64>,
    /// Only chats whose last message is newer than this.
    ///
    /// snowflake: Chat
    #[prost(fixed64, optional, tag = "3")]
    pub min_id: ::core::option::Option<u64>,
}
/// A page of chats, and what it takes to show them.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Chats {
    #[prost(message, repeated, tag = "1")]
    pub chats: ::prost::alloc::vec::Vec<super::types::Conversation>,
    #[prost(message, repeated, tag = "2")]
    pub users: ::prost::alloc::vec::Vec<super::types::User>,
    #[prost(message, repeated, tag = "3")]
    pub groups: ::prost::alloc::vec::Vec<super::types::Group>,
    #[prost(message, repeated, tag = "4")]
    pub channels: ::prost::alloc::vec::Vec<super::types::Channel>,
    /// The last message of each.
    #[prost(message, repeated, tag = "5")]
    pub messages: ::prost::alloc::vec::Vec<super::types::Message>,
}
/// `chats.getChat -> chats.Chat`
///
/// Shows one chat. A direct chat need not have messages yet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetChat {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
}
/// One chat, and what it takes to show it.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Chat {
    #[prost(message, optional, tag = "1")]
    pub chat: ::core::option::Option<super::types::Conversation>,
    /// Its last message.
    #[prost(message, optional, tag = "2")]
    pub message: ::core::option::Option<super::types::Message>,
    /// Of a direct chat: the other one.
    #[prost(message, repeated, tag = "3")]
    pub users: ::prost::alloc::vec::Vec<super::types::User>,
    /// Set for groups.
    #[prost(message, optional, tag = "4")]
    pub group: ::core::option::Option<super::types::Group>,
    /// Set for channels.
    #[prost(message, optional, tag = "5")]
    pub channel: ::core::option::Option<super::types::Channel>,
}
/// `chats.createChat -> types.Group`
///
/// Creates a group that the caller owns.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct CreateChat {
    #[prost(message, repeated, tag = "1")]
    pub users: ::prost::alloc::vec::Vec<super::refs::UserRef>,
    #[prost(string, tag = "2")]
    pub name: ::prost::alloc::string::String,
}
/// `chats.editChat -> chats.Chat`
///
/// Changes a group, or what is featured in a direct chat.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditChat {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// Absent: keep.
    #[prost(string, optional, tag = "2")]
    pub name: ::core::option::Option<::prost::alloc::string::String>,
    /// Absent: keep.
    #[prost(message, optional, tag = "3")]
    pub highlighted_msg_id: ::core::option::Option<edit_chat::HighlightedMessage>,
    /// Absent: keep.
    #[prost(message, optional, tag = "4")]
    pub photo: ::core::option::Option<edit_chat::Photo>,
}
/// Nested message and enum types in `EditChat`.
pub mod edit_chat {
    /// The message to feature at the top.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct HighlightedMessage {
        /// Absent or 0: none.
        ///
        /// snowflake: Message
        #[prost(fixed64, optional, tag = "1")]
        pub highlighted_msg_id: ::core::option::Option<u64>,
    }
    /// The new photo.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Photo {
        /// Absent: remove it.
        #[prost(message, optional, tag = "1")]
        pub file: ::core::option::Option<super::super::media::UploadedFileRef>,
    }
}
/// `chats.addChatMember -> ()`
///
/// Adds a friend to a group.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct AddChatMember {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub user_id: u64,
}
/// `chats.removeChatMember -> ()`
///
/// Takes someone out of a group. To remove oneself is to leave.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RemoveChatMember {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub user_id: u64,
}
/// `chats.getChatMembers -> chats.ChatMembers`
///
/// Lists the participants of a direct chat or group.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetChatMembers {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
}
/// Answers chats.getChatMembers.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct ChatMembers {
    #[prost(message, repeated, tag = "1")]
    pub members: ::prost::alloc::vec::Vec<super::types::ChatMember>,
    #[prost(message, repeated, tag = "2")]
    pub users: ::prost::alloc::vec::Vec<super::types::User>,
}
/// `chats.editChatMember -> ()`
///
/// Sets what one participant of a group may do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditChatMember {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub user_id: u64,
    /// CommunityPermission bits; they replace the old ones.
    #[prost(fixed64, tag = "3")]
    pub permissions: u64,
}
/// `chats.createChatInvite -> auth.CreatedInvite`
///
/// Makes an invite: of a channel to its community, of a group to the group, of oneself to be
/// befriended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreateChatInvite {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// Unix seconds. Absent: never.
    #[prost(fixed64, optional, tag = "2")]
    pub expires_at: ::core::option::Option<u64>,
    /// Absent: any number.
    #[prost(uint32, optional, tag = "3")]
    pub max_uses: ::core::option::Option<u32>,
}
/// `chats.listChatInvites -> auth.InviteList`
///
/// Lists the invites that still work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ListChatInvites {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
}
/// `chats.deleteChatInvite -> ()`
///
/// Takes an invite back.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DeleteChatInvite {
    #[prost(string, tag = "1")]
    pub code: ::prost::alloc::string::String,
}
/// `chats.markChatRead -> ()`
///
/// Says that everything up to a message is read. It never goes backwards.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MarkChatRead {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub message_id: u64,
    /// How many messages the client counted; the server counts for itself.
    #[prost(uint32, optional, tag = "3")]
    pub read_amount: ::core::option::Option<u32>,
}
/// `chats.setTyping -> ()`
///
/// Tells the others in the chat that the caller is typing, or no longer is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SetTyping {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// True holds for 8 seconds; repeat it while typing goes on.
    #[prost(bool, tag = "2")]
    pub typing: bool,
    #[prost(enumeration = "TypingAction", optional, tag = "3")]
    pub action: ::core::option::Option<i32>,
}
/// What kind of typing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::prost::Enumeration)]
#[repr(i32)]
pub enum TypingAction {
    Typing = 0,
    UploadImage = 1,
    UploadVideo = 2,
    UploadFile = 3,
    RecordingAudio = 4,
    RecordingVideo = 5,
}
impl TypingAction {
    /// String value of the enum field names used in the ProtoBuf definition.
    ///
    /// The values are not transformed in any way and thus are considered stable
    /// (if the ProtoBuf definition does not change) and safe for programmatic use.
    pub fn as_str_name(&self) -> &'static str {
        match self {
            Self::Typing => "TYPING",
            Self::UploadImage => "UPLOAD_IMAGE",
            Self::UploadVideo => "UPLOAD_VIDEO",
            Self::UploadFile => "UPLOAD_FILE",
            Self::RecordingAudio => "RECORDING_AUDIO",
            Self::RecordingVideo => "RECORDING_VIDEO",
        }
    }
    /// Creates an enum from field names used in the ProtoBuf definition.
    pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
        match value {
            "TYPING" => Some(Self::Typing),
            "UPLOAD_IMAGE" => Some(Self::UploadImage),
            "UPLOAD_VIDEO" => Some(Self::UploadVideo),
            "UPLOAD_FILE" => Some(Self::UploadFile),
            "RECORDING_AUDIO" => Some(Self::RecordingAudio),
            "RECORDING_VIDEO" => Some(Self::RecordingVideo),
            _ => None,
        }
    }
}
