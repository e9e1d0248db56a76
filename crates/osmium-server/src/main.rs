//! The `osmium` binary: reads the settings, puts adapters and services together, and runs what it is told to.
//!
//! It ends with 0 when all went well, 2 when the command line or a setting is wrong, 1 when anything else is.

mod adapters;
mod admin;
mod cli;
mod process;
mod services;
mod settings;
mod storage;
mod telemetry;
mod waiting;

use anyhow::Result;
use clap::Parser;
use cli::{Cli, Command, ConfigCommand};
use mimalloc::MiMalloc;
use settings::SettingsError;
use std::process::ExitCode;

/// What one thread reads, another sends and frees, all in small pieces; the system's allocator takes longer for that.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The command line or a setting is wrong; the same as clap's.
const MISUSED: u8 = 2;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("osmium: {error:#}");
            if error.is::<SettingsError>() {
                ExitCode::from(MISUSED)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    process::use_ring();
    let (command, sources) = cli.into_parts();
    let settings = settings::load(&sources)?;
    match command {
        Command::Serve(_) => process::block_on(services::serve(settings)),
        Command::Gateway => process::block_on(services::gateway(settings)),
        Command::Fanout => process::block_on(services::fanout(settings)),
        Command::Migrate => process::block_on(storage::migrate(&settings)),
        Command::Config(ConfigCommand::Check) => {
            println!("The settings are good.");
            Ok(())
        }
        Command::Config(ConfigCommand::Print) => {
            print!("{}", settings::print(&settings)?);
            Ok(())
        }
        Command::Admin(command) => process::block_on(admin::run(command, &settings)),
    }
}
