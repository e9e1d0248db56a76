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
    /// The emoji under a message; any number of users may choose each.
    pub reactions_per_message: usize,
    /// An emoji that is typed.
    pub emoji_length: usize,
    /// Those who chose an emoji of whom is told who they are: the first ones.
    pub reactors_shown: u32,
    /// The rows of buttons below a bot's message.
    pub button_rows: usize,
    /// The buttons of a row.
    pub buttons_per_row: usize,
    /// What stands on a button.
    pub button_label_length: usize,
    /// What a button leads to, tells its bot, or copies.
    pub button_action_length: usize,
    /// The ids of one delete.
    pub delete_ids: usize,
    /// A user's, community's, channel's or group's name is shorter than or as long as these.
    pub user_name_length: usize,
    /// A community's name.
    pub community_name_length: usize,
    /// A channel's name.
    pub channel_name_length: usize,
    /// A role's name.
    pub role_name_length: usize,
    /// The name that a member goes by in a community.
    pub nickname_length: usize,
    /// What a channel is about.
    pub channel_description_length: usize,
    /// Why someone was banned, or a message is reported.
    pub reason_length: usize,
    /// A listed community's line about itself.
    pub listing_line_length: usize,
    /// A listed community's page about itself.
    pub listing_page_length: usize,
    /// The categories under which a community is listed; the name of each is as long as a channel's.
    pub listing_categories: usize,
    /// A group's name.
    pub group_name_length: usize,
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
    /// The roles of a community.
    pub roles_per_community: usize,
    /// Seconds that a member waits between two messages at most.
    pub slowmode_seconds: u32,
    /// The members that one call names.
    pub members_named: usize,
    /// The members that are listed when none is named, and the entries of a channel's list of members.
    pub members_listed: u32,
    /// The users whom a message mentions by id or name; who is named behind them is not counted as mentioned.
    pub message_mentions: usize,
    /// The pinned messages of a chat.
    pub pins_per_chat: u32,
    /// The messages that are forwarded at once.
    pub forward_ids: usize,
    /// The unread mentions of a chat that are listed, the newest.
    pub mentions_listed: u32,
    /// The messages that are deleted with each of the users whom one call removes, the latest ones.
    pub written_deleted: u32,
    /// The bans that are listed, the latest first.
    pub bans_listed: u32,
    /// The holders of a deleted role of whom members are told one by one.
    pub holders_told: u32,
    /// The communities of a page of the directory, when the client does not say.
    pub listings_default: u32,
    /// The communities of a page of the directory at most.
    pub listings_max: u32,
    /// The communities of a user.
    pub communities_per_user: usize,
    /// The members of a group, its owner too.
    pub group_members: usize,
    /// The friends of a user, with those whom they have asked.
    pub friends_per_user: usize,
    /// The friend requests that wait for a user's answer.
    pub friend_requests_per_user: usize,
    /// Those whom a user has blocked.
    pub blocks_per_user: usize,
    /// The logins of a user; the one that was used least recently goes first.
    pub logins_per_user: usize,
    /// The live invites of a community, group or user.
    pub invites_per_target: usize,
    /// Messages of a page of history, when the client does not say.
    pub history_default: u32,
    /// Messages of a page of history at most.
    pub history_max: u32,
    /// What is searched for.
    pub search_length: usize,
    /// Messages of a page of what is found.
    pub search_page: u32,
    /// The direct chats and groups in which everything is searched: the latest ones.
    pub search_chats: u32,
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
            message_mentions: 50,
            pins_per_chat: 50,
            forward_ids: 100,
            mentions_listed: 1000,
            reactions_per_message: 20,
            emoji_length: 32,
            reactors_shown: 3,
            button_rows: 5,
            buttons_per_row: 5,
            button_label_length: 80,
            button_action_length: 500,
            delete_ids: 100,
            user_name_length: 64,
            community_name_length: 100,
            channel_name_length: 100,
            role_name_length: 100,
            nickname_length: 64,
            channel_description_length: 1000,
            reason_length: 500,
            listing_line_length: 200,
            listing_page_length: 4000,
            listing_categories: 10,
            group_name_length: 100,
            bio_length: 1000,
            email_length: 254,
            password_min: 8,
            password_max: 128,
            device_length: 200,
            channels_per_community: 500,
            roles_per_community: 250,
            slowmode_seconds: 21_600,
            members_named: 100,
            members_listed: 1000,
            written_deleted: 10_000,
            bans_listed: 1000,
            holders_told: 100,
            listings_default: 25,
            listings_max: 100,
            communities_per_user: 200,
            group_members: 50,
            friends_per_user: 1000,
            friend_requests_per_user: 1000,
            blocks_per_user: 1000,
            logins_per_user: 100,
            invites_per_target: 200,
            history_default: 50,
            history_max: 100,
            search_length: 256,
            search_page: 50,
            search_chats: 1000,
            chats_default: 50,
            chats_max: 200,
            activities: 8,
            activity_length: 128,
            watched_direct_chats: 1000,
        }
    }
}
