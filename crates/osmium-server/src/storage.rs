//! The database of a process: SQLite in a folder, or PostgreSQL.

use crate::settings::Settings;
use anyhow::{Context, Result, bail};
use osmium_ports::Store;
use osmium_postgres::PostgresStore;
use osmium_sqlite::SqliteStore;
use std::fs::{File, TryLockError, create_dir_all};
use std::sync::Arc;

/// The database in the data folder.
const FILE: &str = "osmium.db";
/// Whoever serves from the data folder has this file locked.
const LOCK: &str = "osmium.lock";

/// A store on PostgreSQL if the settings name one, else in the data folder. A file that is new gets its schema.
pub(crate) async fn open(settings: &Settings) -> Result<Arc<dyn Store>> {
    match postgres(settings)? {
        Some(store) => Ok(Arc::new(store)),
        None => Ok(Arc::new(sqlite(settings, false).await?)),
    }
}

/// A store in the data folder with the schema of this release, and the folder's lock, which lasts as long as the file.
///
/// Two servers on one folder would not hear of each other's messages: the lock keeps the second one out.
pub(crate) async fn open_to_serve(settings: &Settings) -> Result<(Arc<dyn Store>, File)> {
    create_folder(settings)?;
    let lock = lock(settings)?;
    Ok((Arc::new(sqlite(settings, true).await?), lock))
}

/// The store on PostgreSQL, if the settings name one. Does not connect yet. Needs a Tokio runtime.
pub(crate) fn postgres(settings: &Settings) -> Result<Option<PostgresStore>> {
    let Some(url) = &settings.database_url else {
        return Ok(None);
    };
    let options = osmium_postgres::Options {
        max_connections: settings.database_connections,
        post_connections: u32::try_from(settings.core().posts_at_once)?,
        ..Default::default()
    };
    let store = PostgresStore::new(url.expose(), options).context("database_url")?;
    Ok(Some(store))
}

/// Brings the schema to this release.
pub(crate) async fn migrate(settings: &Settings) -> Result<()> {
    match postgres(settings)? {
        Some(store) => store.migrate().await.context("cannot migrate")?,
        None => drop(sqlite(settings, true).await?),
    }
    println!("The schema is that of this release.");
    Ok(())
}

async fn sqlite(settings: &Settings, migrate: bool) -> Result<SqliteStore> {
    create_folder(settings)?;
    let path = settings.data_dir.join(FILE);
    let is_new = !path.exists();
    let store = SqliteStore::open(&path, osmium_sqlite::Options::default()).await;
    let store = store.with_context(|| format!("cannot open {}", path.display()))?;
    if migrate || is_new {
        store
            .migrate()
            .await
            .with_context(|| format!("cannot migrate {}", path.display()))?;
    }
    Ok(store)
}

fn create_folder(settings: &Settings) -> Result<()> {
    let folder = &settings.data_dir;
    create_dir_all(folder)
        .with_context(|| format!("data_dir: cannot make the folder {}", folder.display()))
}

fn lock(settings: &Settings) -> Result<File> {
    let path = settings.data_dir.join(LOCK);
    let file = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "another osmium serves from the folder {}",
                settings.data_dir.display()
            )
        }
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}
