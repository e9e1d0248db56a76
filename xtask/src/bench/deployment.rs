//! A gateway and a fan-out on PostgreSQL and Redis, and plain inserts into the same PostgreSQL.

use std::path::Path;
use std::str::FromStr;

use anyhow::Result;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};

use super::osmium::{Osmium, Start};
use crate::services::{Options, Services};
use crate::shell;

/// A table with the columns of a message, and nothing that refers to others.
const TABLE: &str = "CREATE TABLE plain (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    text TEXT NOT NULL,
    pinned BOOLEAN NOT NULL,
    PRIMARY KEY (chat_id, message_id)
)";
const INSERT: &str =
    "INSERT INTO plain (chat_id, message_id, ordinal, author_id, kind, text, pinned)
    VALUES ($1, $2, $2, $1, 1, $3, FALSE)";

/// Both services, on a database of their own. Dropping it removes that.
#[derive(Debug)]
pub(super) struct Deployment {
    // Fields are dropped in order: the processes end before what they use.
    gateway: Osmium,
    _fanout: Osmium,
    database: Database,
}

impl Deployment {
    /// Starts everything. What PostgreSQL acknowledges survives a power cut. Not to be called from async code.
    pub(super) fn start(program: &Path) -> Result<Self> {
        let database = Database::create()?;
        let settings = vec![
            ("OSMIUM_DATABASE_URL", database.url.clone()),
            ("OSMIUM_REDIS_URL", database.services.redis_url.clone()),
            ("OSMIUM_REDIS_PREFIX", database.name.clone()),
        ];
        let start = |command| Start {
            program,
            command,
            settings: settings.clone(),
        };
        shell::succeed(&mut start("migrate").command())?;
        Ok(Self {
            _fanout: Osmium::start(&start("fanout"))?,
            gateway: Osmium::start(&start("gateway"))?,
            database,
        })
    }

    /// The gateway.
    pub(super) fn gateway(&self) -> &Osmium {
        &self.gateway
    }

    /// Where the database is.
    pub(super) fn database_url(&self) -> &str {
        &self.database.url
    }

    /// A connection of its own to the database.
    pub(super) async fn inserter(&self, number: usize) -> Result<Inserter> {
        Ok(Inserter {
            connection: PgConnection::connect(&self.database.url).await?,
            chat: i64::try_from(number)?,
            inserted: 0,
        })
    }

    /// Makes the table of plain inserts.
    pub(super) async fn create_table(&self) -> Result<()> {
        execute(&self.database.url, TABLE.to_owned()).await
    }

    /// Empties it.
    pub(super) async fn empty_table(&self) -> Result<()> {
        execute(&self.database.url, "TRUNCATE plain".to_owned()).await
    }
}

/// Inserts one row at a time, each its own transaction, by a prepared statement.
pub(super) struct Inserter {
    connection: PgConnection,
    chat: i64,
    inserted: i64,
}

impl Inserter {
    /// Inserts a row, and waits until it is stored.
    pub(super) async fn insert(&mut self, text: &str) -> Result<()> {
        self.inserted += 1;
        let row = sqlx::query(INSERT).bind(self.chat).bind(self.inserted);
        row.bind(text).execute(&mut self.connection).await?;
        Ok(())
    }
}

#[derive(Debug)]
struct Database {
    services: Services,
    name: String,
    url: String,
}

impl Database {
    fn create() -> Result<Self> {
        let services = Services::start(Options { durable: true })?;
        let name = format!("osmium_bench_{}", std::process::id());
        let options = PgConnectOptions::from_str(&services.postgres_url)?.database(&name);
        let url = options.to_url_lossy().to_string();
        let creating = execute(&services.postgres_url, format!("CREATE DATABASE {name}"));
        shell::block_on(creating)?;
        Ok(Self {
            services,
            name,
            url,
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let dropping = execute(&self.services.postgres_url, statement);
        if let Err(error) = shell::block_on(dropping) {
            eprintln!("the database {} was not removed: {error:#}", self.name);
        }
    }
}

async fn execute(url: &str, statement: String) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    connection.execute(AssertSqlSafe(statement)).await?;
    Ok(connection.close().await?)
}
