//! Package `communities`.

mod create_channel;
mod create_community;
mod get_channels;
mod get_communities;
