//! How many messages a second are stored for good, beside plain inserts into the same database.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use osmium_client::Endpoint;
use osmium_proto::refs::ChatRef;
use tempfile::TempDir;

use super::crowd::{Community, Person, TEXT, found, sign_in_all};
use super::deployment::Deployment;
use super::osmium::{Osmium, Start};
use super::report::{Row, grouped};
use super::throughput::throughput;
use super::{Size, TURNS};
use crate::shell;

/// How many send at the same time.
const SENDERS: [usize; 3] = [1, 16, 64];
/// The number of senders that the target is for.
const TARGET_SENDERS: usize = 16;
/// At least this much of plain inserts.
const TARGET: f64 = 0.5;

/// Where senders send.
#[derive(Clone, Copy, Debug)]
enum Where {
    OneChannel,
    ChannelEach,
    CommunityEach,
}

const WHERE: [Where; 3] = [Where::OneChannel, Where::ChannelEach, Where::CommunityEach];

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OneChannel => "one channel",
            Self::ChannelEach => "a channel each of one community",
            Self::CommunityEach => "a community each",
        })
    }
}

/// Measures it on PostgreSQL with Redis, and on SQLite. Not to be called from async code.
pub(super) fn measure(program: &Path, size: Size) -> Result<Vec<Row>> {
    let mut rows = on_postgres(program, size)?;
    rows.extend(shell::block_on(on_sqlite(program, size))?);
    Ok(rows)
}

fn on_postgres(program: &Path, size: Size) -> Result<Vec<Row>> {
    let deployment = Deployment::start(program)?;
    let turn = size.period / u32::from(TURNS);
    shell::block_on(async {
        let senders = Senders::sign_up(&deployment.gateway().endpoint()?).await?;
        deployment.create_table().await?;
        let mut rows = Vec::new();
        for count in SENDERS {
            println!("sends: {count} senders on PostgreSQL");
            for place in WHERE {
                let (mut inserted, mut sent) = (0.0, 0.0);
                for _ in 0..TURNS {
                    inserted += inserts(&deployment, count, turn).await?;
                    sent += senders.throughput(place, count, turn).await?;
                }
                let turns = f64::from(TURNS);
                rows.push(beside_inserts(place, count, sent / turns, inserted / turns));
            }
        }
        Ok(rows)
    })
}

async fn on_sqlite(program: &Path, size: Size) -> Result<Vec<Row>> {
    let folder = TempDir::with_prefix("osmium-bench-")?;
    let server = Osmium::start(&Start::serve(program, folder.path()))?;
    let senders = Senders::sign_up(&server.endpoint()?).await?;
    let mut rows = Vec::new();
    for count in SENDERS {
        println!("sends: {count} senders on SQLite");
        for place in WHERE {
            let sends = senders.throughput(place, count, size.period).await?;
            rows.push(row("SQLite", place, count, sends, String::new()));
        }
    }
    Ok(rows)
}

/// Plain inserts a second.
async fn inserts(deployment: &Deployment, count: usize, period: Duration) -> Result<f64> {
    deployment.empty_table().await?;
    let mut workers = Vec::with_capacity(count);
    for number in 0..count {
        let mut inserter = deployment.inserter(number).await?;
        workers.push(async move || inserter.insert(TEXT).await);
    }
    throughput(workers, period).await
}

/// Members of one community, of whom each also owns another.
struct Senders {
    people: Vec<Person>,
    general: ChatRef,
    channels: Vec<ChatRef>,
    own: Vec<ChatRef>,
}

impl Senders {
    async fn sign_up(endpoint: &Endpoint) -> Result<Self> {
        let most = SENDERS.into_iter().max().unwrap_or(0);
        let Community {
            id,
            general,
            tokens,
        } = found(endpoint, most).await?;
        // What telling others costs is another figure.
        let people = sign_in_all(endpoint, &tokens, false).await?;
        let (mut channels, mut own) = (Vec::new(), Vec::new());
        for (number, person) in people.iter().enumerate() {
            channels.push(people[0].create_channel(id, &format!("{number}")).await?);
            own.push(person.create_community().await?.1);
        }
        Ok(Self {
            people,
            general,
            channels,
            own,
        })
    }

    /// What so many of them send a second.
    async fn throughput(&self, place: Where, count: usize, period: Duration) -> Result<f64> {
        let senders = self.people.iter().take(count).enumerate();
        let workers = senders.map(|(number, person)| {
            let chat = match place {
                Where::OneChannel => self.general,
                Where::ChannelEach => self.channels[number],
                Where::CommunityEach => self.own[number],
            };
            async move || person.send(chat).await
        });
        throughput(workers.collect(), period).await
    }
}

fn beside_inserts(place: Where, count: usize, sends: f64, inserts: f64) -> Row {
    let ratio = sends / inserts;
    let beside = format!("{} plain inserts: {ratio:.2} of them", whole(inserts));
    let row = row("PostgreSQL", place, count, sends, beside);
    if count == TARGET_SENDERS {
        row.at_least(ratio, TARGET, "of them")
    } else {
        row
    }
}

fn row(database: &str, place: Where, count: usize, sends: f64, beside: String) -> Row {
    let who = if count == 1 { "sender" } else { "senders" };
    let what = format!("Messages stored a second on {database}: {count} {who}, {place}");
    Row::new(what, whole(sends), beside)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate is neither negative nor that large"
)]
fn whole(rate: f64) -> String {
    grouped(rate.round() as u64)
}
