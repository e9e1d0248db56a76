//! A channel in which much was said: what turning its pages and searching it take.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use osmium_client::Endpoint;
use osmium_proto::Request;
use osmium_proto::messages::{GetHistory, Messages, Search, get_history, search};
use osmium_proto::refs::ChatRef;
use osmium_proto::refs::chat_ref::Ref;
use tempfile::TempDir;

use super::Size;
use super::archive::{Archive, COMMON, Place, RARE};
use super::crowd::{Community, Person, found, sign_in_all};
use super::deployment::Deployment;
use super::osmium::{Osmium, Start};
use super::report::{Row, grouped};
use super::times::{median, millis, row, timed};
use crate::shell;

/// The other channels of the community.
const OTHERS: usize = 50;
/// What a page takes at most, in milliseconds: longer shows as waiting.
const TARGET: f64 = 100.0;

/// The two databases.
#[derive(Clone, Copy, Debug)]
enum Database {
    Sqlite,
    Postgres,
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Measures it on both. Not to be called from async code.
pub(super) fn measure(program: &Path, size: Size) -> Result<Vec<Row>> {
    let mut rows = shell::block_on(on_sqlite(program, size))?;
    rows.extend(on_postgres(program, size)?);
    Ok(rows)
}

async fn on_sqlite(program: &Path, size: Size) -> Result<Vec<Row>> {
    let folder = TempDir::with_prefix("osmium-bench-")?;
    let start = Start::serve(program, folder.path());
    let server = Osmium::start(&start)?;
    let stage = Stage::set(&server.endpoint()?).await?;
    server.stop()?;
    println!("history: {} messages on SQLite", grouped(size.history));
    let archive = stage.archive(size)?;
    archive
        .fill_sqlite(&folder.path().join("osmium.db"))
        .await?;
    let server = Osmium::start(&start)?;
    let rows = stage
        .measure(&server.endpoint()?, &archive, Database::Sqlite)
        .await?;
    server.stop()?;
    Ok(rows)
}

fn on_postgres(program: &Path, size: Size) -> Result<Vec<Row>> {
    let deployment = Deployment::start(program)?;
    shell::block_on(async {
        let endpoint = deployment.gateway().endpoint()?;
        let stage = Stage::set(&endpoint).await?;
        println!("history: {} messages on PostgreSQL", grouped(size.history));
        let archive = stage.archive(size)?;
        archive.fill_postgres(deployment.database_url()).await?;
        stage.measure(&endpoint, &archive, Database::Postgres).await
    })
}

/// A community with several channels, and who reads in it.
struct Stage {
    community: Community,
    owner_id: u64,
    others: Vec<ChatRef>,
}

impl Stage {
    async fn set(endpoint: &Endpoint) -> Result<Self> {
        let community = found(endpoint, 2).await?;
        let people = sign_in_all(endpoint, &community.tokens[..1], false).await?;
        let owner = people.first().context("a community has an owner")?;
        let mut others = Vec::with_capacity(OTHERS);
        for number in 0..OTHERS {
            let name = format!("channel {number}");
            others.push(owner.create_channel(community.id, &name).await?);
        }
        // Who writes one knows oneself by it.
        owner.send(community.general).await?;
        let page = owner.call(history(community.general, None)).await?;
        let first = page.messages.first().context("it was sent")?;
        Ok(Self {
            owner_id: first.author_id,
            community,
            others,
        })
    }

    fn archive(&self, size: Size) -> Result<Archive> {
        Ok(Archive {
            messages: size.history,
            author: self.owner_id,
            busy: channel(self.community.general)?,
            quiet: self
                .others
                .iter()
                .map(|chat| channel(*chat))
                .collect::<Result<_>>()?,
        })
    }

    async fn measure(
        &self,
        endpoint: &Endpoint,
        archive: &Archive,
        database: Database,
    ) -> Result<Vec<Row>> {
        let people = sign_in_all(endpoint, &self.community.tokens[..1], false).await?;
        let reader = Reader {
            person: people.first().context("a community has an owner")?,
            messages: archive.messages,
            database,
        };
        let (chat, middle) = (self.community.general, archive.middle());
        let mut rows = Vec::new();
        for (what, offset) in [
            ("The newest page", None),
            (
                "A page before one in the middle",
                Some(get_history::Offset::Before(middle)),
            ),
            (
                "A page since one in the middle",
                Some(get_history::Offset::Since(middle)),
            ),
            (
                "A page around one in the middle",
                Some(get_history::Offset::Around(middle)),
            ),
        ] {
            rows.push(reader.row(what, history(chat, offset), true).await?);
        }
        for (what, query, scoped, offset) in [
            ("Finding a rare word in the channel", RARE, true, None),
            ("Finding a common word in the channel", COMMON, true, None),
            (
                "Finding both in the channel",
                &*format!("{COMMON} {RARE}"),
                true,
                None,
            ),
            (
                "Finding a common word before one in the middle",
                COMMON,
                true,
                Some(search::Offset::Before(middle)),
            ),
            (
                "Finding a common word since one in the middle",
                COMMON,
                true,
                Some(search::Offset::Since(middle)),
            ),
            ("Finding a rare word in the community", RARE, false, None),
            (
                "Finding a common word in the community",
                COMMON,
                false,
                None,
            ),
            (
                "Finding what begins with one letter in the community",
                "s",
                false,
                None,
            ),
            (
                "Finding a word that is nowhere in the community",
                "nowhere",
                false,
                None,
            ),
        ] {
            let search = Search {
                chat_ref: Some(chat),
                query: query.to_owned(),
                scoped,
                offset,
            };
            let is_there = query != "nowhere";
            rows.push(reader.row(what, search, is_there).await?);
        }
        Ok(rows)
    }
}

struct Reader<'a> {
    person: &'a Person,
    messages: usize,
    database: Database,
}

impl Reader<'_> {
    async fn row<R: Request<Reply = Messages> + Clone>(
        &self,
        what: &str,
        request: R,
        is_there: bool,
    ) -> Result<Row> {
        let (times, page) = timed(self.person, &request).await?;
        let count = page.messages.len();
        ensure!((count > 0) == is_there, "{what}: {count} messages");
        let what = format!(
            "{what}, of {} messages on {}",
            grouped(self.messages),
            self.database
        );
        let row = row(&what, &times, &format!("{count} messages"));
        Ok(row.at_most(millis(median(&times)), TARGET, "ms"))
    }
}

fn history(chat: ChatRef, offset: Option<get_history::Offset>) -> GetHistory {
    GetHistory {
        chat_ref: Some(chat),
        limit: None,
        offset,
    }
}

fn channel(chat: ChatRef) -> Result<Place> {
    match chat.r#ref {
        Some(Ref::Channel(channel)) => Ok(Place(channel.channel_id)),
        _ => anyhow::bail!("a channel is meant"),
    }
}
