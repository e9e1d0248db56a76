//! The contract of interactions: presses of bots' buttons that wait for an answer.

use super::{SharedStore, seed};
use crate::builders::NOON;
use crate::contract::Checked;
use futures::future::try_join_all;
use osmium_model::{Interaction, InteractionId, UserId};
use std::time::Duration;

const ID: InteractionId = InteractionId(u64::MAX >> 1);

/// One that waits, of a bot and a user.
async fn waiting(store: &SharedStore) -> Checked<Interaction> {
    seed::users(store, [1, 2]).await?;
    let interaction = Interaction {
        id: ID,
        bot_id: UserId(1),
        user_id: UserId(2),
        created_at: NOON,
    };
    let mut tx = store.begin(&[]).await?;
    tx.insert_interaction(&interaction).await?;
    tx.commit().await?;
    Ok(interaction)
}

/// An interaction is read as it was written, and no other is.
pub async fn an_interaction_is_read_as_written(store: SharedStore) -> Checked {
    let interaction = waiting(&store).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.find_interaction(ID).await?, Some(interaction));
    assert_eq!(reader.find_interaction(InteractionId(7)).await?, None);
    Ok(())
}

/// Of all who end the waiting of one, one is told that they did.
pub async fn an_interaction_ends_once(store: SharedStore) -> Checked {
    waiting(&store).await?;
    let ends = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut tx = store.begin(&[]).await?;
            let ended = tx.delete_interaction(ID).await?;
            tx.commit().await?;
            Checked::Ok(ended)
        })
    });
    let mut ended = 0;
    for outcome in try_join_all(ends).await? {
        ended += u32::from(outcome?);
    }
    assert_eq!(ended, 1);
    assert_eq!(store.read().await?.find_interaction(ID).await?, None);
    Ok(())
}

/// Pruning forgets interactions of before the time, and no others.
pub async fn pruning_forgets_old_interactions(store: SharedStore) -> Checked {
    waiting(&store).await?;
    for (before, kept) in [(NOON, true), (NOON.plus(Duration::from_millis(1)), false)] {
        store.prune(before, 100).await?;
        let found = store.read().await?.find_interaction(ID).await?;
        assert_eq!(found.is_some(), kept, "{before:?}");
    }
    Ok(())
}
