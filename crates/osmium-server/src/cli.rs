//! The command line.

use crate::settings::Sources;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// A chat server for the Osmium Chat Protocol.
///
/// Without a command it is `osmium serve`. Settings come from a file (--config or `OSMIUM_CONFIG`), over it the
/// environment (`OSMIUM_LISTEN` and so on), over that flags.
#[derive(Debug, Parser)]
#[command(name = "osmium", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Cli {
    /// A TOML file with settings
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    serve: ServeFlags,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run everything in one process
    Serve(ServeFlags),
    /// Run one of several gateways, on PostgreSQL and Redis
    Gateway,
    /// Run one of several fan-outs, on PostgreSQL and Redis
    Fanout,
    /// Bring the database's schema to this release
    Migrate,
    /// Look at the settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Manage accounts
    #[command(subcommand)]
    Admin(AdminCommand),
}

/// Settings as flags; they win over the environment and the file.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ServeFlags {
    /// The folder with the database
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<String>,
    /// Where to serve WebSocket, health and metrics
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Where to serve raw TCP
    #[arg(long, value_name = "ADDRESS")]
    listen_tcp: Option<String>,
    /// Who may sign up: open, invite or closed
    #[arg(long, value_name = "WHO")]
    registration: Option<String>,
    /// What to log, such as debug
    #[arg(long, value_name = "FILTER")]
    log: Option<String>,
}

/// About the settings.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Say whether the settings are good
    Check,
    /// Print the settings in force as TOML, without secrets
    Print,
}

/// About accounts, and what people report.
#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Users
    #[command(subcommand)]
    User(UserCommand),
    /// Bots
    #[command(subcommand)]
    Bot(BotCommand),
    /// Count all chats anew, and say how many were off
    Recount,
    /// Reported messages
    #[command(subcommand)]
    Report(ReportCommand),
}

/// About users.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Make an account
    Create(NewUserArgs),
    /// List all users
    List,
    /// Shut a user out and close their connections
    Disable {
        /// An id or an email address
        user: String,
    },
    /// Let a user in again
    Enable {
        /// An id or an email address
        user: String,
    },
}

/// An account to be made. The password is asked for; it is never an argument, which others could see.
#[derive(Debug, Args)]
pub(crate) struct NewUserArgs {
    /// The name they go by
    #[arg(long)]
    pub(crate) name: String,
    /// The address they sign in with
    #[arg(long)]
    pub(crate) email: String,
    /// Read the password from standard input, one line
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

/// About bots.
#[derive(Debug, Subcommand)]
pub(crate) enum BotCommand {
    /// Make a bot, and print its token and client id, once
    Create {
        /// Whose bot it is: an id or an email address
        #[arg(long)]
        owner: String,
        /// Its name
        #[arg(long)]
        name: String,
    },
}

/// About reports.
#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// List the latest reports, the newest first, with the texts of the messages
    List {
        /// How many at most
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        limit: u32,
    },
}

impl Cli {
    /// What to do, and where settings come from.
    pub(crate) fn into_parts(self) -> (Command, Sources) {
        let command = self.command.unwrap_or(Command::Serve(self.serve));
        let flags = match &command {
            Command::Serve(flags) => flags.given(),
            _ => Vec::new(),
        };
        (
            command,
            Sources {
                file: self.config,
                flags,
            },
        )
    }
}

impl ServeFlags {
    fn given(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("data_dir", &self.data_dir),
            ("listen", &self.listen),
            ("listen_tcp", &self.listen_tcp),
            ("registration", &self.registration),
            ("log", &self.log),
        ];
        all.into_iter()
            .filter_map(|(key, text)| Some((key, text.clone()?)))
            .collect()
    }
}
