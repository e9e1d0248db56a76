//! What is special about a database in one file.

use osmium_model::{Topic, UserId};
use osmium_ports::store::Log;
use osmium_ports::{Store, StoreError};
use osmium_sqlite::{Options, SqliteStore};
use sqlx::{Connection, SqliteConnection};
use std::error::Error;
use std::time::Duration;
use tempfile::TempDir;

type Checked<T = ()> = Result<T, Box<dyn Error>>;

const ADA: Topic = Topic::User(UserId(1));

async fn open(folder: &TempDir, options: Options) -> Checked<SqliteStore> {
    let store = SqliteStore::open(&folder.path().join("osmium.db"), options).await?;
    Ok(store)
}

async fn execute(folder: &TempDir, sql: &'static str) -> Checked {
    let url = format!("sqlite:{}", folder.path().join("osmium.db").display());
    let mut connection = SqliteConnection::connect(&url).await?;
    sqlx::query(sql).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_file_of_a_newer_release_is_refused() -> Checked {
    let folder = TempDir::new()?;
    let store = open(&folder, Options::default()).await?;
    store.migrate().await?;
    store.close().await;
    execute(
        &folder,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9000, 'of the future', true, x'00', 0)",
    )
    .await?;

    let refused = SqliteStore::open(&folder.path().join("osmium.db"), Options::default()).await;
    let Err(StoreError::Internal(reason)) = refused else {
        panic!("it was opened");
    };
    assert!(reason.contains("9000"), "{reason}");
    Ok(())
}

#[tokio::test]
async fn a_new_file_has_no_schema_until_it_is_migrated() -> Checked {
    let folder = TempDir::new()?;
    let store = open(&folder, Options::default()).await?;
    assert!(matches!(store.ping().await, Err(StoreError::Internal(_))));
    let (one, other) = tokio::join!(store.migrate(), store.migrate());
    one?;
    other?;
    store.ping().await?;
    Ok(())
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_an_error() -> Checked {
    let folder = TempDir::new()?;
    let nowhere = folder.path().join("missing").join("osmium.db");
    let opened = SqliteStore::open(&nowhere, Options::default()).await;
    assert!(opened.is_err());
    Ok(())
}

#[tokio::test]
async fn a_file_keeps_what_was_committed() -> Checked {
    let folder = TempDir::new()?;
    let store = open(&folder, Options::default()).await?;
    store.migrate().await?;
    let mut tx = store.begin(&[]).await?;
    tx.create_topic(ADA).await?;
    tx.commit().await?;
    store.close().await;

    let store = open(&folder, Options::default()).await?;
    store.ping().await?;
    assert!(store.begin(&[ADA]).await?.holds(ADA));
    Ok(())
}

#[tokio::test]
async fn who_waits_too_long_for_the_writer_may_try_again() -> Checked {
    let folder = TempDir::new()?;
    let options = Options {
        acquire_timeout: Duration::from_secs(1),
        ..Options::default()
    };
    let store = open(&folder, options).await?;
    store.migrate().await?;
    let held = store.begin(&[]).await?;
    let late = store.begin(&[]).await.err();
    assert!(matches!(late, Some(StoreError::Unavailable(_))), "{late:?}");
    drop(held);
    store.begin(&[]).await?;
    Ok(())
}

#[tokio::test]
async fn readers_do_not_wait_for_the_writer() -> Checked {
    let folder = TempDir::new()?;
    let store = open(&folder, Options::default()).await?;
    store.migrate().await?;
    let mut tx = store.begin(&[]).await?;
    tx.create_topic(ADA).await?;
    let seen = store.positions(&[ADA]).await?;
    assert!(seen.is_empty());
    tx.commit().await?;
    let seen = store.positions(&[ADA]).await?;
    assert_eq!(seen.len(), 1);
    Ok(())
}
