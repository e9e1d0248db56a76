//! `cargo xtask test`: runs every test, with a PostgreSQL and a Redis of its own.

use std::process::{Command, ExitStatus, Stdio};

use anyhow::Result;

use crate::services::{self, HAPROXY, POSTGRES, POSTGRES_URL, REDIS, REDIS_URL, Services};
use crate::shell;

/// Tells the tests to skip, visibly, what needs PostgreSQL or Redis.
const FAST: &str = "OSMIUM_TEST_FAST";
/// The program that a test starts when it stops and restarts a Redis itself.
const REDIS_SERVER: &str = "OSMIUM_TEST_REDIS_SERVER";
/// The program that a test starts to stand before several gateways.
const HAPROXY_PROGRAM: &str = "OSMIUM_TEST_HAPROXY";

/// The packages whose documentation has examples, which run too: the libraries that others build with.
pub(crate) const EXAMPLES: [&str; 2] = ["osmium-client", "osmium-proto"];

/// What to test.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only what needs nothing installed: SQLite and in process.
    #[arg(long)]
    fast: bool,
    /// Handed on to `cargo nextest run`, such as the name of a test. Documentation tests are then left out.
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Runs the tests. The process ends with their exit code when they fail.
pub(crate) fn run(args: &Args) -> Result<()> {
    let status = if args.fast {
        run_fast(args)?
    } else {
        run_all(args)?
    };
    if !status.success() {
        std::process::exit(status.code().unwrap_or(1));
    }
    Ok(())
}

fn run_fast(args: &Args) -> Result<ExitStatus> {
    println!("fast: what needs PostgreSQL or Redis is skipped");
    run_with(args, &[(FAST, "1".to_owned())])
}

/// The services stop when this returns, whatever happened.
fn run_all(args: &Args) -> Result<ExitStatus> {
    // Tests stop and start a Redis of their own; a PostgreSQL they need not, if they are given one.
    if shell::var(POSTGRES_URL).is_none() {
        services::require(&[&POSTGRES])?;
    }
    services::require(&[&REDIS, &HAPROXY])?;
    let services = Services::start(services::Options::default())?;
    let environment = [
        (POSTGRES_URL, services.postgres_url.clone()),
        (REDIS_URL, services.redis_url.clone()),
        (
            REDIS_SERVER,
            REDIS.program("redis-server")?.display().to_string(),
        ),
        (
            HAPROXY_PROGRAM,
            HAPROXY.program("haproxy")?.display().to_string(),
        ),
    ];
    run_with(args, &environment)
}

fn run_with(args: &Args, environment: &[(&str, String)]) -> Result<ExitStatus> {
    let status = shell::run(
        runner()
            .args(scope(&args.rest))
            .args(&args.rest)
            .envs(environment.iter().cloned()),
    )?;
    if !status.success() || !args.rest.is_empty() {
        return Ok(status);
    }
    let packages = EXAMPLES.iter().flat_map(|name| ["--package", *name]);
    shell::run(offline(&["test", "--doc"]).args(packages))
}

fn runner() -> Command {
    if has_nextest() {
        return offline(&["nextest", "run"]);
    }
    println!(
        "cargo-nextest is not installed: using `cargo test`, one test program after the other"
    );
    offline(&["test", "--lib", "--bins", "--tests"])
}

/// All crates, unless the caller names some. (Cargo would not listen to `--package` beside `--workspace`.)
fn scope(rest: &[String]) -> &'static [&'static str] {
    let is_package =
        |argument: &String| argument.starts_with("-p") || argument.starts_with("--package");
    if rest.iter().any(is_package) {
        &[]
    } else {
        &["--workspace"]
    }
}

fn has_nextest() -> bool {
    let mut version = shell::cargo();
    version
        .args(["nextest", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}

/// A cargo command that builds from the committed descriptions of queries.
fn offline(arguments: &[&str]) -> Command {
    let mut command = shell::cargo();
    command.args(arguments).env("SQLX_OFFLINE", "true");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_package_is_tested_alone() {
        assert_eq!(scope(&["-posmium-core".to_owned()]), [""; 0]);
        assert_eq!(
            scope(&["--package".to_owned(), "osmium-core".to_owned()]),
            [""; 0]
        );
        assert_eq!(scope(&["set_message_pin".to_owned()]), ["--workspace"]);
    }
}
