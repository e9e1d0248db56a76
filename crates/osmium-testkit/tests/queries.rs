//! That statements are counted, on both stores, and what they read in PostgreSQL.

use osmium_model::UserId;
use osmium_testkit::QueryCount;
use osmium_testkit::contract::Checked;
use osmium_testkit::contract::store::{posting, seed};
use osmium_testkit::databases::Engine;
use sqlx::{Connection, PgConnection};

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

/// How many messages PostgreSQL has counted.
async fn told_of(database: &mut PgConnection) -> Checked<i64> {
    let counted =
        sqlx::query_scalar("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'messages'");
    Ok(counted.fetch_one(database).await?)
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

    let mut next = 100;
    // A connection tells once a second, after a statement, what it did.
    while told_of(&mut looking).await? < 20 {
        posting::post_each(&store, next..next + 20).await?;
        next += 20;
    }
    assert_eq!(whole_reads(&mut looking).await?, before);
    Ok(())
}
