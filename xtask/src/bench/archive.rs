//! Many messages, written into a database without a server: as it would have written them one by one.

use std::path::Path;

use anyhow::Result;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

/// How many are written at a time.
const BATCH: usize = 10_000;
/// A word of nine in ten messages.
pub(super) const COMMON: &str = "station";
/// A word of one in so many messages.
pub(super) const RARE: &str = "heliotrope";
const RARE_EVERY: usize = 100_000;
/// Of so many messages in the busy channel, there is one in a quiet one.
const QUIET_EVERY: usize = 10;
/// Words that are in every third message or so.
const FREQUENT: [&str; 12] = [
    "the", "we", "at", "shall", "meet", "too", "early", "others", "for", "there", "is", "half",
];
/// How many other words there are, of which the first are much more frequent than the last.
const VOCABULARY: u64 = 50_000;

/// A channel's id, which is its chat's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(pub(super) u64);

/// What is written, and where.
pub(super) struct Archive {
    /// How many in the busy channel.
    pub(super) messages: usize,
    /// Who wrote them.
    pub(super) author: u64,
    /// The channel in which most was said.
    pub(super) busy: Place,
    /// The others, which take turns.
    pub(super) quiet: Vec<Place>,
}

/// Rows, column by column.
#[derive(Default)]
struct Columns {
    chats: Vec<i64>,
    ids: Vec<i64>,
    ordinals: Vec<i64>,
    texts: Vec<String>,
    terms: Vec<String>,
}

impl Columns {
    fn add(&mut self, chat: u64, id: u64, ordinal: usize, text: String) -> Result<()> {
        self.chats.push(i64::try_from(chat)?);
        self.ids.push(i64::try_from(id)?);
        self.ordinals.push(i64::try_from(ordinal)?);
        self.terms.push(format!("#{chat} {text}"));
        self.texts.push(text);
        Ok(())
    }
}

impl Archive {
    /// The id of a message in the middle.
    pub(super) fn middle(&self) -> u64 {
        self.id(self.messages / 2)
    }

    /// Ids grow, and lie between that of the newest channel and those of what is sent next.
    fn id(&self, number: usize) -> u64 {
        let newest = self.quiet.iter().map(|place| place.0).max();
        newest.unwrap_or(self.busy.0) + 2 * (number as u64 + 1)
    }

    fn batches(&self) -> impl Iterator<Item = Result<Columns>> {
        let starts = (0..self.messages).step_by(BATCH);
        starts.map(|start| {
            let mut columns = Columns::default();
            for number in start..self.messages.min(start + BATCH) {
                let id = self.id(number);
                // The first one was sent.
                columns.add(self.busy.0, id, number + 2, text(number))?;
                if number.is_multiple_of(QUIET_EVERY) {
                    let turn = number / QUIET_EVERY;
                    let place = self.quiet[turn % self.quiet.len()];
                    let ordinal = turn / self.quiet.len() + 1;
                    columns.add(place.0, id + 1, ordinal, text(number + self.messages))?;
                }
            }
            Ok(columns)
        })
    }

    /// Writes all into a file that no server has open.
    pub(super) async fn fill_sqlite(&self, path: &Path) -> Result<()> {
        let mut connection = SqliteConnectOptions::new().filename(path).connect().await?;
        for columns in self.batches() {
            let columns = columns?;
            let rows: Vec<String> = (0..columns.ids.len())
                .map(|row| {
                    // There is nothing in them that JSON writes otherwise.
                    format!(
                        "[{},{},{},\"{}\",\"{}\"]",
                        columns.chats[row],
                        columns.ids[row],
                        columns.ordinals[row],
                        columns.texts[row],
                        columns.terms[row]
                    )
                })
                .collect();
            let rows = format!("[{}]", rows.join(","));
            let mut transaction = connection.begin().await?;
            sqlx::query(
                "INSERT INTO messages (chat_id, message_id, ordinal, author_id, kind, text, pinned)
                SELECT value ->> 0, value ->> 1, value ->> 2, $2, 0, value ->> 3, 0 FROM json_each($1)",
            )
            .bind(&rows)
            .bind(i64::try_from(self.author)?)
            .execute(&mut *transaction)
            .await?;
            sqlx::query(
                "INSERT INTO message_words (rowid, words)
                SELECT value ->> 1, value ->> 4 FROM json_each($1)",
            )
            .bind(&rows)
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
        }
        sqlx::raw_sql(COUNT).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// Writes all into a database, and has it know what it holds, as it would by and by.
    pub(super) async fn fill_postgres(&self, url: &str) -> Result<()> {
        let mut connection = PgConnection::connect(url).await?;
        for columns in self.batches() {
            let columns = columns?;
            sqlx::query(
                "INSERT INTO messages (chat_id, message_id, ordinal, author_id, kind, text, pinned, words)
                SELECT chat_id, message_id, ordinal, $6, 0, text, FALSE,
                    array_to_tsvector(string_to_array(terms, ' '))
                FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
                    AS message (chat_id, message_id, ordinal, text, terms)",
            )
            .bind(columns.chats)
            .bind(columns.ids)
            .bind(columns.ordinals)
            .bind(columns.texts)
            .bind(columns.terms)
            .bind(i64::try_from(self.author)?)
            .execute(&mut connection)
            .await?;
        }
        sqlx::raw_sql(COUNT).execute(&mut connection).await?;
        sqlx::raw_sql("VACUUM ANALYZE")
            .execute(&mut connection)
            .await?;
        Ok(connection.close().await?)
    }
}

/// The counters of the chats, as sending would have moved them.
const COUNT: &str = "UPDATE chats SET
    last_ordinal = (SELECT max(ordinal) FROM messages WHERE messages.chat_id = chats.chat_id),
    last_message_id = (SELECT max(message_id) FROM messages WHERE messages.chat_id = chats.chat_id),
    highest_id = (SELECT max(message_id) FROM messages WHERE messages.chat_id = chats.chat_id)
    WHERE chat_id IN (SELECT chat_id FROM messages)";

/// What a message says: the same each time, and nothing that folding would change.
fn text(number: usize) -> String {
    let mut seed = number as u64;
    let mut draw = |most: u64| {
        seed = scattered(seed.wrapping_add(1));
        seed % most
    };
    let mut words = Vec::with_capacity(14);
    for _ in 0..6 {
        let frequent = FREQUENT.len() as u64;
        let nth = usize::try_from(draw(frequent)).unwrap_or(0);
        words.push(FREQUENT[nth].to_owned());
    }
    for _ in 0..6 {
        // The cube of an even draw: small numbers come up often.
        let even = draw(1 << 20) as f64 / f64::from(1 << 20);
        words.push(format!("w{:.0}", even.powi(3) * VOCABULARY as f64));
    }
    if draw(10) > 0 {
        words.push(COMMON.to_owned());
    }
    if number % RARE_EVERY == RARE_EVERY / 4 {
        words.push(RARE.to_owned());
    }
    words.join(" ")
}

/// A number that looks like any other (the end of `splitmix64`).
fn scattered(number: u64) -> u64 {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_rare_words_are_as_common_as_they_say() {
        let texts: Vec<String> = (0..RARE_EVERY).map(text).collect();
        let with = |word| texts.iter().filter(|text| text.contains(word)).count();
        assert_eq!(with(RARE), 1);
        assert!((89_000..91_000).contains(&with(COMMON)));
        assert!(
            texts
                .iter()
                .all(|text| text.split(' ').all(|word| !word.is_empty()))
        );
    }
}
