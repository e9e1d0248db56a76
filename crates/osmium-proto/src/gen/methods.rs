//! The method table.
//!
//! Made by `cargo xtask codegen` from `proto/`. Do not edit.

use crate::core::{client_message, rpc_result};
use crate::method::{Method, Reply, Request, UnexpectedResult};
use crate::auth;
use crate::billing;
use crate::chats;
use crate::communities;
use crate::core;
use crate::discovery;
use crate::friends;
use crate::media;
use crate::messages;
use crate::oauth;
use crate::reactions;
use crate::settings;
use crate::stickers;
use crate::types;
use crate::users;
use crate::voice;

/// All methods, by number.
pub const METHODS: &[Method] = &[
    Method {
        name: "auth.signIn",
        number: 2,
        request: "osmium.client.auth.SignIn",
        reply: Some("authorization"),
    },
    Method {
        name: "auth.signUp",
        number: 3,
        request: "osmium.client.auth.SignUp",
        reply: Some("authorization"),
    },
    Method {
        name: "messages.sendMessage",
        number: 4,
        request: "osmium.client.messages.SendMessage",
        reply: Some("sent_message"),
    },
    Method {
        name: "messages.getHistory",
        number: 5,
        request: "osmium.client.messages.GetHistory",
        reply: Some("messages"),
    },
    Method {
        name: "communities.createCommunity",
        number: 6,
        request: "osmium.client.communities.CreateCommunity",
        reply: None,
    },
    Method {
        name: "communities.getCommunities",
        number: 7,
        request: "osmium.client.communities.GetCommunities",
        reply: Some("communities"),
    },
    Method {
        name: "communities.createChannel",
        number: 8,
        request: "osmium.client.communities.CreateChannel",
        reply: None,
    },
    Method {
        name: "communities.getChannels",
        number: 9,
        request: "osmium.client.communities.GetChannels",
        reply: Some("channels"),
    },
    Method {
        name: "friends.getRelationships",
        number: 10,
        request: "osmium.client.friends.GetRelationships",
        reply: Some("relationships"),
    },
    Method {
        name: "chats.getChats",
        number: 11,
        request: "osmium.client.chats.GetChats",
        reply: Some("chats"),
    },
    Method {
        name: "media.uploadFilePart",
        number: 12,
        request: "osmium.client.media.UploadFilePart",
        reply: None,
    },
    Method {
        name: "media.downloadFilePart",
        number: 13,
        request: "osmium.client.media.DownloadFilePart",
        reply: Some("file_part"),
    },
    Method {
        name: "chats.createChatInvite",
        number: 14,
        request: "osmium.client.chats.CreateChatInvite",
        reply: Some("created_invite"),
    },
    Method {
        name: "auth.lookupInvite",
        number: 15,
        request: "osmium.client.auth.LookupInvite",
        reply: Some("invite_preview"),
    },
    Method {
        name: "auth.useInvite",
        number: 16,
        request: "osmium.client.auth.UseInvite",
        reply: None,
    },
    Method {
        name: "messages.deleteMessage",
        number: 17,
        request: "osmium.client.messages.DeleteMessage",
        reply: None,
    },
    Method {
        name: "communities.getChannelMembers",
        number: 18,
        request: "osmium.client.communities.GetChannelMembers",
        reply: Some("member_list"),
    },
    Method {
        name: "core.initialize",
        number: 19,
        request: "osmium.client.core.Initialize",
        reply: Some("initialized"),
    },
    Method {
        name: "auth.authorize",
        number: 20,
        request: "osmium.client.auth.Authorize",
        reply: Some("authorization"),
    },
    Method {
        name: "chats.markChatRead",
        number: 21,
        request: "osmium.client.chats.MarkChatRead",
        reply: None,
    },
    Method {
        name: "settings.editProfilePhoto",
        number: 22,
        request: "osmium.client.settings.EditProfilePhoto",
        reply: None,
    },
    Method {
        name: "communities.editPhoto",
        number: 23,
        request: "osmium.client.communities.EditPhoto",
        reply: None,
    },
    Method {
        name: "communities.deleteChannel",
        number: 24,
        request: "osmium.client.communities.DeleteChannel",
        reply: None,
    },
    Method {
        name: "chats.getChat",
        number: 25,
        request: "osmium.client.chats.GetChat",
        reply: Some("chat"),
    },
    Method {
        name: "messages.editMessage",
        number: 26,
        request: "osmium.client.messages.EditMessage",
        reply: None,
    },
    Method {
        name: "communities.getRoles",
        number: 27,
        request: "osmium.client.communities.GetRoles",
        reply: Some("community_roles"),
    },
    Method {
        name: "chats.setTyping",
        number: 28,
        request: "osmium.client.chats.SetTyping",
        reply: None,
    },
    Method {
        name: "communities.createRole",
        number: 29,
        request: "osmium.client.communities.CreateRole",
        reply: None,
    },
    Method {
        name: "communities.editRole",
        number: 30,
        request: "osmium.client.communities.EditRole",
        reply: None,
    },
    Method {
        name: "communities.deleteRole",
        number: 31,
        request: "osmium.client.communities.DeleteRole",
        reply: None,
    },
    Method {
        name: "communities.editMember",
        number: 32,
        request: "osmium.client.communities.EditMember",
        reply: None,
    },
    Method {
        name: "communities.createChannelOverride",
        number: 33,
        request: "osmium.client.communities.CreateChannelOverride",
        reply: Some("channel_override"),
    },
    Method {
        name: "communities.deleteChannelOverride",
        number: 34,
        request: "osmium.client.communities.DeleteChannelOverride",
        reply: None,
    },
    Method {
        name: "communities.getChannelOverrides",
        number: 35,
        request: "osmium.client.communities.GetChannelOverrides",
        reply: Some("channel_overrides"),
    },
    Method {
        name: "communities.leaveCommunity",
        number: 36,
        request: "osmium.client.communities.LeaveCommunity",
        reply: None,
    },
    Method {
        name: "communities.deleteCommunity",
        number: 37,
        request: "osmium.client.communities.DeleteCommunity",
        reply: None,
    },
    Method {
        name: "friends.syncFriends",
        number: 38,
        request: "osmium.client.friends.SyncFriends",
        reply: None,
    },
    Method {
        name: "communities.editChannel",
        number: 39,
        request: "osmium.client.communities.EditChannel",
        reply: None,
    },
    Method {
        name: "communities.editCommunity",
        number: 40,
        request: "osmium.client.communities.EditCommunity",
        reply: None,
    },
    Method {
        name: "auth.getSessions",
        number: 41,
        request: "osmium.client.auth.GetSessions",
        reply: Some("sessions"),
    },
    Method {
        name: "auth.revokeSessions",
        number: 42,
        request: "osmium.client.auth.RevokeSessions",
        reply: None,
    },
    Method {
        name: "settings.registerPushSubscription",
        number: 43,
        request: "osmium.client.settings.RegisterPushSubscription",
        reply: None,
    },
    Method {
        name: "settings.unregisterPushSubscription",
        number: 44,
        request: "osmium.client.settings.UnregisterPushSubscription",
        reply: None,
    },
    Method {
        name: "auth.resetPassword",
        number: 45,
        request: "osmium.client.auth.ResetPassword",
        reply: None,
    },
    Method {
        name: "auth.verifyEmail",
        number: 46,
        request: "osmium.client.auth.VerifyEmail",
        reply: None,
    },
    Method {
        name: "auth.resendEmailVerification",
        number: 47,
        request: "osmium.client.auth.ResendEmailVerification",
        reply: None,
    },
    Method {
        name: "users.lookupUsername",
        number: 48,
        request: "osmium.client.users.LookupUsername",
        reply: Some("user_details"),
    },
    Method {
        name: "communities.removeMembers",
        number: 49,
        request: "osmium.client.communities.RemoveMembers",
        reply: Some("removed_members"),
    },
    Method {
        name: "chats.createChat",
        number: 50,
        request: "osmium.client.chats.CreateChat",
        reply: Some("group"),
    },
    Method {
        name: "friends.changeRelationship",
        number: 51,
        request: "osmium.client.friends.ChangeRelationship",
        reply: None,
    },
    Method {
        name: "chats.editChat",
        number: 52,
        request: "osmium.client.chats.EditChat",
        reply: Some("chat"),
    },
    Method {
        name: "chats.removeChatMember",
        number: 53,
        request: "osmium.client.chats.RemoveChatMember",
        reply: None,
    },
    Method {
        name: "voice.requestRoom",
        number: 54,
        request: "osmium.client.voice.RequestRoom",
        reply: Some("room_info"),
    },
    Method {
        name: "messages.search",
        number: 55,
        request: "osmium.client.messages.Search",
        reply: Some("messages"),
    },
    Method {
        name: "messages.getEmbedPreview",
        number: 56,
        request: "osmium.client.messages.GetEmbedPreview",
        reply: Some("media_embed"),
    },
    Method {
        name: "users.getProfile",
        number: 57,
        request: "osmium.client.users.GetProfile",
        reply: Some("profile"),
    },
    Method {
        name: "communities.editDefaultPermissions",
        number: 58,
        request: "osmium.client.communities.EditDefaultPermissions",
        reply: None,
    },
    Method {
        name: "chats.deleteChatInvite",
        number: 59,
        request: "osmium.client.chats.DeleteChatInvite",
        reply: None,
    },
    Method {
        name: "communities.getRemovedMembers",
        number: 60,
        request: "osmium.client.communities.GetRemovedMembers",
        reply: Some("removed_members"),
    },
    Method {
        name: "chats.listChatInvites",
        number: 61,
        request: "osmium.client.chats.ListChatInvites",
        reply: Some("invite_list"),
    },
    Method {
        name: "messages.reportMessage",
        number: 62,
        request: "osmium.client.messages.ReportMessage",
        reply: None,
    },
    Method {
        name: "reactions.addReaction",
        number: 63,
        request: "osmium.client.reactions.AddReaction",
        reply: None,
    },
    Method {
        name: "reactions.removeReaction",
        number: 64,
        request: "osmium.client.reactions.RemoveReaction",
        reply: None,
    },
    Method {
        name: "messages.forwardMessage",
        number: 65,
        request: "osmium.client.messages.ForwardMessage",
        reply: None,
    },
    Method {
        name: "stickers.getSavedStickers",
        number: 66,
        request: "osmium.client.stickers.GetSavedStickers",
        reply: Some("saved_stickers"),
    },
    Method {
        name: "stickers.getStickerFiles",
        number: 67,
        request: "osmium.client.stickers.GetStickerFiles",
        reply: Some("files"),
    },
    Method {
        name: "stickers.getStickerPack",
        number: 68,
        request: "osmium.client.stickers.GetStickerPack",
        reply: Some("sticker_pack"),
    },
    Method {
        name: "stickers.addStickerToPack",
        number: 69,
        request: "osmium.client.stickers.AddStickerToPack",
        reply: None,
    },
    Method {
        name: "stickers.removeStickerFromPack",
        number: 70,
        request: "osmium.client.stickers.RemoveStickerFromPack",
        reply: None,
    },
    Method {
        name: "billing.requestPaymentLink",
        number: 71,
        request: "osmium.client.billing.RequestPaymentLink",
        reply: Some("payment_link"),
    },
    Method {
        name: "billing.cancelSubscription",
        number: 72,
        request: "osmium.client.billing.CancelSubscription",
        reply: None,
    },
    Method {
        name: "settings.changeNotificationPreferences",
        number: 73,
        request: "osmium.client.settings.ChangeNotificationPreferences",
        reply: None,
    },
    Method {
        name: "settings.editProfile",
        number: 74,
        request: "osmium.client.settings.EditProfile",
        reply: None,
    },
    Method {
        name: "settings.getAccount",
        number: 75,
        request: "osmium.client.settings.GetAccount",
        reply: Some("account"),
    },
    Method {
        name: "settings.changePassword",
        number: 76,
        request: "osmium.client.settings.ChangePassword",
        reply: None,
    },
    Method {
        name: "settings.changeEmail",
        number: 77,
        request: "osmium.client.settings.ChangeEmail",
        reply: None,
    },
    Method {
        name: "communities.unbanMembers",
        number: 78,
        request: "osmium.client.communities.UnbanMembers",
        reply: None,
    },
    Method {
        name: "communities.getMembers",
        number: 79,
        request: "osmium.client.communities.GetMembers",
        reply: Some("members"),
    },
    Method {
        name: "settings.changeStatus",
        number: 80,
        request: "osmium.client.settings.ChangeStatus",
        reply: None,
    },
    Method {
        name: "communities.editSettings",
        number: 81,
        request: "osmium.client.communities.EditSettings",
        reply: Some("community_settings"),
    },
    Method {
        name: "billing.getSubscription",
        number: 82,
        request: "osmium.client.billing.GetSubscription",
        reply: Some("subscription"),
    },
    Method {
        name: "settings.setupTotp",
        number: 83,
        request: "osmium.client.settings.SetupTotp",
        reply: Some("totp"),
    },
    Method {
        name: "settings.requestTakeout",
        number: 84,
        request: "osmium.client.settings.RequestTakeout",
        reply: None,
    },
    Method {
        name: "settings.deleteAccount",
        number: 85,
        request: "osmium.client.settings.DeleteAccount",
        reply: None,
    },
    Method {
        name: "messages.getUnreadMentions",
        number: 86,
        request: "osmium.client.messages.GetUnreadMentions",
        reply: Some("unread_mentions"),
    },
    Method {
        name: "discovery.getDiscoverableCommunities",
        number: 87,
        request: "osmium.client.discovery.GetDiscoverableCommunities",
        reply: Some("discovery_communities"),
    },
    Method {
        name: "communities.getRoomStates",
        number: 88,
        request: "osmium.client.communities.GetRoomStates",
        reply: Some("room_states"),
    },
    Method {
        name: "messages.setMessagePin",
        number: 89,
        request: "osmium.client.messages.SetMessagePin",
        reply: None,
    },
    Method {
        name: "messages.getPinnedMessages",
        number: 90,
        request: "osmium.client.messages.GetPinnedMessages",
        reply: Some("messages"),
    },
    Method {
        name: "settings.editUserSettings",
        number: 91,
        request: "osmium.client.settings.EditUserSettings",
        reply: Some("user_settings"),
    },
    Method {
        name: "communities.syncChannelOverrides",
        number: 92,
        request: "osmium.client.communities.SyncChannelOverrides",
        reply: None,
    },
    Method {
        name: "settings.editProfileBanner",
        number: 93,
        request: "osmium.client.settings.EditProfileBanner",
        reply: None,
    },
    Method {
        name: "billing.getProducts",
        number: 94,
        request: "osmium.client.billing.GetProducts",
        reply: Some("products"),
    },
    Method {
        name: "communities.addMember",
        number: 95,
        request: "osmium.client.communities.AddMember",
        reply: None,
    },
    Method {
        name: "chats.addChatMember",
        number: 96,
        request: "osmium.client.chats.AddChatMember",
        reply: None,
    },
    Method {
        name: "oauth.authorize",
        number: 97,
        request: "osmium.client.oauth.Authorize",
        reply: Some("oauth_authorization"),
    },
    Method {
        name: "oauth.getApp",
        number: 98,
        request: "osmium.client.oauth.GetApp",
        reply: Some("oauth_app"),
    },
    Method {
        name: "auth.createEmailVerificationChallenge",
        number: 99,
        request: "osmium.client.auth.CreateEmailVerificationChallenge",
        reply: Some("email_verification_challenge"),
    },
    Method {
        name: "chats.getChatMembers",
        number: 100,
        request: "osmium.client.chats.GetChatMembers",
        reply: Some("chat_members"),
    },
    Method {
        name: "chats.editChatMember",
        number: 101,
        request: "osmium.client.chats.EditChatMember",
        reply: None,
    },
    Method {
        name: "messages.submitInteraction",
        number: 102,
        request: "osmium.client.messages.SubmitInteraction",
        reply: Some("interaction_response"),
    },
    Method {
        name: "messages.setInteractionResponse",
        number: 103,
        request: "osmium.client.messages.SetInteractionResponse",
        reply: None,
    },
    Method {
        name: "auth.beginSignIn",
        number: 104,
        request: "osmium.client.auth.BeginSignIn",
        reply: Some("sign_in_result"),
    },
    Method {
        name: "auth.completeSignIn",
        number: 105,
        request: "osmium.client.auth.CompleteSignIn",
        reply: Some("authorization"),
    },
    Method {
        name: "settings.setupWebauthn",
        number: 106,
        request: "osmium.client.settings.SetupWebauthn",
        reply: Some("webauthn"),
    },
    Method {
        name: "settings.getMfaMethods",
        number: 107,
        request: "osmium.client.settings.GetMfaMethods",
        reply: Some("mfa_methods"),
    },
    Method {
        name: "settings.beginMfaStepUp",
        number: 108,
        request: "osmium.client.settings.BeginMfaStepUp",
        reply: Some("mfa_step_up"),
    },
    Method {
        name: "settings.completeMfaStepUp",
        number: 109,
        request: "osmium.client.settings.CompleteMfaStepUp",
        reply: Some("mfa_step_up"),
    },
    Method {
        name: "settings.regenerateRecoveryCodes",
        number: 110,
        request: "osmium.client.settings.RegenerateRecoveryCodes",
        reply: Some("recovery_codes"),
    },
    Method {
        name: "settings.getRecoveryCodes",
        number: 111,
        request: "osmium.client.settings.GetRecoveryCodes",
        reply: Some("recovery_codes"),
    },
    Method {
        name: "voice.getRoomStates",
        number: 112,
        request: "osmium.client.voice.GetRoomStates",
        reply: Some("global_room_states"),
    },
    Method {
        name: "billing.purchaseCredit",
        number: 113,
        request: "osmium.client.billing.PurchaseCredit",
        reply: Some("payment_link"),
    },
    Method {
        name: "billing.getInventory",
        number: 114,
        request: "osmium.client.billing.GetInventory",
        reply: Some("inventory_list"),
    },
    Method {
        name: "billing.redeemInventoryItem",
        number: 115,
        request: "osmium.client.billing.RedeemInventoryItem",
        reply: None,
    },
    Method {
        name: "billing.createGiftLink",
        number: 116,
        request: "osmium.client.billing.CreateGiftLink",
        reply: Some("gift_link"),
    },
    Method {
        name: "billing.revokeGiftLink",
        number: 117,
        request: "osmium.client.billing.RevokeGiftLink",
        reply: None,
    },
    Method {
        name: "billing.claimGift",
        number: 118,
        request: "osmium.client.billing.ClaimGift",
        reply: Some("claimed_gift"),
    },
    Method {
        name: "voice.disconnectUser",
        number: 119,
        request: "osmium.client.voice.DisconnectUser",
        reply: None,
    },
];

impl client_message::Message {
    /// The method that this calls.
    pub fn method(&self) -> &'static Method {
        match self {
            Self::AuthSignIn(_) => auth::SignIn::METHOD,
            Self::AuthSignUp(_) => auth::SignUp::METHOD,
            Self::MessagesSendMessage(_) => messages::SendMessage::METHOD,
            Self::MessagesGetHistory(_) => messages::GetHistory::METHOD,
            Self::CommunitiesCreateCommunity(_) => communities::CreateCommunity::METHOD,
            Self::CommunitiesGetCommunities(_) => communities::GetCommunities::METHOD,
            Self::CommunitiesCreateChannel(_) => communities::CreateChannel::METHOD,
            Self::CommunitiesGetChannels(_) => communities::GetChannels::METHOD,
            Self::FriendsGetRelationships(_) => friends::GetRelationships::METHOD,
            Self::ChatsGetChats(_) => chats::GetChats::METHOD,
            Self::MediaUploadFilePart(_) => media::UploadFilePart::METHOD,
            Self::MediaDownloadFilePart(_) => media::DownloadFilePart::METHOD,
            Self::ChatsCreateChatInvite(_) => chats::CreateChatInvite::METHOD,
            Self::AuthLookupInvite(_) => auth::LookupInvite::METHOD,
            Self::AuthUseInvite(_) => auth::UseInvite::METHOD,
            Self::MessagesDeleteMessage(_) => messages::DeleteMessage::METHOD,
            Self::CommunitiesGetChannelMembers(_) => communities::GetChannelMembers::METHOD,
            Self::CoreInitialize(_) => core::Initialize::METHOD,
            Self::AuthAuthorize(_) => auth::Authorize::METHOD,
            Self::ChatsMarkChatRead(_) => chats::MarkChatRead::METHOD,
            Self::SettingsEditProfilePhoto(_) => settings::EditProfilePhoto::METHOD,
            Self::CommunitiesEditPhoto(_) => communities::EditPhoto::METHOD,
            Self::CommunitiesDeleteChannel(_) => communities::DeleteChannel::METHOD,
            Self::ChatsGetChat(_) => chats::GetChat::METHOD,
            Self::MessagesEditMessage(_) => messages::EditMessage::METHOD,
            Self::CommunitiesGetRoles(_) => communities::GetRoles::METHOD,
            Self::ChatsSetTyping(_) => chats::SetTyping::METHOD,
            Self::CommunitiesCreateRole(_) => communities::CreateRole::METHOD,
            Self::CommunitiesEditRole(_) => communities::EditRole::METHOD,
            Self::CommunitiesDeleteRole(_) => communities::DeleteRole::METHOD,
            Self::CommunitiesEditMember(_) => communities::EditMember::METHOD,
            Self::CommunitiesCreateChannelOverride(_) => communities::CreateChannelOverride::METHOD,
            Self::CommunitiesDeleteChannelOverride(_) => communities::DeleteChannelOverride::METHOD,
            Self::CommunitiesGetChannelOverrides(_) => communities::GetChannelOverrides::METHOD,
            Self::CommunitiesLeaveCommunity(_) => communities::LeaveCommunity::METHOD,
            Self::CommunitiesDeleteCommunity(_) => communities::DeleteCommunity::METHOD,
            Self::FriendsSyncFriends(_) => friends::SyncFriends::METHOD,
            Self::CommunitiesEditChannel(_) => communities::EditChannel::METHOD,
            Self::CommunitiesEditCommunity(_) => communities::EditCommunity::METHOD,
            Self::AuthGetSessions(_) => auth::GetSessions::METHOD,
            Self::AuthRevokeSessions(_) => auth::RevokeSessions::METHOD,
            Self::SettingsRegisterPushSubscription(_) => settings::RegisterPushSubscription::METHOD,
            Self::SettingsUnregisterPushSubscription(_) => settings::UnregisterPushSubscription::METHOD,
            Self::AuthResetPassword(_) => auth::ResetPassword::METHOD,
            Self::AuthVerifyEmail(_) => auth::VerifyEmail::METHOD,
            Self::AuthResendEmailVerification(_) => auth::ResendEmailVerification::METHOD,
            Self::UsersLookupUsername(_) => users::LookupUsername::METHOD,
            Self::CommunitiesRemoveMembers(_) => communities::RemoveMembers::METHOD,
            Self::ChatsCreateChat(_) => chats::CreateChat::METHOD,
            Self::FriendsChangeRelationship(_) => friends::ChangeRelationship::METHOD,
            Self::ChatsEditChat(_) => chats::EditChat::METHOD,
            Self::ChatsRemoveChatMember(_) => chats::RemoveChatMember::METHOD,
            Self::VoiceRequestRoom(_) => voice::RequestRoom::METHOD,
            Self::MessagesSearch(_) => messages::Search::METHOD,
            Self::MessagesGetEmbedPreview(_) => messages::GetEmbedPreview::METHOD,
            Self::UsersGetProfile(_) => users::GetProfile::METHOD,
            Self::CommunitiesEditDefaultPermissions(_) => communities::EditDefaultPermissions::METHOD,
            Self::ChatsDeleteChatInvite(_) => chats::DeleteChatInvite::METHOD,
            Self::CommunitiesGetRemovedMembers(_) => communities::GetRemovedMembers::METHOD,
            Self::ChatsListChatInvites(_) => chats::ListChatInvites::METHOD,
            Self::MessagesReportMessage(_) => messages::ReportMessage::METHOD,
            Self::ReactionsAddReaction(_) => reactions::AddReaction::METHOD,
            Self::ReactionsRemoveReaction(_) => reactions::RemoveReaction::METHOD,
            Self::MessagesForwardMessage(_) => messages::ForwardMessage::METHOD,
            Self::StickersGetSavedStickers(_) => stickers::GetSavedStickers::METHOD,
            Self::StickersGetStickerFiles(_) => stickers::GetStickerFiles::METHOD,
            Self::StickersGetStickerPack(_) => stickers::GetStickerPack::METHOD,
            Self::StickersAddStickerToPack(_) => stickers::AddStickerToPack::METHOD,
            Self::StickersRemoveStickerFromPack(_) => stickers::RemoveStickerFromPack::METHOD,
            Self::BillingRequestPaymentLink(_) => billing::RequestPaymentLink::METHOD,
            Self::BillingCancelSubscription(_) => billing::CancelSubscription::METHOD,
            Self::SettingsChangeNotificationPreferences(_) => settings::ChangeNotificationPreferences::METHOD,
            Self::SettingsEditProfile(_) => settings::EditProfile::METHOD,
            Self::SettingsGetAccount(_) => settings::GetAccount::METHOD,
            Self::SettingsChangePassword(_) => settings::ChangePassword::METHOD,
            Self::SettingsChangeEmail(_) => settings::ChangeEmail::METHOD,
            Self::CommunitiesUnbanMembers(_) => communities::UnbanMembers::METHOD,
            Self::CommunitiesGetMembers(_) => communities::GetMembers::METHOD,
            Self::SettingsChangeStatus(_) => settings::ChangeStatus::METHOD,
            Self::CommunitiesEditSettings(_) => communities::EditSettings::METHOD,
            Self::BillingGetSubscription(_) => billing::GetSubscription::METHOD,
            Self::SettingsSetupTotp(_) => settings::SetupTotp::METHOD,
            Self::SettingsRequestTakeout(_) => settings::RequestTakeout::METHOD,
            Self::SettingsDeleteAccount(_) => settings::DeleteAccount::METHOD,
            Self::MessagesGetUnreadMentions(_) => messages::GetUnreadMentions::METHOD,
            Self::DiscoveryGetDiscoverableCommunities(_) => discovery::GetDiscoverableCommunities::METHOD,
            Self::CommunitiesGetRoomStates(_) => communities::GetRoomStates::METHOD,
            Self::MessagesSetMessagePin(_) => messages::SetMessagePin::METHOD,
            Self::MessagesGetPinnedMessages(_) => messages::GetPinnedMessages::METHOD,
            Self::SettingsEditUserSettings(_) => settings::EditUserSettings::METHOD,
            Self::CommunitiesSyncChannelOverrides(_) => communities::SyncChannelOverrides::METHOD,
            Self::SettingsEditProfileBanner(_) => settings::EditProfileBanner::METHOD,
            Self::BillingGetProducts(_) => billing::GetProducts::METHOD,
            Self::CommunitiesAddMember(_) => communities::AddMember::METHOD,
            Self::ChatsAddChatMember(_) => chats::AddChatMember::METHOD,
            Self::OauthAuthorize(_) => oauth::Authorize::METHOD,
            Self::OauthGetApp(_) => oauth::GetApp::METHOD,
            Self::AuthCreateEmailVerificationChallenge(_) => auth::CreateEmailVerificationChallenge::METHOD,
            Self::ChatsGetChatMembers(_) => chats::GetChatMembers::METHOD,
            Self::ChatsEditChatMember(_) => chats::EditChatMember::METHOD,
            Self::MessagesSubmitInteraction(_) => messages::SubmitInteraction::METHOD,
            Self::MessagesSetInteractionResponse(_) => messages::SetInteractionResponse::METHOD,
            Self::AuthBeginSignIn(_) => auth::BeginSignIn::METHOD,
            Self::AuthCompleteSignIn(_) => auth::CompleteSignIn::METHOD,
            Self::SettingsSetupWebauthn(_) => settings::SetupWebauthn::METHOD,
            Self::SettingsGetMfaMethods(_) => settings::GetMfaMethods::METHOD,
            Self::SettingsBeginMfaStepUp(_) => settings::BeginMfaStepUp::METHOD,
            Self::SettingsCompleteMfaStepUp(_) => settings::CompleteMfaStepUp::METHOD,
            Self::SettingsRegenerateRecoveryCodes(_) => settings::RegenerateRecoveryCodes::METHOD,
            Self::SettingsGetRecoveryCodes(_) => settings::GetRecoveryCodes::METHOD,
            Self::VoiceGetRoomStates(_) => voice::GetRoomStates::METHOD,
            Self::BillingPurchaseCredit(_) => billing::PurchaseCredit::METHOD,
            Self::BillingGetInventory(_) => billing::GetInventory::METHOD,
            Self::BillingRedeemInventoryItem(_) => billing::RedeemInventoryItem::METHOD,
            Self::BillingCreateGiftLink(_) => billing::CreateGiftLink::METHOD,
            Self::BillingRevokeGiftLink(_) => billing::RevokeGiftLink::METHOD,
            Self::BillingClaimGift(_) => billing::ClaimGift::METHOD,
            Self::VoiceDisconnectUser(_) => voice::DisconnectUser::METHOD,
        }
    }
}

impl Request for auth::SignIn {
    type Reply = auth::Authorization;
    const METHOD: &'static Method = &METHODS[0];
}

impl From<auth::SignIn> for client_message::Message {
    fn from(request: auth::SignIn) -> Self {
        Self::AuthSignIn(request)
    }
}

impl Request for auth::SignUp {
    type Reply = auth::Authorization;
    const METHOD: &'static Method = &METHODS[1];
}

impl From<auth::SignUp> for client_message::Message {
    fn from(request: auth::SignUp) -> Self {
        Self::AuthSignUp(request)
    }
}

impl Request for messages::SendMessage {
    type Reply = messages::SentMessage;
    const METHOD: &'static Method = &METHODS[2];
}

impl From<messages::SendMessage> for client_message::Message {
    fn from(request: messages::SendMessage) -> Self {
        Self::MessagesSendMessage(Box::new(request))
    }
}

impl Request for messages::GetHistory {
    type Reply = messages::Messages;
    const METHOD: &'static Method = &METHODS[3];
}

impl From<messages::GetHistory> for client_message::Message {
    fn from(request: messages::GetHistory) -> Self {
        Self::MessagesGetHistory(request)
    }
}

impl Request for communities::CreateCommunity {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[4];
}

impl From<communities::CreateCommunity> for client_message::Message {
    fn from(request: communities::CreateCommunity) -> Self {
        Self::CommunitiesCreateCommunity(request)
    }
}

impl Request for communities::GetCommunities {
    type Reply = communities::Communities;
    const METHOD: &'static Method = &METHODS[5];
}

impl From<communities::GetCommunities> for client_message::Message {
    fn from(request: communities::GetCommunities) -> Self {
        Self::CommunitiesGetCommunities(request)
    }
}

impl Request for communities::CreateChannel {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[6];
}

impl From<communities::CreateChannel> for client_message::Message {
    fn from(request: communities::CreateChannel) -> Self {
        Self::CommunitiesCreateChannel(request)
    }
}

impl Request for communities::GetChannels {
    type Reply = communities::Channels;
    const METHOD: &'static Method = &METHODS[7];
}

impl From<communities::GetChannels> for client_message::Message {
    fn from(request: communities::GetChannels) -> Self {
        Self::CommunitiesGetChannels(request)
    }
}

impl Request for friends::GetRelationships {
    type Reply = friends::Relationships;
    const METHOD: &'static Method = &METHODS[8];
}

impl From<friends::GetRelationships> for client_message::Message {
    fn from(request: friends::GetRelationships) -> Self {
        Self::FriendsGetRelationships(request)
    }
}

impl Request for chats::GetChats {
    type Reply = chats::Chats;
    const METHOD: &'static Method = &METHODS[9];
}

impl From<chats::GetChats> for client_message::Message {
    fn from(request: chats::GetChats) -> Self {
        Self::ChatsGetChats(request)
    }
}

impl Request for media::UploadFilePart {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[10];
}

impl From<media::UploadFilePart> for client_message::Message {
    fn from(request: media::UploadFilePart) -> Self {
        Self::MediaUploadFilePart(request)
    }
}

impl Request for media::DownloadFilePart {
    type Reply = media::FilePart;
    const METHOD: &'static Method = &METHODS[11];
}

impl From<media::DownloadFilePart> for client_message::Message {
    fn from(request: media::DownloadFilePart) -> Self {
        Self::MediaDownloadFilePart(request)
    }
}

impl Request for chats::CreateChatInvite {
    type Reply = auth::CreatedInvite;
    const METHOD: &'static Method = &METHODS[12];
}

impl From<chats::CreateChatInvite> for client_message::Message {
    fn from(request: chats::CreateChatInvite) -> Self {
        Self::ChatsCreateChatInvite(request)
    }
}

impl Request for auth::LookupInvite {
    type Reply = auth::InvitePreview;
    const METHOD: &'static Method = &METHODS[13];
}

impl From<auth::LookupInvite> for client_message::Message {
    fn from(request: auth::LookupInvite) -> Self {
        Self::AuthLookupInvite(request)
    }
}

impl Request for auth::UseInvite {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[14];
}

impl From<auth::UseInvite> for client_message::Message {
    fn from(request: auth::UseInvite) -> Self {
        Self::AuthUseInvite(request)
    }
}

impl Request for messages::DeleteMessage {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[15];
}

impl From<messages::DeleteMessage> for client_message::Message {
    fn from(request: messages::DeleteMessage) -> Self {
        Self::MessagesDeleteMessage(request)
    }
}

impl Request for communities::GetChannelMembers {
    type Reply = communities::MemberList;
    const METHOD: &'static Method = &METHODS[16];
}

impl From<communities::GetChannelMembers> for client_message::Message {
    fn from(request: communities::GetChannelMembers) -> Self {
        Self::CommunitiesGetChannelMembers(request)
    }
}

impl Request for core::Initialize {
    type Reply = core::Initialized;
    const METHOD: &'static Method = &METHODS[17];
}

impl From<core::Initialize> for client_message::Message {
    fn from(request: core::Initialize) -> Self {
        Self::CoreInitialize(request)
    }
}

impl Request for auth::Authorize {
    type Reply = auth::Authorization;
    const METHOD: &'static Method = &METHODS[18];
}

impl From<auth::Authorize> for client_message::Message {
    fn from(request: auth::Authorize) -> Self {
        Self::AuthAuthorize(request)
    }
}

impl Request for chats::MarkChatRead {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[19];
}

impl From<chats::MarkChatRead> for client_message::Message {
    fn from(request: chats::MarkChatRead) -> Self {
        Self::ChatsMarkChatRead(request)
    }
}

impl Request for settings::EditProfilePhoto {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[20];
}

impl From<settings::EditProfilePhoto> for client_message::Message {
    fn from(request: settings::EditProfilePhoto) -> Self {
        Self::SettingsEditProfilePhoto(request)
    }
}

impl Request for communities::EditPhoto {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[21];
}

impl From<communities::EditPhoto> for client_message::Message {
    fn from(request: communities::EditPhoto) -> Self {
        Self::CommunitiesEditPhoto(request)
    }
}

impl Request for communities::DeleteChannel {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[22];
}

impl From<communities::DeleteChannel> for client_message::Message {
    fn from(request: communities::DeleteChannel) -> Self {
        Self::CommunitiesDeleteChannel(request)
    }
}

impl Request for chats::GetChat {
    type Reply = chats::Chat;
    const METHOD: &'static Method = &METHODS[23];
}

impl From<chats::GetChat> for client_message::Message {
    fn from(request: chats::GetChat) -> Self {
        Self::ChatsGetChat(request)
    }
}

impl Request for messages::EditMessage {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[24];
}

impl From<messages::EditMessage> for client_message::Message {
    fn from(request: messages::EditMessage) -> Self {
        Self::MessagesEditMessage(Box::new(request))
    }
}

impl Request for communities::GetRoles {
    type Reply = communities::CommunityRoles;
    const METHOD: &'static Method = &METHODS[25];
}

impl From<communities::GetRoles> for client_message::Message {
    fn from(request: communities::GetRoles) -> Self {
        Self::CommunitiesGetRoles(request)
    }
}

impl Request for chats::SetTyping {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[26];
}

impl From<chats::SetTyping> for client_message::Message {
    fn from(request: chats::SetTyping) -> Self {
        Self::ChatsSetTyping(request)
    }
}

impl Request for communities::CreateRole {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[27];
}

impl From<communities::CreateRole> for client_message::Message {
    fn from(request: communities::CreateRole) -> Self {
        Self::CommunitiesCreateRole(request)
    }
}

impl Request for communities::EditRole {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[28];
}

impl From<communities::EditRole> for client_message::Message {
    fn from(request: communities::EditRole) -> Self {
        Self::CommunitiesEditRole(request)
    }
}

impl Request for communities::DeleteRole {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[29];
}

impl From<communities::DeleteRole> for client_message::Message {
    fn from(request: communities::DeleteRole) -> Self {
        Self::CommunitiesDeleteRole(request)
    }
}

impl Request for communities::EditMember {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[30];
}

impl From<communities::EditMember> for client_message::Message {
    fn from(request: communities::EditMember) -> Self {
        Self::CommunitiesEditMember(request)
    }
}

impl Request for communities::CreateChannelOverride {
    type Reply = communities::ChannelOverride;
    const METHOD: &'static Method = &METHODS[31];
}

impl From<communities::CreateChannelOverride> for client_message::Message {
    fn from(request: communities::CreateChannelOverride) -> Self {
        Self::CommunitiesCreateChannelOverride(request)
    }
}

impl Request for communities::DeleteChannelOverride {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[32];
}

impl From<communities::DeleteChannelOverride> for client_message::Message {
    fn from(request: communities::DeleteChannelOverride) -> Self {
        Self::CommunitiesDeleteChannelOverride(request)
    }
}

impl Request for communities::GetChannelOverrides {
    type Reply = communities::ChannelOverrides;
    const METHOD: &'static Method = &METHODS[33];
}

impl From<communities::GetChannelOverrides> for client_message::Message {
    fn from(request: communities::GetChannelOverrides) -> Self {
        Self::CommunitiesGetChannelOverrides(request)
    }
}

impl Request for communities::LeaveCommunity {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[34];
}

impl From<communities::LeaveCommunity> for client_message::Message {
    fn from(request: communities::LeaveCommunity) -> Self {
        Self::CommunitiesLeaveCommunity(request)
    }
}

impl Request for communities::DeleteCommunity {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[35];
}

impl From<communities::DeleteCommunity> for client_message::Message {
    fn from(request: communities::DeleteCommunity) -> Self {
        Self::CommunitiesDeleteCommunity(request)
    }
}

impl Request for friends::SyncFriends {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[36];
}

impl From<friends::SyncFriends> for client_message::Message {
    fn from(request: friends::SyncFriends) -> Self {
        Self::FriendsSyncFriends(Box::new(request))
    }
}

impl Request for communities::EditChannel {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[37];
}

impl From<communities::EditChannel> for client_message::Message {
    fn from(request: communities::EditChannel) -> Self {
        Self::CommunitiesEditChannel(Box::new(request))
    }
}

impl Request for communities::EditCommunity {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[38];
}

impl From<communities::EditCommunity> for client_message::Message {
    fn from(request: communities::EditCommunity) -> Self {
        Self::CommunitiesEditCommunity(request)
    }
}

impl Request for auth::GetSessions {
    type Reply = auth::Sessions;
    const METHOD: &'static Method = &METHODS[39];
}

impl From<auth::GetSessions> for client_message::Message {
    fn from(request: auth::GetSessions) -> Self {
        Self::AuthGetSessions(request)
    }
}

impl Request for auth::RevokeSessions {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[40];
}

impl From<auth::RevokeSessions> for client_message::Message {
    fn from(request: auth::RevokeSessions) -> Self {
        Self::AuthRevokeSessions(request)
    }
}

impl Request for settings::RegisterPushSubscription {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[41];
}

impl From<settings::RegisterPushSubscription> for client_message::Message {
    fn from(request: settings::RegisterPushSubscription) -> Self {
        Self::SettingsRegisterPushSubscription(request)
    }
}

impl Request for settings::UnregisterPushSubscription {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[42];
}

impl From<settings::UnregisterPushSubscription> for client_message::Message {
    fn from(request: settings::UnregisterPushSubscription) -> Self {
        Self::SettingsUnregisterPushSubscription(request)
    }
}

impl Request for auth::ResetPassword {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[43];
}

impl From<auth::ResetPassword> for client_message::Message {
    fn from(request: auth::ResetPassword) -> Self {
        Self::AuthResetPassword(request)
    }
}

impl Request for auth::VerifyEmail {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[44];
}

impl From<auth::VerifyEmail> for client_message::Message {
    fn from(request: auth::VerifyEmail) -> Self {
        Self::AuthVerifyEmail(request)
    }
}

impl Request for auth::ResendEmailVerification {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[45];
}

impl From<auth::ResendEmailVerification> for client_message::Message {
    fn from(request: auth::ResendEmailVerification) -> Self {
        Self::AuthResendEmailVerification(request)
    }
}

impl Request for users::LookupUsername {
    type Reply = users::UserDetails;
    const METHOD: &'static Method = &METHODS[46];
}

impl From<users::LookupUsername> for client_message::Message {
    fn from(request: users::LookupUsername) -> Self {
        Self::UsersLookupUsername(request)
    }
}

impl Request for communities::RemoveMembers {
    type Reply = communities::RemovedMembers;
    const METHOD: &'static Method = &METHODS[47];
}

impl From<communities::RemoveMembers> for client_message::Message {
    fn from(request: communities::RemoveMembers) -> Self {
        Self::CommunitiesRemoveMembers(request)
    }
}

impl Request for chats::CreateChat {
    type Reply = types::Group;
    const METHOD: &'static Method = &METHODS[48];
}

impl From<chats::CreateChat> for client_message::Message {
    fn from(request: chats::CreateChat) -> Self {
        Self::ChatsCreateChat(request)
    }
}

impl Request for friends::ChangeRelationship {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[49];
}

impl From<friends::ChangeRelationship> for client_message::Message {
    fn from(request: friends::ChangeRelationship) -> Self {
        Self::FriendsChangeRelationship(request)
    }
}

impl Request for chats::EditChat {
    type Reply = chats::Chat;
    const METHOD: &'static Method = &METHODS[50];
}

impl From<chats::EditChat> for client_message::Message {
    fn from(request: chats::EditChat) -> Self {
        Self::ChatsEditChat(Box::new(request))
    }
}

impl Request for chats::RemoveChatMember {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[51];
}

impl From<chats::RemoveChatMember> for client_message::Message {
    fn from(request: chats::RemoveChatMember) -> Self {
        Self::ChatsRemoveChatMember(request)
    }
}

impl Request for voice::RequestRoom {
    type Reply = voice::RoomInfo;
    const METHOD: &'static Method = &METHODS[52];
}

impl From<voice::RequestRoom> for client_message::Message {
    fn from(request: voice::RequestRoom) -> Self {
        Self::VoiceRequestRoom(request)
    }
}

impl Request for messages::Search {
    type Reply = messages::Messages;
    const METHOD: &'static Method = &METHODS[53];
}

impl From<messages::Search> for client_message::Message {
    fn from(request: messages::Search) -> Self {
        Self::MessagesSearch(request)
    }
}

impl Request for messages::GetEmbedPreview {
    type Reply = media::MediaEmbed;
    const METHOD: &'static Method = &METHODS[54];
}

impl From<messages::GetEmbedPreview> for client_message::Message {
    fn from(request: messages::GetEmbedPreview) -> Self {
        Self::MessagesGetEmbedPreview(request)
    }
}

impl Request for users::GetProfile {
    type Reply = users::Profile;
    const METHOD: &'static Method = &METHODS[55];
}

impl From<users::GetProfile> for client_message::Message {
    fn from(request: users::GetProfile) -> Self {
        Self::UsersGetProfile(request)
    }
}

impl Request for communities::EditDefaultPermissions {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[56];
}

impl From<communities::EditDefaultPermissions> for client_message::Message {
    fn from(request: communities::EditDefaultPermissions) -> Self {
        Self::CommunitiesEditDefaultPermissions(request)
    }
}

impl Request for chats::DeleteChatInvite {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[57];
}

impl From<chats::DeleteChatInvite> for client_message::Message {
    fn from(request: chats::DeleteChatInvite) -> Self {
        Self::ChatsDeleteChatInvite(request)
    }
}

impl Request for communities::GetRemovedMembers {
    type Reply = communities::RemovedMembers;
    const METHOD: &'static Method = &METHODS[58];
}

impl From<communities::GetRemovedMembers> for client_message::Message {
    fn from(request: communities::GetRemovedMembers) -> Self {
        Self::CommunitiesGetRemovedMembers(request)
    }
}

impl Request for chats::ListChatInvites {
    type Reply = auth::InviteList;
    const METHOD: &'static Method = &METHODS[59];
}

impl From<chats::ListChatInvites> for client_message::Message {
    fn from(request: chats::ListChatInvites) -> Self {
        Self::ChatsListChatInvites(request)
    }
}

impl Request for messages::ReportMessage {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[60];
}

impl From<messages::ReportMessage> for client_message::Message {
    fn from(request: messages::ReportMessage) -> Self {
        Self::MessagesReportMessage(request)
    }
}

impl Request for reactions::AddReaction {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[61];
}

impl From<reactions::AddReaction> for client_message::Message {
    fn from(request: reactions::AddReaction) -> Self {
        Self::ReactionsAddReaction(request)
    }
}

impl Request for reactions::RemoveReaction {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[62];
}

impl From<reactions::RemoveReaction> for client_message::Message {
    fn from(request: reactions::RemoveReaction) -> Self {
        Self::ReactionsRemoveReaction(request)
    }
}

impl Request for messages::ForwardMessage {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[63];
}

impl From<messages::ForwardMessage> for client_message::Message {
    fn from(request: messages::ForwardMessage) -> Self {
        Self::MessagesForwardMessage(request)
    }
}

impl Request for stickers::GetSavedStickers {
    type Reply = stickers::SavedStickers;
    const METHOD: &'static Method = &METHODS[64];
}

impl From<stickers::GetSavedStickers> for client_message::Message {
    fn from(request: stickers::GetSavedStickers) -> Self {
        Self::StickersGetSavedStickers(request)
    }
}

impl Request for stickers::GetStickerFiles {
    type Reply = media::Files;
    const METHOD: &'static Method = &METHODS[65];
}

impl From<stickers::GetStickerFiles> for client_message::Message {
    fn from(request: stickers::GetStickerFiles) -> Self {
        Self::StickersGetStickerFiles(request)
    }
}

impl Request for stickers::GetStickerPack {
    type Reply = stickers::StickerPack;
    const METHOD: &'static Method = &METHODS[66];
}

impl From<stickers::GetStickerPack> for client_message::Message {
    fn from(request: stickers::GetStickerPack) -> Self {
        Self::StickersGetStickerPack(request)
    }
}

impl Request for stickers::AddStickerToPack {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[67];
}

impl From<stickers::AddStickerToPack> for client_message::Message {
    fn from(request: stickers::AddStickerToPack) -> Self {
        Self::StickersAddStickerToPack(Box::new(request))
    }
}

impl Request for stickers::RemoveStickerFromPack {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[68];
}

impl From<stickers::RemoveStickerFromPack> for client_message::Message {
    fn from(request: stickers::RemoveStickerFromPack) -> Self {
        Self::StickersRemoveStickerFromPack(request)
    }
}

impl Request for billing::RequestPaymentLink {
    type Reply = billing::PaymentLink;
    const METHOD: &'static Method = &METHODS[69];
}

impl From<billing::RequestPaymentLink> for client_message::Message {
    fn from(request: billing::RequestPaymentLink) -> Self {
        Self::BillingRequestPaymentLink(request)
    }
}

impl Request for billing::CancelSubscription {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[70];
}

impl From<billing::CancelSubscription> for client_message::Message {
    fn from(request: billing::CancelSubscription) -> Self {
        Self::BillingCancelSubscription(request)
    }
}

impl Request for settings::ChangeNotificationPreferences {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[71];
}

impl From<settings::ChangeNotificationPreferences> for client_message::Message {
    fn from(request: settings::ChangeNotificationPreferences) -> Self {
        Self::SettingsChangeNotificationPreferences(request)
    }
}

impl Request for settings::EditProfile {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[72];
}

impl From<settings::EditProfile> for client_message::Message {
    fn from(request: settings::EditProfile) -> Self {
        Self::SettingsEditProfile(Box::new(request))
    }
}

impl Request for settings::GetAccount {
    type Reply = settings::Account;
    const METHOD: &'static Method = &METHODS[73];
}

impl From<settings::GetAccount> for client_message::Message {
    fn from(request: settings::GetAccount) -> Self {
        Self::SettingsGetAccount(request)
    }
}

impl Request for settings::ChangePassword {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[74];
}

impl From<settings::ChangePassword> for client_message::Message {
    fn from(request: settings::ChangePassword) -> Self {
        Self::SettingsChangePassword(request)
    }
}

impl Request for settings::ChangeEmail {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[75];
}

impl From<settings::ChangeEmail> for client_message::Message {
    fn from(request: settings::ChangeEmail) -> Self {
        Self::SettingsChangeEmail(request)
    }
}

impl Request for communities::UnbanMembers {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[76];
}

impl From<communities::UnbanMembers> for client_message::Message {
    fn from(request: communities::UnbanMembers) -> Self {
        Self::CommunitiesUnbanMembers(request)
    }
}

impl Request for communities::GetMembers {
    type Reply = communities::Members;
    const METHOD: &'static Method = &METHODS[77];
}

impl From<communities::GetMembers> for client_message::Message {
    fn from(request: communities::GetMembers) -> Self {
        Self::CommunitiesGetMembers(request)
    }
}

impl Request for settings::ChangeStatus {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[78];
}

impl From<settings::ChangeStatus> for client_message::Message {
    fn from(request: settings::ChangeStatus) -> Self {
        Self::SettingsChangeStatus(request)
    }
}

impl Request for communities::EditSettings {
    type Reply = communities::CommunitySettings;
    const METHOD: &'static Method = &METHODS[79];
}

impl From<communities::EditSettings> for client_message::Message {
    fn from(request: communities::EditSettings) -> Self {
        Self::CommunitiesEditSettings(Box::new(request))
    }
}

impl Request for billing::GetSubscription {
    type Reply = billing::Subscription;
    const METHOD: &'static Method = &METHODS[80];
}

impl From<billing::GetSubscription> for client_message::Message {
    fn from(request: billing::GetSubscription) -> Self {
        Self::BillingGetSubscription(request)
    }
}

impl Request for settings::SetupTotp {
    type Reply = settings::Totp;
    const METHOD: &'static Method = &METHODS[81];
}

impl From<settings::SetupTotp> for client_message::Message {
    fn from(request: settings::SetupTotp) -> Self {
        Self::SettingsSetupTotp(request)
    }
}

impl Request for settings::RequestTakeout {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[82];
}

impl From<settings::RequestTakeout> for client_message::Message {
    fn from(request: settings::RequestTakeout) -> Self {
        Self::SettingsRequestTakeout(request)
    }
}

impl Request for settings::DeleteAccount {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[83];
}

impl From<settings::DeleteAccount> for client_message::Message {
    fn from(request: settings::DeleteAccount) -> Self {
        Self::SettingsDeleteAccount(request)
    }
}

impl Request for messages::GetUnreadMentions {
    type Reply = messages::UnreadMentions;
    const METHOD: &'static Method = &METHODS[84];
}

impl From<messages::GetUnreadMentions> for client_message::Message {
    fn from(request: messages::GetUnreadMentions) -> Self {
        Self::MessagesGetUnreadMentions(request)
    }
}

impl Request for discovery::GetDiscoverableCommunities {
    type Reply = discovery::DiscoveryCommunities;
    const METHOD: &'static Method = &METHODS[85];
}

impl From<discovery::GetDiscoverableCommunities> for client_message::Message {
    fn from(request: discovery::GetDiscoverableCommunities) -> Self {
        Self::DiscoveryGetDiscoverableCommunities(request)
    }
}

impl Request for communities::GetRoomStates {
    type Reply = communities::RoomStates;
    const METHOD: &'static Method = &METHODS[86];
}

impl From<communities::GetRoomStates> for client_message::Message {
    fn from(request: communities::GetRoomStates) -> Self {
        Self::CommunitiesGetRoomStates(request)
    }
}

impl Request for messages::SetMessagePin {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[87];
}

impl From<messages::SetMessagePin> for client_message::Message {
    fn from(request: messages::SetMessagePin) -> Self {
        Self::MessagesSetMessagePin(request)
    }
}

impl Request for messages::GetPinnedMessages {
    type Reply = messages::Messages;
    const METHOD: &'static Method = &METHODS[88];
}

impl From<messages::GetPinnedMessages> for client_message::Message {
    fn from(request: messages::GetPinnedMessages) -> Self {
        Self::MessagesGetPinnedMessages(request)
    }
}

impl Request for settings::EditUserSettings {
    type Reply = settings::UserSettings;
    const METHOD: &'static Method = &METHODS[89];
}

impl From<settings::EditUserSettings> for client_message::Message {
    fn from(request: settings::EditUserSettings) -> Self {
        Self::SettingsEditUserSettings(request)
    }
}

impl Request for communities::SyncChannelOverrides {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[90];
}

impl From<communities::SyncChannelOverrides> for client_message::Message {
    fn from(request: communities::SyncChannelOverrides) -> Self {
        Self::CommunitiesSyncChannelOverrides(request)
    }
}

impl Request for settings::EditProfileBanner {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[91];
}

impl From<settings::EditProfileBanner> for client_message::Message {
    fn from(request: settings::EditProfileBanner) -> Self {
        Self::SettingsEditProfileBanner(request)
    }
}

impl Request for billing::GetProducts {
    type Reply = billing::Products;
    const METHOD: &'static Method = &METHODS[92];
}

impl From<billing::GetProducts> for client_message::Message {
    fn from(request: billing::GetProducts) -> Self {
        Self::BillingGetProducts(request)
    }
}

impl Request for communities::AddMember {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[93];
}

impl From<communities::AddMember> for client_message::Message {
    fn from(request: communities::AddMember) -> Self {
        Self::CommunitiesAddMember(request)
    }
}

impl Request for chats::AddChatMember {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[94];
}

impl From<chats::AddChatMember> for client_message::Message {
    fn from(request: chats::AddChatMember) -> Self {
        Self::ChatsAddChatMember(request)
    }
}

impl Request for oauth::Authorize {
    type Reply = oauth::Authorization;
    const METHOD: &'static Method = &METHODS[95];
}

impl From<oauth::Authorize> for client_message::Message {
    fn from(request: oauth::Authorize) -> Self {
        Self::OauthAuthorize(Box::new(request))
    }
}

impl Request for oauth::GetApp {
    type Reply = oauth::App;
    const METHOD: &'static Method = &METHODS[96];
}

impl From<oauth::GetApp> for client_message::Message {
    fn from(request: oauth::GetApp) -> Self {
        Self::OauthGetApp(request)
    }
}

impl Request for auth::CreateEmailVerificationChallenge {
    type Reply = auth::EmailVerificationChallenge;
    const METHOD: &'static Method = &METHODS[97];
}

impl From<auth::CreateEmailVerificationChallenge> for client_message::Message {
    fn from(request: auth::CreateEmailVerificationChallenge) -> Self {
        Self::AuthCreateEmailVerificationChallenge(request)
    }
}

impl Request for chats::GetChatMembers {
    type Reply = chats::ChatMembers;
    const METHOD: &'static Method = &METHODS[98];
}

impl From<chats::GetChatMembers> for client_message::Message {
    fn from(request: chats::GetChatMembers) -> Self {
        Self::ChatsGetChatMembers(request)
    }
}

impl Request for chats::EditChatMember {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[99];
}

impl From<chats::EditChatMember> for client_message::Message {
    fn from(request: chats::EditChatMember) -> Self {
        Self::ChatsEditChatMember(request)
    }
}

impl Request for messages::SubmitInteraction {
    type Reply = messages::InteractionResponse;
    const METHOD: &'static Method = &METHODS[100];
}

impl From<messages::SubmitInteraction> for client_message::Message {
    fn from(request: messages::SubmitInteraction) -> Self {
        Self::MessagesSubmitInteraction(request)
    }
}

impl Request for messages::SetInteractionResponse {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[101];
}

impl From<messages::SetInteractionResponse> for client_message::Message {
    fn from(request: messages::SetInteractionResponse) -> Self {
        Self::MessagesSetInteractionResponse(request)
    }
}

impl Request for auth::BeginSignIn {
    type Reply = auth::SignInResult;
    const METHOD: &'static Method = &METHODS[102];
}

impl From<auth::BeginSignIn> for client_message::Message {
    fn from(request: auth::BeginSignIn) -> Self {
        Self::AuthBeginSignIn(request)
    }
}

impl Request for auth::CompleteSignIn {
    type Reply = auth::Authorization;
    const METHOD: &'static Method = &METHODS[103];
}

impl From<auth::CompleteSignIn> for client_message::Message {
    fn from(request: auth::CompleteSignIn) -> Self {
        Self::AuthCompleteSignIn(request)
    }
}

impl Request for settings::SetupWebauthn {
    type Reply = settings::Webauthn;
    const METHOD: &'static Method = &METHODS[104];
}

impl From<settings::SetupWebauthn> for client_message::Message {
    fn from(request: settings::SetupWebauthn) -> Self {
        Self::SettingsSetupWebauthn(Box::new(request))
    }
}

impl Request for settings::GetMfaMethods {
    type Reply = settings::MfaMethods;
    const METHOD: &'static Method = &METHODS[105];
}

impl From<settings::GetMfaMethods> for client_message::Message {
    fn from(request: settings::GetMfaMethods) -> Self {
        Self::SettingsGetMfaMethods(request)
    }
}

impl Request for settings::BeginMfaStepUp {
    type Reply = settings::MfaStepUp;
    const METHOD: &'static Method = &METHODS[106];
}

impl From<settings::BeginMfaStepUp> for client_message::Message {
    fn from(request: settings::BeginMfaStepUp) -> Self {
        Self::SettingsBeginMfaStepUp(request)
    }
}

impl Request for settings::CompleteMfaStepUp {
    type Reply = settings::MfaStepUp;
    const METHOD: &'static Method = &METHODS[107];
}

impl From<settings::CompleteMfaStepUp> for client_message::Message {
    fn from(request: settings::CompleteMfaStepUp) -> Self {
        Self::SettingsCompleteMfaStepUp(request)
    }
}

impl Request for settings::RegenerateRecoveryCodes {
    type Reply = settings::RecoveryCodes;
    const METHOD: &'static Method = &METHODS[108];
}

impl From<settings::RegenerateRecoveryCodes> for client_message::Message {
    fn from(request: settings::RegenerateRecoveryCodes) -> Self {
        Self::SettingsRegenerateRecoveryCodes(request)
    }
}

impl Request for settings::GetRecoveryCodes {
    type Reply = settings::RecoveryCodes;
    const METHOD: &'static Method = &METHODS[109];
}

impl From<settings::GetRecoveryCodes> for client_message::Message {
    fn from(request: settings::GetRecoveryCodes) -> Self {
        Self::SettingsGetRecoveryCodes(request)
    }
}

impl Request for voice::GetRoomStates {
    type Reply = voice::GlobalRoomStates;
    const METHOD: &'static Method = &METHODS[110];
}

impl From<voice::GetRoomStates> for client_message::Message {
    fn from(request: voice::GetRoomStates) -> Self {
        Self::VoiceGetRoomStates(request)
    }
}

impl Request for billing::PurchaseCredit {
    type Reply = billing::PaymentLink;
    const METHOD: &'static Method = &METHODS[111];
}

impl From<billing::PurchaseCredit> for client_message::Message {
    fn from(request: billing::PurchaseCredit) -> Self {
        Self::BillingPurchaseCredit(request)
    }
}

impl Request for billing::GetInventory {
    type Reply = billing::InventoryList;
    const METHOD: &'static Method = &METHODS[112];
}

impl From<billing::GetInventory> for client_message::Message {
    fn from(request: billing::GetInventory) -> Self {
        Self::BillingGetInventory(request)
    }
}

impl Request for billing::RedeemInventoryItem {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[113];
}

impl From<billing::RedeemInventoryItem> for client_message::Message {
    fn from(request: billing::RedeemInventoryItem) -> Self {
        Self::BillingRedeemInventoryItem(request)
    }
}

impl Request for billing::CreateGiftLink {
    type Reply = billing::GiftLink;
    const METHOD: &'static Method = &METHODS[114];
}

impl From<billing::CreateGiftLink> for client_message::Message {
    fn from(request: billing::CreateGiftLink) -> Self {
        Self::BillingCreateGiftLink(request)
    }
}

impl Request for billing::RevokeGiftLink {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[115];
}

impl From<billing::RevokeGiftLink> for client_message::Message {
    fn from(request: billing::RevokeGiftLink) -> Self {
        Self::BillingRevokeGiftLink(request)
    }
}

impl Request for billing::ClaimGift {
    type Reply = billing::ClaimedGift;
    const METHOD: &'static Method = &METHODS[116];
}

impl From<billing::ClaimGift> for client_message::Message {
    fn from(request: billing::ClaimGift) -> Self {
        Self::BillingClaimGift(request)
    }
}

impl Request for voice::DisconnectUser {
    type Reply = ();
    const METHOD: &'static Method = &METHODS[117];
}

impl From<voice::DisconnectUser> for client_message::Message {
    fn from(request: voice::DisconnectUser) -> Self {
        Self::VoiceDisconnectUser(request)
    }
}

impl rpc_result::Result {
    /// The name of the member that is set, as `RPCResult` spells it.
    pub fn member(&self) -> &'static str {
        match self {
            Self::Error(_) => "error",
            Self::Account(_) => "account",
            Self::Authorization(_) => "authorization",
            Self::ChannelOverride(_) => "channel_override",
            Self::ChannelOverrides(_) => "channel_overrides",
            Self::Channels(_) => "channels",
            Self::Chat(_) => "chat",
            Self::ChatMembers(_) => "chat_members",
            Self::Chats(_) => "chats",
            Self::ClaimedGift(_) => "claimed_gift",
            Self::Communities(_) => "communities",
            Self::CommunityRoles(_) => "community_roles",
            Self::CommunitySettings(_) => "community_settings",
            Self::CreatedInvite(_) => "created_invite",
            Self::DiscoveryCommunities(_) => "discovery_communities",
            Self::EmailVerificationChallenge(_) => "email_verification_challenge",
            Self::FilePart(_) => "file_part",
            Self::Files(_) => "files",
            Self::GiftLink(_) => "gift_link",
            Self::GlobalRoomStates(_) => "global_room_states",
            Self::Group(_) => "group",
            Self::Initialized(_) => "initialized",
            Self::InteractionResponse(_) => "interaction_response",
            Self::InventoryList(_) => "inventory_list",
            Self::InviteList(_) => "invite_list",
            Self::InvitePreview(_) => "invite_preview",
            Self::MediaEmbed(_) => "media_embed",
            Self::MemberList(_) => "member_list",
            Self::Members(_) => "members",
            Self::Messages(_) => "messages",
            Self::MfaMethods(_) => "mfa_methods",
            Self::MfaStepUp(_) => "mfa_step_up",
            Self::OauthApp(_) => "oauth_app",
            Self::OauthAuthorization(_) => "oauth_authorization",
            Self::PaymentLink(_) => "payment_link",
            Self::Products(_) => "products",
            Self::Profile(_) => "profile",
            Self::RecoveryCodes(_) => "recovery_codes",
            Self::Relationships(_) => "relationships",
            Self::RemovedMembers(_) => "removed_members",
            Self::RoomInfo(_) => "room_info",
            Self::RoomStates(_) => "room_states",
            Self::SavedStickers(_) => "saved_stickers",
            Self::SentMessage(_) => "sent_message",
            Self::Sessions(_) => "sessions",
            Self::SignInResult(_) => "sign_in_result",
            Self::StickerPack(_) => "sticker_pack",
            Self::Subscription(_) => "subscription",
            Self::Totp(_) => "totp",
            Self::UnreadMentions(_) => "unread_mentions",
            Self::UserDetails(_) => "user_details",
            Self::UserSettings(_) => "user_settings",
            Self::Webauthn(_) => "webauthn",
        }
    }
}

impl Reply for settings::Account {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Account(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Account(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("account"), other.as_ref())),
        }
    }
}

impl Reply for auth::Authorization {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Authorization(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Authorization(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("authorization"), other.as_ref())),
        }
    }
}

impl Reply for communities::ChannelOverride {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::ChannelOverride(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::ChannelOverride(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("channel_override"), other.as_ref())),
        }
    }
}

impl Reply for communities::ChannelOverrides {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::ChannelOverrides(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::ChannelOverrides(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("channel_overrides"), other.as_ref())),
        }
    }
}

impl Reply for communities::Channels {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Channels(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Channels(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("channels"), other.as_ref())),
        }
    }
}

impl Reply for chats::Chat {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Chat(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Chat(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("chat"), other.as_ref())),
        }
    }
}

impl Reply for chats::ChatMembers {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::ChatMembers(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::ChatMembers(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("chat_members"), other.as_ref())),
        }
    }
}

impl Reply for chats::Chats {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Chats(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Chats(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("chats"), other.as_ref())),
        }
    }
}

impl Reply for billing::ClaimedGift {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::ClaimedGift(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::ClaimedGift(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("claimed_gift"), other.as_ref())),
        }
    }
}

impl Reply for communities::Communities {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Communities(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Communities(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("communities"), other.as_ref())),
        }
    }
}

impl Reply for communities::CommunityRoles {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::CommunityRoles(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::CommunityRoles(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("community_roles"), other.as_ref())),
        }
    }
}

impl Reply for communities::CommunitySettings {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::CommunitySettings(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::CommunitySettings(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("community_settings"), other.as_ref())),
        }
    }
}

impl Reply for auth::CreatedInvite {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::CreatedInvite(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::CreatedInvite(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("created_invite"), other.as_ref())),
        }
    }
}

impl Reply for discovery::DiscoveryCommunities {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::DiscoveryCommunities(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::DiscoveryCommunities(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("discovery_communities"), other.as_ref())),
        }
    }
}

impl Reply for auth::EmailVerificationChallenge {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::EmailVerificationChallenge(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::EmailVerificationChallenge(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("email_verification_challenge"), other.as_ref())),
        }
    }
}

impl Reply for media::FilePart {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::FilePart(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::FilePart(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("file_part"), other.as_ref())),
        }
    }
}

impl Reply for media::Files {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Files(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Files(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("files"), other.as_ref())),
        }
    }
}

impl Reply for billing::GiftLink {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::GiftLink(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::GiftLink(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("gift_link"), other.as_ref())),
        }
    }
}

impl Reply for voice::GlobalRoomStates {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::GlobalRoomStates(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::GlobalRoomStates(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("global_room_states"), other.as_ref())),
        }
    }
}

impl Reply for types::Group {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Group(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Group(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("group"), other.as_ref())),
        }
    }
}

impl Reply for core::Initialized {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Initialized(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Initialized(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("initialized"), other.as_ref())),
        }
    }
}

impl Reply for messages::InteractionResponse {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::InteractionResponse(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::InteractionResponse(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("interaction_response"), other.as_ref())),
        }
    }
}

impl Reply for billing::InventoryList {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::InventoryList(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::InventoryList(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("inventory_list"), other.as_ref())),
        }
    }
}

impl Reply for auth::InviteList {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::InviteList(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::InviteList(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("invite_list"), other.as_ref())),
        }
    }
}

impl Reply for auth::InvitePreview {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::InvitePreview(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::InvitePreview(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("invite_preview"), other.as_ref())),
        }
    }
}

impl Reply for media::MediaEmbed {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::MediaEmbed(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::MediaEmbed(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("media_embed"), other.as_ref())),
        }
    }
}

impl Reply for communities::MemberList {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::MemberList(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::MemberList(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("member_list"), other.as_ref())),
        }
    }
}

impl Reply for communities::Members {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Members(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Members(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("members"), other.as_ref())),
        }
    }
}

impl Reply for messages::Messages {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Messages(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Messages(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("messages"), other.as_ref())),
        }
    }
}

impl Reply for settings::MfaMethods {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::MfaMethods(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::MfaMethods(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("mfa_methods"), other.as_ref())),
        }
    }
}

impl Reply for settings::MfaStepUp {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::MfaStepUp(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::MfaStepUp(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("mfa_step_up"), other.as_ref())),
        }
    }
}

impl Reply for oauth::App {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::OauthApp(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::OauthApp(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("oauth_app"), other.as_ref())),
        }
    }
}

impl Reply for oauth::Authorization {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::OauthAuthorization(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::OauthAuthorization(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("oauth_authorization"), other.as_ref())),
        }
    }
}

impl Reply for billing::PaymentLink {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::PaymentLink(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::PaymentLink(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("payment_link"), other.as_ref())),
        }
    }
}

impl Reply for billing::Products {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Products(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Products(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("products"), other.as_ref())),
        }
    }
}

impl Reply for users::Profile {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Profile(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Profile(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("profile"), other.as_ref())),
        }
    }
}

impl Reply for settings::RecoveryCodes {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::RecoveryCodes(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::RecoveryCodes(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("recovery_codes"), other.as_ref())),
        }
    }
}

impl Reply for friends::Relationships {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Relationships(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Relationships(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("relationships"), other.as_ref())),
        }
    }
}

impl Reply for communities::RemovedMembers {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::RemovedMembers(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::RemovedMembers(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("removed_members"), other.as_ref())),
        }
    }
}

impl Reply for voice::RoomInfo {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::RoomInfo(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::RoomInfo(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("room_info"), other.as_ref())),
        }
    }
}

impl Reply for communities::RoomStates {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::RoomStates(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::RoomStates(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("room_states"), other.as_ref())),
        }
    }
}

impl Reply for stickers::SavedStickers {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::SavedStickers(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::SavedStickers(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("saved_stickers"), other.as_ref())),
        }
    }
}

impl Reply for messages::SentMessage {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::SentMessage(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::SentMessage(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("sent_message"), other.as_ref())),
        }
    }
}

impl Reply for auth::Sessions {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Sessions(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Sessions(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("sessions"), other.as_ref())),
        }
    }
}

impl Reply for auth::SignInResult {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::SignInResult(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::SignInResult(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("sign_in_result"), other.as_ref())),
        }
    }
}

impl Reply for stickers::StickerPack {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::StickerPack(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::StickerPack(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("sticker_pack"), other.as_ref())),
        }
    }
}

impl Reply for billing::Subscription {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Subscription(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Subscription(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("subscription"), other.as_ref())),
        }
    }
}

impl Reply for settings::Totp {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Totp(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Totp(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("totp"), other.as_ref())),
        }
    }
}

impl Reply for messages::UnreadMentions {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::UnreadMentions(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::UnreadMentions(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("unread_mentions"), other.as_ref())),
        }
    }
}

impl Reply for users::UserDetails {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::UserDetails(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::UserDetails(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("user_details"), other.as_ref())),
        }
    }
}

impl Reply for settings::UserSettings {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::UserSettings(self))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::UserSettings(reply)) => Ok(reply),
            other => Err(UnexpectedResult::new(Some("user_settings"), other.as_ref())),
        }
    }
}

impl Reply for settings::Webauthn {
    fn into_result(self) -> Option<rpc_result::Result> {
        Some(rpc_result::Result::Webauthn(Box::new(self)))
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            Some(rpc_result::Result::Webauthn(reply)) => Ok(*reply),
            other => Err(UnexpectedResult::new(Some("webauthn"), other.as_ref())),
        }
    }
}

/// Calls another macro with one row for each method, by number: the variant of
/// [`client_message::Message`](crate::core::client_message::Message), `=>`, the path of the request.
///
/// A server makes its dispatch from it, and cannot forget a method:
///
/// ```
/// use osmium_proto::core::client_message::Message;
/// use osmium_proto::{IntoRequest, Request};
///
/// fn handle<R: Request>(request: R) -> &'static str {
///     R::METHOD.name
/// }
///
/// macro_rules! dispatch {
///     ($($variant:ident => $request:path,)*) => {
///         fn dispatch(message: Message) -> &'static str {
///             match message {
///                 $(Message::$variant(request) => handle::<$request>(request.into_request()),)*
///             }
///         }
///     };
/// }
/// osmium_proto::for_each_method!(dispatch);
///
/// let message = osmium_proto::auth::GetSessions {}.into();
/// assert_eq!(dispatch(message), "auth.getSessions");
/// ```
#[macro_export]
macro_rules! for_each_method {
    ($callback:ident) => {
        $callback! {
            AuthSignIn => $crate::auth::SignIn,
            AuthSignUp => $crate::auth::SignUp,
            MessagesSendMessage => $crate::messages::SendMessage,
            MessagesGetHistory => $crate::messages::GetHistory,
            CommunitiesCreateCommunity => $crate::communities::CreateCommunity,
            CommunitiesGetCommunities => $crate::communities::GetCommunities,
            CommunitiesCreateChannel => $crate::communities::CreateChannel,
            CommunitiesGetChannels => $crate::communities::GetChannels,
            FriendsGetRelationships => $crate::friends::GetRelationships,
            ChatsGetChats => $crate::chats::GetChats,
            MediaUploadFilePart => $crate::media::UploadFilePart,
            MediaDownloadFilePart => $crate::media::DownloadFilePart,
            ChatsCreateChatInvite => $crate::chats::CreateChatInvite,
            AuthLookupInvite => $crate::auth::LookupInvite,
            AuthUseInvite => $crate::auth::UseInvite,
            MessagesDeleteMessage => $crate::messages::DeleteMessage,
            CommunitiesGetChannelMembers => $crate::communities::GetChannelMembers,
            CoreInitialize => $crate::core::Initialize,
            AuthAuthorize => $crate::auth::Authorize,
            ChatsMarkChatRead => $crate::chats::MarkChatRead,
            SettingsEditProfilePhoto => $crate::settings::EditProfilePhoto,
            CommunitiesEditPhoto => $crate::communities::EditPhoto,
            CommunitiesDeleteChannel => $crate::communities::DeleteChannel,
            ChatsGetChat => $crate::chats::GetChat,
            MessagesEditMessage => $crate::messages::EditMessage,
            CommunitiesGetRoles => $crate::communities::GetRoles,
            ChatsSetTyping => $crate::chats::SetTyping,
            CommunitiesCreateRole => $crate::communities::CreateRole,
            CommunitiesEditRole => $crate::communities::EditRole,
            CommunitiesDeleteRole => $crate::communities::DeleteRole,
            CommunitiesEditMember => $crate::communities::EditMember,
            CommunitiesCreateChannelOverride => $crate::communities::CreateChannelOverride,
            CommunitiesDeleteChannelOverride => $crate::communities::DeleteChannelOverride,
            CommunitiesGetChannelOverrides => $crate::communities::GetChannelOverrides,
            CommunitiesLeaveCommunity => $crate::communities::LeaveCommunity,
            CommunitiesDeleteCommunity => $crate::communities::DeleteCommunity,
            FriendsSyncFriends => $crate::friends::SyncFriends,
            CommunitiesEditChannel => $crate::communities::EditChannel,
            CommunitiesEditCommunity => $crate::communities::EditCommunity,
            AuthGetSessions => $crate::auth::GetSessions,
            AuthRevokeSessions => $crate::auth::RevokeSessions,
            SettingsRegisterPushSubscription => $crate::settings::RegisterPushSubscription,
            SettingsUnregisterPushSubscription => $crate::settings::UnregisterPushSubscription,
            AuthResetPassword => $crate::auth::ResetPassword,
            AuthVerifyEmail => $crate::auth::VerifyEmail,
            AuthResendEmailVerification => $crate::auth::ResendEmailVerification,
            UsersLookupUsername => $crate::users::LookupUsername,
            CommunitiesRemoveMembers => $crate::communities::RemoveMembers,
            ChatsCreateChat => $crate::chats::CreateChat,
            FriendsChangeRelationship => $crate::friends::ChangeRelationship,
            ChatsEditChat => $crate::chats::EditChat,
            ChatsRemoveChatMember => $crate::chats::RemoveChatMember,
            VoiceRequestRoom => $crate::voice::RequestRoom,
            MessagesSearch => $crate::messages::Search,
            MessagesGetEmbedPreview => $crate::messages::GetEmbedPreview,
            UsersGetProfile => $crate::users::GetProfile,
            CommunitiesEditDefaultPermissions => $crate::communities::EditDefaultPermissions,
            ChatsDeleteChatInvite => $crate::chats::DeleteChatInvite,
            CommunitiesGetRemovedMembers => $crate::communities::GetRemovedMembers,
            ChatsListChatInvites => $crate::chats::ListChatInvites,
            MessagesReportMessage => $crate::messages::ReportMessage,
            ReactionsAddReaction => $crate::reactions::AddReaction,
            ReactionsRemoveReaction => $crate::reactions::RemoveReaction,
            MessagesForwardMessage => $crate::messages::ForwardMessage,
            StickersGetSavedStickers => $crate::stickers::GetSavedStickers,
            StickersGetStickerFiles => $crate::stickers::GetStickerFiles,
            StickersGetStickerPack => $crate::stickers::GetStickerPack,
            StickersAddStickerToPack => $crate::stickers::AddStickerToPack,
            StickersRemoveStickerFromPack => $crate::stickers::RemoveStickerFromPack,
            BillingRequestPaymentLink => $crate::billing::RequestPaymentLink,
            BillingCancelSubscription => $crate::billing::CancelSubscription,
            SettingsChangeNotificationPreferences => $crate::settings::ChangeNotificationPreferences,
            SettingsEditProfile => $crate::settings::EditProfile,
            SettingsGetAccount => $crate::settings::GetAccount,
            SettingsChangePassword => $crate::settings::ChangePassword,
            SettingsChangeEmail => $crate::settings::ChangeEmail,
            CommunitiesUnbanMembers => $crate::communities::UnbanMembers,
            CommunitiesGetMembers => $crate::communities::GetMembers,
            SettingsChangeStatus => $crate::settings::ChangeStatus,
            CommunitiesEditSettings => $crate::communities::EditSettings,
            BillingGetSubscription => $crate::billing::GetSubscription,
            SettingsSetupTotp => $crate::settings::SetupTotp,
            SettingsRequestTakeout => $crate::settings::RequestTakeout,
            SettingsDeleteAccount => $crate::settings::DeleteAccount,
            MessagesGetUnreadMentions => $crate::messages::GetUnreadMentions,
            DiscoveryGetDiscoverableCommunities => $crate::discovery::GetDiscoverableCommunities,
            CommunitiesGetRoomStates => $crate::communities::GetRoomStates,
            MessagesSetMessagePin => $crate::messages::SetMessagePin,
            MessagesGetPinnedMessages => $crate::messages::GetPinnedMessages,
            SettingsEditUserSettings => $crate::settings::EditUserSettings,
            CommunitiesSyncChannelOverrides => $crate::communities::SyncChannelOverrides,
            SettingsEditProfileBanner => $crate::settings::EditProfileBanner,
            BillingGetProducts => $crate::billing::GetProducts,
            CommunitiesAddMember => $crate::communities::AddMember,
            ChatsAddChatMember => $crate::chats::AddChatMember,
            OauthAuthorize => $crate::oauth::Authorize,
            OauthGetApp => $crate::oauth::GetApp,
            AuthCreateEmailVerificationChallenge => $crate::auth::CreateEmailVerificationChallenge,
            ChatsGetChatMembers => $crate::chats::GetChatMembers,
            ChatsEditChatMember => $crate::chats::EditChatMember,
            MessagesSubmitInteraction => $crate::messages::SubmitInteraction,
            MessagesSetInteractionResponse => $crate::messages::SetInteractionResponse,
            AuthBeginSignIn => $crate::auth::BeginSignIn,
            AuthCompleteSignIn => $crate::auth::CompleteSignIn,
            SettingsSetupWebauthn => $crate::settings::SetupWebauthn,
            SettingsGetMfaMethods => $crate::settings::GetMfaMethods,
            SettingsBeginMfaStepUp => $crate::settings::BeginMfaStepUp,
            SettingsCompleteMfaStepUp => $crate::settings::CompleteMfaStepUp,
            SettingsRegenerateRecoveryCodes => $crate::settings::RegenerateRecoveryCodes,
            SettingsGetRecoveryCodes => $crate::settings::GetRecoveryCodes,
            VoiceGetRoomStates => $crate::voice::GetRoomStates,
            BillingPurchaseCredit => $crate::billing::PurchaseCredit,
            BillingGetInventory => $crate::billing::GetInventory,
            BillingRedeemInventoryItem => $crate::billing::RedeemInventoryItem,
            BillingCreateGiftLink => $crate::billing::CreateGiftLink,
            BillingRevokeGiftLink => $crate::billing::RevokeGiftLink,
            BillingClaimGift => $crate::billing::ClaimGift,
            VoiceDisconnectUser => $crate::voice::DisconnectUser,
        }
    };
}
