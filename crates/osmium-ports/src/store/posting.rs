//! Posting: messages that are sent, many at a time, with their events.
//!
//! It is what a server does most, so it has a way of its own, of two steps: a look at all that the messages are built on,
//! and one write of all that they change. Nothing needs to be held in between: the write finds out whether what was seen
//! still holds. So whoever knows what the look would show may do without.

use super::{Idempotency, NewMessage, Recorded, Result};
use async_trait::async_trait;
use osmium_model::{Chat, ChatId, MessageId, Timestamp, Topic, User, UserId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What to look at.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The topics of the chats.
    pub topics: BTreeSet<Topic>,
    /// The chats.
    pub chats: BTreeSet<ChatId>,
    /// Who posts.
    pub authors: BTreeSet<UserId>,
    /// What may have been sent before.
    pub keys: Vec<Idempotency>,
}

/// What messages are built on: those of the wanted that exist, all of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The topics.
    pub topics: HashMap<Topic, TopicState>,
    /// The chats.
    pub chats: HashMap<ChatId, Chat>,
    /// The authors.
    pub authors: HashMap<UserId, User>,
    /// The messages that were sent before.
    pub sent: HashMap<Idempotency, MessageId>,
}

/// Where a topic is. Whoever changes a chat's counters, its messages or its keys moves its topics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TopicState {
    /// The number of its latest event.
    pub seq: u64,
    /// Its permission epoch.
    pub epoch: u64,
}

/// Messages and what is told of them, built on a [`Basis`].
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Where the basis saw the topics of the events.
    pub seen: BTreeMap<Topic, TopicState>,
    /// The messages; see [`super::MessageWrites::insert_messages`].
    pub messages: Vec<NewMessage>,
    /// The events, numbered on from there.
    pub events: Vec<Recorded>,
    /// When they are sent.
    pub at: Timestamp,
}

/// Posting, once.
#[async_trait]
pub trait Posting: Send {
    /// What messages are built on.
    async fn basis(&mut self, wanted: &Wanted) -> Result<Basis>;

    /// Commits a draft, and gives its events back, as [`super::Transaction::commit`] does. None if a topic is not where the
    /// draft says that it was seen, or one of the messages was sent already: then nothing is written. Neither can be if the
    /// topics are held and the draft is built on a [`Posting::basis`] of then.
    async fn post(self: Box<Self>, draft: Draft) -> Result<Option<Vec<Recorded>>>;
}
