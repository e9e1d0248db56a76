//! That statements are counted, on both stores, and what they read in PostgreSQL.

use osmium_model::UserId;
use osmium_testkit::QueryCount;
use osmium_testkit::contract::Checked;
use osmium_testkit::contract::store::{posting, seed};
use osmium_testkit::databases::Engine;
use sqlx::{Connection, PgConnection};
use std::time::Duration;

#[tokio::test]
async fn the_statements_of_a_future_are_counted() -> Checked {
    for engine in Engine::ALL {
        let Some(database) = engine.database().await? else {
            continue;
        };
        let store = database.store();
        seed::users(&store, [1, 2]).await?;
        let mut reader = store.read().await?;
        reader.find_user(UserId(1)).await?;

        let everything = QueryCount::of_process();
        let (users, own) = QueryCount::of(reader.users(&[UserId(1), UserId(2)])).await;
        assert_eq!(users?.len(), 2);
        reader.find_user(UserId(1)).await?;
        assert_eq!(own.get(), 1, "{engine:?}: {:?}", own.statements());
        assert_eq!(everything.get(), 2, "{:?}", everything.statements());
        let statement = own.statements().concat();
        assert!(statement.contains("FROM users"), "{statement}");
    }
    Ok(())
}

/// What reads all that it finds in a table: of `sends`, also its index by time.
async fn whole_reads(database: &mut PgConnection) -> Checked<Vec<(String, i64)>> {
    let reads = sqlx::query_as(
        "SELECT relname::text, seq_scan FROM pg_stat_user_tables WHERE seq_scan > 0
        UNION ALL
        SELECT indexrelname::text, idx_scan FROM pg_stat_user_indexes
        WHERE indexrelname = 'sends_sent_at_idx' AND idx_scan > 0
        ORDER BY 1",
    );
    Ok(reads.fetch_all(database).await?)
}

#[tokio::test]
async fn posts_that_were_planned_on_empty_tables_read_none_whole() -> Checked {
    let Some(database) = Engine::Postgres.database().await? else {
        return Ok(());
    };
    let mut looking = PgConnection::connect(database.location()).await?;
    let store = database.store();
    posting::world(&store).await?;
    sqlx::raw_sql("VACUUM ANALYZE")
        .execute(&mut looking)
        .await?;
    let before = whole_reads(&mut looking).await?;

    posting::post_each(&store, 100..120).await?;
    // A connection tells what it read once a second, after a statement.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    posting::post_each(&store, 120..130).await?;

    let written: i64 =
        sqlx::query_scalar("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'messages'")
            .fetch_one(&mut looking)
            .await?;
    assert!(written >= 20, "{written} are told of");
    assert_eq!(whole_reads(&mut looking).await?, before);
    Ok(())
}
