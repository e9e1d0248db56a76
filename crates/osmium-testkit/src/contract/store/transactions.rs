//! The contract of transactions: all or nothing, and one holder of a topic at a time.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use futures::future::try_join_all;
use osmium_model::{CommunityId, Topic, User, UserId};
use osmium_ports::Transaction;

const ADA: Topic = Topic::User(UserId(1));
const BOB: Topic = Topic::User(UserId(2));

/// How many tasks write at once, and how often each does.
const TASKS: usize = 8;
const ROUNDS: usize = 20;

fn renamed(id: u64, name: &str) -> User {
    User {
        name: name.to_owned(),
        ..builders::user(id)
    }
}

async fn name_of(store: &SharedStore, user: u64) -> Checked<String> {
    let user = store.read().await?.find_user(UserId(user)).await?;
    Ok(user.expect("the test has made the user").name)
}

/// The database can be reached, and has the schema.
pub async fn the_database_answers(store: SharedStore) -> Checked {
    store.ping().await?;
    Ok(())
}

/// A transaction reads what it wrote; others do from the commit on.
pub async fn others_see_what_is_committed(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    let mut tx = store.begin(&[ADA]).await?;
    tx.update_user(&renamed(1, "after")).await?;
    tx.record(ADA, seed::event(10));
    let own = tx.find_user(UserId(1)).await?;
    assert_eq!(own, Some(renamed(1, "after")));
    assert_eq!(name_of(&store, 1).await?, "User 1");
    assert_eq!(store.events(ADA, 0, 9).await?, []);
    tx.commit().await?;
    assert_eq!(name_of(&store, 1).await?, "after");
    assert_eq!(store.events(ADA, 0, 9).await?.len(), 1);
    Ok(())
}

/// A transaction that is dropped leaves nothing, and gives its topics free.
pub async fn a_dropped_transaction_leaves_nothing(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    let mut tx = store.begin(&[ADA]).await?;
    tx.create_topic(BOB).await?;
    tx.insert_user(&builders::user(2), &builders::account(2))
        .await?;
    tx.update_user(&renamed(1, "after")).await?;
    tx.record(ADA, seed::event(10));
    tx.record(BOB, seed::event(11));
    drop(tx);

    let recorded = seed::record(&store, ADA, &[12]).await?;
    assert_eq!(recorded.first().map(|recorded| recorded.seq), Some(1));
    assert_eq!(name_of(&store, 1).await?, "User 1");
    let positions = store.positions(&[BOB]).await?;
    assert_eq!(positions, []);
    let bob = store.read().await?.find_user(UserId(2)).await?;
    assert_eq!(bob, None);
    Ok(())
}

/// A transaction holds the topics that it named and that exist, and those that it made.
pub async fn a_transaction_holds_its_topics(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    let unknown = Topic::Community(CommunityId(20));
    let mut tx = store.begin(&[unknown, ADA, ADA]).await?;
    assert!(tx.holds(ADA));
    assert!(!tx.holds(BOB));
    assert!(!tx.holds(unknown));
    assert_eq!(tx.epoch(unknown), None);
    tx.create_topic(unknown).await?;
    assert!(tx.holds(unknown));
    assert!(tx.epoch(unknown).is_some());
    assert_eq!(tx.record(unknown, seed::event(10)), 1);
    tx.commit().await?;
    let tx = store.begin(&[unknown]).await?;
    assert!(tx.holds(unknown));
    Ok(())
}

/// The epoch is raised once by a transaction, which tells it from then on.
pub async fn an_epoch_is_raised_once(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, []).await?;
    let home = Topic::Community(CommunityId(20));
    let mut tx = store.begin(&[home]).await?;
    let before = tx.epoch(home).expect("it is held");
    let raised = tx.raise_epoch(home);
    assert!(raised > before);
    assert_eq!(tx.raise_epoch(home), raised);
    assert_eq!(tx.epoch(home), Some(raised));
    tx.commit().await?;
    let tx = store.begin(&[home]).await?;
    assert_eq!(tx.epoch(home), Some(raised));
    Ok(())
}

/// To record in a topic, or raise the epoch of one, that is not held is a mistake that shows.
pub async fn a_topic_that_is_not_held_is_refused(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    let mistakes: [fn(&mut dyn Transaction) -> u64; 2] = [
        |tx| tx.record(BOB, seed::event(10)),
        |tx| tx.raise_epoch(BOB),
    ];
    for mistake in mistakes {
        let mut tx = store.begin(&[ADA]).await?;
        let outcome = tokio::spawn(async move { mistake(&mut *tx) }).await;
        assert!(outcome.is_err_and(|error| error.is_panic()));
    }
    Ok(())
}

/// Rows without events, and nothing at all, are committed too.
pub async fn a_transaction_may_record_nothing(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    let mut tx = store.begin(&[ADA]).await?;
    tx.update_user(&renamed(1, "after")).await?;
    assert_eq!(tx.commit().await?, []);
    assert_eq!(name_of(&store, 1).await?, "after");
    assert_eq!(store.begin(&[]).await?.commit().await?, []);
    Ok(())
}

/// Reads one's number and writes the next: loses counts unless the topic is held by one at a time.
async fn count_on(store: &SharedStore, topics: &[Topic]) -> Checked {
    let mut tx = store.begin(topics).await?;
    for topic in topics {
        let user = tx.find_user(UserId(topic.id())).await?;
        let count: u64 = user.map_or(Ok(0), |user| user.name.parse())?;
        tx.update_user(&renamed(topic.id(), &(count + 1).to_string()))
            .await?;
        let seq = tx.record(*topic, seed::event(count + 1));
        assert_eq!(seq, count + 1, "what is read is the latest, and stays so");
    }
    tx.commit().await?;
    Ok(())
}

/// Runs tasks that count on topics, the order of which depends on the task.
async fn hammer(store: &SharedStore, topics: fn(usize) -> Vec<Topic>) -> Checked {
    let tasks = (0..TASKS).map(|task| {
        let store = store.clone();
        tokio::spawn(async move {
            for _ in 0..ROUNDS {
                count_on(&store, &topics(task)).await?;
            }
            Checked::Ok(())
        })
    });
    for outcome in try_join_all(tasks).await? {
        outcome?;
    }
    Ok(())
}

/// Adds users whose names are numbers.
async fn counters<const N: usize>(store: &SharedStore, ids: [u64; N]) -> Checked {
    seed::users(store, ids).await?;
    for id in ids {
        let mut tx = store.begin(&[Topic::User(UserId(id))]).await?;
        tx.update_user(&renamed(id, "0")).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// That a topic's log and its user's number tell `expected` commits, each event in its place.
async fn assert_counted(store: &SharedStore, topic: Topic, expected: usize) -> Checked {
    assert_eq!(name_of(store, topic.id()).await?, expected.to_string());
    let entries = store.events(topic, 0, 1000).await?;
    assert_eq!(entries.len(), expected);
    for (number, entry) in (1..).zip(entries) {
        assert_eq!(entry.seq, number);
        assert_eq!(entry.event, Some(seed::event(number)));
    }
    Ok(())
}

/// Many writers of one topic take turns: numbers have no gaps, and stand in the order of the commits.
pub async fn writers_of_a_topic_take_turns(store: SharedStore) -> Checked {
    counters(&store, [1]).await?;
    hammer(&store, |_| vec![ADA]).await?;
    assert_counted(&store, ADA, TASKS * ROUNDS).await
}

/// Writers that name the same topics in another order do not wait for each other for ever.
pub async fn writers_do_not_wait_in_a_circle(store: SharedStore) -> Checked {
    counters(&store, [1, 2, 3]).await?;
    let carol = Topic::User(UserId(3));
    hammer(&store, |task| {
        let carol = Topic::User(UserId(3));
        match task % 4 {
            0 => vec![ADA, BOB],
            1 => vec![BOB, ADA],
            2 => vec![carol, ADA, BOB],
            _ => vec![BOB, carol],
        }
    })
    .await?;
    let each = TASKS / 4 * ROUNDS;
    assert_counted(&store, ADA, 3 * each).await?;
    assert_counted(&store, BOB, 4 * each).await?;
    assert_counted(&store, carol, 2 * each).await
}

/// Numbers stay without gaps when some of the writers give up.
pub async fn who_gives_up_leaves_no_gap(store: SharedStore) -> Checked {
    counters(&store, [1]).await?;
    let quitters = (0..TASKS).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            for _ in 0..ROUNDS {
                let mut tx = store.begin(&[ADA]).await?;
                tx.update_user(&renamed(1, "lost")).await?;
                tx.record(ADA, seed::event(0));
            }
            Checked::Ok(())
        })
    });
    let quitters: Vec<_> = quitters.collect();
    hammer(&store, |_| vec![ADA]).await?;
    for outcome in try_join_all(quitters).await? {
        outcome?;
    }
    assert_counted(&store, ADA, TASKS * ROUNDS).await
}
