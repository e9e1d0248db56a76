//! Users: what everyone sees of them, their profile, and their account.

use crate::id::{CommunityId, EmojiId, UserId};
use crate::name::Username;
use serde::{Deserialize, Serialize};

/// What everyone sees of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The name they go by.
    pub name: String,
    /// Their handle.
    pub username: Option<Username>,
    /// Whether it is a bot's account.
    pub bot: bool,
    /// An emoji beside the name.
    pub icon: Option<EmojiId>,
    /// The colour of the name, 24-bit RGB.
    pub color: Option<u32>,
}

/// What a user's page shows besides.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// What they say of themselves.
    pub bio: String,
    /// Two 24-bit RGB colours: bits 0 to 23 and 24 to 47.
    pub theme_color: Option<u64>,
    /// Whether their banner shows in voice rooms.
    pub show_banner_in_voice: Option<bool>,
}

/// What a user's devices share.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// The order in which communities are shown; none was set.
    pub community_order: Option<Vec<CommunityId>>,
    /// Which mails are wanted; none was set.
    pub emails: Option<EmailPreferences>,
}

/// Which mails a user wants; what is none was not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EmailPreferences {
    /// Mails about what others say to them.
    pub communication: Option<bool>,
    /// Mails about the service.
    pub announcements: Option<bool>,
}

/// What only the user and the operator know.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub user_id: UserId,
    /// In lower case; a guest has none.
    pub email: Option<String>,
    /// As argon2 writes it; a guest and a bot have none.
    pub password_hash: Option<String>,
    /// Shut out by the operator.
    pub disabled: bool,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("user_id", &self.user_id)
            .field("disabled", &self.disabled)
            .finish_non_exhaustive()
    }
}
