//! The contract of how far chats are read: positions, and unread counts computed from them.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{
    ChatId, CommunityId, Message, MessageId, MessageKind, NotifPrefs, ReadState, Topic,
    UnreadCounter, UserId,
};
use osmium_ports::store::Unread;

const ADA: UserId = UserId(1);
const BOB: UserId = UserId(2);

async fn unread(store: &SharedStore, user: u64, chat: u64) -> Checked<u32> {
    Ok(seed::get_place(store, user, chat).await?.unread)
}

/// A community of Bob with two channels, which Ada joined after three messages of the first.
async fn joined_late(store: &SharedStore) -> Checked {
    seed::users(store, [1, 2, 3]).await?;
    seed::community(store, 20, 2, [30, 31]).await?;
    seed::messages(store, 30, 2, [100, 101, 102]).await?;
    seed::join(store, 20, 1, 200).await
}

/// What one has not read is unread, what one wrote oneself is not.
pub async fn own_messages_are_read(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::messages(&store, 30, 2, [100, 101]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 2);
    assert_eq!(unread(&store, 2, 30).await?, 0);
    seed::messages(&store, 30, 1, [102]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 0);
    assert_eq!(unread(&store, 2, 30).await?, 1);
    let place = seed::get_place(&store, 1, 30).await?;
    assert_eq!(place.read.ordinal, 3);
    Ok(())
}

/// A system message is unread for everyone, also for the one it is about.
pub async fn system_messages_are_unread_for_all(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    let kinds = [MessageKind::Call, MessageKind::Join, MessageKind::Leave];
    for (ordinal, kind) in (1..).zip(kinds) {
        let system = Message {
            kind,
            ..builders::message(30, 100 + ordinal, ordinal, 1)
        };
        seed::insert(&store, &[system]).await?;
    }
    assert_eq!(unread(&store, 1, 30).await?, 3);
    assert_eq!(unread(&store, 2, 30).await?, 3);
    Ok(())
}

/// A deleted message is unread for nobody, whether it was deleted before or after one read past it.
pub async fn deleted_messages_are_not_unread(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::messages(&store, 30, 2, [100, 101, 102, 103, 104]).await?;
    seed::delete(&store, 30, [101, 103]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 3);
    seed::read(&store, 1, 30, 2).await?;
    assert_eq!(unread(&store, 1, 30).await?, 2);
    seed::delete(&store, 30, [100]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 2);
    seed::delete(&store, 30, [102, 104]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 0);
    Ok(())
}

/// Reading moves forward only, and tells where the reader is after it.
pub async fn reading_moves_forward_only(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::messages(&store, 30, 2, [100, 101, 102, 103]).await?;
    let state = |ordinal, message| ReadState {
        ordinal,
        message_id: Some(MessageId(message)),
    };
    for (asked, expected) in [
        (state(2, 101), state(2, 101)),
        (state(1, 100), state(2, 101)),
        (state(2, 999), state(2, 101)),
        (state(4, u64::MAX >> 1), state(4, u64::MAX >> 1)),
    ] {
        let mut tx = store.begin(&[Topic::User(ADA)]).await?;
        assert_eq!(tx.set_read(ADA, ChatId(30), asked).await?, expected);
        tx.commit().await?;
        let place = seed::get_place(&store, 1, 30).await?;
        assert_eq!(place.read, expected, "after {asked:?}");
        assert_eq!(u64::from(place.unread), 4 - expected.ordinal);
    }
    Ok(())
}

/// One who never read a channel begins at the last message before they joined.
pub async fn members_begin_where_they_joined(store: SharedStore) -> Checked {
    joined_late(&store).await?;
    assert_eq!(unread(&store, 1, 30).await?, 0);
    seed::messages(&store, 30, 2, [200, 201]).await?;
    seed::messages(&store, 31, 2, [202]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 2);
    assert_eq!(unread(&store, 1, 31).await?, 1);
    let place = seed::get_place(&store, 1, 30).await?;
    assert_eq!(place.notif_prefs, NotifPrefs::Default);
    seed::read(&store, 1, 30, 4).await?;
    assert_eq!(unread(&store, 1, 30).await?, 1);
    Ok(())
}

/// That what was before one joined is deleted makes nothing unread.
pub async fn deletions_before_joining_do_not_count(store: SharedStore) -> Checked {
    joined_late(&store).await?;
    seed::delete(&store, 30, [102]).await?;
    seed::messages(&store, 30, 2, [201]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 1);
    seed::delete(&store, 30, [100, 101]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 1);
    seed::delete(&store, 30, [201]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 0);
    Ok(())
}

async fn unread_channels(store: &SharedStore, user: UserId) -> Checked<Vec<(u64, u64, u32)>> {
    let channels = store.read().await?.unread_channels(user).await?;
    let mut rows: Vec<_> = channels
        .into_iter()
        .map(|unread: Unread| (unread.community_id.0, unread.chat_id.0, unread.messages))
        .collect();
    rows.sort_unstable();
    Ok(rows)
}

/// The channels with unread messages are those of all one's communities; direct chats are not among them.
pub async fn unread_channels_are_those_of_all_communities(store: SharedStore) -> Checked {
    joined_late(&store).await?;
    seed::community(&store, 21, 3, [40, 41]).await?;
    seed::community(&store, 22, 3, [50]).await?;
    seed::join(&store, 21, 1, 210).await?;
    seed::direct(&store, 60, 1, 2).await?;
    assert_eq!(unread_channels(&store, ADA).await?, []);

    seed::messages(&store, 30, 2, [300, 301, 302]).await?;
    seed::messages(&store, 41, 3, [303]).await?;
    seed::messages(&store, 50, 3, [304]).await?;
    seed::messages(&store, 60, 2, [305]).await?;
    assert_eq!(
        unread_channels(&store, ADA).await?,
        [(20, 30, 3), (21, 41, 1)]
    );
    assert_eq!(unread_channels(&store, BOB).await?, []);

    seed::delete(&store, 30, [301]).await?;
    seed::read(&store, 1, 41, 1).await?;
    assert_eq!(unread_channels(&store, ADA).await?, [(20, 30, 2)]);
    seed::leave(&store, 20, 1).await?;
    assert_eq!(unread_channels(&store, ADA).await?, []);
    Ok(())
}

/// Counter rows tell of each reader where they are, and which messages above the lowest of them are gone.
pub async fn counter_rows_tell_positions_and_deletions(store: SharedStore) -> Checked {
    joined_late(&store).await?;
    seed::join(&store, 20, 3, 1).await?;
    seed::messages(&store, 30, 2, [201, 202, 203, 204]).await?;
    seed::read(&store, 3, 30, 2).await?;
    seed::delete(&store, 30, [100, 102, 203]).await?;

    let mut reader = store.read().await?;
    let mut rows = reader
        .counter_rows(ChatId(30), &[ADA, BOB, UserId(3)])
        .await?;
    rows.positions.sort_unstable();
    rows.deleted.sort_unstable();
    assert_eq!(rows.last_ordinal, 7);
    assert_eq!(rows.positions, [(ADA, 2), (BOB, 7), (UserId(3), 2)]);
    assert_eq!(rows.deleted, [3, 6]);
    let counter = UnreadCounter::new(rows.last_ordinal, rows.deleted);
    for (user, position) in rows.positions {
        let place = reader.places(user, &[ChatId(30)]).await?;
        let expected: Vec<_> = place.iter().map(|place| place.unread).collect();
        assert_eq!([counter.unread(position)], expected[..], "{user:?}");
    }
    Ok(())
}

/// In a direct chat, whoever never read begins at nothing.
pub async fn counter_rows_of_a_direct_chat_begin_at_nothing(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::messages(&store, 30, 2, [100, 101]).await?;
    seed::delete(&store, 30, [100]).await?;
    let mut reader = store.read().await?;
    let mut rows = reader.counter_rows(ChatId(30), &[ADA, BOB]).await?;
    rows.positions.sort_unstable();
    assert_eq!(rows.last_ordinal, 2);
    assert_eq!(rows.deleted, [1]);
    assert_eq!(rows.positions, [(ADA, 0), (BOB, 2)]);
    let rows = reader.counter_rows(ChatId(30), &[BOB]).await?;
    assert!(rows.deleted.is_empty());
    Ok(())
}

/// The ordinal at a message is the greatest one of those with the same or a lower id.
pub async fn an_ordinal_stands_at_a_message(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::direct(&store, 30, 1, 2).await?;
    seed::direct(&store, 31, 1, 1).await?;
    seed::messages(&store, 31, 1, [105, 106, 107, 108]).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.ordinal_at(ChatId(30), MessageId(500)).await?, 0);
    drop(reader);
    seed::messages(&store, 30, 2, [100, 110, 120]).await?;
    seed::delete(&store, 30, [120]).await?;
    let mut reader = store.read().await?;
    for (message, expected) in [
        (99, 0),
        (100, 1),
        (109, 1),
        (110, 2),
        (120, 2),
        (u64::MAX >> 1, 2),
    ] {
        let ordinal = reader.ordinal_at(ChatId(30), MessageId(message)).await?;
        assert_eq!(ordinal, expected, "{message}");
    }
    Ok(())
}

/// Who joins again begins where they joined last, if they never read.
pub async fn joining_again_begins_anew(store: SharedStore) -> Checked {
    joined_late(&store).await?;
    seed::leave(&store, 20, 1).await?;
    seed::messages(&store, 30, 2, [201, 202]).await?;
    seed::join(&store, 20, 1, 300).await?;
    seed::messages(&store, 30, 2, [301]).await?;
    assert_eq!(unread(&store, 1, 30).await?, 1);
    let rows = store.read().await?.unread_channels(ADA).await?;
    let expected = Unread {
        mentions: 0,
        community_id: CommunityId(20),
        chat_id: ChatId(30),
        messages: 1,
    };
    assert_eq!(rows, [expected]);
    Ok(())
}
