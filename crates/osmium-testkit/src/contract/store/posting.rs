//! The contract of [`osmium_ports::store::Posting`]: a look, and a write that knows whether it still holds.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use futures::future::try_join_all;
use osmium_model::{Chat, ChatId, CommunityId, MessageId, Topic, UserId};
use osmium_ports::store::{Basis, Draft, HistoryPage, Idempotency, Recorded, TopicState, Wanted};
use std::ops::Range;

const COMMUNITY: Topic = Topic::Community(CommunityId(20));
const ADA: Topic = Topic::User(UserId(1));
const BOB: Topic = Topic::User(UserId(2));

/// How many tasks post at once, and how often each does.
const TASKS: u64 = 8;
const ROUNDS: u64 = 20;

/// Users 1 and 2, the community 20 of the first with the channels 21 and 22, and the direct chat 30 of both.
pub async fn world(store: &SharedStore) -> Checked {
    seed::users(store, [1, 2]).await?;
    seed::community(store, 20, 1, [21, 22]).await?;
    seed::direct(store, 30, 1, 2).await?;
    Ok(())
}

/// All that there is of it, and what there is not.
fn wanted() -> Wanted {
    Wanted {
        topics: [COMMUNITY, ADA, BOB, Topic::User(UserId(9))].into(),
        chats: [21, 22, 30, 9].map(ChatId).into(),
        authors: [1, 2, 9].map(UserId).into(),
        keys: vec![key(21, 7), key(22, 7), key(30, 7)],
    }
}

fn key(chat: u64, client_id: u64) -> Idempotency {
    Idempotency {
        author_id: UserId(1),
        chat_id: ChatId(chat),
        client_id,
    }
}

/// A message of user 1 in each of the chats, whose id is its key too, with its events.
fn draft(basis: &Basis, id: u64, chats: &[u64]) -> Draft {
    let mut draft = Draft {
        at: NOON,
        ..Draft::default()
    };
    for (id, chat) in (id..).zip(chats) {
        let chat = basis.chats[&ChatId(*chat)];
        let message = builders::message(chat.id.0, id, chat.last_ordinal + 1, 1);
        draft
            .messages
            .push(seed::keyed(message, key(chat.id.0, id)));
        for topic in chat.kind.topics() {
            let state = basis.topics[&topic];
            draft.seen.insert(topic, state);
            let earlier = draft.events.iter().filter(|event| event.topic == topic);
            let seq = state.seq + 1 + earlier.count() as u64;
            let event = seed::event(id);
            draft.events.push(Recorded { topic, seq, event });
        }
    }
    draft
}

async fn basis(store: &SharedStore) -> Checked<Basis> {
    Ok(store.posting(&[]).await?.basis(&wanted()).await?)
}

/// Posts to channel 21 of that world, one message after the other.
pub async fn post_each(store: &SharedStore, ids: Range<u64>) -> Checked {
    for id in ids {
        let mut posting = store.posting(&[]).await?;
        let draft = draft(&posting.basis(&wanted()).await?, id, &[21]);
        assert!(posting.post(draft).await?.is_some());
    }
    Ok(())
}

async fn seqs(store: &SharedStore, topic: Topic) -> Checked<Vec<u64>> {
    let entries = store.events(topic, 0, 1000).await?;
    Ok(entries.iter().map(|entry| entry.seq).collect())
}

/// A basis has those of the topics, chats, authors and keys that exist.
pub async fn a_basis_has_what_exists(store: SharedStore) -> Checked {
    world(&store).await?;
    seed::record(&store, ADA, &[1, 2]).await?;
    let row = seed::keyed(builders::message(21, 100, 1, 1), key(21, 7));
    seed::insert_new(&store, &[row]).await?;
    let mut tx = store.begin(&[COMMUNITY]).await?;
    let epoch = tx.raise_epoch(COMMUNITY);
    tx.commit().await?;

    let basis = basis(&store).await?;
    let state = |seq, epoch| TopicState { seq, epoch };
    let topics = [
        (COMMUNITY, state(0, epoch)),
        (ADA, state(2, 0)),
        (BOB, state(0, 0)),
    ];
    assert_eq!(basis.topics, topics.into());
    let mut chats: Vec<Chat> = basis.chats.into_values().collect();
    chats.sort_by_key(|chat| chat.id);
    let mut expected = Vec::new();
    for chat in [21, 22, 30] {
        expected.push(seed::get_chat(&store, chat).await?);
    }
    assert_eq!(chats, expected);
    let authors = [1, 2].map(|id| (UserId(id), builders::user(id)));
    assert_eq!(basis.authors, authors.into());
    assert_eq!(basis.sent, [(key(21, 7), MessageId(100))].into());
    Ok(())
}

/// A draft is written with all that it moves, in several chats and topics, and gives its events back.
pub async fn a_draft_is_written(store: SharedStore) -> Checked {
    world(&store).await?;
    let mut posting = store.posting(&[]).await?;
    let draft = draft(&posting.basis(&wanted()).await?, 100, &[21, 30, 22]);
    let recorded = posting.post(draft.clone()).await?;
    assert_eq!(recorded, Some(draft.events));
    assert_eq!(seqs(&store, COMMUNITY).await?, [1, 2]);
    assert_eq!(seqs(&store, ADA).await?, [1]);
    assert_eq!(seqs(&store, BOB).await?, [1]);
    let basis = basis(&store).await?;
    assert_eq!(basis.topics[&COMMUNITY].seq, 2);
    for (chat, id) in [(21, 100), (30, 101), (22, 102)] {
        assert_eq!(basis.chats[&ChatId(chat)].highest_id, id);
        assert_eq!(basis.chats[&ChatId(chat)].last_ordinal, 1);
        let sent = [(key(chat, id), MessageId(id))];
        assert_eq!(store.read().await?.sent(&[sent[0].0]).await?, sent);
        assert_eq!(seed::get_place(&store, 1, chat).await?.read.ordinal, 1);
    }
    assert_eq!(seed::list_of(&store, 2).await?, [30]);
    Ok(())
}

/// Where one topic has moved since, nothing is written of any: neither after an event nor after another epoch.
pub async fn a_draft_that_was_overtaken_leaves_nothing(store: SharedStore) -> Checked {
    world(&store).await?;
    for round in 0..2 {
        let before = basis(&store).await?;
        let late = draft(&before, 100, &[21, 30]);
        let mut tx = store.begin(&[COMMUNITY]).await?;
        if round == 0 {
            tx.record(COMMUNITY, seed::event(1));
        } else {
            tx.raise_epoch(COMMUNITY);
        }
        tx.commit().await?;
        let moved = basis(&store).await?;

        let mut posting = store.posting(&[]).await?;
        posting.basis(&wanted()).await?;
        assert_eq!(posting.post(late).await?, None);
        assert_eq!(basis(&store).await?, moved);
        assert_eq!(seqs(&store, ADA).await?, Vec::<u64>::new());
    }
    Ok(())
}

/// Of messages that need no look, nothing is written if one was sent already.
pub async fn a_draft_that_was_sent_already_leaves_nothing(store: SharedStore) -> Checked {
    world(&store).await?;
    let row = seed::keyed(builders::message(21, 100, 1, 1), key(21, 102));
    seed::insert_new(&store, &[row]).await?;
    let before = basis(&store).await?;
    let posting = store.posting(&[]).await?;
    let again = draft(&before, 101, &[22, 21]);
    assert_eq!(posting.post(again).await?, None);
    assert_eq!(basis(&store).await?, before);
    let posting = store.posting(&[]).await?;
    let another = draft(&before, 201, &[22, 21]);
    assert!(posting.post(another).await?.is_some());
    Ok(())
}

/// Topics that are held stay where they are.
pub async fn a_held_topic_is_not_overtaken(store: SharedStore) -> Checked {
    world(&store).await?;
    let mut posting = store.posting(&[COMMUNITY]).await?;
    let draft = draft(&posting.basis(&wanted()).await?, 100, &[21]);
    let other = {
        let store = store.clone();
        tokio::spawn(async move { seed::record(&store, COMMUNITY, &[1]).await.is_ok() })
    };
    assert!(posting.post(draft).await?.is_some());
    assert!(other.await?);
    assert_eq!(seqs(&store, COMMUNITY).await?, [1, 2]);
    Ok(())
}

/// A posting that is dropped leaves nothing, and gives its topics free.
pub async fn a_dropped_posting_leaves_nothing(store: SharedStore) -> Checked {
    world(&store).await?;
    let mut posting = store.posting(&[COMMUNITY]).await?;
    posting.basis(&wanted()).await?;
    drop(posting);
    let recorded = seed::record(&store, COMMUNITY, &[1]).await?;
    assert_eq!(recorded.first().map(|recorded| recorded.seq), Some(1));
    Ok(())
}

/// Those who post at once get numbers and ordinals without gaps, whoever has to look again.
pub async fn those_who_post_at_once_leave_no_gaps(store: SharedStore) -> Checked {
    world(&store).await?;
    let tasks = (0..TASKS).map(|task| post_often(&store, task));
    try_join_all(tasks).await?;
    let all: Vec<u64> = (1..=TASKS * ROUNDS).collect();
    assert_eq!(seqs(&store, COMMUNITY).await?, all);
    let mut reader = store.read().await?;
    let page = reader
        .history(ChatId(21), HistoryPage::Newest, 1000)
        .await?;
    let ordinals: Vec<u64> = page.iter().rev().map(|message| message.ordinal).collect();
    assert_eq!(ordinals, all);
    Ok(())
}

async fn post_often(store: &SharedStore, task: u64) -> Checked {
    let mut posted = 0;
    while posted < ROUNDS {
        // Every other time for sure.
        let held: &[Topic] = if (task + posted).is_multiple_of(2) {
            &[COMMUNITY]
        } else {
            &[]
        };
        let mut posting = store.posting(held).await?;
        let basis = posting.basis(&wanted()).await?;
        let id = basis.chats[&ChatId(21)].highest_id + 1;
        let written = posting.post(draft(&basis, id, &[21])).await?;
        assert!(written.is_some() || held.is_empty());
        posted += u64::from(written.is_some());
    }
    Ok(())
}
