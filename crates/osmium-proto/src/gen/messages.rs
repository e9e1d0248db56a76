//! Writing, changing, finding and reading messages; mentions, pins, and the buttons of bots.
//!
//! Made by `cargo xtask codegen` from `proto/messages.proto`. Do not edit.

/// `messages.sendMessage -> messages.SentMessage`
///
/// Sends a message. Everyone in the chat gets an UpdateMessageCreated, the author's own connections
/// too.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct SendMessage {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// May be empty if something is attached.
    #[prost(string, tag = "2")]
    pub message: ::prost::alloc::string::String,
    /// Deprecated, see reply_to. Still understood.
    ///
    /// snowflake: Message
    #[prost(fixed64, optional, tag = "3")]
    pub reply_to_old: ::core::option::Option<u64>,
    #[prost(message, repeated, tag = "4")]
    pub media: ::prost::alloc::vec::Vec<super::media::MediaRef>,
    #[prost(message, repeated, tag = "5")]
    pub entities: ::prost::alloc::vec::Vec<super::types::MessageEntity>,
    /// True: show no previews of linked pages.
    #[prost(bool, tag = "6")]
    pub suppress_embeds: bool,
    #[prost(message, optional, tag = "7")]
    pub reply_to: ::core::option::Option<send_message::ReplyTo>,
    /// For bots only.
    #[prost(message, optional, tag = "8")]
    pub bot_info: ::core::option::Option<send_message::BotInfo>,
    /// A random number of the client's. Echoed to the author in the update, and a repeat of it within
    /// a day sends nothing and returns the first message.
    #[prost(fixed64, optional, tag = "9")]
    pub client_id: ::core::option::Option<u64>,
}
/// Nested message and enum types in `SendMessage`.
pub mod send_message {
    /// The message that is answered, in the same chat.
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct ReplyTo {
        /// snowflake: Message
        #[prost(fixed64, tag = "1")]
        pub message_id: u64,
        #[prost(message, optional, tag = "2")]
        pub quote: ::core::option::Option<reply_to::Quote>,
    }
    /// Nested message and enum types in `ReplyTo`.
    pub mod reply_to {
        /// A passage of it.
        #[derive(Clone, PartialEq, ::prost::Message)]
        pub struct Quote {
            #[prost(string, tag = "1")]
            pub message: ::prost::alloc::string::String,
            /// Positions count from the start of the quote.
            #[prost(message, repeated, tag = "2")]
            pub entities: ::prost::alloc::vec::Vec<
                super::super::super::types::MessageEntity,
            >,
            /// Where the passage begins in the original, in UTF-16 code units.
            #[prost(uint64, optional, tag = "3")]
            pub offset: ::core::option::Option<u64>,
        }
    }
    /// What only bots can attach.
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct BotInfo {
        #[prost(message, optional, tag = "1")]
        pub cloak: ::core::option::Option<bot_info::MessageCloak>,
        #[prost(message, optional, tag = "2")]
        pub buttons: ::core::option::Option<bot_info::Buttons>,
    }
    /// Nested message and enum types in `BotInfo`.
    pub mod bot_info {
        /// A name and picture to show instead of the bot's own.
        #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
        pub struct MessageCloak {
            #[prost(string, tag = "1")]
            pub name: ::prost::alloc::string::String,
            /// A file that the bot can see.
            ///
            /// snowflake: File
            #[prost(fixed64, optional, tag = "2")]
            pub photo_id: ::core::option::Option<u64>,
        }
        /// At most five rows of buttons.
        #[derive(Clone, PartialEq, ::prost::Message)]
        pub struct Buttons {
            #[prost(message, repeated, tag = "1")]
            pub rows: ::prost::alloc::vec::Vec<buttons::ButtonRow>,
        }
        /// Nested message and enum types in `Buttons`.
        pub mod buttons {
            /// At most five buttons.
            #[derive(Clone, PartialEq, ::prost::Message)]
            pub struct ButtonRow {
                #[prost(message, repeated, tag = "1")]
                pub buttons: ::prost::alloc::vec::Vec<
                    super::super::super::MessageButton,
                >,
            }
        }
    }
}
/// A button to show below a bot's message.
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
    /// Tells the bot, by UpdateInteraction.
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
/// Answers messages.sendMessage.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SentMessage {
    /// snowflake: Message
    #[prost(fixed64, tag = "1")]
    pub message_id: u64,
}
/// `messages.editMessage -> ()`
///
/// Changes a message of the caller's own.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct EditMessage {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub message_id: u64,
    /// Absent: keep the text.
    #[prost(string, optional, tag = "3")]
    pub message: ::core::option::Option<::prost::alloc::string::String>,
    /// True: take everything that is attached away.
    #[prost(bool, tag = "4")]
    pub remove_media: bool,
    /// If not empty, replaces what is attached.
    #[prost(message, repeated, tag = "5")]
    pub media: ::prost::alloc::vec::Vec<super::media::MediaRef>,
    /// Belong to message; they replace the old ones if either is given.
    #[prost(message, repeated, tag = "6")]
    pub entities: ::prost::alloc::vec::Vec<super::types::MessageEntity>,
    /// True: take the previews of linked pages away.
    #[prost(bool, tag = "7")]
    pub suppress_embeds: bool,
    /// Absent: keep them. For bots only.
    #[prost(message, optional, tag = "8")]
    pub buttons: ::core::option::Option<send_message::bot_info::Buttons>,
}
/// `messages.deleteMessage -> ()`
///
/// Deletes messages: the caller's own, or any with DELETE_MESSAGES. Ids that do not exist are
/// skipped.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DeleteMessage {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// At most 100.
    ///
    /// snowflake: Message
    #[prost(fixed64, repeated, tag = "2")]
    pub message_ids: ::prost::alloc::vec::Vec<u64>,
}
/// `messages.forwardMessage -> ()`
///
/// Copies messages to another chat, in their order, as messages of the caller.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ForwardMessage {
    /// Where to.
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// Where from.
    #[prost(message, optional, tag = "2")]
    pub from: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, repeated, tag = "3")]
    pub message_ids: ::prost::alloc::vec::Vec<u64>,
}
/// `messages.getHistory -> messages.Messages`
///
/// Reads a page of a chat, newest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetHistory {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// 50 by default, at most 100.
    #[prost(uint32, optional, tag = "2")]
    pub limit: ::core::option::Option<u32>,
    /// Without it: the newest messages.
    #[prost(oneof = "get_history::Offset", tags = "3, 4, 5")]
    pub offset: ::core::option::Option<get_history::Offset>,
}
/// Nested message and enum types in `GetHistory`.
pub mod get_history {
    /// Without it: the newest messages.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Offset {
        /// The oldest messages that are newer than this one.
        ///
        /// snowflake: Message
        #[prost(fixed64, tag = "3")]
        Since(u64),
        /// The newest messages that are older than this one.
        ///
        /// snowflake: Message
        #[prost(fixed64, tag = "4")]
        Before(u64),
        /// The messages on both sides of this one, and itself.
        ///
        /// snowflake: Message
        #[prost(fixed64, tag = "5")]
        Around(u64),
    }
}
/// A page of messages, and what it takes to show them.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Messages {
    #[prost(message, repeated, tag = "1")]
    pub messages: ::prost::alloc::vec::Vec<super::types::Message>,
    /// The authors.
    #[prost(message, repeated, tag = "2")]
    pub users: ::prost::alloc::vec::Vec<super::types::User>,
    /// In a community, the authors' places in it.
    #[prost(message, repeated, tag = "3")]
    pub members: ::prost::alloc::vec::Vec<super::types::CommunityMember>,
    /// One for each message that has any.
    #[prost(message, repeated, tag = "4")]
    pub reactions: ::prost::alloc::vec::Vec<super::reactions::MessageReactions>,
}
/// `messages.search -> messages.Messages`
///
/// Finds messages by their words, whatever the case or accents, newest first.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Search {
    /// Absent and not scoped: everything that the caller can see.
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    #[prost(string, tag = "2")]
    pub query: ::prost::alloc::string::String,
    /// True: in this chat alone. False: in its whole community too.
    #[prost(bool, tag = "3")]
    pub scoped: bool,
    #[prost(oneof = "search::Offset", tags = "4, 5")]
    pub offset: ::core::option::Option<search::Offset>,
}
/// Nested message and enum types in `Search`.
pub mod search {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Offset {
        /// Newer than this message.
        ///
        /// snowflake: Message
        #[prost(fixed64, tag = "4")]
        Since(u64),
        /// Older than this message.
        ///
        /// snowflake: Message
        #[prost(fixed64, tag = "5")]
        Before(u64),
    }
}
/// `messages.getEmbedPreview -> media.MediaEmbed`
///
/// Shows the preview of the page that a text links to, before it is sent.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct GetEmbedPreview {
    #[prost(string, tag = "1")]
    pub message: ::prost::alloc::string::String,
    #[prost(message, repeated, tag = "2")]
    pub entities: ::prost::alloc::vec::Vec<super::types::MessageEntity>,
}
/// `messages.reportMessage -> ()`
///
/// Reports a message to the operators of the server.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ReportMessage {
    /// snowflake: Message
    #[prost(fixed64, tag = "1")]
    pub message_id: u64,
    #[prost(message, optional, tag = "2")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    #[prost(string, tag = "3")]
    pub reason: ::prost::alloc::string::String,
}
/// `messages.getUnreadMentions -> messages.UnreadMentions`
///
/// Lists the unread messages of a chat that mention the caller or reply to them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetUnreadMentions {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
}
/// Answers messages.getUnreadMentions.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UnreadMentions {
    /// snowflake: Message
    #[prost(fixed64, repeated, tag = "1")]
    pub message_ids: ::prost::alloc::vec::Vec<u64>,
}
/// `messages.setMessagePin -> ()`
///
/// Pins or unpins one message for everyone in the chat.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SetMessagePin {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub message_id: u64,
    #[prost(bool, tag = "3")]
    pub pin: bool,
}
/// `messages.getPinnedMessages -> messages.Messages`
///
/// Lists the pinned messages of a chat, the last pinned first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetPinnedMessages {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
}
/// `messages.submitInteraction -> messages.InteractionResponse`
///
/// Presses an interaction button of a bot's message. Answered when the bot responds; after 15
/// seconds with error 504.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SubmitInteraction {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: Message
    #[prost(fixed64, tag = "2")]
    pub message_id: u64,
    /// As in the button.
    #[prost(string, optional, tag = "3")]
    pub data: ::core::option::Option<::prost::alloc::string::String>,
}
/// Answers messages.submitInteraction.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct InteractionResponse {
    /// To show to the one who pressed. Absent: nothing to show.
    #[prost(string, optional, tag = "1")]
    pub message: ::core::option::Option<::prost::alloc::string::String>,
}
/// `messages.setInteractionResponse -> ()`
///
/// A bot's answer to an UpdateInteraction; only one is taken.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SetInteractionResponse {
    /// snowflake: Interaction
    #[prost(fixed64, tag = "1")]
    pub interaction_id: u64,
    /// Shown only to the one who pressed. Absent: just acknowledge.
    #[prost(string, optional, tag = "2")]
    pub message: ::core::option::Option<::prost::alloc::string::String>,
}
