//! Letting other applications act for the caller: the authorization code flow of OAuth 2.0.
//!
//! Made by `cargo xtask codegen` from `proto/oauth.proto`. Do not edit.

/// `oauth.getApp -> oauth.App`
///
/// Shows an application that asks to be let in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetApp {
    #[prost(uint32, tag = "1")]
    pub client_id: u32,
}
/// Answers oauth.getApp.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct App {
    #[prost(uint32, tag = "1")]
    pub client_id: u32,
    #[prost(string, tag = "2")]
    pub name: ::prost::alloc::string::String,
    /// Bits; none are defined yet.
    #[prost(uint64, tag = "3")]
    pub flags: u64,
    #[prost(string, repeated, tag = "4")]
    pub redirect_uris: ::prost::alloc::vec::Vec<::prost::alloc::string::String>,
}
/// `oauth.authorize -> oauth.Authorization`
///
/// The caller lets an application in. Fields are those of an OAuth 2.0 authorization request.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Authorize {
    /// Always "code".
    #[prost(string, tag = "1")]
    pub response_type: ::prost::alloc::string::String,
    #[prost(uint32, tag = "2")]
    pub client_id: u32,
    #[prost(string, tag = "3")]
    pub redirect_uri: ::prost::alloc::string::String,
    #[prost(string, optional, tag = "4")]
    pub scope: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(string, optional, tag = "5")]
    pub state: ::core::option::Option<::prost::alloc::string::String>,
    /// PKCE, RFC 7636.
    #[prost(string, optional, tag = "6")]
    pub code_challenge: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(string, optional, tag = "7")]
    pub code_challenge_method: ::core::option::Option<::prost::alloc::string::String>,
    /// Echoed in the id token, OpenID Connect.
    #[prost(string, optional, tag = "8")]
    pub nonce: ::core::option::Option<::prost::alloc::string::String>,
}
/// Answers oauth.authorize.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Authorization {
    /// Where to send the caller's browser, with the code.
    #[prost(string, tag = "1")]
    pub redirect_uri: ::prost::alloc::string::String,
    /// The application exchanges it for a token, over HTTP.
    #[prost(string, tag = "2")]
    pub code: ::prost::alloc::string::String,
    #[prost(string, optional, tag = "3")]
    pub state: ::core::option::Option<::prost::alloc::string::String>,
    /// Unix seconds.
    #[prost(uint64, tag = "4")]
    pub expires_at: u64,
}
