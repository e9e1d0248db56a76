//! Package `auth`.

mod authorize;
mod get_sessions;
mod lookup_invite;
mod revoke_sessions;
mod sign_in;
mod sign_up;
mod use_invite;
