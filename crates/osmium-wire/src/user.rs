//! Users, profiles, and what users are to each other.

use osmium_model::relationship::Step;
use osmium_model::{
    CommunityId, EmailPreferences, Profile, Relationship, Settings, Status, User, UserId,
};
use osmium_proto::friends::change_relationship::RelationshipChangeType;
use osmium_proto::settings::{UserSettings, user_settings};
use osmium_proto::{refs::UserRef, types, users};

/// What a user and the viewer have in common.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Mutual {
    /// Communities that both are in.
    pub communities: Vec<CommunityId>,
    /// Friends of both.
    pub friends: Vec<UserId>,
}

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
pub fn profile(id: UserId, profile: Profile, mutual: &Mutual) -> users::Profile {
    users::Profile {
        r#ref: Some(UserRef { user_id: id.0 }),
        bio: profile.bio,
        premium_since: None,
        banner: None,
        mutual_communities: mutual.communities.iter().map(|id| id.0).collect(),
        mutual_friends: mutual.friends.iter().map(|id| id.0).collect(),
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

/// What another user is to the viewer.
pub fn relationship(other: UserId, relationship: Relationship) -> types::Relationship {
    types::Relationship {
        user_id: other.0,
        status: relationship as i32,
    }
}

/// The step that a client asks to take; none if it names none.
pub fn parse_step(change: i32) -> Option<Step> {
    match RelationshipChangeType::try_from(change).ok()? {
        RelationshipChangeType::Invalid => None,
        RelationshipChangeType::RequestFriend => Some(Step::Request),
        RelationshipChangeType::AcceptFriend => Some(Step::Accept),
        RelationshipChangeType::RemoveFriend => Some(Step::Remove),
        RelationshipChangeType::Block => Some(Step::Block),
        RelationshipChangeType::Unblock => Some(Step::Unblock),
    }
}
