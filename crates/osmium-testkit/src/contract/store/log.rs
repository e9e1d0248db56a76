//! The contract of the log: events, positions and pruning.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use osmium_model::{
    ChatId, CommunityId, ConnectionId, Event, GroupId, Partition, Timestamp, Topic, UserId,
};
use osmium_ports::store::{Idempotency, LogEntry, Position, Recorded, TopicRange};
use std::time::Duration;

const ADA: Topic = Topic::User(UserId(1));
const BOB: Topic = Topic::User(UserId(2));

fn at(topic: Topic, seq: u64) -> Position {
    Position { topic, seq }
}

fn range(topic: Topic, first: u64, last: u64) -> TopicRange {
    TopicRange { topic, first, last }
}

/// The database's clock, once it has moved on from whatever was recorded before.
async fn later(store: &SharedStore) -> Checked<Timestamp> {
    let start = store.now().await?;
    loop {
        let now = store.now().await?;
        if now > start {
            return Ok(now);
        }
    }
}

async fn seqs(store: &SharedStore, topic: Topic) -> Checked<Vec<u64>> {
    let entries = store.events(topic, 0, 1000).await?;
    Ok(entries.iter().map(|entry| entry.seq).collect())
}

/// What is recorded by a transaction that was open then comes after what was settled.
pub async fn what_is_recorded_later_comes_after_what_is_settled(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    let topic = Topic::User(UserId(1));
    let mut tx = store.begin(&[topic]).await?;
    tx.record(topic, seed::event(1));
    later(&store).await?;
    let settled = store.settled(Duration::from_hours(1)).await?;
    tx.commit().await?;
    let found = store.recent(&[topic.partition()], settled).await?;
    assert_eq!(found, [range(topic, 1, 1)]);
    let now = store.now().await?;
    assert!(store.settled(Duration::ZERO).await? >= now);
    Ok(())
}

/// Events get the topic's next numbers, in the order in which they were recorded; the transaction tells them.
pub async fn events_are_numbered_by_topic(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    let mut tx = store.begin(&[ADA, BOB]).await?;
    let events = [(ADA, 10), (BOB, 11), (ADA, 12)];
    let told = events.map(|(topic, number)| tx.record(topic, seed::event(number)));
    assert_eq!(told, [1, 1, 2]);
    let mut recorded = tx.commit().await?;
    recorded.sort_by_key(|recorded| (recorded.topic, recorded.seq));
    let row = |topic, seq, number| Recorded {
        topic,
        seq,
        event: seed::event(number),
    };
    assert_eq!(
        recorded,
        [row(ADA, 1, 10), row(ADA, 2, 12), row(BOB, 1, 11)]
    );
    let next = seed::record(&store, ADA, &[13]).await?;
    assert_eq!(next, [row(ADA, 3, 13)]);
    assert_eq!(
        store.positions(&[ADA, BOB]).await?.len(),
        2,
        "both have a position"
    );
    Ok(())
}

/// A topic's events come after a number, in order, at most `limit`, as they were recorded.
pub async fn events_come_in_order(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::record(&store, ADA, &[10, 11, 12]).await?;
    seed::record(&store, BOB, &[20]).await?;
    seed::record(&store, ADA, &[13]).await?;
    for (after, limit, expected) in [
        (0, 9, vec![1, 2, 3, 4]),
        (0, 2, vec![1, 2]),
        (2, 1, vec![3]),
        (3, 9, vec![4]),
        (4, 9, vec![]),
    ] {
        let entries = store.events(ADA, after, limit).await?;
        let expected: Vec<_> = expected
            .into_iter()
            .map(|seq| LogEntry {
                seq,
                event: Some(seed::event(9 + seq)),
            })
            .collect();
        assert_eq!(entries, expected, "after {after}, limit {limit}");
    }
    let unknown = store.events(Topic::User(UserId(9)), 0, 9).await?;
    assert_eq!(unknown, []);
    Ok(())
}

/// An event comes back as it was recorded, with all that is in it, to the last bit.
pub async fn an_event_is_kept_whole(store: SharedStore) -> Checked {
    let big = u64::MAX >> 1;
    let topic = Topic::User(UserId(big));
    seed::users(&store, [big]).await?;
    let event = Event::MessageCreated {
        chat: builders::direct(big, big, big),
        message: builders::message(big, big, big, big),
        author: builders::user(big),
        client_id: Some(u64::MAX),
        origin: Some(ConnectionId(u64::MAX)),
    };
    let mut tx = store.begin(&[topic]).await?;
    tx.record(topic, event.clone());
    tx.commit().await?;
    let entry = LogEntry {
        seq: 1,
        event: Some(event),
    };
    assert_eq!(store.events(topic, 0, 9).await?, [entry]);
    Ok(())
}

/// Positions tell of those topics that exist how far their logs go.
pub async fn positions_tell_how_far_logs_go(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 2, []).await?;
    seed::record(&store, ADA, &[10, 11]).await?;
    let home = Topic::Community(CommunityId(20));
    let asked = [home, Topic::Group(GroupId(9)), ADA, BOB];
    let mut positions = store.positions(&asked).await?;
    positions.sort_by_key(|position| position.topic);
    assert_eq!(positions, [at(ADA, 2), at(BOB, 0), at(home, 0)]);
    assert_eq!(store.positions(&[]).await?, []);
    Ok(())
}

/// A user follows their own topic, first, and those of the communities they are a member of.
pub async fn users_follow_themselves_and_their_communities(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    for id in [20, 21, 22] {
        seed::community(&store, id, 2, []).await?;
    }
    seed::join(&store, 20, 1, 100).await?;
    seed::join(&store, 22, 1, 101).await?;
    let community = |id| Topic::Community(CommunityId(id));
    seed::record(&store, ADA, &[10]).await?;
    seed::record(&store, community(22), &[11, 12]).await?;

    let mut followed = store.followed(UserId(1)).await?;
    assert_eq!(followed.first(), Some(&at(ADA, 1)));
    followed.sort_by_key(|position| position.topic);
    let (home, other) = (at(community(20), 0), at(community(22), 2));
    assert_eq!(followed, [at(ADA, 1), home, other]);
    seed::leave(&store, 22, 1).await?;
    assert_eq!(store.followed(UserId(1)).await?, [at(ADA, 1), home]);
    Ok(())
}

/// What was recorded at or after a time is told by topic, for the partitions asked for.
pub async fn recent_events_are_told_by_topic(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    assert_ne!(ADA.partition(), BOB.partition(), "the test needs two");
    let both = [ADA.partition(), BOB.partition()];
    seed::record(&store, ADA, &[10, 11]).await?;
    seed::record(&store, BOB, &[20]).await?;
    let since = later(&store).await?;
    seed::record(&store, ADA, &[12]).await?;
    seed::record(&store, ADA, &[13]).await?;

    let everything = Timestamp::default();
    let mut ranges = store.recent(&both, everything).await?;
    ranges.sort_by_key(|range| range.topic);
    assert_eq!(ranges, [range(ADA, 1, 4), range(BOB, 1, 1)]);
    let one = store.recent(&[BOB.partition()], everything).await?;
    assert_eq!(one, [range(BOB, 1, 1)]);
    assert_eq!(store.recent(&both, since).await?, [range(ADA, 3, 4)]);
    let future = store.now().await?.plus(Duration::from_hours(1));
    assert_eq!(store.recent(&both, future).await?, []);
    assert_eq!(store.recent(&[], everything).await?, []);
    Ok(())
}

/// Pruning forgets what is older than a time, and tells how much; numbers go on, so the gap shows.
pub async fn pruning_leaves_a_gap_that_shows(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::record(&store, ADA, &[10, 11]).await?;
    seed::record(&store, BOB, &[20]).await?;
    let before = later(&store).await?;
    seed::record(&store, ADA, &[12]).await?;

    assert_eq!(store.prune(before, 100).await?, 3);
    assert_eq!(seqs(&store, ADA).await?, [3]);
    assert!(seqs(&store, BOB).await?.is_empty());
    assert_eq!(store.prune(before, 100).await?, 0);
    let positions = store.positions(&[BOB]).await?;
    assert_eq!(positions, [at(BOB, 1)]);
    let next = seed::record(&store, BOB, &[21]).await?;
    assert_eq!(next.first().map(|recorded| recorded.seq), Some(2));
    Ok(())
}

/// Pruning takes at most `limit` events at once, and gets through all of them.
pub async fn pruning_goes_in_bounded_steps(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::record(&store, ADA, &[10, 11, 12]).await?;
    seed::record(&store, BOB, &[20, 21]).await?;
    let before = store.now().await?.plus(Duration::from_hours(1));
    let mut gone = 0;
    loop {
        let step = store.prune(before, 2).await?;
        assert!(step <= 2, "{step} events went at once");
        gone += step;
        if step == 0 {
            break;
        }
    }
    assert_eq!(gone, 5);
    assert!(seqs(&store, ADA).await?.is_empty());
    Ok(())
}

/// Pruning forgets the keys of messages that were sent before the time, and no others.
pub async fn pruning_forgets_old_keys(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::direct(&store, 30, 1, 1).await?;
    let key = Idempotency {
        author_id: UserId(1),
        chat_id: ChatId(30),
        client_id: 7,
    };
    let row = seed::keyed(builders::message(30, 100, 1, 1), key);
    seed::insert_new(&store, &[row]).await?;
    for (before, kept) in [(NOON, 1), (NOON.plus(Duration::from_millis(1)), 0)] {
        store.prune(before, 100).await?;
        let mut reader = store.read().await?;
        let sent = reader.sent(&[key]).await?;
        assert_eq!(sent.len(), kept, "{before:?}");
    }
    Ok(())
}

/// The database's clock tells the time of day, and goes on.
pub async fn the_clock_goes_on(store: SharedStore) -> Checked {
    let now = later(&store).await?;
    assert!(now.millis() > osmium_model::snowflake::EPOCH_MS, "{now:?}");
    Ok(())
}

/// Checkpoints move forward only, each partition by itself.
pub async fn checkpoints_move_forward_only(store: SharedStore) -> Checked {
    let (one, other) = (Partition(3), Partition(31));
    let untouched = store.checkpoint(Partition(0)).await?;
    let start = store.now().await?.plus(Duration::from_mins(1));
    let hour = Duration::from_hours(1);
    for (partitions, at, expected) in [
        (vec![one, other], start.plus(hour), [1, 1]),
        (vec![one], start, [1, 1]),
        (vec![one], start.plus(hour * 2), [2, 1]),
        (vec![one, other], start.plus(hour), [2, 1]),
        (vec![], start.plus(hour * 9), [2, 1]),
    ] {
        store.set_checkpoints(&partitions, at).await?;
        let expected = expected.map(|hours| start.plus(hour * hours));
        assert_eq!(store.checkpoint(one).await?, expected[0]);
        assert_eq!(store.checkpoint(other).await?, expected[1]);
    }
    assert_eq!(store.checkpoint(Partition(0)).await?, untouched);
    Ok(())
}
