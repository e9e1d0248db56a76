//! The contract of overrides: lists that channels have of their own, or by their category.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{
    Channel, ChannelId, ChannelKind, CommunityId, Override, OverrideTarget, Permissions, RoleId,
    Topic,
};

const HOME_TOPIC: Topic = Topic::Community(CommunityId(20));
const CATEGORY: ChannelId = ChannelId(30);
const INSIDE: ChannelId = ChannelId(31);
const OUTSIDE: ChannelId = ChannelId(32);
const ROLE: OverrideTarget = OverrideTarget::Role(RoleId(5));
const OTHER: OverrideTarget = OverrideTarget::Role(RoleId(6));

fn for_target(target: OverrideTarget, allow: u64, deny: u64) -> Override {
    Override {
        target,
        allow: Permissions::from_bits_retain(allow),
        deny: Permissions::from_bits_retain(deny),
    }
}

/// A category with a channel in it, another channel, and two roles.
async fn home(store: &SharedStore) -> Checked {
    seed::users(store, [1]).await?;
    seed::community(store, 20, 1, [OUTSIDE.0]).await?;
    seed::roles(store, 20, [5, 6]).await?;
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.insert_channel(&Channel {
        kind: ChannelKind::Category,
        ..builders::channel(20, CATEGORY.0)
    })
    .await?;
    tx.insert_channel(&Channel {
        parent_id: Some(CATEGORY),
        ..builders::channel(20, INSIDE.0)
    })
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn set(store: &SharedStore, lists: &[(ChannelId, Option<Vec<Override>>)]) -> Checked {
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.set_overrides(lists).await?;
    tx.commit().await?;
    Ok(())
}

/// The overrides that hold in a channel, and whether it has them by its category.
async fn holding(store: &SharedStore, channel: ChannelId) -> Checked<(Vec<Override>, bool)> {
    let rules = seed::get_rules(store, 20).await?;
    let synced = rules.channels.get(&channel).map(|rules| rules.synced);
    Ok((
        rules.overrides(channel).to_vec(),
        synced.unwrap_or_default(),
    ))
}

/// A channel has the list that it was given, as it was written; several channels get theirs in one go.
pub async fn a_channel_has_a_list_of_its_own(store: SharedStore) -> Checked {
    home(&store).await?;
    let full = vec![
        for_target(OverrideTarget::Everyone, 0, u64::MAX),
        for_target(ROLE, u64::MAX, 0),
        for_target(OTHER, 1 << 40, 1 << 63),
    ];
    let one = vec![for_target(ROLE, 2, 4)];
    set(
        &store,
        &[(INSIDE, Some(full.clone())), (OUTSIDE, Some(one.clone()))],
    )
    .await?;
    assert_eq!(holding(&store, INSIDE).await?, (full, false));
    assert_eq!(holding(&store, OUTSIDE).await?, (one, false));
    assert_eq!(holding(&store, CATEGORY).await?, (Vec::new(), false));
    Ok(())
}

/// A list is replaced as a whole, also by an empty one; the lists of other channels stay.
pub async fn a_list_is_replaced_as_a_whole(store: SharedStore) -> Checked {
    home(&store).await?;
    let before = vec![
        for_target(OverrideTarget::Everyone, 1, 2),
        for_target(ROLE, 4, 8),
    ];
    for channel in [INSIDE, OUTSIDE] {
        set(&store, &[(channel, Some(before.clone()))]).await?;
    }
    for after in [
        vec![for_target(ROLE, 16, 0), for_target(OTHER, 0, 0)],
        Vec::new(),
    ] {
        set(&store, &[(INSIDE, Some(after.clone()))]).await?;
        assert_eq!(holding(&store, INSIDE).await?, (after, false));
        let other = holding(&store, OUTSIDE).await?;
        assert_eq!(other, (before.clone(), false));
    }
    set(&store, &[]).await?;
    Ok(())
}

/// A channel under a category begins with its overrides, has its own once it is given a list, and follows again when it
/// is given none.
pub async fn a_channel_follows_its_category(store: SharedStore) -> Checked {
    home(&store).await?;
    let of_category = vec![for_target(OverrideTarget::Everyone, 2, 4)];
    set(&store, &[(CATEGORY, Some(of_category.clone()))]).await?;
    let followed = (of_category, true);
    assert_eq!(holding(&store, INSIDE).await?, followed);
    let own = vec![for_target(ROLE, 8, 0)];
    set(&store, &[(INSIDE, Some(own.clone()))]).await?;
    assert_eq!(holding(&store, INSIDE).await?, (own, false));
    set(&store, &[(INSIDE, None)]).await?;
    assert_eq!(holding(&store, INSIDE).await?, followed);
    // Editing a channel does not touch them.
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.update_channels(&[Channel {
        parent_id: Some(CATEGORY),
        position: 9,
        ..builders::channel(20, INSIDE.0)
    }])
    .await?;
    tx.commit().await?;
    assert_eq!(holding(&store, INSIDE).await?, followed);
    Ok(())
}

/// With a role go the overrides for it, with a channel those that it has; those for everyone and of others stay.
pub async fn overrides_end_with_their_role_or_channel(store: SharedStore) -> Checked {
    home(&store).await?;
    let everyones = for_target(OverrideTarget::Everyone, 1, 2);
    let of_other = for_target(OTHER, 16, 32);
    let full = vec![everyones, for_target(ROLE, 4, 8), of_other];
    for channel in [INSIDE, OUTSIDE] {
        set(&store, &[(channel, Some(full.clone()))]).await?;
    }
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.delete_role(RoleId(5)).await?;
    tx.commit().await?;
    let left = (vec![everyones, of_other], false);
    for channel in [INSIDE, OUTSIDE] {
        assert_eq!(holding(&store, channel).await?, left);
    }
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.delete_channel(INSIDE).await?;
    tx.commit().await?;
    assert_eq!(holding(&store, INSIDE).await?, (Vec::new(), false));
    assert_eq!(holding(&store, OUTSIDE).await?, left);
    Ok(())
}
