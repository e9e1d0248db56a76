//! Searching: a walk through the messages that are nearest, then the index.

use crate::error::failed;
use crate::row::bound;
use crate::session::{Connection, Session};
use async_trait::async_trait;
use osmium_model::{Chat, ChatId, Message, MessageId, SearchQuery, UserId};
use osmium_ports::store::{MessageReads, Result, SearchPage, SearchReads, Stretch, Walk, term_of};

/// How many messages are looked at before the index is asked. Of what a page is not full of by then, there is so little that all
/// of it can be read and put in order.
const WALK: usize = 8000;
/// Of how many chats the index is asked beside the words. With more, it takes longer to ask of each message it comes by than to look
/// whether that is in one of them.
const CHATS_ASKED: usize = 16;

/// A stretch of ids, and from which end of it so many messages are taken.
struct Window {
    above: i64,
    below: i64,
    oldest: i64,
    newest: i64,
}

impl Window {
    fn of(page: SearchPage, limit: u32) -> Self {
        let (above, below) = match page {
            SearchPage::Newest => (0, i64::MAX),
            SearchPage::Before(id) => (0, bound(id.0)),
            SearchPage::Since(id) => (bound(id.0), i64::MAX),
        };
        let (oldest, newest) = ends(page, i64::from(limit));
        Self {
            above,
            below,
            oldest,
            newest,
        }
    }
}

/// How many of the oldest are taken, and how many of the newest.
fn ends(page: SearchPage, count: i64) -> (i64, i64) {
    match page {
        SearchPage::Newest | SearchPage::Before(_) => (0, count),
        SearchPage::Since(_) => (count, 0),
    }
}

#[async_trait]
impl<C: Connection> SearchReads for Session<C> {
    async fn search(
        &mut self,
        chats: &[Chat],
        query: &SearchQuery,
        page: SearchPage,
        limit: u32,
    ) -> Result<Vec<Message>> {
        let mut walk = Walk::new(chats, page, limit, WALK);
        loop {
            let stretches = walk.ahead();
            if stretches.is_empty() {
                break;
            }
            self.look(&mut walk, &stretches, query, page).await?;
        }
        let found = match walk.page() {
            Some(found) => found,
            None => self.look_up(chats, query, page, limit).await?,
        };
        let mut messages = self.messages_by_chat(&found).await?;
        messages.sort_unstable_by_key(|message| std::cmp::Reverse(message.id));
        Ok(messages)
    }

    async fn latest_chats_of(&mut self, user: UserId, limit: u32) -> Result<Vec<ChatId>> {
        let chats = sqlx::query_scalar!(
            "SELECT chat_id FROM participants WHERE user_id = $1 ORDER BY sort_id DESC LIMIT $2",
            user.to_sql(),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(chats.into_iter().map(ChatId::from_sql).collect())
    }
}

impl<C: Connection> Session<C> {
    /// Looks at the messages of some stretches.
    async fn look(
        &mut self,
        walk: &mut Walk,
        stretches: &[Stretch],
        query: &SearchQuery,
        page: SearchPage,
    ) -> Result<()> {
        let chats: Vec<i64> = stretches.iter().map(|part| part.chat.to_sql()).collect();
        let from: Vec<i64> = stretches.iter().map(|part| bound(part.from.0)).collect();
        // All are of one length.
        let length = stretches.first().map_or(0, |part| part.length);
        let (after, before) = ends(page, i64::try_from(length).unwrap_or(i64::MAX));
        // Two walks along the primary key, each stopped by its limit; one of none costs nothing.
        let rows = sqlx::query!(
            r#"SELECT walk.chat_id AS "chat_id!", messages AS "messages!", lowest, highest, found AS "found!"
            FROM unnest($1::bigint[], $2::bigint[]) AS walk (chat_id, from_id)
            CROSS JOIN LATERAL (
                SELECT count(*) AS messages, min(message_id) AS lowest, max(message_id) AS highest,
                    coalesce(array_agg(message_id) FILTER (WHERE words @@ $3::text::tsquery), '{}') AS found
                FROM (
                    (
                        SELECT message_id, words FROM messages
                        WHERE messages.chat_id = walk.chat_id AND message_id > walk.from_id
                        ORDER BY message_id LIMIT $4
                    )
                    UNION ALL
                    (
                        SELECT message_id, words FROM messages
                        WHERE messages.chat_id = walk.chat_id AND message_id < walk.from_id
                        ORDER BY message_id DESC LIMIT $5
                    )
                ) AS stretch
            ) AS seen"#,
            &chats,
            &from,
            words_of(query),
            after,
            before,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        for row in rows {
            let chat = ChatId::from_sql(row.chat_id);
            let Some(stretch) = stretches.iter().find(|part| part.chat == chat) else {
                continue;
            };
            let farthest = if after > 0 { row.highest } else { row.lowest };
            walk.saw(
                *stretch,
                usize::try_from(row.messages).unwrap_or(0),
                farthest.map(MessageId::from_sql),
                row.found.into_iter().map(MessageId::from_sql),
            );
        }
        Ok(())
    }

    /// Asks the index. It knows the chats of a message as well as its words, so that with few chats it leads to nothing else. (No
    /// other index serves here: what is compared with the chats is no column.)
    async fn look_up(
        &mut self,
        chats: &[Chat],
        query: &SearchQuery,
        page: SearchPage,
        limit: u32,
    ) -> Result<Vec<(ChatId, MessageId)>> {
        let window = Window::of(page, limit);
        let wanted = tsquery(chats, query);
        let chats: Vec<i64> = chats.iter().map(|chat| chat.id.to_sql()).collect();
        let rows = sqlx::query!(
            r#"(
                SELECT chat_id AS "chat_id!", message_id AS "message_id!" FROM messages
                WHERE words @@ $1::text::tsquery AND message_id > $2 AND message_id < $3
                    AND chat_id + 0 = ANY($6)
                ORDER BY messages.message_id LIMIT $4
            )
            UNION ALL
            (
                SELECT chat_id, message_id FROM messages
                WHERE words @@ $1::text::tsquery AND message_id > $2 AND message_id < $3
                    AND chat_id + 0 = ANY($6)
                ORDER BY messages.message_id DESC LIMIT $5
            )"#,
            wanted,
            window.above,
            window.below,
            window.oldest,
            window.newest,
            &chats,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let found = rows.into_iter().map(|row| {
            let chat = ChatId::from_sql(row.chat_id);
            (chat, MessageId::from_sql(row.message_id))
        });
        Ok(found.collect())
    }
}

/// A `tsquery` for the words, and for the chats if they are few.
fn tsquery(chats: &[Chat], query: &SearchQuery) -> String {
    let words = words_of(query);
    if chats.is_empty() || chats.len() > CHATS_ASKED {
        return words;
    }
    let terms = chats.iter().map(|chat| quoted(&term_of(chat.id)));
    format!("{words} & ({})", terms.collect::<Vec<_>>().join(" | "))
}

/// A `tsquery` for the words alone.
fn words_of(query: &SearchQuery) -> String {
    let beginning = format!("{}:*", quoted(query.beginning()));
    let words = query.words().map(quoted).chain([beginning]);
    words.collect::<Vec<_>>().join(" & ")
}

/// A term as it stands: there are neither quotes nor backslashes in it.
fn quoted(term: &str) -> String {
    format!("'{term}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_has_the_last_word_begun() {
        let query = SearchQuery::parse("The Crème brû").expect("there are words");
        assert_eq!(words_of(&query), "'creme' & 'the' & 'bru':*");
    }

    #[test]
    fn few_chats_are_asked_for() {
        let chat = |id| Chat {
            id: ChatId(id),
            kind: osmium_model::ChatKind::Saved(UserId(1)),
            last_ordinal: 0,
            last_message_id: None,
            highest_id: 0,
        };
        let query = SearchQuery::parse("fox").expect("there is a word");
        let few = tsquery(&[chat(1), chat(2)], &query);
        assert_eq!(few, "'fox':* & ('#1' | '#2')");
        let many: Vec<Chat> = (0..17).map(chat).collect();
        assert_eq!(tsquery(&many, &query), "'fox':*");
    }
}
