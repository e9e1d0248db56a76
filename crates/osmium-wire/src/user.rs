//! Users and profiles.

use osmium_model::{CommunityId, Profile, Status, User, UserId};
use osmium_proto::{refs::UserRef, types, users};

/// A user as others see them. `status` is what the viewer may know: none is offline.
pub fn user(user: &User, status: Option<&Status>) -> types::User {
    types::User {
        id: user.id.0,
        name: user.name.clone(),
        username: user.username.as_ref().map(ToString::to_string),
        status: status.map(crate::presence::status),
        photo: None,
        bot: user.bot,
        icon: user.icon.map(|icon| icon.0),
        color: user.color,
    }
}

/// A user's page, with what they and the viewer have in common.
pub fn profile(id: UserId, profile: Profile, mutual: &[CommunityId]) -> users::Profile {
    users::Profile {
        r#ref: Some(UserRef { user_id: id.0 }),
        bio: profile.bio,
        premium_since: None,
        banner: None,
        mutual_communities: mutual.iter().map(|id| id.0).collect(),
        mutual_friends: Vec::new(),
        theme_color: profile.theme_color,
        show_banner_in_voice: profile.show_banner_in_voice,
    }
}
