//! The contract of channels.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{
    Channel, ChannelId, ChannelKind, ChatId, CommunityId, MessageId, Timestamp, Topic, UserId,
};

const HOME: CommunityId = CommunityId(20);
const HOME_TOPIC: Topic = Topic::Community(HOME);

fn full_channel() -> Channel {
    Channel {
        name: "общий 💬".to_owned(),
        kind: ChannelKind::Voice,
        position: u32::MAX >> 1,
        parent_id: Some(ChannelId(29)),
        explicit: true,
        highlighted: Some(MessageId(u64::MAX >> 1)),
        description: Some("what it is about".repeat(50)),
        slowmode_seconds: 21_600,
        preferred_region: Some("eu-west".to_owned()),
        ..builders::channel(20, 30)
    }
}

/// A channel is read as it was written, and replaced as a whole.
pub async fn a_channel_is_replaced(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, [31]).await?;
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.insert_channel(&Channel {
        kind: ChannelKind::Category,
        ..builders::channel(20, 29)
    })
    .await?;
    tx.insert_channel(&full_channel()).await?;
    tx.commit().await?;
    let find = |channels: Vec<Channel>, id| channels.into_iter().find(|c| c.id == ChannelId(id));
    let mut reader = store.read().await?;
    let channels = reader.channels(HOME).await?;
    assert_eq!(find(channels, 30), Some(full_channel()));
    drop(reader);

    let plain = Channel {
        kind: ChannelKind::Voice,
        ..builders::channel(20, 30)
    };
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.update_channels(std::slice::from_ref(&plain)).await?;
    tx.commit().await?;
    let channels = store.read().await?.channels(HOME).await?;
    assert_eq!(find(channels.clone(), 30), Some(plain));
    assert_eq!(find(channels, 31), Some(builders::channel(20, 31)));
    Ok(())
}

/// Channels come by position, and then by id, those of this community alone.
pub async fn channels_come_by_position_and_id(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, []).await?;
    seed::community(&store, 21, 1, [40]).await?;
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    for (id, position) in [(34, 1), (33, 0), (32, 2), (31, 1)] {
        tx.insert_channel(&Channel {
            position,
            ..builders::channel(20, id)
        })
        .await?;
    }
    tx.commit().await?;
    let channels = store.read().await?.channels(HOME).await?;
    let ids: Vec<_> = channels.iter().map(|channel| channel.id.0).collect();
    assert_eq!(ids, [33, 31, 34, 32]);
    Ok(())
}

/// A channel brings its chat, without messages; a category has none.
pub async fn a_channel_brings_its_chat(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, []).await?;
    let kinds = [
        (30, ChannelKind::Text),
        (31, ChannelKind::Voice),
        (32, ChannelKind::Category),
        (33, ChannelKind::Announcement),
    ];
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    for (id, kind) in kinds {
        tx.insert_channel(&Channel {
            kind,
            ..builders::channel(20, id)
        })
        .await?;
    }
    tx.commit().await?;
    let mut reader = store.read().await?;
    let ids = kinds.map(|(id, _)| ChatId(id));
    let mut chats = reader.chats(&ids).await?;
    chats.sort_by_key(|chat| chat.id);
    assert_eq!(chats, [30, 31, 33].map(|id| builders::channel_chat(20, id)));
    Ok(())
}

/// The rows of several channels are replaced in one go, and no others.
pub async fn channels_are_replaced_together(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, [30, 31, 32, 33]).await?;
    let moved = |id, position, description: Option<&str>| Channel {
        position,
        description: description.map(ToOwned::to_owned),
        ..builders::channel(20, id)
    };
    let changed = [
        moved(32, 0, None),
        moved(30, 1, Some("about")),
        moved(31, 2, None),
    ];
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.update_channels(&changed).await?;
    tx.update_channels(&[]).await?;
    tx.commit().await?;
    let channels = store.read().await?.channels(HOME).await?;
    let [top, about, last] = changed;
    assert_eq!(channels, [top, builders::channel(20, 33), about, last]);
    Ok(())
}

/// A deleted channel is in no list and in no count any more; the others stay as they are.
pub async fn a_deleted_channel_is_gone(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 1, [30, 31]).await?;
    seed::join(&store, 20, 2, 50).await?;
    for chat in [30, 31] {
        seed::messages(&store, chat, 1, [chat * 10]).await?;
    }
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.delete_channel(ChannelId(30)).await?;
    tx.commit().await?;
    let rules = seed::get_rules(&store, 20).await?;
    assert_eq!(rules.channels.keys().collect::<Vec<_>>(), [&ChannelId(31)]);
    let mut reader = store.read().await?;
    let left = reader.channels(HOME).await?;
    assert_eq!(left, [builders::channel(20, 31)]);
    let unread = reader.unread_channels(UserId(2)).await?;
    let unread: Vec<_> = unread.iter().map(|found| found.chat_id).collect();
    assert_eq!(unread, [ChatId(31)]);
    Ok(())
}

/// Pruning deletes what is left of deleted channels, so much at a time, and nothing of others.
pub async fn its_messages_go_by_and_by(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, [30, 31]).await?;
    seed::messages(&store, 30, 1, [100, 101, 102]).await?;
    seed::messages(&store, 31, 1, [200]).await?;
    seed::delete(&store, 30, [101]).await?;
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.delete_channel(ChannelId(30)).await?;
    // A category has no chat to be left.
    tx.insert_channel(&Channel {
        kind: ChannelKind::Category,
        ..builders::channel(20, 32)
    })
    .await?;
    tx.delete_channel(ChannelId(32)).await?;
    tx.commit().await?;
    let ids = [100, 101, 102, 200].map(MessageId);
    let mut steps = Vec::new();
    for _ in 0..3 {
        store.prune(Timestamp::default(), 1).await?;
        let mut reader = store.read().await?;
        let messages = reader.messages(ChatId(30), &ids).await?.len();
        let chats = reader.chats(&[ChatId(30), ChatId(31)]).await?.len();
        steps.push((messages, chats));
    }
    assert_eq!(steps, [(1, 2), (0, 2), (0, 1)]);
    let mut reader = store.read().await?;
    let others = reader.messages(ChatId(31), &ids).await?;
    assert_eq!(others, [builders::message(31, 200, 1, 1)]);
    assert!(reader.find_community(HOME).await?.is_some());
    Ok(())
}
