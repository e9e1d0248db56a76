//! The contract of the keys under which messages are sent, which make a repeated send harmless.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use osmium_model::{ChatId, MessageId, UserId};
use osmium_ports::store::{Idempotency, NewMessage};

fn key(author: u64, chat: u64, client_id: u64) -> Idempotency {
    Idempotency {
        author_id: UserId(author),
        chat_id: ChatId(chat),
        client_id,
    }
}

/// A message is found again by the key under which it was sent, all 64 bits of it.
pub async fn a_message_is_found_by_its_key(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::direct(&store, 31, 1, 1).await?;
    let rows = [
        seed::keyed(builders::message(30, 100, 1, 1), key(1, 30, u64::MAX)),
        seed::keyed(builders::message(30, 101, 2, 2), key(2, 30, u64::MAX)),
        seed::keyed(builders::message(30, 102, 3, 1), key(1, 30, 0)),
        NewMessage::plain(builders::message(30, 103, 4, 1)),
        seed::keyed(builders::message(31, 104, 1, 1), key(1, 31, 1 << 63)),
    ];
    seed::insert_new(&store, &rows).await?;
    let mut reader = store.read().await?;
    let asked = [
        key(1, 30, u64::MAX),
        key(1, 31, 1 << 63),
        key(1, 30, 0),
        key(1, 31, u64::MAX),
        key(2, 30, 0),
        key(1, 30, 1),
    ];
    let mut sent = reader.sent(&asked).await?;
    sent.sort_by_key(|(_, message)| *message);
    assert_eq!(
        sent,
        [
            (asked[0], MessageId(100)),
            (asked[2], MessageId(102)),
            (asked[1], MessageId(104)),
        ]
    );
    assert_eq!(reader.sent(&[]).await?, []);
    Ok(())
}

/// A key is seen in its own transaction, and outlives its message.
pub async fn a_key_outlives_its_message(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    let sent_key = key(1, 30, 7);
    let row = seed::keyed(builders::message(30, 100, 1, 1), sent_key);
    let mut tx = store
        .begin(&builders::direct(30, 1, 2).kind.topics())
        .await?;
    tx.insert_messages(&[row], NOON).await?;
    let found = [(sent_key, MessageId(100))];
    assert_eq!(tx.sent(&[sent_key]).await?, found);
    tx.commit().await?;
    seed::delete(&store, 30, [100]).await?;
    assert_eq!(store.read().await?.sent(&[sent_key]).await?, found);
    Ok(())
}
