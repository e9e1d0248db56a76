//! Chats, the lists they stand in, and how far they are read.

use crate::communities::notif_prefs;
use crate::error::{failed, unknown};
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{
    ChannelId, Chat, ChatId, ChatKind, ChatPlace, CommunityId, GroupId, MessageId, NotifPrefs,
    ReadState, UserId,
};
use osmium_ports::StoreError;
use osmium_ports::store::{ChatPage, ChatReads, ChatWrites, CounterRows, Result, Unread};
use sqlx::SqliteConnection;
use std::cmp::Reverse;

pub(crate) struct ChatRow {
    pub(crate) chat_id: i64,
    pub(crate) kind: u8,
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
            (4, None, Some(owner), Some(_)) => Ok(ChatKind::Saved(UserId::from_sql(owner))),
            _ => Err(unknown("kind of chat", self.kind)),
        }
    }
}

/// What a row of `chats` says of its kind.
#[derive(Default)]
struct KindColumns {
    kind: u8,
    community_id: Option<i64>,
    user_a: Option<i64>,
    user_b: Option<i64>,
}

impl From<ChatKind> for KindColumns {
    fn from(kind: ChatKind) -> Self {
        match kind {
            ChatKind::Channel { community, .. } => Self {
                kind: 1,
                community_id: Some(community.to_sql()),
                ..Self::default()
            },
            ChatKind::Direct(a, b) => Self {
                kind: 2,
                user_a: Some(a.to_sql()),
                user_b: Some(b.to_sql()),
                ..Self::default()
            },
            ChatKind::Group(_) => Self {
                kind: 3,
                ..Self::default()
            },
            ChatKind::Saved(owner) => Self {
                kind: 4,
                user_a: Some(owner.to_sql()),
                user_b: Some(owner.to_sql()),
                ..Self::default()
            },
        }
    }
}

struct PlaceRow {
    chat_id: i64,
    kind: u8,
    community_id: Option<i64>,
    user_a: Option<i64>,
    user_b: Option<i64>,
    last_ordinal: i64,
    last_message_id: Option<i64>,
    highest_id: i64,
    position: i64,
    read_id: Option<i64>,
    unread: u32,
    mentions: u32,
    notif_prefs: Option<i32>,
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
            read: read_state(row.position, row.read_id),
            unread: row.unread,
            mentions: row.mentions,
            notif_prefs: row
                .notif_prefs
                .map_or(Ok(NotifPrefs::Default), notif_prefs)?,
        })
    }
}

fn read_state(ordinal: i64, message_id: Option<i64>) -> ReadState {
    ReadState {
        ordinal: ordinal.cast_unsigned(),
        message_id: message_id.map(MessageId::from_sql),
    }
}

/// The places of the chats that a query (with columns `chat_id`) chooses, for the user `$1`.
macro_rules! place_rows {
    ($chosen:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            PlaceRow,
            r#"SELECT chat_id AS "chat_id!", kind AS "kind!: u8", community_id, user_a, user_b,
                last_ordinal AS "last_ordinal!", last_message_id, highest_id AS "highest_id!",
                position AS "position!: i64", read_id, notif_prefs AS "notif_prefs?: i32",
                max(0, last_ordinal - position - (
                    SELECT COUNT(*) FROM deletions
                    WHERE deletions.chat_id = placed.chat_id AND ordinal > position
                )) AS "unread!: u32",
                (
                    SELECT COUNT(*) FROM mentions
                    WHERE mentions.user_id = $1 AND mentions.chat_id = placed.chat_id
                        AND ordinal > position
                ) AS "mentions!: u32"
            FROM (
                SELECT chats.*, COALESCE(participants.notif_prefs, channel_prefs.notif_prefs) AS notif_prefs, reads.message_id AS read_id,
                    COALESCE(reads.ordinal, (
                        SELECT ordinal FROM messages
                        WHERE messages.chat_id = chats.chat_id AND message_id < members.joined_id
                        ORDER BY message_id DESC LIMIT 1
                    ), 0) AS position
                FROM ("# + $chosen + r#") AS chosen
                CROSS JOIN chats ON chats.chat_id = chosen.chat_id
                LEFT JOIN members
                    ON members.community_id = chats.community_id AND members.user_id = $1
                LEFT JOIN participants
                    ON participants.chat_id = chats.chat_id AND participants.user_id = $1
                LEFT JOIN channel_prefs
                    ON channel_prefs.chat_id = chats.chat_id AND channel_prefs.user_id = $1
                LEFT JOIN reads ON reads.chat_id = chats.chat_id AND reads.user_id = $1
            ) AS placed"#,
            $($argument),+
        )
    };
}

#[async_trait]
impl<C: Connection> ChatReads for Session<C> {
    async fn chats(&mut self, ids: &[ChatId]) -> Result<Vec<Chat>> {
        let ids = list(ids.iter().map(|id| id.to_sql()));
        let rows = sqlx::query_as!(
            ChatRow,
            r#"SELECT chat_id, kind AS "kind: u8", community_id, user_a, user_b,
                last_ordinal, last_message_id, highest_id
            FROM chats WHERE chat_id IN (SELECT value FROM json_each($1))"#,
            ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Chat::try_from).collect()
    }

    async fn find_chat(&mut self, kind: ChatKind) -> Result<Option<Chat>> {
        let (a, b) = match kind {
            ChatKind::Channel { channel, .. } => return find(self, channel.into()).await,
            ChatKind::Group(group) => return find(self, group.into()).await,
            ChatKind::Direct(a, b) => (a.to_sql(), b.to_sql()),
            ChatKind::Saved(owner) => (owner.to_sql(), owner.to_sql()),
        };
        let row = sqlx::query_as!(
            ChatRow,
            r#"SELECT chat_id, kind AS "kind: u8", community_id, user_a, user_b,
                last_ordinal, last_message_id, highest_id
            FROM chats WHERE user_a = $1 AND user_b = $2"#,
            a,
            b,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(Chat::try_from).transpose()
    }

    async fn chats_of(&mut self, user: UserId, page: ChatPage) -> Result<Vec<ChatPlace>> {
        let user = user.to_sql();
        let last = page
            .before
            .map_or(i64::MAX, |id| bound(id.saturating_sub(1)));
        let after = page.after.map_or(0, bound);
        let rows = place_rows!(
            "SELECT chat_id FROM participants JOIN chats USING (chat_id)
            WHERE user_id = $1 AND sort_id <= $2 AND sort_id > $3
                AND (kind = 3 OR last_message_id IS NOT NULL)
            ORDER BY sort_id DESC LIMIT $4",
            user,
            last,
            after,
            page.limit
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let mut places = places(rows)?;
        places.sort_by_key(|place| Reverse(sort_id(&place.chat)));
        Ok(places)
    }

    async fn places(&mut self, user: UserId, chats: &[ChatId]) -> Result<Vec<ChatPlace>> {
        let user = user.to_sql();
        let chats = list(chats.iter().map(|id| id.to_sql()));
        let rows = place_rows!("SELECT value AS chat_id FROM json_each($2)", user, chats)
            .fetch_all(&mut *self.connection)
            .await
            .map_err(failed)?;
        places(rows)
    }

    async fn unread_channels(&mut self, user: UserId) -> Result<Vec<Unread>> {
        let user = user.to_sql();
        let rows = sqlx::query!(
            r#"SELECT community_id AS "community_id!", chat_id AS "chat_id!",
                unread AS "unread!: u32", mentions AS "mentions!: u32"
            FROM (
                SELECT community_id, chat_id, last_ordinal - position - (
                    SELECT COUNT(*) FROM deletions
                    WHERE deletions.chat_id = placed.chat_id AND ordinal > position
                ) AS unread, (
                    SELECT COUNT(*) FROM mentions
                    WHERE mentions.user_id = $1 AND mentions.chat_id = placed.chat_id
                        AND ordinal > position
                ) AS mentions
                FROM (
                    SELECT chats.community_id, chats.chat_id, last_ordinal,
                        COALESCE(reads.ordinal, (
                            SELECT ordinal FROM messages
                            WHERE messages.chat_id = chats.chat_id AND message_id < joined_id
                            ORDER BY message_id DESC LIMIT 1
                        ), 0) AS position
                    FROM members JOIN chats ON chats.community_id = members.community_id
                    JOIN channels ON channels.channel_id = chats.chat_id
                    LEFT JOIN reads ON reads.chat_id = chats.chat_id AND reads.user_id = $1
                    WHERE members.user_id = $1
                ) AS placed
                WHERE last_ordinal > position
            ) WHERE unread > 0"#,
            user,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let channels = rows.into_iter().map(|row| Unread {
            community_id: CommunityId::from_sql(row.community_id),
            chat_id: ChatId::from_sql(row.chat_id),
            messages: row.unread,
            mentions: row.mentions,
        });
        Ok(channels.collect())
    }

    async fn counter_rows(&mut self, chat: ChatId, readers: &[UserId]) -> Result<CounterRows> {
        let mut snapshot = self.snapshot().await?;
        let chat = chat.to_sql();
        let last_ordinal =
            sqlx::query_scalar!("SELECT last_ordinal FROM chats WHERE chat_id = $1", chat)
                .fetch_optional(&mut *snapshot)
                .await
                .map_err(failed)?;
        let positions = positions(&mut snapshot, chat, readers).await?;
        let Some(lowest) = positions.iter().map(|(_, position)| *position).min() else {
            return Ok(CounterRows {
                last_ordinal: last_ordinal.map_or(0, i64::cast_unsigned),
                ..CounterRows::default()
            });
        };
        let lowest = lowest.cast_signed();
        let deleted = sqlx::query_scalar!(
            "SELECT ordinal FROM deletions WHERE chat_id = $1 AND ordinal > $2 ORDER BY ordinal",
            chat,
            lowest,
        )
        .fetch_all(&mut *snapshot)
        .await
        .map_err(failed)?;
        Ok(CounterRows {
            last_ordinal: last_ordinal.map_or(0, i64::cast_unsigned),
            deleted: deleted.into_iter().map(i64::cast_unsigned).collect(),
            positions,
        })
    }

    async fn highlighted(&mut self, chat: ChatId) -> Result<Option<MessageId>> {
        let chat = chat.to_sql();
        let message =
            sqlx::query_scalar!("SELECT message_id FROM highlights WHERE chat_id = $1", chat)
                .fetch_optional(&mut *self.connection)
                .await
                .map_err(failed)?;
        Ok(message.map(MessageId::from_sql))
    }

    async fn ordinal_at(&mut self, chat: ChatId, message: MessageId) -> Result<u64> {
        let (chat, message) = (chat.to_sql(), bound(message.0));
        // Ordinals grow with ids, so the greatest is that of the latest message.
        let ordinal = sqlx::query_scalar!(
            "SELECT ordinal FROM messages WHERE chat_id = $1 AND message_id <= $2
            ORDER BY message_id DESC LIMIT 1",
            chat,
            message,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ordinal.map_or(0, i64::cast_unsigned))
    }
}

/// A number that a client compares ids with, which may be above all of them.
pub(crate) fn bound(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(i64::MAX)
}

/// What a chat is sorted by in its users' lists: `participants.sort_id`.
fn sort_id(chat: &Chat) -> u64 {
    chat.last_message_id.map_or(chat.id.0, |message| message.0)
}

fn places(rows: Vec<PlaceRow>) -> Result<Vec<ChatPlace>> {
    rows.into_iter().map(ChatPlace::try_from).collect()
}

async fn find(session: &mut impl ChatReads, id: ChatId) -> Result<Option<Chat>> {
    Ok(session.chats(&[id]).await?.pop())
}

async fn positions(
    connection: &mut SqliteConnection,
    chat: i64,
    readers: &[UserId],
) -> Result<Vec<(UserId, u64)>> {
    let readers = list(readers.iter().map(|reader| reader.to_sql()));
    let rows = sqlx::query!(
        r#"SELECT CAST(value AS INTEGER) AS "user_id!: i64", COALESCE(reads.ordinal, (
                SELECT ordinal FROM messages
                WHERE messages.chat_id = $1 AND message_id < members.joined_id
                ORDER BY message_id DESC LIMIT 1
            ), 0) AS "position!: i64"
        FROM json_each($2)
        LEFT JOIN reads ON reads.chat_id = $1 AND reads.user_id = value
        LEFT JOIN members ON members.user_id = value
            AND members.community_id = (SELECT community_id FROM chats WHERE chat_id = $1)"#,
        chat,
        readers,
    )
    .fetch_all(connection)
    .await
    .map_err(failed)?;
    let positions = rows
        .into_iter()
        .map(|row| (UserId::from_sql(row.user_id), row.position.cast_unsigned()));
    Ok(positions.collect())
}

#[async_trait]
impl ChatWrites for Session<Writer> {
    async fn insert_chat(&mut self, chat: &Chat) -> Result<()> {
        let (id, kind) = (chat.id.to_sql(), KindColumns::from(chat.kind));
        let last_ordinal = chat.last_ordinal.cast_signed();
        let last_message = chat.last_message_id.map(MessageId::to_sql);
        let highest = chat.highest_id.cast_signed();
        sqlx::query!(
            "INSERT INTO chats (chat_id, kind, community_id, user_a, user_b,
                last_ordinal, last_message_id, highest_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            kind.kind,
            kind.community_id,
            kind.user_a,
            kind.user_b,
            last_ordinal,
            last_message,
            highest,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        let users = list(chat.kind.users().into_iter().map(UserId::to_sql));
        let sort_id = sort_id(chat).cast_signed();
        let notif_prefs = NotifPrefs::All as i32;
        sqlx::query!(
            "INSERT INTO participants (user_id, chat_id, sort_id, notif_prefs)
            SELECT value, $2, $3, $4 FROM json_each($1)",
            users,
            id,
            sort_id,
            notif_prefs,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_read(&mut self, user: UserId, chat: ChatId, read: ReadState) -> Result<ReadState> {
        let (user, chat) = (user.to_sql(), chat.to_sql());
        let ordinal = read.ordinal.cast_signed();
        let message = read.message_id.map(MessageId::to_sql);
        // Without a row, a member is where they joined: an earlier place would move them back.
        sqlx::query!(
            "INSERT INTO reads (user_id, chat_id, ordinal, message_id)
            SELECT $1, $2, max($3, joined_at), iif($3 > joined_at, $4, NULL)
            FROM (
                SELECT COALESCE((
                    SELECT ordinal FROM messages WHERE chat_id = $2 AND message_id < (
                        SELECT joined_id FROM members JOIN chats USING (community_id)
                        WHERE chats.chat_id = $2 AND members.user_id = $1
                    )
                    ORDER BY message_id DESC LIMIT 1
                ), 0) AS joined_at
            )
            WHERE true
            ON CONFLICT (user_id, chat_id) DO UPDATE SET ordinal = $3, message_id = $4
            WHERE $3 > ordinal",
            user,
            chat,
            ordinal,
            message,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        let row = sqlx::query!(
            "SELECT ordinal, message_id FROM reads WHERE user_id = $1 AND chat_id = $2",
            user,
            chat,
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(read_state(row.ordinal, row.message_id))
    }

    async fn set_notif_prefs(
        &mut self,
        user: UserId,
        chat: &Chat,
        notif_prefs: NotifPrefs,
    ) -> Result<()> {
        let (user, id, prefs) = (user.to_sql(), chat.id.to_sql(), notif_prefs as i32);
        if matches!(chat.kind, ChatKind::Channel { .. }) {
            sqlx::query!(
                "INSERT INTO channel_prefs (user_id, chat_id, notif_prefs) VALUES ($1, $2, $3)
                ON CONFLICT (user_id, chat_id) DO UPDATE SET notif_prefs = excluded.notif_prefs",
                user,
                id,
                prefs,
            )
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        } else {
            sqlx::query!(
                "UPDATE participants SET notif_prefs = $3 WHERE user_id = $1 AND chat_id = $2",
                user,
                id,
                prefs,
            )
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn set_highlighted(&mut self, chat: ChatId, message: Option<MessageId>) -> Result<()> {
        let (chat, message) = (chat.to_sql(), message.map(MessageId::to_sql));
        sqlx::query!("DELETE FROM highlights WHERE chat_id = $1", chat)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!(
            "INSERT INTO highlights (chat_id, message_id) SELECT $1, $2 WHERE $2 IS NOT NULL",
            chat,
            message,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
