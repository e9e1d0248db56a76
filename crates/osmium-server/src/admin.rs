//! `osmium admin`: accounts, bots and reports, straight in the database.

use crate::adapters;
use crate::cli::{AdminCommand, BotCommand, NewUserArgs, ReportCommand, UserCommand};
use crate::process::holder;
use crate::settings::Settings;
use crate::storage;
use anyhow::{Context, Result};
use osmium_core::Core;
use osmium_core::admin::NewUser;
use osmium_model::UserId;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// How often to look whether ids can be made yet.
const POLL: Duration = Duration::from_millis(10);
/// How long to wait for that.
const PATIENCE: Duration = Duration::from_secs(10);

/// Does what an operator wants done.
pub(crate) async fn run(command: AdminCommand, settings: &Settings) -> Result<()> {
    let core = core(settings).await?;
    match command {
        AdminCommand::User(UserCommand::Create(new)) => create_user(&core, new).await,
        AdminCommand::User(UserCommand::List) => list_users(&core).await,
        AdminCommand::User(UserCommand::Disable { user }) => {
            let id = core.account(&user).await?.user_id;
            let logins = core.disable_user(id).await?;
            println!("User {id} is disabled; {logins} logins ended.");
            Ok(())
        }
        AdminCommand::User(UserCommand::Enable { user }) => {
            let id = core.account(&user).await?.user_id;
            core.enable_user(id).await?;
            println!("User {id} is enabled.");
            Ok(())
        }
        AdminCommand::Bot(BotCommand::Create { owner, name }) => {
            create_bot(&core, &owner, &name).await
        }
        AdminCommand::Recount => {
            let found = core.recount().await?;
            println!("{} chats counted, {} were off.", found.chats, found.off);
            Ok(())
        }
        AdminCommand::Report(ReportCommand::List { limit }) => list_reports(&core, limit).await,
    }
}

/// A core on the store alone. Services hear from the log what it does, so it needs no bus to them.
async fn core(settings: &Settings) -> Result<Arc<Core>> {
    let store = storage::open(settings).await?;
    store.ping().await.context("the database is not usable")?;
    let core = Core::start(adapters::local(store), settings.core(), &holder());
    tokio::time::timeout(PATIENCE, until_ready(&core))
        .await
        .context("the database does not answer")?;
    Ok(core)
}

async fn until_ready(core: &Core) {
    while core.ready().await.is_err() {
        tokio::time::sleep(POLL).await;
    }
}

async fn create_user(core: &Core, new: NewUserArgs) -> Result<()> {
    let password = if new.password_stdin {
        read_line()?
    } else {
        ask_password()?
    };
    let user = core
        .create_user(NewUser {
            name: new.name,
            email: new.email,
            password,
        })
        .await?;
    println!("User {} is made.", user.id);
    Ok(())
}

async fn list_users(core: &Core) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "id\tname\tusername\tdisabled\tbot")?;
    let mut after = UserId(0);
    loop {
        let accounts = core.accounts(after).await?;
        let Some((last, _)) = accounts.last() else {
            return Ok(());
        };
        after = last.id;
        for (user, account) in accounts {
            let username = user
                .username
                .map(|name| name.to_string())
                .unwrap_or_default();
            writeln!(
                out,
                "{}\t{}\t{username}\t{}\t{}",
                user.id, user.name, account.disabled, user.bot
            )?;
        }
    }
}

async fn create_bot(core: &Core, owner: &str, name: &str) -> Result<()> {
    let owner = core.account(owner).await.context("the owner")?.user_id;
    let bot = core.create_bot(owner, name).await?;
    println!("Bot {} is made. The token is shown this once.", bot.user.id);
    println!("client_id: {}\ntoken: {}", bot.client_id.0, bot.token);
    Ok(())
}

/// A line for each report. What people wrote is escaped: it may have lines of its own, and would move a terminal.
async fn list_reports(core: &Core, limit: u32) -> Result<()> {
    let reports = core.reports(limit).await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "time\treporter\tchat\tmessage\tauthor\treason\ttext")?;
    for report in reports {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            report.reported_at.millis() / 1000,
            report.reporter_id,
            report.chat_id,
            report.message_id,
            report.author_id,
            report.reason.escape_debug(),
            report.text.escape_debug(),
        )?;
    }
    Ok(())
}

fn read_line() -> Result<String> {
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .context("cannot read the password")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn ask_password() -> Result<String> {
    rpassword::prompt_password("Password: ")
        .context("cannot ask for the password; give --password-stdin")
}
