//! Rows as columns, which one statement reads as rows again.

use crate::messages::extras;
use crate::words::Words;
use osmium_model::{Message, MessageId, MessageKind, Timestamp, Topic, UserId};
use osmium_ports::store::{Idempotency, NewMessage, Recorded, TopicState};
use std::collections::{BTreeMap, HashSet};

/// Messages, and what they move.
#[derive(Default)]
pub(crate) struct MessageColumns<'a> {
    pub(crate) chats: Vec<i64>,
    pub(crate) ids: Vec<i64>,
    pub(crate) ordinals: Vec<i64>,
    pub(crate) authors: Vec<i64>,
    pub(crate) kinds: Vec<i16>,
    pub(crate) texts: Vec<&'a str>,
    pub(crate) extras: Vec<Option<String>>,
    pub(crate) edited: Vec<Option<i64>>,
    pub(crate) pinned: Vec<bool>,
    pub(crate) words: Vec<Option<Words<'a>>>,
    /// What authors' clients call those that have a key.
    pub(crate) keys: Vec<Option<i64>>,
    /// Whether one is the last that its author wrote in its chat: whoever writes has read what was written before.
    pub(crate) reached: Vec<bool>,
    /// Whom they mention, and where.
    pub(crate) mentions: MentionColumns,
}

/// Users, each at a message that mentions them.
#[derive(Default)]
pub(crate) struct MentionColumns {
    pub(crate) users: Vec<i64>,
    pub(crate) chats: Vec<i64>,
    pub(crate) ordinals: Vec<i64>,
    pub(crate) messages: Vec<i64>,
}

/// Chats, each with the last of its messages.
#[derive(Default)]
pub(crate) struct LastColumns {
    pub(crate) chats: Vec<i64>,
    pub(crate) ordinals: Vec<i64>,
    pub(crate) messages: Vec<i64>,
}

impl<'a> MessageColumns<'a> {
    pub(crate) fn of(messages: &'a [NewMessage]) -> Self {
        let mut columns = Self::default();
        let reached = reached(messages);
        for new in messages {
            let NewMessage {
                message,
                key,
                mentions,
                terms,
            } = new;
            columns.chats.push(message.chat_id.to_sql());
            columns.ids.push(message.id.to_sql());
            columns.ordinals.push(message.ordinal.cast_signed());
            columns.authors.push(message.author_id.to_sql());
            columns.kinds.push(message.kind as i16);
            columns.texts.push(&message.text);
            columns.extras.push(extras(message));
            let edited_at = message.edited_at.map(Timestamp::to_sql);
            columns.edited.push(edited_at);
            columns.pinned.push(message.pinned);
            columns.words.push(terms.as_deref().map(Words));
            let key = key.map(|key| key.client_id.cast_signed());
            columns.keys.push(key);
            columns.reached.push(reached.contains(&message.id));
            for user in mentions {
                columns.mentions.push(*user, message);
            }
        }
        columns.leave_out_what_none_has();
        columns
    }

    /// Empty columns are read as nulls, and cost nothing.
    fn leave_out_what_none_has(&mut self) {
        leave_out(&mut self.extras, Option::is_none);
        leave_out(&mut self.edited, Option::is_none);
        leave_out(&mut self.pinned, |is_pinned| !is_pinned);
    }
}

fn leave_out<T>(column: &mut Vec<T>, is_nothing: impl Fn(&T) -> bool) {
    if column.iter().all(is_nothing) {
        column.clear();
    }
}

impl MentionColumns {
    fn push(&mut self, user: UserId, message: &Message) {
        self.users.push(user.to_sql());
        self.chats.push(message.chat_id.to_sql());
        self.ordinals.push(message.ordinal.cast_signed());
        self.messages.push(message.id.to_sql());
    }
}

/// The last of the messages that each author wrote in each chat.
fn reached(messages: &[NewMessage]) -> HashSet<MessageId> {
    let written = messages.iter().map(|new| &new.message);
    let mut last = BTreeMap::new();
    for message in written.filter(|message| message.kind == MessageKind::Normal) {
        keep_last(&mut last, (message.author_id, message.chat_id), message);
    }
    last.values().map(|message| message.id).collect()
}

impl LastColumns {
    /// In the order of the chats.
    pub(crate) fn of(messages: &[NewMessage]) -> Self {
        let mut last = BTreeMap::new();
        for new in messages {
            keep_last(&mut last, new.message.chat_id, &new.message);
        }
        let mut columns = Self::default();
        for (chat, message) in last {
            columns.chats.push(chat.to_sql());
            columns.ordinals.push(message.ordinal.cast_signed());
            columns.messages.push(message.id.to_sql());
        }
        columns
    }
}

/// Keeps a message if it is the last of those with this key.
fn keep_last<'a, K: Ord>(last: &mut BTreeMap<K, &'a Message>, key: K, message: &'a Message) {
    let kept = last.entry(key).or_insert(message);
    if kept.ordinal < message.ordinal {
        *kept = message;
    }
}

/// Where topics were seen, and where events leave them.
#[derive(Default)]
pub(crate) struct SeenColumns {
    pub(crate) topics: Vec<i64>,
    pub(crate) seqs: Vec<i64>,
    pub(crate) epochs: Vec<i64>,
    pub(crate) left: Vec<i64>,
}

impl SeenColumns {
    pub(crate) fn of(seen: &BTreeMap<Topic, TopicState>, events: &[Recorded]) -> Self {
        let mut left: BTreeMap<Topic, u64> = BTreeMap::new();
        for event in events {
            let seq = left.entry(event.topic).or_default();
            *seq = event.seq.max(*seq);
        }
        let mut columns = Self::default();
        for (topic, state) in seen {
            columns.topics.push(topic.id().cast_signed());
            columns.seqs.push(state.seq.cast_signed());
            columns.epochs.push(state.epoch.cast_signed());
            let left = left.get(topic).copied().unwrap_or(state.seq);
            columns.left.push(left.cast_signed());
        }
        columns
    }
}

/// Idempotency keys.
#[derive(Default)]
pub(crate) struct KeyColumns {
    pub(crate) authors: Vec<i64>,
    pub(crate) chats: Vec<i64>,
    pub(crate) clients: Vec<i64>,
}

impl KeyColumns {
    pub(crate) fn of(keys: &[Idempotency]) -> Self {
        let mut columns = Self::default();
        for key in keys {
            columns.push(*key);
        }
        columns
    }

    fn push(&mut self, key: Idempotency) {
        self.authors.push(key.author_id.to_sql());
        self.chats.push(key.chat_id.to_sql());
        self.clients.push(key.client_id.cast_signed());
    }
}

/// Events.
#[derive(Default)]
pub(crate) struct EventColumns {
    pub(crate) topics: Vec<i64>,
    pub(crate) seqs: Vec<i64>,
    pub(crate) partitions: Vec<i16>,
    pub(crate) bodies: Vec<Vec<u8>>,
}

impl EventColumns {
    pub(crate) fn of(events: &[Recorded]) -> Self {
        let mut columns = Self::default();
        for Recorded { topic, seq, event } in events {
            columns.topics.push(topic.id().cast_signed());
            columns.seqs.push(seq.cast_signed());
            columns.partitions.push(topic.partition().0.cast_signed());
            columns.bodies.push(event.encode());
        }
        columns
    }
}
