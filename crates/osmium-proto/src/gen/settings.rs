//! The caller's own account: profile, presence, notifications, password, mail address, second
//! factors.
//!
//! Made by `cargo xtask codegen` from `proto/settings.proto`. Do not edit.

/// `settings.editProfile -> ()`
///
/// Changes the profile. Whatever is absent is kept.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditProfile {
    #[prost(string, optional, tag = "1")]
    pub name: ::core::option::Option<::prost::alloc::string::String>,
    /// Empty: give the handle up.
    #[prost(string, optional, tag = "2")]
    pub username: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(string, optional, tag = "3")]
    pub bio: ::core::option::Option<::prost::alloc::string::String>,
    /// A custom emoji beside the name; 0 removes it.
    ///
    /// snowflake: Emoji
    #[prost(fixed64, optional, tag = "4")]
    pub icon: ::core::option::Option<u64>,
    /// 24-bit RGB of the name.
    #[prost(uint32, optional, tag = "5")]
    pub color: ::core::option::Option<u32>,
    /// Two 24-bit RGB colours: bits 0 to 23 and 24 to 47.
    #[prost(uint64, optional, tag = "6")]
    pub theme_color: ::core::option::Option<u64>,
    /// Whether the banner is shown in calls.
    #[prost(bool, optional, tag = "7")]
    pub show_banner_in_voice: ::core::option::Option<bool>,
}
/// `settings.editProfilePhoto -> ()`
///
/// Changes the caller's photo.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditProfilePhoto {
    /// Absent: remove it.
    #[prost(message, optional, tag = "1")]
    pub file: ::core::option::Option<super::media::UploadedFileRef>,
}
/// `settings.editProfileBanner -> ()`
///
/// Changes the caller's banner.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditProfileBanner {
    /// Absent: remove it.
    #[prost(message, optional, tag = "1")]
    pub file: ::core::option::Option<super::media::UploadedFileRef>,
}
/// `settings.changeStatus -> ()`
///
/// Says how present the caller is and with what. It replaces what this connection said before and
/// ends with it; a user is online while any connection is.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct ChangeStatus {
    #[prost(enumeration = "super::types::user_status::Status", tag = "2")]
    pub status: i32,
    /// All of them; empty is none.
    #[prost(message, repeated, tag = "3")]
    pub activities: ::prost::alloc::vec::Vec<super::types::user_status::Activity>,
    /// Unix milliseconds of the last sign of life.
    #[prost(fixed64, optional, tag = "4")]
    pub last_active: ::core::option::Option<u64>,
}
/// `settings.changeNotificationPreferences -> ()`
///
/// Sets which messages of a chat or a community notify the caller.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChangeNotificationPreferences {
    #[prost(enumeration = "super::types::NotifPrefs", tag = "1")]
    pub prefs: i32,
    #[prost(oneof = "change_notification_preferences::Scope", tags = "2, 3")]
    pub scope: ::core::option::Option<change_notification_preferences::Scope>,
}
/// Nested message and enum types in `ChangeNotificationPreferences`.
pub mod change_notification_preferences {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Scope {
        #[prost(message, tag = "2")]
        ChatRef(super::super::refs::ChatRef),
        /// snowflake: Community
        #[prost(fixed64, tag = "3")]
        CommunityId(u64),
    }
}
/// `settings.editUserSettings -> settings.UserSettings`
///
/// Changes the settings that the caller's devices share, or reads them.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EditUserSettings {
    /// The parts that are set replace the old ones. Absent: only read.
    #[prost(message, optional, tag = "1")]
    pub settings: ::core::option::Option<UserSettings>,
}
/// All settings. Answers settings.editUserSettings.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UserSettings {
    #[prost(message, optional, tag = "1")]
    pub community_order: ::core::option::Option<user_settings::CommunityOrder>,
    #[prost(message, optional, tag = "2")]
    pub email_preferences: ::core::option::Option<user_settings::EmailPreferences>,
}
/// Nested message and enum types in `UserSettings`.
pub mod user_settings {
    /// The caller's own order of communities.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct CommunityOrder {
        /// snowflake: Community
        #[prost(fixed64, repeated, tag = "1")]
        pub community_ids: ::prost::alloc::vec::Vec<u64>,
    }
    /// Which mails the caller wants.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct EmailPreferences {
        #[prost(bool, optional, tag = "1")]
        pub communication_emails: ::core::option::Option<bool>,
        #[prost(bool, optional, tag = "2")]
        pub announcement_emails: ::core::option::Option<bool>,
    }
}
/// `settings.getAccount -> settings.Account`
///
/// Shows the caller's account.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetAccount {}
/// Answers settings.getAccount.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Account {
    /// Absent for guests.
    #[prost(string, optional, tag = "1")]
    pub email: ::core::option::Option<::prost::alloc::string::String>,
    /// Whether the address is verified.
    #[prost(bool, tag = "2")]
    pub confirmed: bool,
    /// False for guests.
    #[prost(bool, tag = "3")]
    pub has_password: bool,
    #[prost(bool, tag = "4")]
    pub totp_enabled: bool,
    /// Whether the account is about to be deleted, see settings.deleteAccount.
    #[prost(bool, tag = "5")]
    pub pending_delete: bool,
}
/// `settings.changePassword -> ()`
///
/// Changes the password.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChangePassword {
    #[prost(string, tag = "1")]
    pub current_password: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub new_password: ::prost::alloc::string::String,
    /// True: end all other logins.
    #[prost(bool, tag = "3")]
    pub revoke_sessions: bool,
}
/// `settings.changeEmail -> ()`
///
/// Changes the mail address. It has to be verified again.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ChangeEmail {
    #[prost(string, tag = "1")]
    pub new_email: ::prost::alloc::string::String,
}
/// `settings.deleteAccount -> ()`
///
/// Deletes the account after some days, in which it can be called off.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DeleteAccount {
    /// True: call it off.
    #[prost(bool, optional, tag = "1")]
    pub cancel: ::core::option::Option<bool>,
}
/// `settings.requestTakeout -> ()`
///
/// Asks for a copy of everything that the server has of the caller.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RequestTakeout {}
/// `settings.setupTotp -> settings.Totp`
///
/// Turns codes of an authenticator app on or off. On takes two calls: without code for a new secret,
/// then with a code that proves it.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SetupTotp {
    #[prost(bool, tag = "1")]
    pub enabled: bool,
    /// Proves the new secret, or permits turning off.
    #[prost(string, optional, tag = "2")]
    pub code: ::core::option::Option<::prost::alloc::string::String>,
    /// From settings.beginMfaStepUp, where a second factor is on already.
    #[prost(string, optional, tag = "3")]
    pub step_up_token: ::core::option::Option<::prost::alloc::string::String>,
}
/// Answers settings.setupTotp.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Totp {
    #[prost(bool, tag = "1")]
    pub enabled: bool,
    /// The secret as an otpauth link, to show as a QR code. Only while it is set up.
    #[prost(string, optional, tag = "2")]
    pub url: ::core::option::Option<::prost::alloc::string::String>,
    /// Only when it has just been turned on.
    #[prost(message, repeated, tag = "3")]
    pub backup_codes: ::prost::alloc::vec::Vec<BackupCode>,
}
/// A code that can be used once in place of a second factor.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct BackupCode {
    #[prost(string, tag = "1")]
    pub code: ::prost::alloc::string::String,
    #[prost(bool, tag = "2")]
    pub used: bool,
}
/// `settings.setupWebauthn -> settings.Webauthn`
///
/// Adds or removes a security key. Adding takes two calls: without credential_json for options, then
/// with what the browser made of them.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SetupWebauthn {
    #[prost(bool, tag = "1")]
    pub enabled: bool,
    /// What the browser's navigator.credentials.create() gave.
    #[prost(string, optional, tag = "2")]
    pub credential_json: ::core::option::Option<::prost::alloc::string::String>,
    /// The key to remove.
    ///
    /// snowflake: AccountMfa
    #[prost(fixed64, optional, tag = "3")]
    pub credential_id: ::core::option::Option<u64>,
    /// What to call the new key.
    #[prost(string, optional, tag = "4")]
    pub display_name: ::core::option::Option<::prost::alloc::string::String>,
    /// From settings.beginMfaStepUp, where a second factor is on already.
    #[prost(string, optional, tag = "5")]
    pub step_up_token: ::core::option::Option<::prost::alloc::string::String>,
    /// From the first call.
    #[prost(string, optional, tag = "6")]
    pub challenge_id: ::core::option::Option<::prost::alloc::string::String>,
}
/// Answers settings.setupWebauthn.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Webauthn {
    /// For the browser's navigator.credentials.create().
    #[prost(string, optional, tag = "1")]
    pub options_json: ::core::option::Option<::prost::alloc::string::String>,
    /// The key that was added.
    #[prost(message, optional, tag = "2")]
    pub credential: ::core::option::Option<WebauthnCredential>,
    /// Only when this is the first second factor.
    #[prost(message, repeated, tag = "3")]
    pub recovery_codes: ::prost::alloc::vec::Vec<BackupCode>,
    /// For the second call.
    #[prost(string, optional, tag = "4")]
    pub challenge_id: ::core::option::Option<::prost::alloc::string::String>,
}
/// A security key.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct WebauthnCredential {
    /// snowflake: AccountMfa
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    /// The id that the key itself has.
    #[prost(string, tag = "2")]
    pub credential_id: ::prost::alloc::string::String,
    #[prost(string, tag = "3")]
    pub display_name: ::prost::alloc::string::String,
    /// Unix milliseconds.
    #[prost(fixed64, tag = "4")]
    pub created_at: u64,
    /// Unix milliseconds.
    #[prost(fixed64, optional, tag = "5")]
    pub last_used_at: ::core::option::Option<u64>,
}
/// `settings.getMfaMethods -> settings.MfaMethods`
///
/// Lists the caller's second factors.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetMfaMethods {}
/// Answers settings.getMfaMethods.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct MfaMethods {
    #[prost(bool, tag = "1")]
    pub totp_enabled: bool,
    #[prost(message, repeated, tag = "2")]
    pub webauthn_credentials: ::prost::alloc::vec::Vec<WebauthnCredential>,
    #[prost(uint32, tag = "3")]
    pub recovery_codes_remaining: u32,
}
/// `settings.beginMfaStepUp -> settings.MfaStepUp`
///
/// Proves once more who is calling, before second factors are changed.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct BeginMfaStepUp {
    #[prost(string, tag = "1")]
    pub password: ::prost::alloc::string::String,
}
/// `settings.completeMfaStepUp -> settings.MfaStepUp`
///
/// The second step, with a second factor.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CompleteMfaStepUp {
    #[prost(string, tag = "1")]
    pub challenge_id: ::prost::alloc::string::String,
    #[prost(oneof = "complete_mfa_step_up::Proof", tags = "2, 3, 4")]
    pub proof: ::core::option::Option<complete_mfa_step_up::Proof>,
}
/// Nested message and enum types in `CompleteMfaStepUp`.
pub mod complete_mfa_step_up {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Proof {
        #[prost(string, tag = "2")]
        Totp(::prost::alloc::string::String),
        #[prost(string, tag = "3")]
        RecoveryCode(::prost::alloc::string::String),
        /// What the browser's navigator.credentials.get() gave.
        #[prost(string, tag = "4")]
        WebauthnCredentialJson(::prost::alloc::string::String),
    }
}
/// Answers settings.beginMfaStepUp and settings.completeMfaStepUp: a token, or what is wanted for
/// one.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MfaStepUp {
    /// Permits changes for a few minutes. Absent: a second factor is wanted.
    #[prost(string, optional, tag = "1")]
    pub step_up_token: ::core::option::Option<::prost::alloc::string::String>,
    /// For settings.completeMfaStepUp.
    #[prost(string, optional, tag = "2")]
    pub challenge_id: ::core::option::Option<::prost::alloc::string::String>,
    /// Unix seconds.
    #[prost(fixed64, optional, tag = "3")]
    pub expires_at: ::core::option::Option<u64>,
    /// Codes of an authenticator app are accepted.
    #[prost(bool, tag = "4")]
    pub totp: bool,
    /// Recovery codes are accepted.
    #[prost(bool, tag = "5")]
    pub recovery_codes: bool,
    /// For the browser's navigator.credentials.get().
    #[prost(string, optional, tag = "6")]
    pub webauthn_options_json: ::core::option::Option<::prost::alloc::string::String>,
}
/// `settings.getRecoveryCodes -> settings.RecoveryCodes`
///
/// Shows the recovery codes.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetRecoveryCodes {
    #[prost(string, tag = "1")]
    pub password: ::prost::alloc::string::String,
}
/// `settings.regenerateRecoveryCodes -> settings.RecoveryCodes`
///
/// Makes new recovery codes; the old ones stop working.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RegenerateRecoveryCodes {
    /// From settings.beginMfaStepUp.
    #[prost(string, tag = "1")]
    pub step_up_token: ::prost::alloc::string::String,
}
/// The recovery codes that are in force.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct RecoveryCodes {
    #[prost(message, repeated, tag = "1")]
    pub recovery_codes: ::prost::alloc::vec::Vec<BackupCode>,
}
/// `settings.registerPushSubscription -> ()`
///
/// Wants to be notified on this device, one subscription per login.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RegisterPushSubscription {
    #[prost(oneof = "register_push_subscription::Subscription", tags = "1, 2")]
    pub subscription: ::core::option::Option<register_push_subscription::Subscription>,
}
/// Nested message and enum types in `RegisterPushSubscription`.
pub mod register_push_subscription {
    /// A subscription of a browser, as its push manager gave it.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct WebPush {
        #[prost(string, tag = "1")]
        pub endpoint: ::prost::alloc::string::String,
        #[prost(string, tag = "2")]
        pub p256dh: ::prost::alloc::string::String,
        #[prost(string, tag = "3")]
        pub auth: ::prost::alloc::string::String,
    }
    /// A subscription of a phone.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Push {
        #[prost(enumeration = "PushType", tag = "1")]
        pub r#type: i32,
        /// Names the device to its platform's push service.
        #[prost(string, tag = "2")]
        pub token: ::prost::alloc::string::String,
        #[prost(string, optional, tag = "3")]
        pub encryption_public_key: ::core::option::Option<
            ::prost::alloc::string::String,
        >,
        #[prost(string, optional, tag = "4")]
        pub encryption_auth_secret: ::core::option::Option<
            ::prost::alloc::string::String,
        >,
        #[prost(string, optional, tag = "5")]
        pub encryption_key_id: ::core::option::Option<::prost::alloc::string::String>,
        /// How the keys above encrypt what is pushed.
        #[prost(enumeration = "PushEncryptionScheme", tag = "6")]
        pub encryption_scheme: i32,
    }
    /// Which push service delivers.
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
    pub enum PushType {
        Unknown = 0,
        Web = 1,
        Ios = 2,
        AndroidFcm = 3,
    }
    impl PushType {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::Unknown => "UNKNOWN",
                Self::Web => "WEB",
                Self::Ios => "IOS",
                Self::AndroidFcm => "ANDROID_FCM",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "UNKNOWN" => Some(Self::Unknown),
                "WEB" => Some(Self::Web),
                "IOS" => Some(Self::Ios),
                "ANDROID_FCM" => Some(Self::AndroidFcm),
                _ => None,
            }
        }
    }
    /// How a notification is encrypted to the device.
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
    pub enum PushEncryptionScheme {
        PushEncryptionUnknown = 0,
        /// ECDH on P-256, HKDF with SHA-256, AES-256-GCM.
        P256HkdfSha256Aes256gcmV1 = 1,
    }
    impl PushEncryptionScheme {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::PushEncryptionUnknown => "PUSH_ENCRYPTION_UNKNOWN",
                Self::P256HkdfSha256Aes256gcmV1 => "P256_HKDF_SHA256_AES256GCM_V1",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "PUSH_ENCRYPTION_UNKNOWN" => Some(Self::PushEncryptionUnknown),
                "P256_HKDF_SHA256_AES256GCM_V1" => Some(Self::P256HkdfSha256Aes256gcmV1),
                _ => None,
            }
        }
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Subscription {
        #[prost(message, tag = "1")]
        Web(WebPush),
        #[prost(message, tag = "2")]
        Push(Push),
    }
}
/// `settings.unregisterPushSubscription -> ()`
///
/// No longer wants to be notified on this device.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UnregisterPushSubscription {}
