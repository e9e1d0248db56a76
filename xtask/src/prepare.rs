//! `cargo xtask prepare`: describes the queries of both SQL adapters, so that building needs no database.
//!
//! The query macros of an adapter ask a live database what a query takes and gives, and write the answer to a file a
//! query. Those files are committed in the adapter's `.sqlx`, where the macros find them in every other build. Only
//! queries of the library itself are described, not those of its tests.

mod database;
mod descriptions;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use tempfile::TempDir;

use self::database::Database;
use self::descriptions::Descriptions;
use crate::shell;

/// What to prepare.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Changes nothing, and fails where a description is out of date.
    #[arg(long)]
    check: bool,
    /// Only these adapters.
    #[arg(value_enum)]
    adapters: Vec<Adapter>,
}

/// A crate that speaks SQL.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum Adapter {
    /// `osmium-postgres`
    Postgres,
    /// `osmium-sqlite`
    Sqlite,
}

impl Adapter {
    fn package(self) -> &'static str {
        match self {
            Self::Postgres => "osmium-postgres",
            Self::Sqlite => "osmium-sqlite",
        }
    }

    /// The variable with the database's URL, which the adapter's `sqlx.toml` names.
    fn variable(self) -> &'static str {
        match self {
            Self::Postgres => "OSMIUM_POSTGRES_DATABASE_URL",
            Self::Sqlite => "OSMIUM_SQLITE_DATABASE_URL",
        }
    }

    fn folder(self) -> PathBuf {
        crate::root().join("crates").join(self.package())
    }
}

/// Writes, or checks, the descriptions.
pub(crate) fn run(args: &Args) -> Result<()> {
    let chosen = if args.adapters.is_empty() {
        Adapter::value_variants()
    } else {
        &args.adapters
    };
    let mut outdated = Vec::new();
    for &adapter in chosen {
        let fresh = describe(adapter)?;
        let committed = Descriptions::read(&adapter.folder().join(".sqlx"))?;
        if fresh == committed {
            println!("{}: {} queries, up to date", adapter.package(), fresh.len());
        } else if args.check {
            outdated.push(format!(
                "{}: {}",
                adapter.package(),
                fresh.difference(&committed)
            ));
        } else {
            fresh.write(&adapter.folder().join(".sqlx"))?;
            println!(
                "{}: {} queries, {}",
                adapter.package(),
                fresh.len(),
                fresh.difference(&committed)
            );
        }
    }
    if !outdated.is_empty() {
        bail!(
            "descriptions of queries are out of date: run `cargo xtask prepare`\n{}",
            outdated.join("\n")
        );
    }
    Ok(())
}

/// Builds the adapter against a live database with its migrations, and collects what the macros write.
fn describe(adapter: Adapter) -> Result<Descriptions> {
    let database = Database::create(adapter)?;
    let answers = TempDir::with_prefix("osmium-queries-")?;
    let _changed = Changed::mark(&adapter.folder().join("src/lib.rs"))?;
    shell::succeed(
        shell::cargo()
            .args(["check", "--quiet", "--lib", "--package", adapter.package()])
            .env(adapter.variable(), database.url())
            .env("SQLX_OFFLINE", "false")
            .env("SQLX_OFFLINE_DIR", answers.path()),
    )?;
    Descriptions::read(answers.path())
}

/// A file that looks changed to cargo, which then expands the crate's macros again, until this is dropped.
struct Changed {
    file: File,
    before: SystemTime,
}

impl Changed {
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo compares with the time of the machine"
    )]
    fn mark(path: &Path) -> Result<Self> {
        let file = File::options()
            .append(true)
            .open(path)
            .with_context(|| path.display().to_string())?;
        let before = file.metadata()?.modified()?;
        file.set_modified(SystemTime::now())?;
        Ok(Self { file, before })
    }
}

impl Drop for Changed {
    /// Puts the time back, so that other builds of the crate stay fresh.
    fn drop(&mut self) {
        if let Err(error) = self.file.set_modified(self.before) {
            eprintln!("the crate will be built once more than needed: {error}");
        }
    }
}
