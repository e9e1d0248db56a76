//! Package `friends`: friends, requests and blocks.

mod change_relationship;
mod get_relationships;
mod sync_friends;
