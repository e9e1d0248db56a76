//! `cargo xtask …`: the tasks of this repository. A task is a module with `Args` and `run`.

mod codegen;

use std::path::Path;

use clap::Parser;

/// The tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Generates the wire types and the method table from `proto/`.
    Codegen(codegen::Args),
}

fn main() -> anyhow::Result<()> {
    match Task::parse() {
        Task::Codegen(args) => codegen::run(&args),
    }
}

/// The root of the workspace.
fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}
