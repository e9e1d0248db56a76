//! Package `users`.

mod get_profile;
mod lookup_username;
