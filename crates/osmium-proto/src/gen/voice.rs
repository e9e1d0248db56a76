//! Calls: who is in them and where to join. Sound and pictures go to a media server, not over this
//! protocol.
//!
//! Made by `cargo xtask codegen` from `proto/voice.proto`. Do not edit.

/// `voice.requestRoom -> voice.RoomInfo`
///
/// Asks where and how to join the call of a chat.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RequestRoom {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
}
/// Answers voice.requestRoom.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RoomInfo {
    /// snowflake: Room
    #[prost(fixed64, tag = "1")]
    pub room_id: u64,
    #[prost(message, optional, tag = "2")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// The media server to connect to.
    #[prost(string, tag = "3")]
    pub endpoint: ::prost::alloc::string::String,
    /// Lets the caller in there; secret.
    #[prost(string, tag = "4")]
    pub token: ::prost::alloc::string::String,
}
/// `voice.getRoomStates -> voice.GlobalRoomStates`
///
/// Lists all calls that the caller can see.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetRoomStates {}
/// Answers voice.getRoomStates.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct GlobalRoomStates {
    #[prost(message, repeated, tag = "1")]
    pub room_states: ::prost::alloc::vec::Vec<global_room_states::Entry>,
}
/// Nested message and enum types in `GlobalRoomStates`.
pub mod global_room_states {
    /// The call of one chat.
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Entry {
        #[prost(message, optional, tag = "1")]
        pub chat_ref: ::core::option::Option<super::super::refs::ChatRef>,
        #[prost(message, optional, tag = "2")]
        pub state: ::core::option::Option<super::RoomState>,
    }
}
/// `voice.disconnectUser -> ()`
///
/// Takes someone out of a call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DisconnectUser {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub user_id: u64,
}
/// Who is in a call. Without participants it is over.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct RoomState {
    /// snowflake: Room
    #[prost(fixed64, tag = "2")]
    pub room_id: u64,
    #[prost(message, repeated, tag = "3")]
    pub participants: ::prost::alloc::vec::Vec<RoomParticipant>,
}
/// One device of a user in a call.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RoomParticipant {
    /// snowflake: Room
    #[prost(fixed64, tag = "1")]
    pub room_id: u64,
    /// Names the device to the media server.
    #[prost(string, tag = "2")]
    pub session_id: ::prost::alloc::string::String,
    /// snowflake: User
    #[prost(fixed64, tag = "3")]
    pub user_id: u64,
    #[prost(bool, tag = "4")]
    pub muted: bool,
    #[prost(bool, tag = "5")]
    pub deafened: bool,
    #[prost(bool, tag = "7")]
    pub video_available: bool,
    #[prost(bool, tag = "8")]
    pub screen_available: bool,
    /// To show behind them.
    #[prost(message, optional, tag = "9")]
    pub banner: ::core::option::Option<super::types::ChatPhoto>,
}
/// Pushed when someone came or left: the whole call.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct UpdateRoomState {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    #[prost(message, optional, tag = "2")]
    pub state: ::core::option::Option<RoomState>,
}
/// Pushed when one participant changed.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpdateRoomParticipant {
    #[prost(message, optional, tag = "1")]
    pub chat_ref: ::core::option::Option<super::refs::ChatRef>,
    #[prost(message, optional, tag = "2")]
    pub participant: ::core::option::Option<RoomParticipant>,
}
