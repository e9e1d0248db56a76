//! Every limit, in one place. All can be configured.

use serde::{Deserialize, Serialize};

/// What bounds what a client can make grow. Lengths of text are in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// A message's text.
    pub message_length: usize,
    /// The entities of a message.
    pub message_entities: usize,
    /// The ids of one delete.
    pub delete_ids: usize,
    /// A user's, community's or channel's name is shorter than or as long as these.
    pub user_name_length: usize,
    /// A community's name.
    pub community_name_length: usize,
    /// A channel's name.
    pub channel_name_length: usize,
    /// What users say of themselves.
    pub bio_length: usize,
    /// An email address, in bytes.
    pub email_length: usize,
    /// The shortest password, in characters.
    pub password_min: usize,
    /// The longest password, in bytes.
    pub password_max: usize,
    /// Each of the texts in which a client describes its device.
    pub device_length: usize,
    /// The channels of a community.
    pub channels_per_community: usize,
    /// The communities of a user.
    pub communities_per_user: usize,
    /// The logins of a user; the one that was used least recently goes first.
    pub logins_per_user: usize,
    /// The live invites of a community, group or user.
    pub invites_per_target: usize,
    /// Messages of a page of history, when the client does not say.
    pub history_default: u32,
    /// Messages of a page of history at most.
    pub history_max: u32,
    /// Chats of a page, when the client does not say.
    pub chats_default: u32,
    /// Chats of a page at most.
    pub chats_max: u32,
    /// The activities of a session's status.
    pub activities: usize,
    /// Each text of an activity.
    pub activity_length: usize,
    /// Direct chats whose other side hears of a changed profile or status: the latest ones.
    pub watched_direct_chats: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_length: 4000,
            message_entities: 200,
            delete_ids: 100,
            user_name_length: 64,
            community_name_length: 100,
            channel_name_length: 100,
            bio_length: 1000,
            email_length: 254,
            password_min: 8,
            password_max: 128,
            device_length: 200,
            channels_per_community: 500,
            communities_per_user: 200,
            logins_per_user: 100,
            invites_per_target: 200,
            history_default: 50,
            history_max: 100,
            chats_default: 50,
            chats_max: 200,
            activities: 8,
            activity_length: 128,
            watched_direct_chats: 1000,
        }
    }
}
