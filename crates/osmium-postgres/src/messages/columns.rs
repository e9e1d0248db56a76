//! Messages and their keys as columns, which one statement unnests into rows.

use super::row::Extras;
use osmium_model::{Message, Timestamp};
use osmium_ports::store::Idempotency;

/// Messages and keys as columns, to be inserted in one statement.
#[derive(Default)]
pub(super) struct Columns<'a> {
    pub(super) chats: Vec<i64>,
    pub(super) ids: Vec<i64>,
    pub(super) ordinals: Vec<i64>,
    pub(super) authors: Vec<i64>,
    pub(super) kinds: Vec<i16>,
    pub(super) texts: Vec<&'a str>,
    pub(super) extras: Vec<Option<String>>,
    pub(super) edited: Vec<Option<i64>>,
    pub(super) pinned: Vec<bool>,
    pub(super) keys: Keys,
    pub(super) keyed: Vec<i64>,
}

impl<'a> Columns<'a> {
    pub(super) fn of(messages: &'a [(Message, Option<Idempotency>)]) -> Self {
        let mut columns = Self::default();
        for (message, key) in messages {
            columns.push(message);
            if let Some(key) = key {
                columns.keys.push(key);
                columns.keyed.push(message.id.to_sql());
            }
        }
        columns
    }

    fn push(&mut self, message: &'a Message) {
        self.chats.push(message.chat_id.to_sql());
        self.ids.push(message.id.to_sql());
        self.ordinals.push(message.ordinal.cast_signed());
        self.authors.push(message.author_id.to_sql());
        self.kinds.push(message.kind as i16);
        self.texts.push(&message.text);
        self.extras.push(Extras::encode(message));
        self.edited.push(message.edited_at.map(Timestamp::to_sql));
        self.pinned.push(message.pinned);
    }
}

/// Idempotency keys as columns.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) authors: Vec<i64>,
    pub(super) chats: Vec<i64>,
    pub(super) clients: Vec<i64>,
}

impl Keys {
    pub(super) fn push(&mut self, key: &Idempotency) {
        self.authors.push(key.author_id.to_sql());
        self.chats.push(key.chat_id.to_sql());
        self.clients.push(key.client_id.cast_signed());
    }
}
