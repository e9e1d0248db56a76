//! Signing up, signing in, the logins of an account, recovery by mail, and invites.
//!
//! A token stands for one login. It is secret, belongs to the client_id that it was made under, and
//! works until it is revoked. The calls here that lead to a token, and looking an invite up, are the
//! ones that work before signing in.
//!
//! Made by `cargo xtask codegen` from `proto/auth.proto`. Do not edit.

/// `auth.signUp -> auth.Authorization`
///
/// Creates an account and signs it in.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SignUp {
    /// With password, or neither: a guest, where the server allows guests.
    #[prost(string, optional, tag = "1")]
    pub email: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(string, optional, tag = "2")]
    pub password: ::core::option::Option<::prost::alloc::string::String>,
    /// Shown to others; not unique.
    #[prost(string, tag = "3")]
    pub name: ::prost::alloc::string::String,
    /// Proof that the address is the caller's, see auth.createEmailVerificationChallenge.
    #[prost(string, optional, tag = "4")]
    pub email_verification_token: ::core::option::Option<::prost::alloc::string::String>,
}
/// `auth.signIn -> auth.Authorization`
///
/// Signs in with a password in one step.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct SignIn {
    #[prost(string, tag = "1")]
    pub email: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub password: ::prost::alloc::string::String,
    /// The current code of the authenticator app, or a backup code. Required where two-factor sign-in
    /// is on.
    #[prost(string, optional, tag = "3")]
    pub totp: ::core::option::Option<::prost::alloc::string::String>,
}
/// `auth.beginSignIn -> auth.SignInResult`
///
/// Signs in with a password, or learns which second factor is wanted.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct BeginSignIn {
    #[prost(string, tag = "1")]
    pub email: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub password: ::prost::alloc::string::String,
}
/// `auth.completeSignIn -> auth.Authorization`
///
/// Signs in with the second factor.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CompleteSignIn {
    /// From MfaChallenge.
    #[prost(string, tag = "1")]
    pub challenge_id: ::prost::alloc::string::String,
    #[prost(oneof = "complete_sign_in::Proof", tags = "2, 3, 4")]
    pub proof: ::core::option::Option<complete_sign_in::Proof>,
}
/// Nested message and enum types in `CompleteSignIn`.
pub mod complete_sign_in {
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
/// `auth.authorize -> auth.Authorization`
///
/// Signs this connection in with a token from before. After a 403 the token is of no use any more,
/// and the server closes the connection.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Authorize {
    #[prost(string, tag = "5")]
    pub token: ::prost::alloc::string::String,
}
/// The connection is signed in.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Authorization {
    /// Secret. Keep it for auth.authorize.
    #[prost(string, tag = "1")]
    pub token: ::prost::alloc::string::String,
    #[prost(message, optional, tag = "2")]
    pub user: ::core::option::Option<super::types::User>,
    /// This login, as in Sessions.
    ///
    /// snowflake: Session
    #[prost(fixed64, tag = "3")]
    pub session_id: u64,
}
/// Answers auth.beginSignIn.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct SignInResult {
    #[prost(oneof = "sign_in_result::Result", tags = "1, 2")]
    pub result: ::core::option::Option<sign_in_result::Result>,
}
/// Nested message and enum types in `SignInResult`.
pub mod sign_in_result {
    #[derive(Clone, PartialEq, ::prost::Oneof)]
    pub enum Result {
        #[prost(message, tag = "1")]
        Authorization(super::Authorization),
        #[prost(message, tag = "2")]
        MfaChallenge(super::MfaChallenge),
    }
}
/// The password was right; a second factor is wanted.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MfaChallenge {
    /// For auth.completeSignIn.
    #[prost(string, tag = "1")]
    pub challenge_id: ::prost::alloc::string::String,
    /// Unix seconds.
    #[prost(fixed64, tag = "2")]
    pub expires_at: u64,
    /// Codes of an authenticator app are accepted.
    #[prost(bool, tag = "3")]
    pub totp: bool,
    /// Recovery codes are accepted.
    #[prost(bool, tag = "4")]
    pub recovery_codes: bool,
    /// For the browser's navigator.credentials.get(). Absent: the account has no security key.
    #[prost(string, optional, tag = "5")]
    pub webauthn_options_json: ::core::option::Option<::prost::alloc::string::String>,
}
/// `auth.getSessions -> auth.Sessions`
///
/// Lists the logins of the caller.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetSessions {}
/// Answers auth.getSessions.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Sessions {
    #[prost(message, repeated, tag = "1")]
    pub sessions: ::prost::alloc::vec::Vec<Session>,
    /// The login of this connection.
    ///
    /// snowflake: Session
    #[prost(fixed64, tag = "2")]
    pub current: u64,
}
/// One login on one device. It outlives connections.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Session {
    /// snowflake: Session
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    #[prost(uint32, tag = "2")]
    pub client_id: u32,
    #[prost(string, tag = "3")]
    pub device_type: ::prost::alloc::string::String,
    #[prost(string, tag = "4")]
    pub device_version: ::prost::alloc::string::String,
    /// The application that client_id names.
    #[prost(string, tag = "5")]
    pub app_name: ::prost::alloc::string::String,
    #[prost(string, tag = "6")]
    pub app_version: ::prost::alloc::string::String,
    /// Unix milliseconds.
    #[prost(fixed64, tag = "7")]
    pub last_active: u64,
    /// Where it was last used from, if the server knows.
    #[prost(string, optional, tag = "8")]
    pub country: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(string, optional, tag = "9")]
    pub region: ::core::option::Option<::prost::alloc::string::String>,
}
/// `auth.revokeSessions -> ()`
///
/// Ends logins of the caller; their connections are told and closed. To revoke the current one is to
/// log out.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RevokeSessions {
    /// snowflake: Session
    #[prost(fixed64, repeated, tag = "1")]
    pub session_ids: ::prost::alloc::vec::Vec<u64>,
}
/// `auth.resetPassword -> ()`
///
/// Without confirm: mails a code, and answers the same whether or not the account exists. With
/// confirm: sets the new password and ends all logins.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ResetPassword {
    #[prost(string, tag = "1")]
    pub email: ::prost::alloc::string::String,
    #[prost(message, optional, tag = "2")]
    pub confirm: ::core::option::Option<reset_password::ResetPasswordConfirm>,
}
/// Nested message and enum types in `ResetPassword`.
pub mod reset_password {
    /// The second step.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct ResetPasswordConfirm {
        /// From the mail.
        #[prost(string, tag = "1")]
        pub code: ::prost::alloc::string::String,
        #[prost(string, tag = "2")]
        pub new_password: ::prost::alloc::string::String,
    }
}
/// `auth.verifyEmail -> ()`
///
/// Confirms an address with the code from the mail.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct VerifyEmail {
    #[prost(string, tag = "1")]
    pub email: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub code: ::prost::alloc::string::String,
}
/// `auth.resendEmailVerification -> ()`
///
/// Mails the verification code again.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ResendEmailVerification {
    /// For callers who are not signed in.
    #[prost(string, optional, tag = "1")]
    pub email: ::core::option::Option<::prost::alloc::string::String>,
}
/// `auth.createEmailVerificationChallenge -> auth.EmailVerificationChallenge`
///
/// Begins to prove an address before signing up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreateEmailVerificationChallenge {}
/// Answers auth.createEmailVerificationChallenge.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct EmailVerificationChallenge {
    /// To be part of the proof.
    #[prost(string, tag = "1")]
    pub nonce: ::prost::alloc::string::String,
    /// Unix seconds.
    #[prost(fixed64, tag = "2")]
    pub expires_at: u64,
}
/// `auth.lookupInvite -> auth.InvitePreview`
///
/// Shows what an invite leads to. Also works before signing in.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct LookupInvite {
    #[prost(string, tag = "1")]
    pub code: ::prost::alloc::string::String,
}
/// An invite and what it leads to.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct InvitePreview {
    #[prost(string, tag = "1")]
    pub code: ::prost::alloc::string::String,
    /// Who made it.
    ///
    /// snowflake: User
    #[prost(fixed64, tag = "2")]
    pub creator_id: u64,
    /// The community, group or user.
    #[prost(fixed64, tag = "3")]
    pub target_id: u64,
    #[prost(enumeration = "InviteType", tag = "4")]
    pub target_type: i32,
    /// Unix seconds. Absent: never.
    #[prost(fixed64, optional, tag = "5")]
    pub expires_at: ::core::option::Option<u64>,
    #[prost(message, optional, tag = "6")]
    pub creator: ::core::option::Option<super::types::User>,
    #[prost(oneof = "invite_preview::TargetInfo", tags = "7, 8, 9")]
    pub target_info: ::core::option::Option<invite_preview::TargetInfo>,
}
/// Nested message and enum types in `InvitePreview`.
pub mod invite_preview {
    #[derive(Clone, PartialEq, ::prost::Oneof)]
    pub enum TargetInfo {
        /// As a stranger sees it: not the owner's, no permissions.
        #[prost(message, tag = "7")]
        Community(super::super::types::Community),
        #[prost(message, tag = "8")]
        Chat(super::super::types::Group),
        #[prost(message, tag = "9")]
        User(super::super::types::User),
    }
}
/// `auth.useInvite -> ()`
///
/// Joins what the invite leads to. No error for someone who is in already.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UseInvite {
    #[prost(string, tag = "1")]
    pub code: ::prost::alloc::string::String,
}
/// Answers chats.createChatInvite.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreatedInvite {
    #[prost(string, tag = "1")]
    pub code: ::prost::alloc::string::String,
}
/// Answers chats.listChatInvites.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct InviteList {
    #[prost(message, repeated, tag = "1")]
    pub invites: ::prost::alloc::vec::Vec<InvitePreview>,
}
/// What an invite leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::prost::Enumeration)]
#[repr(i32)]
pub enum InviteType {
    Unknown = 0,
    Community = 1,
    Group = 2,
    /// A friend request to the one who made it.
    User = 3,
}
impl InviteType {
    /// String value of the enum field names used in the ProtoBuf definition.
    ///
    /// The values are not transformed in any way and thus are considered stable
    /// (if the ProtoBuf definition does not change) and safe for programmatic use.
    pub fn as_str_name(&self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN",
            Self::Community => "COMMUNITY",
            Self::Group => "GROUP",
            Self::User => "USER",
        }
    }
    /// Creates an enum from field names used in the ProtoBuf definition.
    pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
        match value {
            "UNKNOWN" => Some(Self::Unknown),
            "COMMUNITY" => Some(Self::Community),
            "GROUP" => Some(Self::Group),
            "USER" => Some(Self::User),
            _ => None,
        }
    }
}
