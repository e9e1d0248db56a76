//! The contract of chats and of the lists they stand in.

use super::{SharedStore, seed, taken};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{
    ChatId, ChatKind, ChatPlace, Message, MessageId, MessageKind, NotifPrefs, ReadState, UserId,
};
use osmium_ports::StoreError;
use osmium_ports::store::ChatPage;

const ADA: UserId = UserId(1);

/// Chats are read as they were written, and found by those who share them, whichever way round.
pub async fn a_chat_is_read_as_written(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    let big = u64::MAX >> 1;
    let direct = seed::direct(&store, big, 2, 1).await?;
    let saved = seed::direct(&store, 31, 1, 1).await?;

    let mut reader = store.read().await?;
    let mut chats = reader.chats(&[ChatId(99), ChatId(31), ChatId(big)]).await?;
    chats.sort_by_key(|chat| chat.id);
    assert_eq!(chats, [saved, direct]);
    assert_eq!(reader.chats(&[]).await?, []);
    let between = |a, b| ChatKind::between(UserId(a), UserId(b));
    for (kind, expected) in [
        (between(1, 2), Some(direct)),
        (between(2, 1), Some(direct)),
        (between(1, 1), Some(saved)),
        (between(2, 2), None),
        (between(1, 3), None),
    ] {
        assert_eq!(reader.find_chat(kind).await?, expected, "{kind:?}");
    }
    Ok(())
}

/// Two users have one direct chat, and one user one chat of saved messages.
pub async fn a_pair_has_one_direct_chat(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::direct(&store, 31, 1, 1).await?;
    for chat in [builders::direct(40, 2, 1), builders::direct(41, 1, 1)] {
        let mut tx = store.begin(&chat.kind.topics()).await?;
        let again = tx.insert_chat(&chat).await;
        taken(again, StoreError::DIRECT);
    }
    seed::direct(&store, 42, 1, 3).await?;
    seed::direct(&store, 43, 2, 2).await?;
    Ok(())
}

/// A chat stands in the lists of its users once it has a message: unread nothing before, notifying of everything.
pub async fn a_chat_stands_in_the_lists_of_its_users(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    let direct = seed::direct(&store, 30, 1, 2).await?;
    seed::direct(&store, 31, 1, 1).await?;
    assert!(seed::list_of(&store, 1).await?.is_empty());
    let expected = ChatPlace {
        mentions: 0,
        chat: direct,
        read: ReadState::default(),
        unread: 0,
        notif_prefs: NotifPrefs::All,
    };
    assert_eq!(seed::get_place(&store, 1, 30).await?, expected);
    seed::messages(&store, 30, 2, [100]).await?;
    seed::messages(&store, 31, 1, [101]).await?;
    assert_eq!(seed::list_of(&store, 1).await?, [31, 30]);
    assert_eq!(seed::list_of(&store, 2).await?, [30]);
    assert!(seed::list_of(&store, 3).await?.is_empty());
    Ok(())
}

/// Channels stand in nobody's list.
pub async fn channels_stand_in_no_list(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, [30]).await?;
    seed::messages(&store, 30, 1, [100]).await?;
    assert!(seed::list_of(&store, 1).await?.is_empty());
    Ok(())
}

/// The chat with the newest message is first. A group without messages stands where its own id puts it; other chats without
/// any are not listed.
pub async fn the_newest_message_comes_first(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4]).await?;
    seed::direct(&store, 30, 1, 1).await?;
    seed::direct(&store, 31, 1, 2).await?;
    seed::direct(&store, 32, 1, 3).await?;
    seed::group(&store, 150, [1, 4]).await?;
    seed::messages(&store, 31, 2, [100, 300]).await?;
    seed::messages(&store, 30, 1, [200]).await?;
    assert_eq!(seed::list_of(&store, 1).await?, [31, 30, 150]);
    assert_eq!(seed::list_of(&store, 2).await?, [31]);
    let system = Message {
        kind: MessageKind::Call,
        ..builders::message(32, 400, 1, 3)
    };
    seed::insert(&store, &[system]).await?;
    assert_eq!(seed::list_of(&store, 1).await?, [32, 31, 30, 150]);
    Ok(())
}

/// When its latest message is deleted, a chat moves back to the one before it; without any, it leaves the list.
pub async fn a_deletion_moves_a_chat_back(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::direct(&store, 31, 1, 3).await?;
    seed::messages(&store, 30, 2, [100, 300]).await?;
    seed::messages(&store, 31, 3, [200]).await?;
    assert_eq!(seed::list_of(&store, 1).await?, [30, 31]);
    seed::delete(&store, 30, [300]).await?;
    assert_eq!(seed::list_of(&store, 1).await?, [31, 30]);
    seed::delete(&store, 31, [200]).await?;
    assert_eq!(seed::list_of(&store, 1).await?, [30]);
    seed::delete(&store, 30, [100]).await?;
    assert!(seed::list_of(&store, 1).await?.is_empty());
    Ok(())
}

/// A page holds at most `limit` chats, those older than `before` and newer than `after`.
pub async fn pages_are_bounded_by_messages(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4, 5, 6]).await?;
    for (chat, partner, message) in [
        (30, 1, 250),
        (31, 2, 100),
        (32, 3, 400),
        (33, 4, 200),
        (34, 5, 300),
    ] {
        seed::direct(&store, chat, 1, partner).await?;
        seed::messages(&store, chat, partner, [message]).await?;
    }
    // Where nobody has written takes no place of a page.
    seed::direct(&store, 350, 1, 6).await?;
    let mut reader = store.read().await?;
    for (limit, before, after, expected) in [
        (9, None, None, vec![32, 34, 30, 33, 31]),
        (2, None, None, vec![32, 34]),
        (2, Some(300), None, vec![30, 33]),
        (9, Some(250), None, vec![33, 31]),
        (9, Some(100), None, vec![]),
        (9, None, Some(250), vec![32, 34]),
        (9, None, Some(400), vec![]),
        (9, Some(400), Some(100), vec![34, 30, 33]),
        (2, Some(400), Some(100), vec![34, 30]),
    ] {
        let page = ChatPage {
            limit,
            before,
            after,
        };
        let places = reader.chats_of(ADA, page).await?;
        let ids: Vec<_> = places.iter().map(|place| place.chat.id.0).collect();
        assert_eq!(ids, expected, "{page:?}");
    }
    Ok(())
}

/// A list and the places asked for by id tell the same of a chat.
pub async fn lists_and_places_agree(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    for (chat, partner) in [(30, 1), (31, 2), (32, 3)] {
        seed::direct(&store, chat, 1, partner).await?;
    }
    seed::messages(&store, 30, 1, [100, 101]).await?;
    seed::messages(&store, 31, 2, [110, 111, 112]).await?;
    seed::delete(&store, 31, [111]).await?;
    seed::messages(&store, 32, 3, [120]).await?;
    seed::read(&store, 1, 32, 1).await?;

    let page = ChatPage {
        limit: 9,
        before: None,
        after: None,
    };
    let mut reader = store.read().await?;
    let mut listed = reader.chats_of(ADA, page).await?;
    let asked = [30, 31, 32, 99].map(ChatId);
    let mut places = reader.places(ADA, &asked).await?;
    listed.sort_by_key(|place| place.chat.id);
    places.sort_by_key(|place| place.chat.id);
    assert_eq!(listed, places);
    let unread: Vec<_> = places.iter().map(|place| place.unread).collect();
    assert_eq!(unread, [0, 2, 0]);
    assert_eq!(reader.places(ADA, &[]).await?, []);
    Ok(())
}

/// One message of a chat is featured at a time, until it is deleted.
pub async fn a_message_is_featured_while_it_is_there(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    for chat in [
        seed::direct(&store, 30, 1, 2).await?,
        seed::direct(&store, 31, 1, 1).await?,
    ] {
        seed::messages(&store, chat.id.0, 1, [100, 101, 102]).await?;
        for featured in [None, Some(100), Some(102), Some(102), None, Some(101)] {
            let featured = featured.map(MessageId);
            let mut tx = store.begin(&chat.kind.topics()).await?;
            tx.set_highlighted(chat.id, featured).await?;
            tx.commit().await?;
            assert_eq!(store.read().await?.highlighted(chat.id).await?, featured);
        }
    }
    seed::delete(&store, 30, [100, 101]).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.highlighted(ChatId(30)).await?, None);
    assert_eq!(reader.highlighted(ChatId(31)).await?, Some(MessageId(101)));
    Ok(())
}
