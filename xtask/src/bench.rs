//! `cargo xtask bench`: measures what a deployment costs and carries, beside the least that it could cost.
//!
//! It prints figures and judges none: how fast a machine is depends on the machine, so no test waits for these. What is
//! measured how, and figures of a real run, are in `docs/benchmarks.md`.

mod archive;
mod crowd;
mod deployment;
mod fanout;
mod history;
mod machine;
mod memory;
mod osmium;
mod report;
mod scale;
mod sends;
mod sockets;
mod start;
mod throughput;
mod times;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use cargo_metadata::MetadataCommand;
use clap::ValueEnum;

use self::report::Report;
use crate::shell;

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only these.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Figure>,
    /// With small numbers: shows that it works, and its figures mean little.
    #[arg(long)]
    quick: bool,
}

/// A group of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Figure {
    /// What telling many sockets of a message costs.
    Fanout,
    /// What pages of a long history and searches in it take.
    History,
    /// What an idle connection holds.
    Memory,
    /// What is waited for in a large community.
    Scale,
    /// How many messages are stored a second.
    Sends,
    /// How soon a new process serves.
    Start,
}

/// In how many turns two things are measured that stand beside each other: neither the machine nor its disk is always equally
/// fast.
const TURNS: u8 = 3;

/// How much of everything.
#[derive(Clone, Copy, Debug)]
struct Size {
    /// The members of a community who hear its messages.
    sockets: usize,
    /// The messages that they hear.
    messages: usize,
    /// The messages of a channel whose pages are turned.
    history: usize,
    /// The idle connections.
    connections: usize,
    /// The members, roles and channels of a large community.
    members: usize,
    roles: usize,
    channels: usize,
    /// How long a throughput is measured in all, each time after half as long to warm up.
    period: Duration,
    /// How often a process is started.
    starts: usize,
}

const FULL: Size = Size {
    sockets: 1000,
    messages: 300,
    history: 1_000_000,
    connections: 4000,
    members: 10_000,
    roles: 250,
    channels: 500,
    period: Duration::from_secs(6),
    starts: 5,
};

const QUICK: Size = Size {
    sockets: 100,
    messages: 100,
    history: 120_000,
    connections: 200,
    members: 200,
    roles: 20,
    channels: 30,
    period: Duration::from_millis(500),
    starts: 3,
};

/// Measures, and prints a table.
pub(crate) fn run(args: &Args) -> Result<()> {
    if cfg!(debug_assertions) {
        return run_optimized();
    }
    let size = if args.quick { QUICK } else { FULL };
    machine::check_open_files(size.connections.max(size.sockets))?;
    let program = build()?;
    let chosen = if args.only.is_empty() {
        Figure::value_variants()
    } else {
        &args.only
    };
    let mut report = Report::new()?;
    for figure in chosen {
        let rows = match figure {
            Figure::Fanout => shell::block_on(fanout::measure(&program, size))?,
            Figure::History => history::measure(&program, size)?,
            Figure::Memory => shell::block_on(memory::measure(&program, size))?,
            Figure::Scale => shell::block_on(scale::measure(&program, size))?,
            Figure::Sends => sends::measure(&program, size)?,
            Figure::Start => shell::block_on(start::measure(&program, size))?,
        };
        report.add(rows);
    }
    println!("\n{report}");
    Ok(())
}

/// Runs this very task again, optimized: it makes the load, and a slow one would measure itself.
fn run_optimized() -> Result<()> {
    let mut cargo = shell::cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "xtask", "--"]);
    shell::succeed(cargo.args(std::env::args_os().skip(1)))
}

/// Builds the program as it is released, and says where it is.
fn build() -> Result<PathBuf> {
    let mut cargo = shell::cargo();
    cargo.args([
        "build",
        "--release",
        "-p",
        "osmium-server",
        "--bin",
        "osmium",
    ]);
    shell::succeed(cargo.env("SQLX_OFFLINE", "true"))?;
    let metadata = MetadataCommand::new()
        .current_dir(crate::root())
        .no_deps()
        .exec()?;
    Ok(metadata.target_directory.join("release/osmium").into())
}
