//! The nouns that several packages speak of: users, messages, chats, channels, communities and their
//! parts.
//!
//! Many of them are relative to who looks: Community.owner and Community.permissions, Group.owner,
//! every chat_ref and the whole of Conversation are those of the recipient.
//!
//! Made by `cargo xtask codegen` from `proto/types.proto`. Do not edit.

/// A person or a bot, as others see them.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct User {
    /// snowflake: User
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    #[prost(string, tag = "2")]
    pub name: ::prost::alloc::string::String,
    /// The unique handle, without "@". Absent while the user has none.
    #[prost(string, optional, tag = "3")]
    pub username: ::core::option::Option<::prost::alloc::string::String>,
    /// Absent: offline.
    #[prost(message, optional, tag = "4")]
    pub status: ::core::option::Option<UserStatus>,
    #[prost(message, optional, tag = "5")]
    pub photo: ::core::option::Option<ChatPhoto>,
    /// True for accounts that are driven by a program.
    #[prost(bool, tag = "6")]
    pub bot: bool,
    /// A custom emoji that is shown beside the name.
    ///
    /// snowflake: Emoji
    #[prost(fixed64, optional, tag = "7")]
    pub icon: ::core::option::Option<u64>,
    /// 24-bit RGB of the name.
    #[prost(uint32, optional, tag = "8")]
    pub color: ::core::option::Option<u32>,
}
/// How present a user is, and with what. A user who is offline has no UserStatus, or one that is
/// empty.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UserStatus {
    /// Absent in what others see of an offline or invisible user.
    #[prost(enumeration = "user_status::Status", optional, tag = "3")]
    pub status: ::core::option::Option<i32>,
    #[prost(message, repeated, tag = "4")]
    pub activities: ::prost::alloc::vec::Vec<user_status::Activity>,
}
/// Nested message and enum types in `UserStatus`.
pub mod user_status {
    /// What a user is doing.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Activity {
        /// The game, the player, or for CUSTOM the text itself.
        #[prost(string, tag = "1")]
        pub title: ::prost::alloc::string::String,
        #[prost(enumeration = "activity::ActivityType", tag = "2")]
        pub r#type: i32,
        /// Unix milliseconds.
        #[prost(fixed64, tag = "3")]
        pub start_time: u64,
        /// Unix milliseconds.
        #[prost(fixed64, optional, tag = "4")]
        pub end_time: ::core::option::Option<u64>,
        /// A second line, for example the song.
        #[prost(string, optional, tag = "5")]
        pub state: ::core::option::Option<::prost::alloc::string::String>,
    }
    /// Nested message and enum types in `Activity`.
    pub mod activity {
        /// What kind of thing a user is doing.
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
        pub enum ActivityType {
            Custom = 0,
            Playing = 1,
            Listening = 2,
            Watching = 3,
        }
        impl ActivityType {
            /// String value of the enum field names used in the ProtoBuf definition.
            ///
            /// The values are not transformed in any way and thus are considered stable
            /// (if the ProtoBuf definition does not change) and safe for programmatic use.
            pub fn as_str_name(&self) -> &'static str {
                match self {
                    Self::Custom => "CUSTOM",
                    Self::Playing => "PLAYING",
                    Self::Listening => "LISTENING",
                    Self::Watching => "WATCHING",
                }
            }
            /// Creates an enum from field names used in the ProtoBuf definition.
            pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
                match value {
                    "CUSTOM" => Some(Self::Custom),
                    "PLAYING" => Some(Self::Playing),
                    "LISTENING" => Some(Self::Listening),
                    "WATCHING" => Some(Self::Watching),
                    _ => None,
                }
            }
        }
    }
    /// How present a user is.
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
    pub enum Status {
        Online = 0,
        Idle = 1,
        /// Only ever seen by the user; everyone else sees them offline.
        Invisible = 5,
    }
    impl Status {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::Online => "ONLINE",
                Self::Idle => "IDLE",
                Self::Invisible => "INVISIBLE",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "ONLINE" => Some(Self::Online),
                "IDLE" => Some(Self::Idle),
                "INVISIBLE" => Some(Self::Invisible),
                _ => None,
            }
        }
    }
}
/// The picture of a user, group or community.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChatPhoto {
    /// To download as FileRef.chat_photo.
    ///
    /// snowflake: File
    #[prost(fixed64, tag = "1")]
    pub file_id: u64,
    /// A tiny picture to show until the file is there.
    #[prost(bytes = "bytes", tag = "2")]
    pub preview: ::prost::bytes::Bytes,
}
/// What one other user is to the caller.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Relationship {
    /// The other user.
    ///
    /// snowflake: User
    #[prost(fixed64, tag = "1")]
    pub user_id: u64,
    #[prost(enumeration = "RelationshipStatus", tag = "2")]
    pub status: i32,
}
/// One chat in the caller's list: how far it is read, and how it is set up. Personal to the viewer.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Conversation {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// The newest message, or the id of the chat while it has none. Lists are sorted by it.
    ///
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub last_message_id: u64,
    /// Everything up to here is read.
    ///
    /// snowflake: Message
    #[prost(fixed64, tag = "3")]
    pub last_read_message_id: u64,
    #[prost(uint32, tag = "5")]
    pub unread_count: u32,
    #[prost(string, optional, tag = "6")]
    pub draft: ::core::option::Option<::prost::alloc::string::String>,
    /// For channels: what the overrides add to and take from the viewer's permissions in the
    /// community. Effective are (community & ~neg) | pos.
    #[prost(message, optional, tag = "7")]
    pub permissions: ::core::option::Option<PermissionOverrides>,
    #[prost(enumeration = "NotifPrefs", tag = "8")]
    pub notif_prefs: i32,
    #[prost(uint32, tag = "9")]
    pub unread_mentions_count: u32,
}
/// A change to a set of permissions: take neg away, then add pos. Both are CommunityPermission bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct PermissionOverrides {
    #[prost(fixed64, tag = "1")]
    pub pos: u64,
    #[prost(fixed64, tag = "2")]
    pub neg: u64,
}
/// A community, as the viewer stands in it.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Community {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    /// Whether the viewer owns it.
    #[prost(bool, tag = "2")]
    pub owner: bool,
    #[prost(string, tag = "3")]
    pub name: ::prost::alloc::string::String,
    #[prost(message, optional, tag = "4")]
    pub photo: ::core::option::Option<ChatPhoto>,
    /// What the viewer may do in it as a whole: CommunityPermission bits.
    #[prost(fixed64, tag = "5")]
    pub permissions: u64,
    /// The viewer's choice.
    #[prost(enumeration = "NotifPrefs", tag = "6")]
    pub notif_prefs: i32,
    /// The unique public handle. Communities and users have separate namespaces.
    #[prost(string, optional, tag = "7")]
    pub username: ::core::option::Option<::prost::alloc::string::String>,
}
/// A user's place in a community.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CommunityMember {
    /// The member is named by the user's id.
    ///
    /// snowflake: User
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    /// snowflake: Community
    #[prost(fixed64, tag = "2")]
    pub community_id: u64,
    /// snowflake: Role
    #[prost(fixed64, repeated, tag = "3")]
    pub role_ids: ::prost::alloc::vec::Vec<u64>,
    /// Shown instead of the user's name.
    #[prost(string, optional, tag = "4")]
    pub nickname: ::core::option::Option<::prost::alloc::string::String>,
}
/// A named set of permissions that members can hold.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CommunityRole {
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
    /// A higher number outranks a lower one; equal ones go by age, older first.
    #[prost(uint32, tag = "5")]
    pub priority: u32,
    /// 24-bit RGB of its holders' names, 0 for none.
    #[prost(uint32, tag = "6")]
    pub color: u32,
    /// Its holders are a section of their own in member lists.
    #[prost(bool, tag = "7")]
    pub separated: bool,
    /// Visible to every member, not only to those who manage roles.
    #[prost(bool, tag = "8")]
    pub public: bool,
}
/// A channel of a community. Categories are channels too.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Channel {
    /// snowflake: Channel
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    /// snowflake: Community
    #[prost(fixed64, tag = "2")]
    pub community_id: u64,
    #[prost(string, tag = "3")]
    pub name: ::prost::alloc::string::String,
    #[prost(enumeration = "ChannelType", tag = "4")]
    pub r#type: i32,
    /// Counts from the top of its category, or of the community.
    #[prost(uint32, tag = "5")]
    pub position: u32,
    /// The category. Absent: none.
    ///
    /// snowflake: Channel
    #[prost(fixed64, optional, tag = "6")]
    pub parent_id: ::core::option::Option<u64>,
    /// ChannelFlag bits.
    #[prost(uint64, tag = "7")]
    pub flags: u64,
    /// A message that is featured at the top.
    ///
    /// snowflake: Message
    #[prost(fixed64, optional, tag = "8")]
    pub highlighted_msg_id: ::core::option::Option<u64>,
    #[prost(string, optional, tag = "9")]
    pub description: ::core::option::Option<::prost::alloc::string::String>,
    /// Seconds that a member has to wait between two messages. Absent or 0: off.
    #[prost(uint32, optional, tag = "12")]
    pub slowmode_seconds: ::core::option::Option<u32>,
    /// Where its calls are best hosted.
    #[prost(string, optional, tag = "13")]
    pub preferred_region: ::core::option::Option<::prost::alloc::string::String>,
}
/// Nested message and enum types in `Channel`.
pub mod channel {
    /// What is special about a channel, as bits of a set.
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
    pub enum ChannelFlag {
        None = 0,
        /// Its content is for adults.
        Explicit = 1,
    }
    impl ChannelFlag {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::None => "NONE",
                Self::Explicit => "EXPLICIT",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "NONE" => Some(Self::None),
                "EXPLICIT" => Some(Self::Explicit),
                _ => None,
            }
        }
    }
}
/// What one role may do differently in one channel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChannelOverride {
    /// snowflake: Community
    #[prost(fixed64, tag = "1")]
    pub community_id: u64,
    /// snowflake: Channel
    #[prost(fixed64, tag = "2")]
    pub channel_id: u64,
    /// The role; the id of the community itself stands for everyone in it.
    ///
    /// snowflake: Role
    #[prost(fixed64, tag = "3")]
    pub role_id: u64,
    #[prost(message, optional, tag = "4")]
    pub permissions: ::core::option::Option<PermissionOverrides>,
}
/// A group chat, as the viewer stands in it.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Group {
    /// snowflake: Chat
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    #[prost(string, tag = "2")]
    pub name: ::prost::alloc::string::String,
    /// Whether the viewer owns it.
    #[prost(bool, tag = "3")]
    pub owner: bool,
    /// Everyone in it, the viewer too.
    ///
    /// snowflake: User
    #[prost(fixed64, repeated, tag = "4")]
    pub participant_ids: ::prost::alloc::vec::Vec<u64>,
    #[prost(message, optional, tag = "5")]
    pub photo: ::core::option::Option<ChatPhoto>,
}
/// A participant of a direct chat or a group.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChatMember {
    /// snowflake: User
    #[prost(fixed64, tag = "1")]
    pub user_id: u64,
    /// Absent: what participants have by default. CommunityPermission bits.
    #[prost(fixed64, optional, tag = "2")]
    pub permissions: ::core::option::Option<u64>,
}
/// A message in a chat.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Message {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub message_id: u64,
    /// Bots that speak under another name are still themselves here; see bot_info. In a JOIN or LEAVE
    /// it is whoever came or went.
    ///
    /// snowflake: User
    #[prost(fixed64, tag = "3")]
    pub author_id: u64,
    /// The text. Markup is in entities, never in the text.
    #[prost(string, tag = "4")]
    pub message: ::prost::alloc::string::String,
    /// Deprecated, see reply. Filled as well for old clients.
    ///
    /// snowflake: Message
    #[prost(fixed64, optional, tag = "5")]
    pub reply_to: ::core::option::Option<u64>,
    #[prost(message, repeated, tag = "6")]
    pub media: ::prost::alloc::vec::Vec<super::media::MessageMedia>,
    #[prost(message, repeated, tag = "7")]
    pub entities: ::prost::alloc::vec::Vec<MessageEntity>,
    /// Unix milliseconds of the last edit. Absent: never edited.
    #[prost(uint64, optional, tag = "8")]
    pub edited_at: ::core::option::Option<u64>,
    /// Absent: written by someone.
    #[prost(enumeration = "message::MessageType", optional, tag = "9")]
    pub r#type: ::core::option::Option<i32>,
    /// Set on a forwarded message.
    #[prost(message, optional, tag = "10")]
    pub forward: ::core::option::Option<message::MessageForwardInfo>,
    /// Set on a reply.
    #[prost(message, optional, tag = "11")]
    pub reply: ::core::option::Option<message::MessageReplyInfo>,
    /// What only bots can attach.
    #[prost(message, optional, tag = "12")]
    pub bot_info: ::core::option::Option<message::MessageBotInfo>,
    /// True while it is pinned.
    #[prost(bool, optional, tag = "13")]
    pub pinned: ::core::option::Option<bool>,
}
/// Nested message and enum types in `Message`.
pub mod message {
    /// Where a forwarded message comes from. Its first author is not told.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MessageForwardInfo {
        /// When the original was sent, in Unix milliseconds.
        #[prost(fixed64, optional, tag = "1")]
        pub date: ::core::option::Option<u64>,
    }
    /// Which message is answered.
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct MessageReplyInfo {
        /// Absent when the original is gone.
        ///
        /// snowflake: Message
        #[prost(fixed64, optional, tag = "1")]
        pub message_id: ::core::option::Option<u64>,
        /// The part of it that the reply is about.
        #[prost(message, optional, tag = "2")]
        pub quote: ::core::option::Option<message_reply_info::Quote>,
    }
    /// Nested message and enum types in `MessageReplyInfo`.
    pub mod message_reply_info {
        /// A passage of the original message.
        #[derive(Clone, PartialEq, ::prost::Message)]
        pub struct Quote {
            #[prost(string, tag = "1")]
            pub message: ::prost::alloc::string::String,
            /// Positions count from the start of the quote.
            #[prost(message, repeated, tag = "2")]
            pub entities: ::prost::alloc::vec::Vec<super::super::MessageEntity>,
            /// Where the passage begins in the original, in UTF-16 code units.
            #[prost(uint64, optional, tag = "3")]
            pub offset: ::core::option::Option<u64>,
        }
    }
    /// What a bot attached to its message.
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct MessageBotInfo {
        #[prost(message, optional, tag = "1")]
        pub cloak: ::core::option::Option<message_bot_info::MessageCloak>,
        #[prost(message, optional, tag = "2")]
        pub buttons: ::core::option::Option<message_bot_info::Buttons>,
    }
    /// Nested message and enum types in `MessageBotInfo`.
    pub mod message_bot_info {
        /// A name and picture to show instead of the bot's own.
        #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
        pub struct MessageCloak {
            #[prost(string, tag = "1")]
            pub name: ::prost::alloc::string::String,
            #[prost(message, optional, tag = "2")]
            pub photo: ::core::option::Option<super::super::ChatPhoto>,
        }
        /// Rows of buttons below the message.
        #[derive(Clone, PartialEq, ::prost::Message)]
        pub struct Buttons {
            #[prost(message, repeated, tag = "1")]
            pub rows: ::prost::alloc::vec::Vec<buttons::ButtonRow>,
        }
        /// Nested message and enum types in `Buttons`.
        pub mod buttons {
            /// One row of buttons.
            #[derive(Clone, PartialEq, ::prost::Message)]
            pub struct ButtonRow {
                #[prost(message, repeated, tag = "1")]
                pub buttons: ::prost::alloc::vec::Vec<
                    super::super::super::MessageButton,
                >,
            }
        }
    }
    /// Whether someone wrote a message or the server did.
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
    pub enum MessageType {
        /// A message that someone wrote.
        Unknown = 0,
        /// A call began.
        Call = 1,
        /// The author joined.
        Join = 2,
        /// The author left.
        Leave = 3,
    }
    impl MessageType {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::Unknown => "UNKNOWN",
                Self::Call => "CALL",
                Self::Join => "JOIN",
                Self::Leave => "LEAVE",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "UNKNOWN" => Some(Self::Unknown),
                "CALL" => Some(Self::Call),
                "JOIN" => Some(Self::Join),
                "LEAVE" => Some(Self::Leave),
                _ => None,
            }
        }
    }
}
/// A button below a bot's message.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MessageButton {
    #[prost(string, tag = "1")]
    pub label: ::prost::alloc::string::String,
    /// What a press does.
    #[prost(oneof = "message_button::Action", tags = "2, 3, 4")]
    pub action: ::core::option::Option<message_button::Action>,
}
/// Nested message and enum types in `MessageButton`.
pub mod message_button {
    /// Opens a link.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MessageButtonUrl {
        #[prost(string, tag = "1")]
        pub url: ::prost::alloc::string::String,
    }
    /// Tells the bot, by messages.submitInteraction.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MessageButtonInteraction {
        /// Given back to the bot as it is.
        #[prost(string, tag = "1")]
        pub data: ::prost::alloc::string::String,
    }
    /// Copies a text.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MessageButtonClipboard {
        #[prost(string, tag = "1")]
        pub text: ::prost::alloc::string::String,
    }
    /// What a press does.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Action {
        #[prost(message, tag = "2")]
        Url(MessageButtonUrl),
        #[prost(message, tag = "3")]
        Interaction(MessageButtonInteraction),
        #[prost(message, tag = "4")]
        Clipboard(MessageButtonClipboard),
    }
}
/// Markup over a range of a message's text. Ranges may overlap. Positions count UTF-16 code units.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MessageEntity {
    #[prost(uint32, tag = "1")]
    pub start_index: u32,
    #[prost(uint32, tag = "2")]
    pub length: u32,
    /// The markup. The bool ones are always true.
    #[prost(
        oneof = "message_entity::Entity",
        tags = "3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14"
    )]
    pub entity: ::core::option::Option<message_entity::Entity>,
}
/// Nested message and enum types in `MessageEntity`.
pub mod message_entity {
    /// Hidden until it is pressed.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct SpoilerEntity {}
    /// A block of code.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct PreEntity {
        /// What to highlight it as.
        #[prost(string, optional, tag = "1")]
        pub language: ::core::option::Option<::prost::alloc::string::String>,
    }
    /// A text that leads to a link.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct TextUrlEntity {
        #[prost(string, tag = "1")]
        pub url: ::prost::alloc::string::String,
    }
    /// A custom emoji in place of the text.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct CustomEmojiEntity {
        /// snowflake: Emoji
        #[prost(fixed64, tag = "1")]
        pub emoji_id: u64,
    }
    /// A mention by id: the text is "@" and the user's id.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct UserMentionEntity {}
    /// The markup. The bool ones are always true.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Entity {
        #[prost(bool, tag = "3")]
        Bold(bool),
        #[prost(bool, tag = "4")]
        Italic(bool),
        #[prost(bool, tag = "5")]
        Underline(bool),
        #[prost(bool, tag = "6")]
        Strikethrough(bool),
        /// Inline code.
        #[prost(bool, tag = "7")]
        Code(bool),
        /// The text itself is a link.
        #[prost(bool, tag = "8")]
        Url(bool),
        #[prost(message, tag = "9")]
        Spoiler(SpoilerEntity),
        #[prost(message, tag = "10")]
        Pre(PreEntity),
        #[prost(message, tag = "11")]
        TextUrl(TextUrlEntity),
        #[prost(message, tag = "12")]
        CustomEmoji(CustomEmojiEntity),
        #[prost(message, tag = "13")]
        UserMention(UserMentionEntity),
        /// The text is "@" and a user name.
        #[prost(bool, tag = "14")]
        Username(bool),
    }
}
/// An address of a server.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Entrypoint {
    /// To connect to, and to check its certificate against.
    #[prost(string, tag = "1")]
    pub hostname: ::prost::alloc::string::String,
    /// To connect to without asking DNS.
    #[prost(string, optional, tag = "2")]
    pub ip_address: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(uint32, tag = "3")]
    pub port: u32,
    /// What File.region counts in.
    #[prost(uint32, tag = "4")]
    pub region: u32,
}
/// What another user is to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::prost::Enumeration)]
#[repr(i32)]
pub enum RelationshipStatus {
    Invalid = 0,
    Friend = 1,
    /// They asked the caller.
    FriendRequestIncoming = 2,
    /// The caller asked them.
    FriendRequestOutgoing = 3,
    /// The caller blocked them. They are not told.
    Blocked = 4,
    SuggestedFriend = 5,
}
impl RelationshipStatus {
    /// String value of the enum field names used in the ProtoBuf definition.
    ///
    /// The values are not transformed in any way and thus are considered stable
    /// (if the ProtoBuf definition does not change) and safe for programmatic use.
    pub fn as_str_name(&self) -> &'static str {
        match self {
            Self::Invalid => "INVALID",
            Self::Friend => "FRIEND",
            Self::FriendRequestIncoming => "FRIEND_REQUEST_INCOMING",
            Self::FriendRequestOutgoing => "FRIEND_REQUEST_OUTGOING",
            Self::Blocked => "BLOCKED",
            Self::SuggestedFriend => "SUGGESTED_FRIEND",
        }
    }
    /// Creates an enum from field names used in the ProtoBuf definition.
    pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
        match value {
            "INVALID" => Some(Self::Invalid),
            "FRIEND" => Some(Self::Friend),
            "FRIEND_REQUEST_INCOMING" => Some(Self::FriendRequestIncoming),
            "FRIEND_REQUEST_OUTGOING" => Some(Self::FriendRequestOutgoing),
            "BLOCKED" => Some(Self::Blocked),
            "SUGGESTED_FRIEND" => Some(Self::SuggestedFriend),
            _ => None,
        }
    }
}
/// Which messages of a chat or community notify the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::prost::Enumeration)]
#[repr(i32)]
pub enum NotifPrefs {
    /// Every message.
    All = 0,
    /// Mentions and replies alone.
    Mentions = 1,
    /// Nothing.
    None = 2,
    /// As the community says, or as the server does by default.
    Default = 3,
}
impl NotifPrefs {
    /// String value of the enum field names used in the ProtoBuf definition.
    ///
    /// The values are not transformed in any way and thus are considered stable
    /// (if the ProtoBuf definition does not change) and safe for programmatic use.
    pub fn as_str_name(&self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Mentions => "MENTIONS",
            Self::None => "NONE",
            Self::Default => "DEFAULT",
        }
    }
    /// Creates an enum from field names used in the ProtoBuf definition.
    pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
        match value {
            "ALL" => Some(Self::All),
            "MENTIONS" => Some(Self::Mentions),
            "NONE" => Some(Self::None),
            "DEFAULT" => Some(Self::Default),
            _ => None,
        }
    }
}
/// What a member of a community may do, as bits of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::prost::Enumeration)]
#[repr(i32)]
pub enum CommunityPermission {
    /// The empty set.
    NoPermission = 0,
    /// Everything, whatever channels say.
    Administrator = 1,
    /// Without it the channel does not exist for the member.
    ViewChannel = 2,
    SendMessages = 4,
    ConnectVoice = 8,
    /// Create, edit and delete channels and their overrides.
    ModifyChannel = 16,
    /// Attach files.
    SendMedia = 32,
    /// Delete messages of others.
    DeleteMessages = 64,
    /// Pin and unpin.
    PinMessages = 128,
    /// Be heard in a voice channel.
    SpeakVoice = 256,
    /// Change name, photo, handle and settings.
    ModifyCommunity = 512,
    /// Create, edit, delete and assign roles below one's own.
    ModifyRoles = 1024,
    /// Kick and ban.
    RemoveMembers = 2048,
    AddReactions = 4096,
    /// Change the community's emoji pack.
    ModifyLinkedStickers = 8192,
}
impl CommunityPermission {
    /// String value of the enum field names used in the ProtoBuf definition.
    ///
    /// The values are not transformed in any way and thus are considered stable
    /// (if the ProtoBuf definition does not change) and safe for programmatic use.
    pub fn as_str_name(&self) -> &'static str {
        match self {
            Self::NoPermission => "NO_PERMISSION",
            Self::Administrator => "ADMINISTRATOR",
            Self::ViewChannel => "VIEW_CHANNEL",
            Self::SendMessages => "SEND_MESSAGES",
            Self::ConnectVoice => "CONNECT_VOICE",
            Self::ModifyChannel => "MODIFY_CHANNEL",
            Self::SendMedia => "SEND_MEDIA",
            Self::DeleteMessages => "DELETE_MESSAGES",
            Self::PinMessages => "PIN_MESSAGES",
            Self::SpeakVoice => "SPEAK_VOICE",
            Self::ModifyCommunity => "MODIFY_COMMUNITY",
            Self::ModifyRoles => "MODIFY_ROLES",
            Self::RemoveMembers => "REMOVE_MEMBERS",
            Self::AddReactions => "ADD_REACTIONS",
            Self::ModifyLinkedStickers => "MODIFY_LINKED_STICKERS",
        }
    }
    /// Creates an enum from field names used in the ProtoBuf definition.
    pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
        match value {
            "NO_PERMISSION" => Some(Self::NoPermission),
            "ADMINISTRATOR" => Some(Self::Administrator),
            "VIEW_CHANNEL" => Some(Self::ViewChannel),
            "SEND_MESSAGES" => Some(Self::SendMessages),
            "CONNECT_VOICE" => Some(Self::ConnectVoice),
            "MODIFY_CHANNEL" => Some(Self::ModifyChannel),
            "SEND_MEDIA" => Some(Self::SendMedia),
            "DELETE_MESSAGES" => Some(Self::DeleteMessages),
            "PIN_MESSAGES" => Some(Self::PinMessages),
            "SPEAK_VOICE" => Some(Self::SpeakVoice),
            "MODIFY_COMMUNITY" => Some(Self::ModifyCommunity),
            "MODIFY_ROLES" => Some(Self::ModifyRoles),
            "REMOVE_MEMBERS" => Some(Self::RemoveMembers),
            "ADD_REACTIONS" => Some(Self::AddReactions),
            "MODIFY_LINKED_STICKERS" => Some(Self::ModifyLinkedStickers),
            _ => None,
        }
    }
}
/// What a channel is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::prost::Enumeration)]
#[repr(i32)]
pub enum ChannelType {
    Text = 0,
    Voice = 1,
    /// Holds other channels, one level deep.
    Category = 2,
    /// Like TEXT, for few to write and many to read.
    Announcement = 3,
}
impl ChannelType {
    /// String value of the enum field names used in the ProtoBuf definition.
    ///
    /// The values are not transformed in any way and thus are considered stable
    /// (if the ProtoBuf definition does not change) and safe for programmatic use.
    pub fn as_str_name(&self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Voice => "VOICE",
            Self::Category => "CATEGORY",
            Self::Announcement => "ANNOUNCEMENT",
        }
    }
    /// Creates an enum from field names used in the ProtoBuf definition.
    pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
        match value {
            "TEXT" => Some(Self::Text),
            "VOICE" => Some(Self::Voice),
            "CATEGORY" => Some(Self::Category),
            "ANNOUNCEMENT" => Some(Self::Announcement),
            _ => None,
        }
    }
}
