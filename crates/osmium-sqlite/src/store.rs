//! The database file: opening it, bringing its schema up to date, and its connections.

use crate::error::{failed, not_migrated};
use crate::session::Session;
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::Topic;
use osmium_ports::store::{Posting, Result};
use osmium_ports::{Reader, Store, StoreError, Transaction};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool};
use std::path::Path;
use std::time::Duration;

static MIGRATOR: Migrator = sqlx::migrate!();

/// A page cache for each connection, in KiB, negative as the pragma wants it; the system caches the file besides.
const CACHE: &str = "-1024";
/// The write-ahead log is cut to this size, in bytes, when a burst is over.
const KEPT_LOG: &str = "16777216";

/// What of a store can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many connections read at a time, at most.
    pub readers: u32,
    /// How long to wait for a connection, and for the file where another process has it.
    pub acquire_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 4,
            acquire_timeout: Duration::from_secs(5),
        }
    }
}

/// A database in one file.
///
/// Writes are durable when acknowledged (`synchronous = FULL`). Clones share the connections.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
}

impl SqliteStore {
    /// Opens a file, creating it if there is none, and changes nothing in it. Fails if a newer release wrote it.
    pub async fn open(path: &Path, options: Options) -> Result<Self> {
        let file = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            .busy_timeout(options.acquire_timeout)
            .pragma("cache_size", CACHE);
        let pool = SqlitePoolOptions::new()
            .acquire_timeout(options.acquire_timeout)
            .test_before_acquire(false)
            .max_lifetime(None);
        // The writer comes first and stays: those that only read cannot make the file or its write-ahead log.
        let writer = pool
            .clone()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .connect_with(writing(file.clone()))
            .await
            .map_err(failed)?;
        let readers = pool
            .max_connections(options.readers)
            .connect_lazy_with(file.read_only(true));
        let store = Self { writer, readers };
        store.refuse_newer().await?;
        Ok(store)
    }

    /// Brings the schema up to that of this release.
    pub async fn migrate(&self) -> Result<()> {
        self.refuse_newer().await?;
        MIGRATOR.run(&self.writer).await.map_err(not_migrated)
    }

    /// Lets go of the file, once what is under way has ended.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// A transaction that nobody writes beside.
    pub(crate) async fn write(&self) -> Result<sqlx::Transaction<'static, Sqlite>> {
        self.writer
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(failed)
    }

    async fn refuse_newer(&self) -> Result<()> {
        let (version, known) = (self.schema().await?, known_schema());
        if version > known {
            return Err(StoreError::Internal(format!(
                "the database has schema {version}, of a newer release; this one knows {known}"
            )));
        }
        Ok(())
    }

    /// The version of the file's schema; 0 if it is empty.
    async fn schema(&self) -> Result<i64> {
        // Not checked when this is compiled: the table is the migrator's, not one of ours.
        let migrated = sqlx::query_scalar::<_, bool>(
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')",
        )
        .fetch_one(&self.writer)
        .await
        .map_err(failed)?;
        if !migrated {
            return Ok(0);
        }
        sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success")
            .fetch_one(&self.writer)
            .await
            .map_err(failed)
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn read(&self) -> Result<Box<dyn Reader>> {
        let connection = self.readers.acquire().await.map_err(failed)?;
        Ok(Box::new(Session { connection }))
    }

    async fn begin(&self, topics: &[Topic]) -> Result<Box<dyn Transaction>> {
        let connection = Writer::begin(self.write().await?, topics).await?;
        Ok(Box::new(Session { connection }))
    }

    async fn posting(&self, held: &[Topic]) -> Result<Box<dyn Posting>> {
        let connection = Writer::begin(self.write().await?, held).await?;
        Ok(Box::new(Session { connection }))
    }

    async fn ping(&self) -> Result<()> {
        let (version, known) = (self.schema().await?, known_schema());
        if version != known {
            return Err(StoreError::Internal(format!(
                "the database has schema {version}, this release needs {known}"
            )));
        }
        Ok(())
    }
}

fn writing(file: SqliteConnectOptions) -> SqliteConnectOptions {
    file.create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("journal_size_limit", KEPT_LOG)
}

/// The version of the schema that this release is made for.
fn known_schema() -> i64 {
    MIGRATOR.iter().map(|step| step.version).max().unwrap_or(0)
}
