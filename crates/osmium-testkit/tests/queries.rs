//! That statements are counted, on both stores.

use osmium_model::UserId;
use osmium_testkit::QueryCount;
use osmium_testkit::contract::Checked;
use osmium_testkit::contract::store::seed;
use osmium_testkit::databases::Engine;

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
