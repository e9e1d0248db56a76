//! The words of a message go with it, however it goes.

use osmium_sqlite::{Options, SqliteStore};
use sqlx::{Connection, SqliteConnection};
use std::error::Error;

type Checked<T = ()> = Result<T, Box<dyn Error>>;

async fn found(connection: &mut SqliteConnection) -> Checked<Vec<i64>> {
    let ids = "SELECT rowid FROM message_words WHERE message_words MATCH '\"fox\"' ORDER BY rowid";
    Ok(sqlx::query_scalar(ids).fetch_all(connection).await?)
}

#[tokio::test]
async fn words_go_with_their_message_and_its_chat() -> Checked {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("osmium.db");
    let store = SqliteStore::open(&path, Options::default()).await?;
    store.migrate().await?;
    let url = format!("sqlite:{}", path.display());
    let mut connection = SqliteConnection::connect(&url).await?;
    sqlx::raw_sql(
        "INSERT INTO chats VALUES (1, 4, NULL, 9, 9, 0, NULL, 0), (2, 4, NULL, 8, 8, 0, NULL, 0);
        INSERT INTO messages (chat_id, message_id, ordinal, author_id, kind, text, pinned)
        VALUES (1, 10, 1, 9, 0, '', 0), (1, 11, 2, 9, 0, '', 0), (2, 12, 1, 8, 0, '', 0), (2, 13, 2, 8, 2, '', 0);
        INSERT INTO message_words (rowid, words) VALUES (10, '#1 fox'), (11, '#1 fox'), (12, '#2 fox')",
    )
    .execute(&mut connection)
    .await?;
    assert_eq!(found(&mut connection).await?, [10, 11, 12]);
    sqlx::raw_sql("DELETE FROM messages WHERE message_id = 10")
        .execute(&mut connection)
        .await?;
    assert_eq!(found(&mut connection).await?, [11, 12]);
    sqlx::raw_sql("DELETE FROM chats WHERE chat_id = 1")
        .execute(&mut connection)
        .await?;
    assert_eq!(found(&mut connection).await?, [12]);
    // One of the two has no words.
    sqlx::raw_sql("DELETE FROM chats")
        .execute(&mut connection)
        .await?;
    assert_eq!(found(&mut connection).await?, Vec::<i64>::new());
    Ok(())
}
