//! Databases on a PostgreSQL server: made by copying a template, dropped when the test ends.
//!
//! The template has the schema, and the hash of the migrations in its name, so it is made once for each state of
//! them. A test that was killed leaves its database behind; the server that `cargo xtask test` starts ends with the
//! run anyway.

use crate::contract::Checked;
use osmium_postgres::PostgresStore;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;
use std::str::FromStr;

/// The lock under which a template is made: tests run in many processes at once.
const TEMPLATE_LOCK: i64 = 0x6f73_6d69_756d;
const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../osmium-postgres/migrations");

/// A database that is dropped with this.
#[derive(Debug)]
pub(super) struct Scratch {
    server: PgConnectOptions,
    name: String,
}

impl Scratch {
    /// A database with the schema.
    pub(super) async fn migrated(url: &str) -> Checked<Self> {
        let server = PgConnectOptions::from_str(url)?;
        let mut connection = server.connect().await?;
        let template = template(&server, &mut connection).await?;
        Self::copy(server, connection, &template).await
    }

    /// A database without anything in it.
    pub(super) async fn empty(url: &str) -> Checked<Self> {
        let server = PgConnectOptions::from_str(url)?;
        let connection = server.connect().await?;
        Self::copy(server, connection, "template0").await
    }

    /// The URL of the database.
    pub(super) fn url(&self) -> String {
        url_of(&self.server, &self.name)
    }

    async fn copy(
        server: PgConnectOptions,
        mut connection: PgConnection,
        template: &str,
    ) -> Checked<Self> {
        let name: String = sqlx::query_scalar(
            "SELECT 'osmium_test_' || replace(gen_random_uuid()::text, '-', '')",
        )
        .fetch_one(&mut connection)
        .await?;
        let statement = format!("CREATE DATABASE {name} TEMPLATE {template}");
        connection.execute(AssertSqlSafe(statement)).await?;
        connection.close().await?;
        Ok(Self { server, name })
    }
}

impl Drop for Scratch {
    /// Waits until the database is gone; one that cannot be dropped stays.
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // The thread that drops this may be running a runtime, in which one cannot wait for another.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(drop_database(&server, &name))
        });
        if !matches!(thread.join(), Ok(Ok(()))) {
            eprintln!("the database {} could not be dropped", self.name);
        }
    }
}

async fn drop_database(server: &PgConnectOptions, name: &str) -> Checked {
    let mut connection = server.connect().await?;
    let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    connection.execute(AssertSqlSafe(statement)).await?;
    connection.close().await?;
    Ok(())
}

/// The name of the template, which is made if it is not there yet.
async fn template(server: &PgConnectOptions, connection: &mut PgConnection) -> Checked<String> {
    let name = format!("osmium_template_{:016x}", migrations_hash()?);
    if !exists(connection, &name).await? {
        lock(connection).await?;
        // Another process may have made it while this one waited.
        if !exists(connection, &name).await? {
            make_template(server, connection, &name).await?;
        }
        // The lock ends with the connection, which ends once the test's database is made.
    }
    Ok(name)
}

/// Builds the template under another name, so that what has the name is whole.
async fn make_template(
    server: &PgConnectOptions,
    connection: &mut PgConnection,
    name: &str,
) -> Checked {
    let draft = format!("{name}_draft");
    drop_database(server, &draft).await?;
    let create = format!("CREATE DATABASE {draft} TEMPLATE template0");
    connection.execute(AssertSqlSafe(create)).await?;
    PostgresStore::new(&url_of(server, &draft), osmium_postgres::Options::default())?
        .migrate()
        .await?;
    let rename = format!("ALTER DATABASE {draft} RENAME TO {name}");
    connection.execute(AssertSqlSafe(rename)).await?;
    Ok(())
}

async fn exists(connection: &mut PgConnection, name: &str) -> Checked<bool> {
    let exists = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(connection)
        .await?;
    Ok(exists)
}

async fn lock(connection: &mut PgConnection) -> Checked {
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(connection)
        .await?;
    Ok(())
}

/// The URL of a database on the server.
fn url_of(server: &PgConnectOptions, database: &str) -> String {
    server.clone().database(database).to_url_lossy().to_string()
}

fn migrations_hash() -> Checked<u64> {
    let mut files = Vec::new();
    for file in Path::new(MIGRATIONS).read_dir()? {
        let path = file?.path();
        files.push((
            path.file_name().map(ToOwned::to_owned),
            std::fs::read(path)?,
        ));
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for (name, content) in files {
        hasher.write(name.unwrap_or_default().as_encoded_bytes());
        hasher.write(&content);
    }
    Ok(hasher.finish())
}
