//! `cargo xtask ci`: everything that a change must pass, one step after the other, stopping at the first failure.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::shell;

/// Nothing to choose: every change passes the same steps.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// A step: its heading, the program and its arguments.
type Step = (&'static str, Program, &'static [&'static str]);

#[derive(Clone, Copy)]
enum Program {
    Cargo,
    Xtask,
}

/// Quick ones first. Descriptions of queries come before clippy, whose own message on an outdated one names no cure.
const STEPS: [Step; 6] = [
    ("format", Program::Cargo, &["fmt", "--all", "--check"]),
    ("generated code", Program::Xtask, &["codegen", "--check"]),
    ("tidy", Program::Xtask, &["tidy"]),
    (
        "descriptions of queries",
        Program::Xtask,
        &["prepare", "--check"],
    ),
    (
        "clippy",
        Program::Cargo,
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    ),
    ("tests", Program::Xtask, &["test"]),
];

/// Runs the steps.
pub(crate) fn run(_: &Args) -> Result<()> {
    let started = Instant::now();
    for (heading, program, arguments) in STEPS {
        println!("\n== {heading}");
        let step = Instant::now();
        shell::succeed(&mut command(program, arguments)?)
            .with_context(|| format!("step \"{heading}\""))?;
        println!("== {heading}: {} s", step.elapsed().as_secs());
    }
    println!("\nall passed in {} s", started.elapsed().as_secs());
    Ok(())
}

fn command(program: Program, arguments: &[&str]) -> Result<Command> {
    let mut command = match program {
        Program::Cargo => shell::cargo(),
        Program::Xtask => Command::new(std::env::current_exe()?),
    };
    command.args(arguments);
    // Queries come from the committed descriptions, and nextest tells of every failure instead of the first.
    command
        .env("SQLX_OFFLINE", "true")
        .env("NEXTEST_PROFILE", "ci");
    Ok(command)
}
