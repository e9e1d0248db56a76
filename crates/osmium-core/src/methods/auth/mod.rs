//! Package `auth`: getting in, and the logins that one has.

mod authorize;
mod get_sessions;
mod lookup_invite;
mod revoke_sessions;
mod sign_in;
mod sign_up;
mod use_invite;
