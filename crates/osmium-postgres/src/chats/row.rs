//! Chats and places in lists as the rows that hold them.

use crate::communities::notif_prefs;
use crate::error::unknown;
use crate::row::number;
use osmium_model::{
    ChannelId, Chat, ChatId, ChatKind, ChatPlace, CommunityId, GroupId, MessageId, ReadState,
    UserId,
};
use osmium_ports::StoreError;
use osmium_ports::store::Result;
use serde::Deserialize;

/// A row of `chats`.
#[derive(Deserialize)]
pub(crate) struct ChatRow {
    pub(crate) chat_id: i64,
    pub(crate) kind: i16,
    pub(crate) community_id: Option<i64>,
    pub(crate) user_a: Option<i64>,
    pub(crate) user_b: Option<i64>,
    pub(crate) last_ordinal: i64,
    pub(crate) last_message_id: Option<i64>,
    pub(crate) highest_id: i64,
}

impl TryFrom<ChatRow> for Chat {
    type Error = StoreError;

    fn try_from(row: ChatRow) -> Result<Self> {
        Ok(Self {
            id: ChatId::from_sql(row.chat_id),
            kind: row.kind()?,
            last_ordinal: row.last_ordinal.cast_unsigned(),
            last_message_id: row.last_message_id.map(MessageId::from_sql),
            highest_id: row.highest_id.cast_unsigned(),
        })
    }
}

impl ChatRow {
    fn kind(&self) -> Result<ChatKind> {
        match (self.kind, self.community_id, self.user_a, self.user_b) {
            (1, Some(community), None, None) => Ok(ChatKind::Channel {
                community: CommunityId::from_sql(community),
                channel: ChannelId::from_sql(self.chat_id),
            }),
            (2, None, Some(a), Some(b)) => {
                Ok(ChatKind::Direct(UserId::from_sql(a), UserId::from_sql(b)))
            }
            (3, None, None, None) => Ok(ChatKind::Group(GroupId::from_sql(self.chat_id))),
            (4, None, Some(user), Some(_)) => Ok(ChatKind::Saved(UserId::from_sql(user))),
            _ => Err(unknown("kind of chat", self.kind)),
        }
    }
}

/// The columns that say what a chat is.
#[derive(Default)]
pub(super) struct KindColumns {
    pub(super) kind: i16,
    pub(super) community_id: Option<i64>,
    pub(super) user_a: Option<i64>,
    pub(super) user_b: Option<i64>,
}

impl From<ChatKind> for KindColumns {
    fn from(kind: ChatKind) -> Self {
        let between = |kind, a: UserId, b: UserId| Self {
            kind,
            user_a: Some(a.to_sql()),
            user_b: Some(b.to_sql()),
            ..Self::default()
        };
        match kind {
            ChatKind::Channel { community, .. } => Self {
                kind: 1,
                community_id: Some(community.to_sql()),
                ..Self::default()
            },
            ChatKind::Direct(a, b) => between(2, a, b),
            ChatKind::Group(_) => Self {
                kind: 3,
                ..Self::default()
            },
            ChatKind::Saved(user) => between(4, user, user),
        }
    }
}

/// A chat as it stands for a reader, whose position is `position`.
pub(super) struct PlaceRow {
    pub(super) chat_id: i64,
    pub(super) kind: i16,
    pub(super) community_id: Option<i64>,
    pub(super) user_a: Option<i64>,
    pub(super) user_b: Option<i64>,
    pub(super) last_ordinal: i64,
    pub(super) last_message_id: Option<i64>,
    pub(super) highest_id: i64,
    pub(super) position: i64,
    pub(super) read_message_id: Option<i64>,
    pub(super) deleted: i64,
    pub(super) mentions: i64,
    pub(super) notif_prefs: i16,
}

impl TryFrom<PlaceRow> for ChatPlace {
    type Error = StoreError;

    fn try_from(row: PlaceRow) -> Result<Self> {
        let chat = ChatRow {
            chat_id: row.chat_id,
            kind: row.kind,
            community_id: row.community_id,
            user_a: row.user_a,
            user_b: row.user_b,
            last_ordinal: row.last_ordinal,
            last_message_id: row.last_message_id,
            highest_id: row.highest_id,
        };
        Ok(Self {
            chat: chat.try_into()?,
            read: ReadState {
                ordinal: row.position.cast_unsigned(),
                message_id: row.read_message_id.map(MessageId::from_sql),
            },
            unread: number((row.last_ordinal - row.position - row.deleted).max(0))?,
            mentions: number(row.mentions)?,
            notif_prefs: notif_prefs(row.notif_prefs)?,
        })
    }
}
