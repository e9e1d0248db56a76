//! The contract of mentions.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{ChatId, Message, MessageId, UserId};
use osmium_ports::store::{Draft, NewMessage, Wanted};
use std::collections::BTreeSet;

const ADA: UserId = UserId(1);
const BOB: UserId = UserId(2);
const CHAT: ChatId = ChatId(30);

fn mentioning(message: Message, users: &[u64]) -> NewMessage {
    NewMessage {
        mentions: users.iter().copied().map(UserId).collect(),
        ..NewMessage::plain(message)
    }
}

/// A direct chat in which Ada mentions Bob in two of three messages.
async fn a_chat(store: &SharedStore) -> Checked {
    seed::users(store, [1, 2]).await?;
    seed::direct(store, 30, 1, 2).await?;
    let sent = [
        mentioning(builders::message(30, 100, 1, 1), &[2]),
        mentioning(builders::message(30, 101, 2, 1), &[]),
        mentioning(builders::message(30, 102, 3, 1), &[2, 3]),
    ];
    seed::insert_new(store, &sent).await
}

async fn unread(store: &SharedStore, user: UserId, chat: ChatId) -> Checked<Vec<u64>> {
    let read = seed::get_place(store, user.0, chat.0).await?.read.ordinal;
    let mut reader = store.read().await?;
    let ids = reader.mentions_after(user, chat, read, 100).await?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

async fn counted(store: &SharedStore, user: u64, chat: u64) -> Checked<u32> {
    Ok(seed::get_place(store, user, chat).await?.mentions)
}

/// Unread mentions are those after a reader's position: in lists, in places, and one by one.
pub async fn mentions_are_counted_after_the_reader_s_position(store: SharedStore) -> Checked {
    a_chat(&store).await?;
    assert_eq!(unread(&store, BOB, CHAT).await?, [102, 100]);
    assert_eq!(unread(&store, ADA, CHAT).await?, [0; 0]);
    assert_eq!(counted(&store, 2, 30).await?, 2);
    assert_eq!(counted(&store, 1, 30).await?, 0);
    let newest = store.read().await?.mentions_after(BOB, CHAT, 0, 1).await?;
    assert_eq!(newest, [MessageId(102)]);
    seed::read(&store, 2, 30, 1).await?;
    assert_eq!(unread(&store, BOB, CHAT).await?, [102]);
    assert_eq!(counted(&store, 2, 30).await?, 1);
    seed::read(&store, 2, 30, 3).await?;
    assert_eq!(unread(&store, BOB, CHAT).await?, [0; 0]);
    Ok(())
}

/// What a channel has of them stands beside its unread messages.
pub async fn mentions_of_channels_are_counted(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 1, [31]).await?;
    seed::join(&store, 20, 2, 2).await?;
    let sent = [
        mentioning(builders::message(31, 100, 1, 1), &[2]),
        mentioning(builders::message(31, 101, 2, 1), &[]),
    ];
    seed::insert_new(&store, &sent).await?;
    let rows = store.read().await?.unread_channels(BOB).await?;
    let counts: Vec<_> = rows
        .iter()
        .map(|row| (row.messages, row.mentions))
        .collect();
    assert_eq!(counts, [(2, 1)]);
    assert_eq!(counted(&store, 2, 31).await?, 1);
    Ok(())
}

/// Who joined later is not mentioned by what was there before.
pub async fn members_are_mentioned_from_where_they_joined(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 1, [31]).await?;
    let before = mentioning(builders::message(31, 100, 1, 1), &[2]);
    seed::insert_new(&store, &[before]).await?;
    seed::join(&store, 20, 2, 150).await?;
    assert_eq!(counted(&store, 2, 31).await?, 0);
    assert_eq!(unread(&store, BOB, ChatId(31)).await?, [0; 0]);
    let after = mentioning(builders::message(31, 200, 2, 1), &[2]);
    seed::insert_new(&store, &[after]).await?;
    assert_eq!(counted(&store, 2, 31).await?, 1);
    assert_eq!(unread(&store, BOB, ChatId(31)).await?, [200]);
    Ok(())
}

/// An edit may take mentions away, keep them and add some.
pub async fn mentions_are_replaced(store: SharedStore) -> Checked {
    a_chat(&store).await?;
    let message = builders::message(30, 102, 3, 1);
    let topics = builders::direct(30, 1, 2).kind.topics();
    for users in [&[UserId(3), UserId(4)][..], &[UserId(4)], &[], &[BOB]] {
        let mut tx = store.begin(&topics).await?;
        tx.set_mentions(&message, users).await?;
        tx.commit().await?;
        let asked = [(CHAT, MessageId(102))];
        let found = store.read().await?.mentioned_in(&asked).await?;
        let found: BTreeSet<UserId> = found.into_iter().collect();
        assert_eq!(found, users.iter().copied().collect());
        let of_bob = if users.contains(&BOB) {
            vec![102, 100]
        } else {
            vec![100]
        };
        assert_eq!(unread(&store, BOB, CHAT).await?, of_bob);
    }
    Ok(())
}

/// A message that is gone mentions nobody.
pub async fn mentions_go_with_their_message(store: SharedStore) -> Checked {
    a_chat(&store).await?;
    seed::delete(&store, 30, [102]).await?;
    assert_eq!(unread(&store, BOB, CHAT).await?, [100]);
    assert_eq!(counted(&store, 2, 30).await?, 1);
    let asked = [100, 101, 102].map(|id| (CHAT, MessageId(id)));
    let found = store.read().await?.mentioned_in(&asked).await?;
    assert_eq!(found, [BOB]);
    assert_eq!(store.read().await?.mentioned_in(&[]).await?, []);
    Ok(())
}

/// What is posted mentions as well.
pub async fn a_draft_mentions(store: SharedStore) -> Checked {
    a_chat(&store).await?;
    let chat = seed::get_chat(&store, 30).await?;
    let topics = chat.kind.topics();
    let mut posting = store.posting(&topics).await?;
    let wanted = Wanted {
        topics: topics.iter().copied().collect(),
        ..Wanted::default()
    };
    let basis = posting.basis(&wanted).await?;
    let draft = Draft {
        seen: basis.topics.into_iter().collect(),
        messages: vec![mentioning(builders::message(30, 103, 4, 2), &[1])],
        at: builders::NOON,
        ..Draft::default()
    };
    assert!(posting.post(draft).await?.is_some());
    assert_eq!(unread(&store, ADA, CHAT).await?, [103]);
    Ok(())
}
