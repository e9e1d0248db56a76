//! A scratch database with an adapter's migrations, for the macros to ask.

use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use tempfile::TempDir;

use super::Adapter;
use crate::services::{Options, Postgres};
use crate::shell;

/// A scratch database. Dropping it removes it.
pub(super) enum Database {
    Postgres {
        server: Postgres,
        name: String,
        url: String,
    },
    Sqlite {
        url: String,
        _folder: TempDir,
    },
}

impl Database {
    /// Makes the database that the adapter is for, and applies the adapter's migrations.
    pub(super) fn create(adapter: Adapter) -> Result<Self> {
        let migrations = adapter.folder().join("migrations");
        match adapter {
            Adapter::Postgres => Self::postgres(&migrations),
            Adapter::Sqlite => Self::sqlite(&migrations),
        }
    }

    pub(super) fn url(&self) -> &str {
        match self {
            Self::Postgres { url, .. } | Self::Sqlite { url, .. } => url,
        }
    }

    fn postgres(migrations: &Path) -> Result<Self> {
        let server = Postgres::given_or_start(Options::default())?;
        let name = format!("osmium_prepare_{}", std::process::id());
        let options = PgConnectOptions::from_str(&server.url)?.database(&name);
        let url = options.to_url_lossy().to_string();
        shell::block_on(execute(&server.url, format!("CREATE DATABASE {name}")))?;
        // From here on, dropping it removes the database, also when a migration fails.
        let database = Self::Postgres { server, name, url };
        shell::block_on(async {
            let mut connection = options.connect().await?;
            migrator(migrations).await?.run(&mut connection).await?;
            Ok(connection.close().await?)
        })?;
        Ok(database)
    }

    /// The file is made with the SQLite that the adapter is built with, so that both know the same SQL.
    fn sqlite(migrations: &Path) -> Result<Self> {
        let folder = TempDir::with_prefix("osmium-sqlite-")?;
        let path = folder.path().join("scratch.db");
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true);
        shell::block_on(async {
            let mut connection = options.connect().await?;
            migrator(migrations).await?.run(&mut connection).await?;
            Ok(connection.close().await?)
        })?;
        Ok(Self::Sqlite {
            url: format!("sqlite://{}", path.display()),
            _folder: folder,
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Self::Postgres { server, name, .. } = self else {
            return;
        };
        let dropping = execute(&server.url, format!("DROP DATABASE {name} WITH (FORCE)"));
        if let Err(error) = shell::block_on(dropping) {
            eprintln!("the scratch database {name} was not removed: {error:#}");
        }
    }
}

async fn migrator(folder: &Path) -> Result<Migrator> {
    Migrator::new(folder)
        .await
        .with_context(|| format!("cannot read {}", folder.display()))
}

async fn execute(url: &str, statement: String) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    connection.execute(AssertSqlSafe(statement)).await?;
    Ok(connection.close().await?)
}
