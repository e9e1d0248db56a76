//! The contract of migrations: what an adapter does with a database that does not have the schema yet.

use crate::contract::Checked;
use crate::databases::Database;

/// A database without the schema does not answer as one that has it.
pub async fn an_empty_database_is_not_ready(database: Database) -> Checked {
    assert!(database.store().ping().await.is_err());
    database.migrate().await?;
    database.store().ping().await?;
    Ok(())
}

/// To migrate again, also while another does, changes nothing.
pub async fn migrating_again_is_harmless(database: Database) -> Checked {
    let (first, second) = tokio::join!(database.migrate(), database.migrate());
    first?;
    second?;
    let store = database.store();
    super::seed::users(&store, [1]).await?;
    database.migrate().await?;
    store.ping().await?;
    assert_eq!(
        store
            .read()
            .await?
            .users(&[osmium_model::UserId(1)])
            .await?
            .len(),
        1
    );
    Ok(())
}
