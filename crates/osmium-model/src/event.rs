//! Events: what happened, as the log keeps it.
//!
//! An event holds all that is needed to tell of it, so that whoever reads the log later tells the same. It
//! is written as `MessagePack` with named fields: a newer release may add fields (with a default) and kinds; a
//! release that does not know a kind passes over it.

mod group;
mod interaction;

pub use group::GroupEvent;
pub use interaction::InteractionEvent;

use crate::chat::{Chat, ChatKind, ChatPlace, ReadState};
use crate::community::{Community, Member};
use crate::id::{CommunityId, ConnectionId, LoginId, MessageId, UserId};
use crate::message::Message;
use crate::permissions::Permissions;
use crate::reaction::Reaction;
use crate::relationship::Relationship;
use crate::topic::Topic;
use crate::user::User;
use serde::{Deserialize, Serialize};

/// Something that happened in a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A message was sent. In the topics of its chat.
    MessageCreated {
        /// The chat, with its counters after the message.
        chat: Chat,
        /// The message.
        message: Message,
        /// Who wrote it.
        author: User,
        /// What the author's client called it; told to the author's sessions alone.
        client_id: Option<u64>,
        /// The connection it was sent on; none for a system message.
        origin: Option<ConnectionId>,
    },
    /// A message was edited. In the topics of its chat.
    MessageEdited {
        /// The chat.
        chat: Chat,
        /// The message as it is now.
        message: Message,
    },
    /// Messages were deleted. In the topics of their chat.
    MessagesDeleted {
        /// The chat, as it is after.
        chat: Chat,
        /// Which.
        messages: Vec<DeletedMessage>,
    },
    /// Someone reacted to a message, or took that back. In the topics of its chat.
    ReactionsChanged {
        /// The chat.
        chat: Chat,
        /// The message.
        message_id: MessageId,
        /// All reactions to it now, in the order in which they came.
        reactions: Vec<Reaction>,
    },
    /// A direct chat began. In the topics of both users, before its first message.
    ChatOpened {
        /// The chat.
        chat: Chat,
        /// Its users.
        users: Vec<User>,
    },
    /// A user read up to a message. In their own topic.
    ChatRead {
        /// The chat.
        chat: Chat,
        /// Where they are now.
        read: ReadState,
        /// Messages after that.
        unread: u32,
        /// Those of them that mention the user.
        #[serde(default)]
        mentions: u32,
        /// The connection on which they said so.
        origin: ConnectionId,
    },
    /// What a user wants to be notified of in a chat changed. In their own topic.
    ChatPrefsChanged {
        /// The chat as it stands for them now.
        place: ChatPlace,
        /// What it gives and takes away from what they may do elsewhere, in a channel or group.
        overrides: Option<(Permissions, Permissions)>,
        /// The connection on which they said so.
        origin: ConnectionId,
    },
    /// A user's name or looks changed. In the topics of all who know them.
    UserChanged {
        /// The user as they are now.
        user: User,
        /// The same in all topics that are told of one change.
        change: u64,
    },
    /// Another user is something new to the user. In the topic of that user, whose view it is.
    RelationshipChanged {
        /// The other.
        other: User,
        /// What they are now.
        relationship: Relationship,
        /// Whether the user may know from here on whether the other is there.
        acquainted: bool,
    },
    /// Another user is nothing to the user any more. In the topic of that user.
    RelationshipEnded {
        /// The other.
        other_id: UserId,
    },
    /// A login ended. In the topic of its user.
    LoginEnded {
        /// Which.
        login_id: LoginId,
    },
    /// The user became a member, or made the community. In the topic of that user.
    CommunityJoined {
        /// The community.
        community: Community,
        /// What the user may do in it.
        permissions: Permissions,
        /// The membership.
        member: Member,
        /// The number in the community's topic of the event with which they joined.
        after: u64,
    },
    /// A community or its roles were edited. In its topic.
    CommunityChanged {
        /// The community as it is now.
        community: Community,
        /// The epoch of its rules from here on.
        epoch: u64,
    },
    /// Channels were made, edited or deleted, or their overrides were. What that is to each member follows from the
    /// rules before and after. In the topic of the community.
    ChannelsChanged {
        /// The community.
        community_id: CommunityId,
        /// The epoch of its rules from here on.
        epoch: u64,
    },
    /// A community and all in it is gone. In its topic, as the last event.
    CommunityDeleted {
        /// Which.
        community_id: CommunityId,
    },
    /// Someone became a member. In the topic of the community.
    MemberJoined {
        /// The membership.
        member: Member,
        /// The new member.
        user: User,
    },
    /// A member's name or roles changed. In the topic of the community.
    MemberChanged {
        /// The community.
        community: Community,
        /// The membership as it is now.
        member: Member,
        /// The epoch of its rules from here on.
        epoch: u64,
        /// What of it changed.
        edit: MemberEdit,
    },
    /// What a member wants to be notified of in a community changed. In the topic of the community.
    MemberPrefsChanged {
        /// The community.
        community: Community,
        /// The membership as it is now.
        member: Member,
        /// The epoch of its rules from here on.
        epoch: u64,
        /// The connection on which they said so.
        origin: ConnectionId,
    },
    /// Members left or were removed, all that did with one change. In the topic of the community.
    MembersLeft {
        /// The community.
        community_id: CommunityId,
        /// Who.
        user_ids: Vec<UserId>,
        /// The epoch of its rules from here on.
        epoch: u64,
    },
    /// Something about the press of a bot's button. In the topic of the bot, or of who pressed.
    Interaction(InteractionEvent),
    /// Something about a group and who is in it. In its topic, or in that of who comes or goes.
    Group(GroupEvent),
}

/// What of a membership changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberEdit {
    /// The name that they go by here, and nothing else.
    Nickname,
    /// Which roles they hold, and so what they may do.
    Roles,
    /// A role of theirs is gone: the rules changed with it, which another event tells before.
    RoleDeleted,
}

/// Something that happens and is not kept: state to be replaced, not history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Passing {
    /// A user types, or stops. To the topics of the chat.
    Typing {
        /// Where.
        chat: ChatKind,
        /// Who.
        user_id: UserId,
        /// What they are about to send, as the wire numbers it; none when they stop.
        action: Option<i32>,
    },
    /// What others see of a user's status changed. To the user's own topic; whoever hears it there tells
    /// all who know the user, and those of others of whom something is untold.
    Status,
}

/// What a process tells the fan-out of a partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Announcement {
    /// An event was committed.
    Recorded {
        /// Its topic.
        topic: Topic,
        /// Its number there.
        seq: u64,
        /// What happened.
        event: Box<Event>,
    },
    /// Something passing happened.
    Passing {
        /// Where.
        topic: Topic,
        /// What.
        passing: Passing,
    },
}

impl Announcement {
    /// The topic it is about.
    pub fn topic(&self) -> Topic {
        match self {
            Self::Recorded { topic, .. } | Self::Passing { topic, .. } => *topic,
        }
    }

    /// Several, as they travel on the bus.
    pub fn encode(batch: &[Self]) -> Vec<u8> {
        encode(batch, batch.len() * USUAL_SIZE)
    }

    /// What travelled on the bus. Empty if a newer release wrote what this one does not know: the log has it.
    pub fn decode(bytes: &[u8]) -> Vec<Self> {
        rmp_serde::from_slice(bytes).unwrap_or_default()
    }
}

/// A message that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedMessage {
    /// Its id.
    pub id: MessageId,
    /// Its number in the chat, which stays taken.
    pub ordinal: u64,
}

/// What an event most often takes at most, in bytes.
const USUAL_SIZE: usize = 512;

/// In `MessagePack`, with the names of fields, so that releases may add some.
fn encode(value: &(impl Serialize + ?Sized), about: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(about);
    // Only a type that cannot be a MessagePack value fails, and these are plain data.
    let encoded = rmp_serde::encode::write_named(&mut bytes, value);
    encoded.map_or_else(|_| Vec::new(), |()| bytes)
}

impl Event {
    /// As the log keeps it.
    pub fn encode(&self) -> Vec<u8> {
        encode(self, USUAL_SIZE)
    }

    /// What the log keeps. None if a newer release wrote a kind that this one does not know.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        rmp_serde::from_slice(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_survive_the_log() {
        let event = Event::LoginEnded {
            login_id: LoginId(7),
        };
        assert_eq!(Event::decode(&event.encode()), Some(event));
    }

    #[test]
    fn a_kind_of_a_newer_release_is_passed_over() {
        let bytes = rmp_serde::to_vec_named(&std::collections::HashMap::from([("Unheard", 1)]));
        assert_eq!(bytes.ok().and_then(|bytes| Event::decode(&bytes)), None);
    }
}
