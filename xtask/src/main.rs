//! `cargo xtask …`: the tasks of this repository. A task is a module with `Args` and `run`.

mod bench;
mod ci;
mod codegen;
mod prepare;
mod services;
mod shell;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::Parser;

/// The tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Generates the wire types and the method table from `proto/`.
    Codegen(codegen::Args),
    /// Runs every test, with a PostgreSQL and a Redis of its own.
    Test(test::Args),
    /// Describes the queries of both SQL adapters for building without a database.
    Prepare(prepare::Args),
    /// Checks the rules of this repository that no compiler knows.
    Tidy(tidy::Args),
    /// Measures what a deployment costs and carries.
    Bench(bench::Args),
    /// Everything that a change must pass, one step after the other.
    Ci(ci::Args),
}

fn main() -> ExitCode {
    match run(Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Codegen(args) => codegen::run(&args),
        Task::Test(args) => test::run(&args),
        Task::Prepare(args) => prepare::run(&args),
        Task::Tidy(args) => tidy::run(&args),
        Task::Bench(args) => bench::run(&args),
        Task::Ci(args) => ci::run(&args),
    }
}

/// The root of the workspace that cargo runs us in: checkouts that share what is built also share our program.
fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let built_in = env!("CARGO_MANIFEST_DIR").to_owned();
        let xtask = PathBuf::from(shell::var("CARGO_MANIFEST_DIR").unwrap_or(built_in));
        xtask
            .parent()
            .map_or_else(|| xtask.clone(), Path::to_path_buf)
    });
    &ROOT
}
