//! A message as the row that holds it.

use crate::error::unknown;
use osmium_model::{
    BotInfo, ChatId, Entity, Message, MessageId, MessageKind, Reply, Timestamp, UserId,
};
use osmium_ports::StoreError;
use osmium_ports::store::Result;
use serde::{Deserialize, Serialize};

/// A row of `messages`.
pub(crate) struct MessageRow {
    pub(crate) chat_id: i64,
    pub(crate) message_id: i64,
    pub(crate) ordinal: i64,
    pub(crate) author_id: i64,
    pub(crate) kind: i16,
    pub(crate) text: String,
    pub(crate) extras: Option<String>,
    pub(crate) edited_at: Option<i64>,
    pub(crate) pinned: bool,
}

impl TryFrom<MessageRow> for Message {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<Self> {
        let extras = Extras::decode(row.extras.as_deref())?;
        Ok(Self {
            id: MessageId::from_sql(row.message_id),
            chat_id: ChatId::from_sql(row.chat_id),
            ordinal: row.ordinal.cast_unsigned(),
            author_id: UserId::from_sql(row.author_id),
            kind: MessageKind::from_number(row.kind.into())
                .ok_or_else(|| unknown("kind of message", row.kind))?,
            text: row.text,
            entities: extras.entities,
            reply: extras.reply,
            forwarded: extras.forwarded,
            bot: extras.bot,
            edited_at: row.edited_at.map(Timestamp::from_sql),
            pinned: row.pinned,
        })
    }
}

/// What few messages have, in one column.
#[derive(Default, Serialize, Deserialize)]
struct Extras {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<Entity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reply: Option<Reply>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forwarded: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bot: Option<BotInfo>,
}

impl Extras {
    fn decode(column: Option<&str>) -> Result<Self> {
        column
            .map_or_else(|| Ok(Self::default()), serde_json::from_str)
            .map_err(|error| unknown("form of extras", format!("{:?}", error.classify())))
    }
}

/// What goes in that column, if anything.
pub(crate) fn extras(message: &Message) -> Option<String> {
    let plain = message.entities.is_empty()
        && message.reply.is_none()
        && message.forwarded.is_none()
        && message.bot.is_none();
    if plain {
        return None;
    }
    let extras = Extras {
        entities: message.entities.clone(),
        reply: message.reply.clone(),
        forwarded: message.forwarded,
        bot: message.bot.clone(),
    };
    Some(serde_json::to_string(&extras).expect("plain data is always JSON"))
}
