//! The contract of counting anew.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{ChatId, Message, MessageId, UserId};
use osmium_ports::store::NewMessage;

async fn off(store: &SharedStore) -> Checked<Vec<ChatId>> {
    let ids = [ChatId(30), ChatId(31), ChatId(32)];
    Ok(store.read().await?.miscounted(&ids).await?)
}

async fn recount(store: &SharedStore, chat: u64) -> Checked {
    let topics = seed::get_chat(store, chat).await?.kind.topics();
    let mut tx = store.begin(&topics).await?;
    tx.recount(ChatId(chat)).await?;
    tx.commit().await?;
    Ok(())
}

/// What is written by the ways there are is never off, and counting it anew changes nothing.
pub async fn what_is_right_is_not_off(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::direct(&store, 31, 1, 1).await?;
    seed::community(&store, 20, 1, [32]).await?;
    assert_eq!(off(&store).await?, []);
    for chat in [30, 31, 32] {
        seed::messages(&store, chat, 1, [chat + 70, chat + 80, chat + 90]).await?;
        seed::delete(&store, chat, [chat + 90]).await?;
    }
    seed::read(&store, 2, 30, 1).await?;
    assert_eq!(off(&store).await?, []);
    let before = seed::get_place(&store, 2, 30).await?;
    recount(&store, 30).await?;
    assert_eq!(seed::get_place(&store, 2, 30).await?, before);
    Ok(())
}

/// Ordinals that belong to no message are deleted ones'; a pin that is none is taken away; the rest follows from the messages.
pub async fn what_is_off_is_put_right(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    // Three ordinals are nobody's, and the message says that it is pinned.
    let odd = Message {
        pinned: true,
        ..builders::message(30, 100, 4, 1)
    };
    let new = NewMessage {
        mentions: vec![UserId(2)],
        ..NewMessage::plain(odd)
    };
    seed::insert_new(&store, &[new]).await?;
    seed::read(&store, 1, 30, 9).await?;
    assert_eq!(off(&store).await?, [ChatId(30)]);
    recount(&store, 30).await?;
    assert_eq!(off(&store).await?, []);
    let place = seed::get_place(&store, 2, 30).await?;
    assert_eq!((place.unread, place.mentions), (1, 1));
    assert_eq!(seed::get_place(&store, 1, 30).await?.read.ordinal, 4);
    let mut reader = store.read().await?;
    let found = reader.messages(ChatId(30), &[MessageId(100)]).await?;
    assert!(!found[0].pinned);
    Ok(())
}

/// All chats are found by their ids, page by page.
pub async fn all_chats_are_passed_by_id(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 31, 1, 1).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::community(&store, 20, 1, [32]).await?;
    let mut reader = store.read().await?;
    let mut after = ChatId(0);
    for expected in [[30, 31].as_slice(), &[32], &[]] {
        let chats = reader.chats_after(after, 2).await?;
        let ids: Vec<_> = chats.iter().map(|chat| chat.id.0).collect();
        assert_eq!(ids, expected);
        after = chats.last().map_or(after, |chat| chat.id);
    }
    Ok(())
}
