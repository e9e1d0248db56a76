//! The nouns of chat: ids, entities, permissions and their evaluation, events, limits.
//!
//! Plain data and pure functions. Nothing here does I/O, reads a clock or knows the wire.

pub mod access;
pub mod bot;
pub mod channel;
pub mod chat;
pub mod community;
pub mod counter;
pub mod event;
pub mod group;
pub mod id;
pub mod invite;
pub mod limits;
mod link;
pub mod login;
mod mention;
pub mod message;
pub mod name;
pub mod permissions;
pub mod presence;
pub mod reaction;
pub mod relationship;
pub mod report;
pub mod role;
pub mod search;
pub mod snowflake;
pub mod time;
pub mod topic;
pub mod user;

pub use access::{CommunityRules, Override, OverrideTarget};
pub use bot::{BotInfo, Button, ButtonAction, Cloak, Interaction};
pub use channel::{Channel, ChannelKind};
pub use chat::{Chat, ChatKind, ChatPlace, ReadState};
pub use community::{Ban, Community, Listing, Member, NotifPrefs};
pub use counter::UnreadCounter;
pub use event::{Event, GroupEvent, InteractionEvent};
pub use group::{Group, GroupMember};
pub use id::{
    ChannelId, ChatId, ClientId, CommunityId, ConnectionId, EmojiId, FileId, GroupId,
    InteractionId, LoginId, MessageId, RoleId, UserId,
};
pub use invite::{Invite, InviteCode, InviteTarget};
pub use limits::Limits;
pub use link::links;
pub use login::{App, Device, Login};
pub use mention::Named;
pub use message::{Entity, EntityKind, Message, MessageKind, Quote, Reply};
pub use name::Username;
pub use permissions::Permissions;
pub use presence::{Activity, ActivityKind, Availability, Status};
pub use reaction::{Reaction, ReactionEmoji};
pub use relationship::Relationship;
pub use report::Report;
pub use role::{Rank, Role};
pub use search::SearchQuery;
pub use time::Timestamp;
pub use topic::{Partition, Topic};
pub use user::{Account, EmailPreferences, Profile, Settings, User};
