//! Rows as columns, which one statement unnests into rows again.

use crate::messages::extras;
use osmium_model::{Message, Timestamp, Topic, UserId};
use osmium_ports::store::{Idempotency, NewMessage, Recorded, TopicState, terms};
use std::collections::BTreeMap;

/// Messages, with the keys of those that have one.
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
    pub(crate) clients: Vec<Option<i64>>,
    pub(crate) terms: Vec<Option<String>>,
    pub(crate) mentions: MentionColumns,
}

/// Whom messages mention.
#[derive(Default)]
pub(crate) struct MentionColumns {
    pub(crate) users: Vec<i64>,
    pub(crate) chats: Vec<i64>,
    pub(crate) ordinals: Vec<i64>,
    pub(crate) messages: Vec<i64>,
}

impl<'a> MessageColumns<'a> {
    pub(crate) fn of(messages: &'a [NewMessage]) -> Self {
        let mut columns = Self::default();
        for new in messages {
            let NewMessage {
                message,
                key,
                mentions,
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
            let client_id = key.map(|key| key.client_id.cast_signed());
            columns.clients.push(client_id);
            columns.mentions.push(message, mentions);
            columns.terms.push(terms(message));
        }
        columns
    }
}

impl MentionColumns {
    fn push(&mut self, message: &Message, mentions: &[UserId]) {
        for user in mentions {
            self.users.push(user.to_sql());
            self.chats.push(message.chat_id.to_sql());
            self.ordinals.push(message.ordinal.cast_signed());
            self.messages.push(message.id.to_sql());
        }
    }
}

/// Where topics were seen.
#[derive(Default)]
pub(crate) struct SeenColumns {
    pub(crate) topics: Vec<i64>,
    pub(crate) seqs: Vec<i64>,
    pub(crate) epochs: Vec<i64>,
}

impl SeenColumns {
    pub(crate) fn of(seen: &BTreeMap<Topic, TopicState>) -> Self {
        let mut columns = Self::default();
        for (topic, state) in seen {
            columns.topics.push(topic.id().cast_signed());
            columns.seqs.push(state.seq.cast_signed());
            columns.epochs.push(state.epoch.cast_signed());
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
            columns.authors.push(key.author_id.to_sql());
            columns.chats.push(key.chat_id.to_sql());
            columns.clients.push(key.client_id.cast_signed());
        }
        columns
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
