//! [`PostgresStore`]: the pool of connections and the schema's version.

use crate::error::{failed, not_migrated};
use crate::kept::{KeptConnections, TRUSTED_REST, answers};
use crate::session::Session;
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::Topic;
use osmium_ports::store::{Posting, Result};
use osmium_ports::{Reader, Store, StoreError, Transaction};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};
use std::io;
use std::str::FromStr;
use std::time::Duration;

/// What the server cuts short, so that no caller waits, and no topic stays locked, for ever.
const TIMEOUTS: [(&str, &str); 3] = [
    ("statement_timeout", "10s"),
    ("lock_timeout", "5s"),
    ("idle_in_transaction_session_timeout", "15s"),
];

/// The two statements of a post are long, and find rows by their keys alone: one plan each serves whatever they are given, and
/// to plan them anew, or to compile them, costs more than to run them. That plan must not be one for tables that were
/// nearly empty when it was made, which reads all of them: each row is found by an index.
const BY_KEYS_ALONE: [(&str, &str); 4] = [
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("enable_bitmapscan", "off"),
    ("jit", "off"),
];

/// How the store uses its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Connections at most, of this process, beside those for posts.
    pub max_connections: u32,
    /// Connections for nothing but posts: as many as transactions of posts run at a time.
    pub post_connections: u32,
    /// How long a caller waits for a free connection, or for the database to come back.
    pub acquire_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_connections: 20,
            post_connections: 4,
            acquire_timeout: Duration::from_secs(5),
        }
    }
}

/// A store in a `PostgreSQL` database. Clones share their connections.
///
/// What a commit acknowledges is as durable as the server's `synchronous_commit` and `fsync` say; both are on
/// unless an operator turned them off.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pub(crate) pool: PgPool,
    posts: KeptConnections,
    server: PgConnectOptions,
}

impl PostgresStore {
    /// A store in the database at `url`. Connects when it is first used, so a database that is away is no error
    /// here; a `url` that cannot be read is. Call it within a Tokio runtime.
    pub fn new(url: &str, options: Options) -> Result<Self> {
        let server = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Internal("the database's URL cannot be read".to_owned()))?
            .application_name("osmium");
        let pool = |connections, settings: &[(&str, &str)]| {
            PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(options.acquire_timeout)
                .test_before_acquire(false)
                .before_acquire(|connection, metadata| Box::pin(is_alive(connection, metadata)))
                .after_release(|connection, _| Box::pin(comes_back(connection)))
                .connect_lazy_with(
                    server
                        .clone()
                        .options(TIMEOUTS)
                        .options(settings.iter().copied()),
                )
        };
        Ok(Self {
            pool: pool(options.max_connections, &[]),
            posts: KeptConnections::of(pool(options.post_connections, &BY_KEYS_ALONE)),
            server,
        })
    }

    /// Brings the schema to this release's version, once however many processes try at the same time. A schema of a
    /// newer release is left as it is.
    pub async fn migrate(&self) -> Result<()> {
        // A connection of its own, without the timeouts: a migration takes as long as it takes.
        let mut connection = self.server.connect().await.map_err(failed)?;
        migrator()
            .run(&mut connection)
            .await
            .map_err(not_migrated)?;
        connection.close().await.map_err(failed)
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn read(&self) -> Result<Box<dyn Reader>> {
        let connection = self.pool.acquire().await.map_err(failed)?;
        Ok(Box::new(Session { connection }))
    }

    async fn begin(&self, topics: &[Topic]) -> Result<Box<dyn Transaction>> {
        let connection = Writer::begin(&self.pool, topics).await?;
        Ok(Box::new(Session { connection }))
    }

    async fn posting(&self, held: &[Topic]) -> Result<Box<dyn Posting>> {
        if held.is_empty() {
            let connection = self.posts.take().await?;
            return Ok(Box::new(Session { connection }));
        }
        let connection = Writer::begin(&self.pool, held).await?;
        Ok(Box::new(Session { connection }))
    }

    async fn ping(&self) -> Result<()> {
        // Not checked when it is compiled: the migrator's own table is not part of the schema.
        let version: Option<i64> =
            sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
                .fetch_one(&self.pool)
                .await
                .map_err(failed)?;
        let expected = migrator().iter().map(|migration| migration.version).max();
        if version >= expected {
            Ok(())
        } else {
            Err(StoreError::Internal(
                "the schema is older than this release".to_owned(),
            ))
        }
    }
}

fn migrator() -> Migrator {
    let mut migrator = sqlx::migrate!();
    // While services are replaced one by one, an older one may start after a newer one has migrated.
    migrator.set_ignore_missing(true);
    migrator
}

/// Lets a connection back into its pool if it answers. One that was given up in the middle may have died without a word, and the
/// pool itself would wait for it, with the place that it has, for ever.
async fn comes_back(connection: &mut PgConnection) -> sqlx::Result<bool> {
    if answers(connection).await {
        Ok(true)
    } else {
        Err(io::Error::from(io::ErrorKind::TimedOut).into())
    }
}

async fn is_alive(
    connection: &mut PgConnection,
    metadata: PoolConnectionMetadata,
) -> sqlx::Result<bool> {
    Ok(metadata.idle_for <= TRUSTED_REST || answers(connection).await)
}
