//! The contract of pins, and of what users want to hear of a chat.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{ChatId, MessageId, NotifPrefs, Topic, UserId};

async fn pin(store: &SharedStore, id: u64, pin: Option<u64>) -> Checked {
    let mut tx = store
        .begin(&builders::direct(30, 1, 2).kind.topics())
        .await?;
    let found = tx.messages(ChatId(30), &[MessageId(id)]).await?;
    tx.set_pin(&found[0], pin).await?;
    tx.commit().await?;
    Ok(())
}

async fn pinned(store: &SharedStore) -> Checked<Vec<u64>> {
    let mut reader = store.read().await?;
    let found = reader.pinned(ChatId(30), 10).await?;
    assert!(found.iter().all(|message| message.pinned));
    let count = reader.count_pinned(ChatId(30)).await?;
    assert_eq!(count as usize, found.len());
    Ok(found.iter().map(|message| message.id.0).collect())
}

async fn a_chat(store: &SharedStore) -> Checked {
    seed::users(store, [1, 2]).await?;
    seed::direct(store, 30, 1, 2).await?;
    seed::direct(store, 31, 1, 1).await?;
    seed::messages(store, 30, 1, [100, 101, 102]).await
}

/// Pins stand in the order of their pinning, the last first, up to a limit; a message says itself that it is pinned.
pub async fn the_last_pinned_comes_first(store: SharedStore) -> Checked {
    a_chat(&store).await?;
    for (id, at) in [(101, 500), (100, 501), (102, 502)] {
        pin(&store, id, Some(at)).await?;
    }
    assert_eq!(pinned(&store).await?, [102, 100, 101]);
    let first = store.read().await?.pinned(ChatId(30), 1).await?;
    assert_eq!(first[0].id, MessageId(102));
    pin(&store, 102, None).await?;
    pin(&store, 101, Some(503)).await?;
    assert_eq!(pinned(&store).await?, [101, 100]);
    let messages = store
        .read()
        .await?
        .messages(ChatId(30), &[MessageId(102)])
        .await?;
    assert!(!messages[0].pinned);
    assert_eq!(store.read().await?.pinned(ChatId(31), 10).await?, []);
    Ok(())
}

/// A message that is gone is not pinned.
pub async fn a_pin_goes_with_its_message(store: SharedStore) -> Checked {
    a_chat(&store).await?;
    pin(&store, 100, Some(500)).await?;
    pin(&store, 101, Some(501)).await?;
    seed::delete(&store, 30, [101]).await?;
    assert_eq!(pinned(&store).await?, [100]);
    Ok(())
}

/// What a user wants to hear of a chat is theirs alone; of a channel, it ends with the membership.
pub async fn preferences_of_a_chat_are_kept(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::community(&store, 20, 1, [31]).await?;
    seed::join(&store, 20, 2, 2).await?;
    for (chat, before) in [(30, NotifPrefs::All), (31, NotifPrefs::Default)] {
        for prefs in [NotifPrefs::None, NotifPrefs::Mentions] {
            let found = seed::get_chat(&store, chat).await?;
            let mut tx = store.begin(&[Topic::User(UserId(2))]).await?;
            tx.set_notif_prefs(UserId(2), &found, prefs).await?;
            tx.commit().await?;
            let place = seed::get_place(&store, 2, chat).await?;
            assert_eq!(place.notif_prefs, prefs);
            let other = seed::get_place(&store, 1, chat).await?;
            assert_eq!(other.notif_prefs, before);
        }
    }
    seed::leave(&store, 20, 2).await?;
    let place = seed::get_place(&store, 2, 31).await?;
    assert_eq!(place.notif_prefs, NotifPrefs::Default);
    Ok(())
}
