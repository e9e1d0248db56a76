//! How soon a new process serves, and what it holds of memory before anyone comes.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use tempfile::TempDir;
use tokio::time::Instant;

use super::Size;
use super::crowd::Person;
use super::osmium::{Osmium, Start};
use super::report::Row;

/// Milliseconds until it serves, at most.
const START_TARGET: f64 = 200.0;
/// Megabytes of an idle process, at most.
const MEMORY_TARGET: f64 = 40.0;

/// Measures it on `osmium serve`.
pub(super) async fn measure(program: &Path, size: Size) -> Result<Vec<Row>> {
    println!("start: {} times on a new folder, and again", size.starts);
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..size.starts {
        let folder = TempDir::with_prefix("osmium-bench-")?;
        first.push(start(program, folder.path()).await?);
        again.push(start(program, folder.path()).await?);
    }
    let folder = TempDir::with_prefix("osmium-bench-")?;
    let server = Osmium::start(&Start::serve(program, folder.path()))?;
    server.until_quiet().await?;
    let memory = server.memory()?;
    let megabytes = |kb: u64| kb as f64 * 1.024e-3;
    let resident = megabytes(memory.resident_kb);
    let own = megabytes(memory.anonymous_kb);
    let idle = Row::new(
        "Memory of an idle `osmium serve`",
        format!("{resident:.1} MB"),
        format!("{own:.1} MB of it the process's own data"),
    );
    Ok(vec![
        start_row("a new folder", first),
        start_row("a folder with data", again),
        idle.at_most(resident, MEMORY_TARGET, "MB"),
    ])
}

/// From the start of a process to the first answer on a connection.
async fn start(program: &Path, folder: &Path) -> Result<Duration> {
    let started = Instant::now();
    let server = Osmium::start(&Start::serve(program, folder))?;
    Person::connect(&server.endpoint()?, true).await?;
    let elapsed = started.elapsed();
    server.stop()?;
    Ok(elapsed)
}

fn start_row(on: &str, mut times: Vec<Duration>) -> Row {
    times.sort();
    let millis: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e3).collect();
    let median = millis[millis.len() / 2];
    let beside = format!(
        "median of {}, from {:.0} to {:.0} ms",
        millis.len(),
        millis[0],
        millis[millis.len() - 1]
    );
    let what = format!("Start of `osmium serve` on {on} to the first answer");
    Row::new(what, format!("{median:.0} ms"), beside).at_most(median, START_TARGET, "ms")
}
