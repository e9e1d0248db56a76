//! Users and profiles.

use osmium_model::{CommunityId, EmailPreferences, Profile, Settings, Status, User, UserId};
use osmium_proto::settings::{UserSettings, user_settings};
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

/// What a user's devices share.
pub fn settings(settings: Settings) -> UserSettings {
    let order = |ids: Vec<CommunityId>| user_settings::CommunityOrder {
        community_ids: ids.into_iter().map(|id| id.0).collect(),
    };
    let emails = |emails: EmailPreferences| user_settings::EmailPreferences {
        communication_emails: emails.communication,
        announcement_emails: emails.announcements,
    };
    UserSettings {
        community_order: settings.community_order.map(order),
        email_preferences: settings.emails.map(emails),
    }
}

/// Which mails a user wants.
pub fn parse_emails(said: user_settings::EmailPreferences) -> EmailPreferences {
    EmailPreferences {
        communication: said.communication_emails,
        announcements: said.announcement_emails,
    }
}
