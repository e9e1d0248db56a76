//! The contract of messages: what is written, read, edited and deleted.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use osmium_model::event::DeletedMessage;
use osmium_model::{
    BotInfo, Button, ButtonAction, Chat, ChatId, Cloak, EmojiId, Entity, EntityKind, FileId,
    Message, MessageId, MessageKind, Quote, Reply, UserId,
};
use osmium_ports::store::HistoryPage;

const ADA: UserId = UserId(1);
const CHAT: ChatId = ChatId(30);

/// A direct chat of two users, with messages.
async fn a_chat<const N: usize>(store: &SharedStore, ids: [u64; N]) -> Checked {
    seed::users(store, [1, 2]).await?;
    seed::direct(store, 30, 1, 2).await?;
    seed::messages(store, 30, 1, ids).await
}

fn ids(messages: &[Message]) -> Vec<u64> {
    messages.iter().map(|message| message.id.0).collect()
}

fn entities() -> Vec<Entity> {
    let kinds = [
        EntityKind::Bold,
        EntityKind::Pre {
            language: Some("rust".to_owned()),
        },
        EntityKind::Pre { language: None },
        EntityKind::TextUrl("https://example.org/?q=\"ä\"".to_owned()),
        EntityKind::CustomEmoji(EmojiId(u64::MAX >> 1)),
        EntityKind::UserMention,
    ];
    let entity = |(start, kind)| Entity {
        start,
        length: u32::MAX,
        kind,
    };
    (0..).zip(kinds).map(entity).collect()
}

fn bot_info() -> BotInfo {
    let actions = [
        ButtonAction::Url("https://example.org/?q=\"ä\"".to_owned()),
        ButtonAction::Interaction("{\"a\": 1}".to_owned()),
        ButtonAction::Clipboard(String::new()),
    ];
    let button = |action| Button {
        label: "„label“".to_owned(),
        action,
    };
    BotInfo {
        cloak: Some(Cloak {
            name: "Wétter".to_owned(),
            photo_id: Some(FileId(u64::MAX >> 1)),
        }),
        rows: actions.map(|action| vec![button(action)]).into(),
    }
}

fn full_message() -> Message {
    Message {
        text: "Grüße 👩‍👩‍👧‍👦\r\n\tعربي \u{feff} ' \" \\ % _ $1 ?".to_owned(),
        entities: entities(),
        reply: Some(Reply {
            message_id: MessageId(100),
            author_id: ADA,
            quote: Some(Quote {
                text: "„quoted“".to_owned(),
                entities: entities(),
                offset: Some(u64::from(u32::MAX) + 1),
            }),
        }),
        forwarded: Some(NOON),
        bot: Some(bot_info()),
        edited_at: Some(NOON),
        pinned: true,
        ..builders::message(30, u64::MAX >> 1, 2, 2)
    }
}

/// A message is read as it was written, whatever is in it.
pub async fn a_message_is_read_as_written(store: SharedStore) -> Checked {
    a_chat(&store, [100]).await?;
    let full = full_message();
    seed::insert(&store, std::slice::from_ref(&full)).await?;
    let mut reader = store.read().await?;
    assert_eq!(
        reader.history(CHAT, HistoryPage::Newest, 9).await?,
        [full.clone(), builders::message(30, 100, 1, 1)]
    );
    assert_eq!(reader.messages(CHAT, &[full.id]).await?, [full]);
    Ok(())
}

/// Every kind of message, an empty text and a very long one are kept.
pub async fn kinds_and_long_texts_are_kept(store: SharedStore) -> Checked {
    a_chat(&store, []).await?;
    let with = |ordinal, kind, text| Message {
        kind,
        text,
        ..builders::message(30, 100 + ordinal, ordinal, 1)
    };
    let messages = [
        with(1, MessageKind::Normal, "🦊".repeat(100_000)),
        with(2, MessageKind::Call, String::new()),
        with(3, MessageKind::Join, String::new()),
        with(4, MessageKind::Leave, "x".to_owned()),
    ];
    seed::insert(&store, &messages).await?;
    let mut history = store
        .read()
        .await?
        .history(CHAT, HistoryPage::Newest, 9)
        .await?;
    history.reverse();
    assert!(history == messages, "a message changed on its way");
    Ok(())
}

/// Of the messages asked for, those that stand in this chat are given.
pub async fn messages_are_those_of_the_chat(store: SharedStore) -> Checked {
    a_chat(&store, [100, 102]).await?;
    seed::direct(&store, 31, 1, 1).await?;
    seed::messages(&store, 31, 1, [101]).await?;
    let mut reader = store.read().await?;
    let asked = [102, 101, 999, 100].map(MessageId);
    let mut messages = reader.messages(CHAT, &asked).await?;
    messages.sort_by_key(|message| message.id);
    assert_eq!(ids(&messages), [100, 102]);
    assert_eq!(reader.messages(CHAT, &[]).await?, []);
    assert_eq!(reader.messages(ChatId(99), &asked).await?, []);

    let pairs = [(30, 100), (31, 101), (30, 101), (31, 100), (99, 100)];
    let pairs = pairs.map(|(chat, message)| (ChatId(chat), MessageId(message)));
    let mut messages = reader.messages_by_chat(&pairs).await?;
    messages.sort_by_key(|message| message.id);
    assert_eq!(
        messages,
        [
            builders::message(30, 100, 1, 1),
            builders::message(31, 101, 1, 1)
        ]
    );
    assert_eq!(reader.messages_by_chat(&[]).await?, []);
    Ok(())
}

/// A page of history holds what its form says, the newest first, and at most `limit` messages.
pub async fn history_comes_in_four_forms(store: SharedStore) -> Checked {
    use HistoryPage::{Around, Before, Newest, Since};
    a_chat(&store, [10, 20, 30, 40, 50, 60, 70]).await?;
    seed::direct(&store, 31, 1, 1).await?;
    seed::messages(&store, 31, 1, [35, 80]).await?;
    seed::delete(&store, 30, [40]).await?;
    let mut reader = store.read().await?;
    for (page, limit, expected) in [
        (Newest, 9, vec![70, 60, 50, 30, 20, 10]),
        (Newest, 2, vec![70, 60]),
        (Before(MessageId(50)), 2, vec![30, 20]),
        (Before(MessageId(45)), 9, vec![30, 20, 10]),
        (Before(MessageId(10)), 9, vec![]),
        (Before(MessageId(u64::MAX >> 1)), 1, vec![70]),
        (Since(MessageId(20)), 2, vec![50, 30]),
        (Since(MessageId(25)), 9, vec![70, 60, 50, 30]),
        (Since(MessageId(0)), 2, vec![20, 10]),
        (Since(MessageId(70)), 9, vec![]),
        (Around(MessageId(50)), 1, vec![50]),
        (Around(MessageId(50)), 2, vec![50, 30]),
        (Around(MessageId(50)), 4, vec![60, 50, 30, 20]),
        (Around(MessageId(50)), 5, vec![70, 60, 50, 30, 20]),
        (Around(MessageId(40)), 2, vec![50, 30]),
        (Around(MessageId(45)), 4, vec![60, 50, 30, 20]),
        (Around(MessageId(10)), 4, vec![20, 10]),
        (Around(MessageId(70)), 4, vec![70, 60, 50]),
        (Around(MessageId(99)), 4, vec![70, 60]),
    ] {
        let history = reader.history(CHAT, page, limit).await?;
        assert_eq!(ids(&history), expected, "{page:?}, limit {limit}");
    }
    let nowhere = reader.history(ChatId(99), Newest, 9).await?;
    assert_eq!(nowhere, []);
    Ok(())
}

/// New messages move the counters of their chats, several at a time and in several chats.
pub async fn new_messages_move_the_counters(store: SharedStore) -> Checked {
    a_chat(&store, [100]).await?;
    let saved = seed::direct(&store, 31, 1, 1).await?;
    let chat = seed::get_chat(&store, 30).await?;
    let expected = Chat {
        last_ordinal: 1,
        last_message_id: Some(MessageId(100)),
        highest_id: 100,
        ..builders::direct(30, 1, 2)
    };
    assert_eq!(chat, expected);

    let messages = [
        builders::message(30, 101, 2, 1),
        builders::message(31, 103, 1, 1),
        builders::message(30, 104, 3, 2),
    ];
    seed::insert(&store, &messages).await?;
    let moved = |chat, last_ordinal, last| Chat {
        last_ordinal,
        last_message_id: Some(MessageId(last)),
        highest_id: last,
        ..chat
    };
    assert_eq!(seed::get_chat(&store, 30).await?, moved(expected, 3, 104));
    assert_eq!(seed::get_chat(&store, 31).await?, moved(saved, 1, 103));
    let ordinals = [(1, 2), (2, 0)].map(|(user, unread)| (UserId(user), unread));
    for (user, unread) in ordinals {
        let place = seed::get_place(&store, user.0, 30).await?;
        assert_eq!(place.unread, unread - u32::from(user == ADA), "{user:?}");
    }
    Ok(())
}

/// An edit replaces text, entities, reply, edit time and what a bot attached, there and back, of that message alone; its pin
/// stays.
pub async fn an_edit_replaces_what_can_change(store: SharedStore) -> Checked {
    a_chat(&store, [100, 101]).await?;
    let plain = builders::message(30, 101, 2, 1);
    let edited = Message {
        id: plain.id,
        author_id: plain.author_id,
        ..full_message()
    };
    let topics = builders::direct(30, 1, 2).kind.topics();
    let mut tx = store.begin(&topics).await?;
    tx.set_pin(&plain, Some(500)).await?;
    tx.commit().await?;
    for message in [edited, plain] {
        let mut tx = store.begin(&topics).await?;
        tx.update_message(&message).await?;
        tx.commit().await?;
        let mut reader = store.read().await?;
        let expected = Message {
            pinned: true,
            ..message
        };
        let found = reader.messages(CHAT, &[expected.id]).await?;
        assert_eq!(found, [expected]);
        let other = reader.messages(CHAT, &[MessageId(100)]).await?;
        assert_eq!(other, [builders::message(30, 100, 1, 1)]);
    }
    Ok(())
}

/// A deletion tells which of the messages stood in the chat; a second one finds nothing.
pub async fn a_deletion_tells_what_there_was(store: SharedStore) -> Checked {
    a_chat(&store, [100, 101, 102, 103]).await?;
    seed::direct(&store, 31, 1, 1).await?;
    seed::messages(&store, 31, 1, [110]).await?;
    let mut deleted = seed::delete(&store, 30, [103, 110, 999, 101]).await?;
    deleted.sort_by_key(|message| message.id);
    let gone = |id, ordinal| DeletedMessage {
        id: MessageId(id),
        ordinal,
    };
    assert_eq!(deleted, [gone(101, 2), gone(103, 4)]);
    assert_eq!(seed::delete(&store, 30, [103, 101]).await?, []);
    assert_eq!(seed::delete(&store, 30, []).await?, []);
    let mut reader = store.read().await?;
    let history = reader.history(CHAT, HistoryPage::Newest, 9).await?;
    assert_eq!(ids(&history), [102, 100]);
    let other = reader.messages(ChatId(31), &[MessageId(110)]).await?;
    assert_eq!(other.len(), 1);
    Ok(())
}

/// A deletion moves the latest message back; ordinals and the highest id stay taken.
pub async fn a_deletion_leaves_its_numbers_taken(store: SharedStore) -> Checked {
    a_chat(&store, [100, 101, 102]).await?;
    let before = seed::get_chat(&store, 30).await?;
    for (delete, last) in [(101, Some(102)), (102, Some(100)), (100, None)] {
        seed::delete(&store, 30, [delete]).await?;
        let expected = Chat {
            last_message_id: last.map(MessageId),
            ..before
        };
        assert_eq!(seed::get_chat(&store, 30).await?, expected);
    }
    seed::messages(&store, 30, 1, [103]).await?;
    let mut reader = store.read().await?;
    let message = reader.messages(CHAT, &[MessageId(103)]).await?;
    assert_eq!(message, [builders::message(30, 103, 4, 1)]);
    Ok(())
}
