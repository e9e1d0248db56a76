//! Chats, the lists they stand in, and how far they are read.

mod row;

use crate::error::failed;
use crate::row::{bound, number};
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{
    Chat, ChatId, ChatKind, ChatPlace, CommunityId, MessageId, NotifPrefs, ReadState, UserId,
};
use osmium_ports::store::{ChatPage, ChatReads, ChatWrites, CounterRows, Result, Unread};
use row::{KindColumns, PlaceRow};

pub(crate) use row::ChatRow;

#[async_trait]
impl<C: Connection> ChatReads for Session<C> {
    async fn chats(&mut self, ids: &[ChatId]) -> Result<Vec<Chat>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.to_sql()).collect();
        let rows = sqlx::query_as!(
            ChatRow,
            "SELECT chat_id, kind, community_id, user_a, user_b, last_ordinal, last_message_id, highest_id
            FROM chats WHERE chat_id = ANY($1)",
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Chat::try_from).collect()
    }

    async fn find_chat(&mut self, kind: ChatKind) -> Result<Option<Chat>> {
        let (a, b) = match kind {
            ChatKind::Direct(a, b) => (a, b),
            ChatKind::Saved(user) => (user, user),
            ChatKind::Channel { channel, .. } => return self.find_chat_by_id(channel.into()).await,
            ChatKind::Group(group) => return self.find_chat_by_id(group.into()).await,
        };
        let row = sqlx::query_as!(
            ChatRow,
            "SELECT chat_id, kind, community_id, user_a, user_b, last_ordinal, last_message_id, highest_id
            FROM chats WHERE user_a = $1 AND user_b = $2",
            a.to_sql(),
            b.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(Chat::try_from).transpose()
    }

    async fn chats_of(&mut self, user: UserId, page: ChatPage) -> Result<Vec<ChatPlace>> {
        let rows = sqlx::query_as!(
            PlaceRow,
            r#"SELECT chat_id, kind, community_id, user_a, user_b, last_ordinal, last_message_id, highest_id,
                coalesce(reads.ordinal, 0) AS "position!",
                reads.message_id AS "read_message_id?",
                (
                    SELECT count(*) FROM deletions
                    WHERE deletions.chat_id = listed.chat_id AND ordinal > coalesce(reads.ordinal, 0)
                ) AS "deleted!",
                (
                    SELECT count(*) FROM mentions
                    WHERE mentions.user_id = $1 AND mentions.chat_id = listed.chat_id
                        AND ordinal > coalesce(reads.ordinal, 0)
                ) AS "mentions!",
                listed.notif_prefs
            FROM (
                SELECT participants.* FROM participants JOIN chats USING (chat_id)
                WHERE user_id = $1 AND sort_id <= $2 AND sort_id > $3
                    AND (kind = 3 OR last_message_id IS NOT NULL)
                ORDER BY sort_id DESC LIMIT $4
            ) AS listed
            JOIN chats USING (chat_id)
            LEFT JOIN reads USING (user_id, chat_id)
            ORDER BY sort_id DESC"#,
            user.to_sql(),
            page.before.map_or(i64::MAX, |id| bound(id) - 1),
            page.after.map_or(0, bound),
            i64::from(page.limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(ChatPlace::try_from).collect()
    }

    async fn places(&mut self, user: UserId, chats: &[ChatId]) -> Result<Vec<ChatPlace>> {
        let chats: Vec<i64> = chats.iter().map(|chat| chat.to_sql()).collect();
        let rows = sqlx::query_as!(
            PlaceRow,
            r#"SELECT chats.chat_id, kind, chats.community_id, user_a, user_b, last_ordinal, last_message_id,
                highest_id,
                position.ordinal AS "position!",
                reads.message_id AS "read_message_id?",
                (
                    SELECT count(*) FROM deletions
                    WHERE deletions.chat_id = chats.chat_id AND ordinal > position.ordinal
                ) AS "deleted!",
                (
                    SELECT count(*) FROM mentions
                    WHERE mentions.user_id = $1 AND mentions.chat_id = chats.chat_id
                        AND ordinal > position.ordinal
                ) AS "mentions!",
                coalesce(participants.notif_prefs, channel_prefs.notif_prefs, CASE kind WHEN 1 THEN $3::smallint ELSE $4 END)
                    AS "notif_prefs!"
            FROM chats
            LEFT JOIN participants ON participants.chat_id = chats.chat_id AND participants.user_id = $1
            LEFT JOIN channel_prefs
                ON channel_prefs.chat_id = chats.chat_id AND channel_prefs.user_id = $1
            LEFT JOIN reads ON reads.chat_id = chats.chat_id AND reads.user_id = $1
            LEFT JOIN members ON members.community_id = chats.community_id AND members.user_id = $1
            LEFT JOIN LATERAL (
                SELECT messages.ordinal FROM messages
                WHERE reads.ordinal IS NULL
                    AND messages.chat_id = chats.chat_id AND messages.message_id < members.joined_id
                ORDER BY messages.message_id DESC LIMIT 1
            ) AS joined ON TRUE
            CROSS JOIN LATERAL (
                SELECT coalesce(reads.ordinal, joined.ordinal, 0) AS ordinal
            ) AS position
            WHERE chats.chat_id = ANY($2)"#,
            user.to_sql(),
            &chats,
            NotifPrefs::Default as i16,
            NotifPrefs::All as i16,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(ChatPlace::try_from).collect()
    }

    async fn unread_channels(&mut self, user: UserId) -> Result<Vec<Unread>> {
        let rows = sqlx::query!(
            r#"SELECT members.community_id, chats.chat_id,
                last_ordinal - position.ordinal - deleted.count AS "unread!",
                (
                    SELECT count(*) FROM mentions
                    WHERE mentions.user_id = $1 AND mentions.chat_id = chats.chat_id
                        AND ordinal > position.ordinal
                ) AS "mentions!"
            FROM members
            JOIN chats USING (community_id)
            JOIN channels ON channels.channel_id = chats.chat_id
            LEFT JOIN reads ON reads.chat_id = chats.chat_id AND reads.user_id = $1
            LEFT JOIN LATERAL (
                SELECT messages.ordinal FROM messages
                WHERE reads.ordinal IS NULL
                    AND messages.chat_id = chats.chat_id AND messages.message_id < members.joined_id
                ORDER BY messages.message_id DESC LIMIT 1
            ) AS joined ON TRUE
            CROSS JOIN LATERAL (
                SELECT coalesce(reads.ordinal, joined.ordinal, 0) AS ordinal
            ) AS position
            CROSS JOIN LATERAL (
                SELECT count(*) AS count FROM deletions
                WHERE deletions.chat_id = chats.chat_id AND ordinal > position.ordinal
            ) AS deleted
            WHERE members.user_id = $1
                AND last_ordinal > position.ordinal
                AND last_ordinal > position.ordinal + deleted.count"#,
            user.to_sql(),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| {
                Ok(Unread {
                    community_id: CommunityId::from_sql(row.community_id),
                    chat_id: ChatId::from_sql(row.chat_id),
                    messages: number(row.unread)?,
                    mentions: number(row.mentions)?,
                })
            })
            .collect()
    }

    async fn counter_rows(&mut self, chat: ChatId, readers: &[UserId]) -> Result<CounterRows> {
        let readers: Vec<i64> = readers.iter().map(|reader| reader.to_sql()).collect();
        // One statement, so that counter, positions and deletions are of one moment.
        let row = sqlx::query!(
            r#"WITH positions AS MATERIALIZED (
                SELECT user_id, coalesce(reads.ordinal, joined.ordinal, 0) AS ordinal
                FROM unnest($2::bigint[]) AS reader (user_id)
                CROSS JOIN chats
                LEFT JOIN reads USING (user_id, chat_id)
                LEFT JOIN members USING (user_id, community_id)
                LEFT JOIN LATERAL (
                    SELECT messages.ordinal FROM messages
                    WHERE reads.ordinal IS NULL
                        AND messages.chat_id = $1 AND messages.message_id < members.joined_id
                    ORDER BY messages.message_id DESC LIMIT 1
                ) AS joined ON TRUE
                WHERE chat_id = $1
            )
            SELECT last_ordinal,
                ARRAY(
                    SELECT ordinal FROM deletions
                    WHERE chat_id = $1 AND ordinal > (SELECT min(ordinal) FROM positions)
                    ORDER BY ordinal
                ) AS "deleted!",
                ARRAY(SELECT user_id FROM positions ORDER BY user_id) AS "users!",
                ARRAY(SELECT ordinal FROM positions ORDER BY user_id) AS "ordinals!"
            FROM chats WHERE chat_id = $1"#,
            chat.to_sql(),
            &readers,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map_or_else(CounterRows::default, |row| CounterRows {
            last_ordinal: row.last_ordinal.cast_unsigned(),
            deleted: row.deleted.into_iter().map(i64::cast_unsigned).collect(),
            positions: row
                .users
                .into_iter()
                .map(UserId::from_sql)
                .zip(row.ordinals.into_iter().map(i64::cast_unsigned))
                .collect(),
        }))
    }

    async fn highlighted(&mut self, chat: ChatId) -> Result<Option<MessageId>> {
        let message = sqlx::query_scalar!(
            "SELECT message_id FROM highlights WHERE chat_id = $1",
            chat.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(message.map(MessageId::from_sql))
    }

    async fn ordinal_at(&mut self, chat: ChatId, message: MessageId) -> Result<u64> {
        let ordinal = sqlx::query_scalar!(
            "SELECT ordinal FROM messages
            WHERE chat_id = $1 AND message_id <= $2
            ORDER BY message_id DESC LIMIT 1",
            chat.to_sql(),
            bound(message.0),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ordinal.map_or(0, i64::cast_unsigned))
    }
}

impl<C: Connection> Session<C> {
    async fn find_chat_by_id(&mut self, id: ChatId) -> Result<Option<Chat>> {
        Ok(self.chats(&[id]).await?.pop())
    }
}

#[async_trait]
impl ChatWrites for Session<Writer> {
    async fn insert_chat(&mut self, chat: &Chat) -> Result<()> {
        let columns = KindColumns::from(chat.kind);
        let users: Vec<i64> = chat.kind.users().iter().map(|user| user.to_sql()).collect();
        sqlx::query!(
            "WITH added AS (
                INSERT INTO chats (chat_id, kind, community_id, user_a, user_b, last_ordinal,
                    last_message_id, highest_id)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            )
            INSERT INTO participants (chat_id, user_id, sort_id, notif_prefs)
            SELECT $1, user_id, coalesce($7, $1), $10 FROM unnest($9::bigint[]) AS participant (user_id)",
            chat.id.to_sql(),
            columns.kind,
            columns.community_id,
            columns.user_a,
            columns.user_b,
            chat.last_ordinal.cast_signed(),
            chat.last_message_id.map(MessageId::to_sql),
            chat.highest_id.cast_signed(),
            &users,
            NotifPrefs::All as i16,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_read(&mut self, user: UserId, chat: ChatId, read: ReadState) -> Result<ReadState> {
        // A member without a row stands where they joined, which may be further than they say.
        let row = sqlx::query!(
            "WITH start AS (
                SELECT coalesce(max(joined.ordinal), 0) AS ordinal
                FROM chats
                JOIN members ON members.community_id = chats.community_id AND members.user_id = $1
                CROSS JOIN LATERAL (
                    SELECT messages.ordinal FROM messages
                    WHERE messages.chat_id = $2 AND messages.message_id < members.joined_id
                    ORDER BY messages.message_id DESC LIMIT 1
                ) AS joined
                WHERE chats.chat_id = $2
            )
            INSERT INTO reads AS reached (user_id, chat_id, ordinal, message_id)
            SELECT $1, $2, greatest($3, start.ordinal), CASE WHEN $3 > start.ordinal THEN $4::bigint END
            FROM start
            ON CONFLICT (user_id, chat_id) DO UPDATE SET
                ordinal = greatest(reached.ordinal, excluded.ordinal),
                message_id = CASE
                    WHEN excluded.ordinal > reached.ordinal THEN excluded.message_id
                    ELSE reached.message_id
                END
            RETURNING ordinal, message_id",
            user.to_sql(),
            chat.to_sql(),
            read.ordinal.cast_signed(),
            read.message_id.map(MessageId::to_sql),
        )
        .fetch_one(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ReadState {
            ordinal: row.ordinal.cast_unsigned(),
            message_id: row.message_id.map(MessageId::from_sql),
        })
    }

    async fn set_notif_prefs(
        &mut self,
        user: UserId,
        chat: &Chat,
        notif_prefs: NotifPrefs,
    ) -> Result<()> {
        // Channels (kind 1) stand in nobody's list.
        sqlx::query!(
            "WITH listed AS (
                UPDATE participants SET notif_prefs = $3 WHERE chat_id = $2 AND user_id = $1
            )
            INSERT INTO channel_prefs (user_id, chat_id, notif_prefs)
            SELECT $1, chat_id, $3 FROM chats WHERE chat_id = $2 AND kind = 1
            ON CONFLICT (user_id, chat_id) DO UPDATE SET notif_prefs = excluded.notif_prefs",
            user.to_sql(),
            chat.id.to_sql(),
            notif_prefs as i16,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_highlighted(&mut self, chat: ChatId, message: Option<MessageId>) -> Result<()> {
        sqlx::query!(
            "WITH cleared AS (
                DELETE FROM highlights WHERE chat_id = $1 AND $2::bigint IS NULL
            )
            INSERT INTO highlights (chat_id, message_id) SELECT $1, $2 WHERE $2 IS NOT NULL
            ON CONFLICT (chat_id) DO UPDATE SET message_id = excluded.message_id",
            chat.to_sql(),
            message.map(MessageId::to_sql),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
