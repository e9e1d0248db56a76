//! The contract of channels.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{Channel, ChannelId, ChannelKind, ChatId, CommunityId, MessageId, Topic};

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
