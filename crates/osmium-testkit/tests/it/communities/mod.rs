//! Package `communities`.

mod create_channel;
mod create_channel_override;
mod create_community;
mod create_role;
mod delete_channel;
mod delete_channel_override;
mod delete_role;
mod edit_channel;
mod edit_community;
mod edit_default_permissions;
mod edit_photo;
mod edit_role;
mod get_channel_overrides;
mod get_channels;
mod get_communities;
mod get_roles;
mod get_room_states;
mod sync_channel_overrides;
