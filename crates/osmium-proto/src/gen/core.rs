//! The envelope: what a socket carries in each direction, how a connection begins, and how calls are
//! answered.
//!
//! Start reading here. A client sends ClientMessage, the server sends ServerMessage, one message per
//! WebSocket binary frame, or after a 4-byte big-endian length on plain TCP. The first call on a
//! connection is core.initialize, the second signs in: auth.authorize with a token from before, or
//! auth.signIn, auth.beginSignIn or auth.signUp. From then on calls are free and updates flow.
//!
//! A method is a member of ClientMessage. Its request message lives in the method's own package, and
//! the first line of that message's comment names the method and what answers it: `-> ()` is a
//! result without a member, anything else is exactly one member of RPCResult.
//!
//! Made by `cargo xtask codegen` from `proto/core.proto`. Do not edit.

/// What a client sends: one call, or a heartbeat.
///
/// A message without a member is a heartbeat. It is never answered; clients send one every 30
/// seconds so that the server does not take the connection for dead.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct ClientMessage {
    /// Chosen by the client and echoed in the result. It need not grow or be unique over time; 0 says
    /// that nobody waits for the answer, which is sent all the same.
    #[prost(uint32, tag = "1")]
    pub id: u32,
    /// The method that is called. A number that the server does not know is answered with error 501.
    #[prost(
        oneof = "client_message::Message",
        tags = "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119"
    )]
    pub message: ::core::option::Option<client_message::Message>,
}
/// Nested message and enum types in `ClientMessage`.
pub mod client_message {
    /// The method that is called. A number that the server does not know is answered with error 501.
    #[derive(Clone, PartialEq, ::prost::Oneof)]
    pub enum Message {
        #[prost(message, tag = "2")]
        AuthSignIn(super::super::auth::SignIn),
        #[prost(message, tag = "3")]
        AuthSignUp(super::super::auth::SignUp),
        #[prost(message, tag = "4")]
        MessagesSendMessage(
            ::prost::alloc::boxed::Box<super::super::messages::SendMessage>,
        ),
        #[prost(message, tag = "5")]
        MessagesGetHistory(super::super::messages::GetHistory),
        #[prost(message, tag = "6")]
        CommunitiesCreateCommunity(super::super::communities::CreateCommunity),
        #[prost(message, tag = "7")]
        CommunitiesGetCommunities(super::super::communities::GetCommunities),
        #[prost(message, tag = "8")]
        CommunitiesCreateChannel(super::super::communities::CreateChannel),
        #[prost(message, tag = "9")]
        CommunitiesGetChannels(super::super::communities::GetChannels),
        #[prost(message, tag = "10")]
        FriendsGetRelationships(super::super::friends::GetRelationships),
        #[prost(message, tag = "11")]
        ChatsGetChats(super::super::chats::GetChats),
        #[prost(message, tag = "12")]
        MediaUploadFilePart(super::super::media::UploadFilePart),
        #[prost(message, tag = "13")]
        MediaDownloadFilePart(super::super::media::DownloadFilePart),
        #[prost(message, tag = "14")]
        ChatsCreateChatInvite(super::super::chats::CreateChatInvite),
        #[prost(message, tag = "15")]
        AuthLookupInvite(super::super::auth::LookupInvite),
        #[prost(message, tag = "16")]
        AuthUseInvite(super::super::auth::UseInvite),
        #[prost(message, tag = "17")]
        MessagesDeleteMessage(super::super::messages::DeleteMessage),
        #[prost(message, tag = "18")]
        CommunitiesGetChannelMembers(super::super::communities::GetChannelMembers),
        #[prost(message, tag = "19")]
        CoreInitialize(super::Initialize),
        #[prost(message, tag = "20")]
        AuthAuthorize(super::super::auth::Authorize),
        #[prost(message, tag = "21")]
        ChatsMarkChatRead(super::super::chats::MarkChatRead),
        #[prost(message, tag = "22")]
        SettingsEditProfilePhoto(super::super::settings::EditProfilePhoto),
        #[prost(message, tag = "23")]
        CommunitiesEditPhoto(super::super::communities::EditPhoto),
        #[prost(message, tag = "24")]
        CommunitiesDeleteChannel(super::super::communities::DeleteChannel),
        #[prost(message, tag = "25")]
        ChatsGetChat(super::super::chats::GetChat),
        #[prost(message, tag = "26")]
        MessagesEditMessage(
            ::prost::alloc::boxed::Box<super::super::messages::EditMessage>,
        ),
        #[prost(message, tag = "27")]
        CommunitiesGetRoles(super::super::communities::GetRoles),
        #[prost(message, tag = "28")]
        ChatsSetTyping(super::super::chats::SetTyping),
        #[prost(message, tag = "29")]
        CommunitiesCreateRole(super::super::communities::CreateRole),
        #[prost(message, tag = "30")]
        CommunitiesEditRole(super::super::communities::EditRole),
        #[prost(message, tag = "31")]
        CommunitiesDeleteRole(super::super::communities::DeleteRole),
        #[prost(message, tag = "32")]
        CommunitiesEditMember(super::super::communities::EditMember),
        #[prost(message, tag = "33")]
        CommunitiesCreateChannelOverride(
            super::super::communities::CreateChannelOverride,
        ),
        #[prost(message, tag = "34")]
        CommunitiesDeleteChannelOverride(
            super::super::communities::DeleteChannelOverride,
        ),
        #[prost(message, tag = "35")]
        CommunitiesGetChannelOverrides(super::super::communities::GetChannelOverrides),
        #[prost(message, tag = "36")]
        CommunitiesLeaveCommunity(super::super::communities::LeaveCommunity),
        #[prost(message, tag = "37")]
        CommunitiesDeleteCommunity(super::super::communities::DeleteCommunity),
        #[prost(message, tag = "38")]
        FriendsSyncFriends(
            ::prost::alloc::boxed::Box<super::super::friends::SyncFriends>,
        ),
        #[prost(message, tag = "39")]
        CommunitiesEditChannel(
            ::prost::alloc::boxed::Box<super::super::communities::EditChannel>,
        ),
        #[prost(message, tag = "40")]
        CommunitiesEditCommunity(super::super::communities::EditCommunity),
        #[prost(message, tag = "41")]
        AuthGetSessions(super::super::auth::GetSessions),
        #[prost(message, tag = "42")]
        AuthRevokeSessions(super::super::auth::RevokeSessions),
        #[prost(message, tag = "43")]
        SettingsRegisterPushSubscription(
            super::super::settings::RegisterPushSubscription,
        ),
        #[prost(message, tag = "44")]
        SettingsUnregisterPushSubscription(
            super::super::settings::UnregisterPushSubscription,
        ),
        #[prost(message, tag = "45")]
        AuthResetPassword(super::super::auth::ResetPassword),
        #[prost(message, tag = "46")]
        AuthVerifyEmail(super::super::auth::VerifyEmail),
        #[prost(message, tag = "47")]
        AuthResendEmailVerification(super::super::auth::ResendEmailVerification),
        #[prost(message, tag = "48")]
        UsersLookupUsername(super::super::users::LookupUsername),
        #[prost(message, tag = "49")]
        CommunitiesRemoveMembers(super::super::communities::RemoveMembers),
        #[prost(message, tag = "50")]
        ChatsCreateChat(super::super::chats::CreateChat),
        #[prost(message, tag = "51")]
        FriendsChangeRelationship(super::super::friends::ChangeRelationship),
        #[prost(message, tag = "52")]
        ChatsEditChat(::prost::alloc::boxed::Box<super::super::chats::EditChat>),
        #[prost(message, tag = "53")]
        ChatsRemoveChatMember(super::super::chats::RemoveChatMember),
        #[prost(message, tag = "54")]
        VoiceRequestRoom(super::super::voice::RequestRoom),
        #[prost(message, tag = "55")]
        MessagesSearch(super::super::messages::Search),
        #[prost(message, tag = "56")]
        MessagesGetEmbedPreview(super::super::messages::GetEmbedPreview),
        #[prost(message, tag = "57")]
        UsersGetProfile(super::super::users::GetProfile),
        #[prost(message, tag = "58")]
        CommunitiesEditDefaultPermissions(
            super::super::communities::EditDefaultPermissions,
        ),
        #[prost(message, tag = "59")]
        ChatsDeleteChatInvite(super::super::chats::DeleteChatInvite),
        #[prost(message, tag = "60")]
        CommunitiesGetRemovedMembers(super::super::communities::GetRemovedMembers),
        #[prost(message, tag = "61")]
        ChatsListChatInvites(super::super::chats::ListChatInvites),
        #[prost(message, tag = "62")]
        MessagesReportMessage(super::super::messages::ReportMessage),
        #[prost(message, tag = "63")]
        ReactionsAddReaction(super::super::reactions::AddReaction),
        #[prost(message, tag = "64")]
        ReactionsRemoveReaction(super::super::reactions::RemoveReaction),
        #[prost(message, tag = "65")]
        MessagesForwardMessage(super::super::messages::ForwardMessage),
        #[prost(message, tag = "66")]
        StickersGetSavedStickers(super::super::stickers::GetSavedStickers),
        #[prost(message, tag = "67")]
        StickersGetStickerFiles(super::super::stickers::GetStickerFiles),
        #[prost(message, tag = "68")]
        StickersGetStickerPack(super::super::stickers::GetStickerPack),
        #[prost(message, tag = "69")]
        StickersAddStickerToPack(
            ::prost::alloc::boxed::Box<super::super::stickers::AddStickerToPack>,
        ),
        #[prost(message, tag = "70")]
        StickersRemoveStickerFromPack(super::super::stickers::RemoveStickerFromPack),
        #[prost(message, tag = "71")]
        BillingRequestPaymentLink(super::super::billing::RequestPaymentLink),
        #[prost(message, tag = "72")]
        BillingCancelSubscription(super::super::billing::CancelSubscription),
        #[prost(message, tag = "73")]
        SettingsChangeNotificationPreferences(
            super::super::settings::ChangeNotificationPreferences,
        ),
        #[prost(message, tag = "74")]
        SettingsEditProfile(
            ::prost::alloc::boxed::Box<super::super::settings::EditProfile>,
        ),
        #[prost(message, tag = "75")]
        SettingsGetAccount(super::super::settings::GetAccount),
        #[prost(message, tag = "76")]
        SettingsChangePassword(super::super::settings::ChangePassword),
        #[prost(message, tag = "77")]
        SettingsChangeEmail(super::super::settings::ChangeEmail),
        #[prost(message, tag = "78")]
        CommunitiesUnbanMembers(super::super::communities::UnbanMembers),
        #[prost(message, tag = "79")]
        CommunitiesGetMembers(super::super::communities::GetMembers),
        #[prost(message, tag = "80")]
        SettingsChangeStatus(super::super::settings::ChangeStatus),
        #[prost(message, tag = "81")]
        CommunitiesEditSettings(
            ::prost::alloc::boxed::Box<super::super::communities::EditSettings>,
        ),
        #[prost(message, tag = "82")]
        BillingGetSubscription(super::super::billing::GetSubscription),
        #[prost(message, tag = "83")]
        SettingsSetupTotp(super::super::settings::SetupTotp),
        #[prost(message, tag = "84")]
        SettingsRequestTakeout(super::super::settings::RequestTakeout),
        #[prost(message, tag = "85")]
        SettingsDeleteAccount(super::super::settings::DeleteAccount),
        #[prost(message, tag = "86")]
        MessagesGetUnreadMentions(super::super::messages::GetUnreadMentions),
        #[prost(message, tag = "87")]
        DiscoveryGetDiscoverableCommunities(
            super::super::discovery::GetDiscoverableCommunities,
        ),
        #[prost(message, tag = "88")]
        CommunitiesGetRoomStates(super::super::communities::GetRoomStates),
        #[prost(message, tag = "89")]
        MessagesSetMessagePin(super::super::messages::SetMessagePin),
        #[prost(message, tag = "90")]
        MessagesGetPinnedMessages(super::super::messages::GetPinnedMessages),
        #[prost(message, tag = "91")]
        SettingsEditUserSettings(super::super::settings::EditUserSettings),
        #[prost(message, tag = "92")]
        CommunitiesSyncChannelOverrides(super::super::communities::SyncChannelOverrides),
        #[prost(message, tag = "93")]
        SettingsEditProfileBanner(super::super::settings::EditProfileBanner),
        #[prost(message, tag = "94")]
        BillingGetProducts(super::super::billing::GetProducts),
        #[prost(message, tag = "95")]
        CommunitiesAddMember(super::super::communities::AddMember),
        #[prost(message, tag = "96")]
        ChatsAddChatMember(super::super::chats::AddChatMember),
        #[prost(message, tag = "97")]
        OauthAuthorize(::prost::alloc::boxed::Box<super::super::oauth::Authorize>),
        #[prost(message, tag = "98")]
        OauthGetApp(super::super::oauth::GetApp),
        #[prost(message, tag = "99")]
        AuthCreateEmailVerificationChallenge(
            super::super::auth::CreateEmailVerificationChallenge,
        ),
        #[prost(message, tag = "100")]
        ChatsGetChatMembers(super::super::chats::GetChatMembers),
        #[prost(message, tag = "101")]
        ChatsEditChatMember(super::super::chats::EditChatMember),
        #[prost(message, tag = "102")]
        MessagesSubmitInteraction(super::super::messages::SubmitInteraction),
        #[prost(message, tag = "103")]
        MessagesSetInteractionResponse(super::super::messages::SetInteractionResponse),
        #[prost(message, tag = "104")]
        AuthBeginSignIn(super::super::auth::BeginSignIn),
        #[prost(message, tag = "105")]
        AuthCompleteSignIn(super::super::auth::CompleteSignIn),
        #[prost(message, tag = "106")]
        SettingsSetupWebauthn(
            ::prost::alloc::boxed::Box<super::super::settings::SetupWebauthn>,
        ),
        #[prost(message, tag = "107")]
        SettingsGetMfaMethods(super::super::settings::GetMfaMethods),
        #[prost(message, tag = "108")]
        SettingsBeginMfaStepUp(super::super::settings::BeginMfaStepUp),
        #[prost(message, tag = "109")]
        SettingsCompleteMfaStepUp(super::super::settings::CompleteMfaStepUp),
        #[prost(message, tag = "110")]
        SettingsRegenerateRecoveryCodes(super::super::settings::RegenerateRecoveryCodes),
        #[prost(message, tag = "111")]
        SettingsGetRecoveryCodes(super::super::settings::GetRecoveryCodes),
        #[prost(message, tag = "112")]
        VoiceGetRoomStates(super::super::voice::GetRoomStates),
        #[prost(message, tag = "113")]
        BillingPurchaseCredit(super::super::billing::PurchaseCredit),
        #[prost(message, tag = "114")]
        BillingGetInventory(super::super::billing::GetInventory),
        #[prost(message, tag = "115")]
        BillingRedeemInventoryItem(super::super::billing::RedeemInventoryItem),
        #[prost(message, tag = "116")]
        BillingCreateGiftLink(super::super::billing::CreateGiftLink),
        #[prost(message, tag = "117")]
        BillingRevokeGiftLink(super::super::billing::RevokeGiftLink),
        #[prost(message, tag = "118")]
        BillingClaimGift(super::super::billing::ClaimGift),
        #[prost(message, tag = "119")]
        VoiceDisconnectUser(super::super::voice::DisconnectUser),
    }
}
/// What the server sends: an update, or the result of a call.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct ServerMessage {
    /// Counts the messages of this connection from 1. Nothing is replayed by it after a reconnect.
    #[prost(uint32, tag = "1")]
    pub id: u32,
    #[prost(oneof = "server_message::Message", tags = "2, 3")]
    pub message: ::core::option::Option<server_message::Message>,
}
/// Nested message and enum types in `ServerMessage`.
pub mod server_message {
    #[derive(Clone, PartialEq, ::prost::Oneof)]
    pub enum Message {
        #[prost(message, tag = "2")]
        Update(super::super::updates::Update),
        #[prost(message, tag = "3")]
        Result(super::RpcResult),
    }
}
/// The answer to one call. Results may overtake each other: match them by req_id alone.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct RpcResult {
    /// The id of the ClientMessage that this answers.
    #[prost(uint32, tag = "1")]
    pub req_id: u32,
    /// Names this call in the server's logs, for bug reports.
    #[prost(string, optional, tag = "37")]
    pub trace_id: ::core::option::Option<::prost::alloc::string::String>,
    /// Unset for a method that returns nothing.
    #[prost(
        oneof = "rpc_result::Result",
        tags = "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56"
    )]
    pub result: ::core::option::Option<rpc_result::Result>,
}
/// Nested message and enum types in `RPCResult`.
pub mod rpc_result {
    /// Unset for a method that returns nothing.
    #[derive(Clone, PartialEq, ::prost::Oneof)]
    pub enum Result {
        #[prost(message, tag = "2")]
        Error(super::RpcError),
        #[prost(message, tag = "3")]
        SentMessage(super::super::messages::SentMessage),
        #[prost(message, tag = "4")]
        Authorization(::prost::alloc::boxed::Box<super::super::auth::Authorization>),
        #[prost(message, tag = "5")]
        Communities(super::super::communities::Communities),
        #[prost(message, tag = "6")]
        Channels(super::super::communities::Channels),
        #[prost(message, tag = "7")]
        Messages(super::super::messages::Messages),
        #[prost(message, tag = "8")]
        Relationships(super::super::friends::Relationships),
        #[prost(message, tag = "9")]
        Chats(::prost::alloc::boxed::Box<super::super::chats::Chats>),
        #[prost(message, tag = "10")]
        FilePart(super::super::media::FilePart),
        #[prost(message, tag = "11")]
        CreatedInvite(super::super::auth::CreatedInvite),
        #[prost(message, tag = "13")]
        MemberList(super::super::communities::MemberList),
        #[prost(message, tag = "14")]
        Initialized(super::Initialized),
        #[prost(message, tag = "15")]
        Chat(::prost::alloc::boxed::Box<super::super::chats::Chat>),
        #[prost(message, tag = "16")]
        CommunityRoles(super::super::communities::CommunityRoles),
        #[prost(message, tag = "17")]
        ChannelOverride(super::super::communities::ChannelOverride),
        #[prost(message, tag = "18")]
        ChannelOverrides(super::super::communities::ChannelOverrides),
        #[prost(message, tag = "19")]
        Sessions(super::super::auth::Sessions),
        #[prost(message, tag = "20")]
        UserDetails(::prost::alloc::boxed::Box<super::super::users::UserDetails>),
        #[prost(message, tag = "21")]
        RemovedMembers(super::super::communities::RemovedMembers),
        #[prost(message, tag = "22")]
        Group(::prost::alloc::boxed::Box<super::super::types::Group>),
        #[prost(message, tag = "23")]
        InvitePreview(::prost::alloc::boxed::Box<super::super::auth::InvitePreview>),
        #[prost(message, tag = "24")]
        RoomInfo(super::super::voice::RoomInfo),
        #[prost(message, tag = "25")]
        MediaEmbed(::prost::alloc::boxed::Box<super::super::media::MediaEmbed>),
        #[prost(message, tag = "26")]
        Profile(::prost::alloc::boxed::Box<super::super::users::Profile>),
        #[prost(message, tag = "27")]
        InviteList(super::super::auth::InviteList),
        #[prost(message, tag = "28")]
        SavedStickers(super::super::stickers::SavedStickers),
        #[prost(message, tag = "29")]
        Files(super::super::media::Files),
        #[prost(message, tag = "30")]
        StickerPack(super::super::stickers::StickerPack),
        #[prost(message, tag = "31")]
        PaymentLink(super::super::billing::PaymentLink),
        #[prost(message, tag = "32")]
        Account(super::super::settings::Account),
        #[prost(message, tag = "33")]
        Members(super::super::communities::Members),
        #[prost(message, tag = "34")]
        CommunitySettings(
            ::prost::alloc::boxed::Box<super::super::communities::CommunitySettings>,
        ),
        #[prost(message, tag = "35")]
        Subscription(::prost::alloc::boxed::Box<super::super::billing::Subscription>),
        #[prost(message, tag = "36")]
        Totp(super::super::settings::Totp),
        #[prost(message, tag = "38")]
        UnreadMentions(super::super::messages::UnreadMentions),
        #[prost(message, tag = "39")]
        DiscoveryCommunities(super::super::discovery::DiscoveryCommunities),
        #[prost(message, tag = "40")]
        RoomStates(super::super::communities::RoomStates),
        #[prost(message, tag = "41")]
        UserSettings(super::super::settings::UserSettings),
        #[prost(message, tag = "42")]
        Products(super::super::billing::Products),
        #[prost(message, tag = "43")]
        OauthAuthorization(super::super::oauth::Authorization),
        #[prost(message, tag = "44")]
        OauthApp(super::super::oauth::App),
        #[prost(message, tag = "45")]
        EmailVerificationChallenge(super::super::auth::EmailVerificationChallenge),
        #[prost(message, tag = "46")]
        ChatMembers(super::super::chats::ChatMembers),
        #[prost(message, tag = "47")]
        InteractionResponse(super::super::messages::InteractionResponse),
        #[prost(message, tag = "48")]
        SignInResult(::prost::alloc::boxed::Box<super::super::auth::SignInResult>),
        #[prost(message, tag = "49")]
        Webauthn(::prost::alloc::boxed::Box<super::super::settings::Webauthn>),
        #[prost(message, tag = "50")]
        MfaMethods(super::super::settings::MfaMethods),
        #[prost(message, tag = "51")]
        MfaStepUp(super::super::settings::MfaStepUp),
        #[prost(message, tag = "52")]
        RecoveryCodes(super::super::settings::RecoveryCodes),
        #[prost(message, tag = "53")]
        GlobalRoomStates(super::super::voice::GlobalRoomStates),
        #[prost(message, tag = "54")]
        InventoryList(super::super::billing::InventoryList),
        #[prost(message, tag = "55")]
        GiftLink(super::super::billing::GiftLink),
        #[prost(message, tag = "56")]
        ClaimedGift(super::super::billing::ClaimedGift),
    }
}
/// Why a call failed.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RpcError {
    /// As in HTTP: 400 bad argument, 401 not signed in, 403 no permission, 404 not found or not
    /// visible to the caller, 409 conflict, 410 expired, 413 too large, 429 too fast, 500 our fault,
    /// 501 not offered here, 503 try again later.
    #[prost(uint32, tag = "1")]
    pub error_code: u32,
    /// Short English for a developer. After 429 it says how many seconds to wait.
    #[prost(string, tag = "2")]
    pub error_message: ::prost::alloc::string::String,
}
/// `core.initialize -> core.Initialized`
///
/// The first call on every connection: says which application on which device is calling. Its result
/// is the first message that the server sends.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Initialize {
    /// The application. A login belongs to the client_id that it was made under; auth.authorize under
    /// another one fails with 403.
    #[prost(uint32, tag = "1")]
    pub client_id: u32,
    /// For example "web", "ios", "android".
    #[prost(string, tag = "2")]
    pub device_type: ::prost::alloc::string::String,
    /// For example the browser or system version.
    #[prost(string, tag = "3")]
    pub device_version: ::prost::alloc::string::String,
    #[prost(string, tag = "4")]
    pub app_version: ::prost::alloc::string::String,
    /// True: send no updates on this connection. For scripts and extra upload or download connections.
    #[prost(bool, tag = "5")]
    pub no_subscribe: bool,
}
/// What a client needs to know about this server.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Initialized {
    /// Other addresses of the same server, to try when this one fails.
    #[prost(message, optional, tag = "1")]
    pub entrypoints: ::core::option::Option<Entrypoints>,
    /// The key for web push subscriptions. Absent when the server has no web push.
    #[prost(string, optional, tag = "2")]
    pub vapid_public_key: ::core::option::Option<::prost::alloc::string::String>,
}
/// The addresses under which the server can be reached.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Entrypoints {
    #[prost(message, repeated, tag = "1")]
    pub entrypoints: ::prost::alloc::vec::Vec<super::types::Entrypoint>,
}
