//! Searching: a walk through the messages that are nearest, then the index.

use crate::chats::bound;
use crate::error::failed;
use crate::list::list;
use crate::messages::{before, newer, older};
use crate::session::{Connection, Session};
use async_trait::async_trait;
use osmium_model::{Chat, ChatId, Message, MessageId, MessageKind, SearchQuery, UserId};
use osmium_ports::store::{MessageReads, Result, SearchPage, SearchReads, Stretch, Walk, term_of};
use sqlx::SqliteConnection;
use std::cmp::Reverse;

/// How many messages are looked at before the index is asked. It gives what it finds in order, and stops when a page is full; but
/// of words of which only the beginning is known, it first puts all their messages in order, which is slow where there are many.
const WALK: usize = 2000;

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
            for stretch in stretches {
                look(&mut self.connection, &mut walk, stretch, query, page).await?;
            }
        }
        let found = match walk.page() {
            Some(found) => found,
            None => look_up(&mut self.connection, chats, query, page, limit).await?,
        };
        let mut messages = self.messages_by_chat(&found).await?;
        messages.sort_unstable_by_key(|message| Reverse(message.id));
        Ok(messages)
    }

    async fn latest_chats_of(&mut self, user: UserId, limit: u32) -> Result<Vec<ChatId>> {
        let user = user.to_sql();
        let chats = sqlx::query_scalar!(
            r#"SELECT chat_id AS "chat_id!" FROM participants
            WHERE user_id = $1 ORDER BY sort_id DESC LIMIT $2"#,
            user,
            limit,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(chats.into_iter().map(ChatId::from_sql).collect())
    }
}

/// Looks at the messages of a stretch.
async fn look(
    connection: &mut SqliteConnection,
    walk: &mut Walk,
    stretch: Stretch,
    query: &SearchQuery,
    page: SearchPage,
) -> Result<()> {
    let (chat, length) = (stretch.chat.to_sql(), u32::try_from(stretch.length));
    let length = length.unwrap_or(u32::MAX);
    // Both give the newest first.
    let (seen, farthest) = match page {
        SearchPage::Newest | SearchPage::Before(_) => {
            let seen = older(connection, chat, before(stretch.from), length).await?;
            let farthest = seen.last().map(|message| message.id);
            (seen, farthest)
        }
        SearchPage::Since(_) => {
            let seen = newer(connection, chat, bound(stretch.from.0), length).await?;
            let farthest = seen.first().map(|message| message.id);
            (seen, farthest)
        }
    };
    let matches =
        |message: &&Message| message.kind == MessageKind::Normal && query.matches(&message.text);
    let found = seen.iter().filter(matches).map(|message| message.id);
    walk.saw(stretch, seen.len(), farthest, found);
    Ok(())
}

/// Asks the index, which knows the chats of a message as well as its words, so that it leads to nothing else.
async fn look_up(
    connection: &mut SqliteConnection,
    chats: &[Chat],
    query: &SearchQuery,
    page: SearchPage,
    limit: u32,
) -> Result<Vec<(ChatId, MessageId)>> {
    if chats.is_empty() {
        return Ok(Vec::new());
    }
    let query = expression(chats, query);
    let ids = match page {
        SearchPage::Newest => found_before(connection, &query, i64::MAX, limit).await?,
        SearchPage::Before(id) => found_before(connection, &query, bound(id.0), limit).await?,
        SearchPage::Since(id) => found_since(connection, &query, bound(id.0), limit).await?,
    };
    let ids = list(ids);
    let rows = sqlx::query!(
        r#"SELECT chat_id AS "chat_id!", message_id AS "message_id!"
        FROM messages WHERE message_id IN (SELECT value FROM json_each($1))"#,
        ids,
    )
    .fetch_all(connection)
    .await
    .map_err(failed)?;
    let found = rows.into_iter().map(|row| {
        let chat = ChatId::from_sql(row.chat_id);
        (chat, MessageId::from_sql(row.message_id))
    });
    Ok(found.collect())
}

async fn found_before(
    connection: &mut SqliteConnection,
    query: &str,
    before: i64,
    limit: u32,
) -> Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"SELECT rowid AS "id!: i64" FROM message_words
        WHERE message_words MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3"#,
        query,
        before,
        limit,
    )
    .fetch_all(connection)
    .await
    .map_err(failed)
}

async fn found_since(
    connection: &mut SqliteConnection,
    query: &str,
    since: i64,
    limit: u32,
) -> Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"SELECT rowid AS "id!: i64" FROM message_words
        WHERE message_words MATCH $1 AND rowid > $2 ORDER BY rowid LIMIT $3"#,
        query,
        since,
        limit,
    )
    .fetch_all(connection)
    .await
    .map_err(failed)
}

/// What is searched, as the index reads it. There are no quotes in a term.
fn expression(chats: &[Chat], query: &SearchQuery) -> String {
    let quoted = |term: &str| format!("\"{term}\"");
    let chats: Vec<String> = chats.iter().map(|chat| quoted(&term_of(chat.id))).collect();
    let words = query.words().map(quoted);
    let beginning = format!("{}*", quoted(query.beginning()));
    let all = std::iter::once(format!("({})", chats.join(" OR ")));
    let all: Vec<String> = all.chain(words).chain([beginning]).collect();
    all.join(" AND ")
}

/// Adds the words of new messages, which are rows with the place of what they are found by in a blob.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    rows: &str,
    blob: &[u8],
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO message_words (rowid, words)
        SELECT value ->> 'message_id',
            CAST(substr($2, value ->> '$.terms.start', value ->> '$.terms.length') AS TEXT)
        FROM json_each($1) WHERE value ->> '$.terms.start' IS NOT NULL",
        rows,
        blob,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

/// Replaces the words of a message, if it is one that is found.
pub(crate) async fn update(
    connection: &mut SqliteConnection,
    message: i64,
    terms: Option<String>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE message_words SET words = $2 WHERE rowid = $1",
        message,
        terms,
    )
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::ChatKind;

    #[test]
    fn a_query_has_the_last_word_begun() {
        let chat = |id| Chat {
            id: ChatId(id),
            kind: ChatKind::Saved(UserId(1)),
            last_ordinal: 0,
            last_message_id: None,
            highest_id: 0,
        };
        let query = SearchQuery::parse("The Crème brû").expect("there are words");
        let expected = r##"("#1" OR "#2") AND "creme" AND "the" AND "bru"*"##;
        assert_eq!(expression(&[chat(1), chat(2)], &query), expected);
    }
}
