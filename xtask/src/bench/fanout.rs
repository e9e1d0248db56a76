//! What telling a thousand members of one message costs, beside a thousand bare writes.

use std::path::Path;

use anyhow::Result;
use osmium_proto::refs::ChatRef;
use tempfile::TempDir;

use super::crowd::{Crowd, Person, found, sign_in_all};
use super::osmium::{Osmium, Start};
use super::report::{Row, grouped};
use super::sockets::Sockets;
use super::{Size, TURNS};

/// At most this much of a bare write.
const TARGET: f64 = 2.5;
/// Messages, or rounds of writes, before those that are measured, in each turn.
const WARM_UP: usize = 20;

/// Measures it on `osmium serve`.
pub(super) async fn measure(program: &Path, size: Size) -> Result<Vec<Row>> {
    let folder = TempDir::with_prefix("osmium-bench-")?;
    let start = Start::serve(program, folder.path());
    println!("fanout: {} members join", grouped(size.sockets));
    let server = Osmium::start(&start)?;
    let community = found(&server.endpoint()?, 1 + size.sockets).await?;
    server.stop()?;

    println!("fanout: they sign in, and hear {} messages", size.messages);
    let server = Osmium::start(&start)?;
    let mut people = sign_in_all(&server.endpoint()?, &community.tokens, true).await?;
    let sender = people.remove(0);
    let crowd = Crowd::of(people);
    server.until_quiet().await?;
    let mut told = Told {
        sender,
        crowd,
        size,
        deliveries: 0,
    };
    let mut sockets = Sockets::connect(size.sockets).await?;
    let messages = size.messages / usize::from(TURNS);
    let (mut seconds, mut bare, mut bytes) = (0.0, 0.0, 0);
    for _ in 0..TURNS {
        bytes = told.send(&community.general, WARM_UP).await?;
        let before = server.processor_seconds()?;
        told.send(&community.general, messages).await?;
        seconds += server.processor_seconds()? - before;
        bare += sockets.write(WARM_UP, messages, bytes).await?;
    }
    Ok(vec![row(seconds, bare, bytes, size)])
}

/// Someone who sends, and those who hear it.
struct Told {
    sender: Person,
    crowd: Crowd,
    size: Size,
    deliveries: u64,
}

impl Told {
    /// Sends messages, each when all have heard the one before. Gives what one takes on the wire.
    async fn send(&mut self, chat: &ChatRef, messages: usize) -> Result<usize> {
        let mut bytes = 0;
        for _ in 0..messages {
            self.sender.send(*chat).await?;
            self.deliveries += self.size.sockets as u64;
            bytes = self.crowd.until(self.deliveries).await?.bytes;
        }
        Ok(bytes)
    }
}

fn row(seconds: f64, bare: f64, bytes: usize, size: Size) -> Row {
    let turns = usize::from(TURNS);
    let deliveries = (size.sockets * (size.messages / turns) * turns) as f64;
    let micros = |seconds: f64| seconds * 1e6 / deliveries;
    let ratio = seconds / bare;
    Row::new(
        format!(
            "Processor time to tell one of {} sockets of a message ({bytes} bytes)",
            grouped(size.sockets)
        ),
        format!("{:.2} µs", micros(seconds)),
        format!("{:.2} µs a bare write: {ratio:.2} times", micros(bare)),
    )
    .at_most(ratio, TARGET, "times")
}
