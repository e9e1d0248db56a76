//! Databases for tests: each test has one of its own, gone when the test ends.
//!
//! SQLite needs nothing. PostgreSQL needs a server, which `cargo xtask test` starts; it is named by
//! [`POSTGRES_URL`]. With [`FAST`] set, tests on PostgreSQL are skipped, with a line that says so.

mod postgres;

use crate::contract::Checked;
use crate::environment::variable;
use osmium_ports::{Store, StoreError};
use osmium_postgres::PostgresStore;
use osmium_sqlite::SqliteStore;
use postgres::Scratch;
use std::any::Any;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Names the URL of a PostgreSQL superuser, from which each test makes its own database.
pub const POSTGRES_URL: &str = "OSMIUM_TEST_POSTGRES_URL";
/// Set when tests should skip what needs more than this process.
pub const FAST: &str = "OSMIUM_TEST_FAST";

/// What a database runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of its own on the server named by [`POSTGRES_URL`].
    Postgres,
}

impl Engine {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// A database with the schema and nothing in it; none if the test is to be skipped.
    ///
    /// # Panics
    /// If nothing says where PostgreSQL is, nor that it should be skipped.
    pub async fn database(self) -> Checked<Option<Database>> {
        match self {
            Self::Sqlite => {
                let database = sqlite().await?;
                database.migrate().await?;
                Ok(Some(database))
            }
            Self::Postgres => {
                let Some(url) = postgres_url() else {
                    return Ok(None);
                };
                postgres(Scratch::migrated(&url).await?).map(Some)
            }
        }
    }

    /// A database without the schema; none if the test is to be skipped.
    ///
    /// # Panics
    /// If nothing says where PostgreSQL is, nor that it should be skipped.
    pub async fn empty_database(self) -> Checked<Option<Database>> {
        match self {
            Self::Sqlite => sqlite().await.map(Some),
            Self::Postgres => {
                let Some(url) = postgres_url() else {
                    return Ok(None);
                };
                postgres(Scratch::empty(&url).await?).map(Some)
            }
        }
    }
}

/// A database that is gone when this is dropped, whoever still holds its store.
pub struct Database {
    location: String,
    adapter: Adapter,
    /// Removes the database when it is dropped.
    _place: Box<dyn Any + Send + Sync>,
}

#[derive(Clone)]
enum Adapter {
    Sqlite(Arc<SqliteStore>),
    Postgres(Arc<PostgresStore>),
}

impl Database {
    /// The store in it.
    pub fn store(&self) -> Arc<dyn Store> {
        match self.adapter.clone() {
            Adapter::Sqlite(store) => store,
            Adapter::Postgres(store) => store,
        }
    }

    /// The store in it, opened once more, as another process does.
    pub async fn open_again(&self) -> Checked<Arc<dyn Store>> {
        Ok(match &self.adapter {
            Adapter::Sqlite(_) => Arc::new(open_sqlite(Path::new(&self.location)).await?),
            Adapter::Postgres(_) => Arc::new(open_postgres(&self.location)?),
        })
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.adapter {
            Adapter::Sqlite(store) => store.migrate().await,
            Adapter::Postgres(store) => store.migrate().await,
        }
    }

    /// Where it is, as a configuration says it: a path or a URL.
    pub fn location(&self) -> &str {
        &self.location
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.location)
    }
}

async fn sqlite() -> Checked<Database> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("osmium.db");
    let store = open_sqlite(&path).await?;
    Ok(Database {
        location: path.display().to_string(),
        adapter: Adapter::Sqlite(Arc::new(store)),
        _place: Box::new(folder),
    })
}

fn postgres(scratch: Scratch) -> Checked<Database> {
    let location = scratch.url();
    let store = open_postgres(&location)?;
    Ok(Database {
        location,
        adapter: Adapter::Postgres(Arc::new(store)),
        _place: Box::new(scratch),
    })
}

async fn open_sqlite(path: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(path, osmium_sqlite::Options::default()).await
}

fn open_postgres(location: &str) -> Result<PostgresStore, StoreError> {
    PostgresStore::new(location, osmium_postgres::Options::default())
}

/// Where PostgreSQL is; none if tests on it are skipped.
fn postgres_url() -> Option<String> {
    if variable(FAST).is_some() {
        eprintln!("skipped: postgres (fast)");
        return None;
    }
    let url = variable(POSTGRES_URL);
    assert!(
        url.is_some(),
        "this test needs PostgreSQL: run `cargo xtask test`, which starts one, or set {POSTGRES_URL}; \
         or set {FAST} to skip it"
    );
    url
}
