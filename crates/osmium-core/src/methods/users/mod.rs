//! Package `users`: other people.

mod get_profile;
mod lookup_username;
