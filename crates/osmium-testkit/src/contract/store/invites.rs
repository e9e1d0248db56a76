//! The contract of invites.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use futures::future::try_join_all;
use osmium_model::{CommunityId, GroupId, Invite, InviteTarget, Timestamp, Topic, UserId};
use std::time::Duration;

const HOME: InviteTarget = InviteTarget::Community(CommunityId(20));

async fn add(store: &SharedStore, invite: &Invite, at: Timestamp) -> Checked {
    let mut tx = store.begin(&[]).await?;
    tx.insert_invite(invite, at).await?;
    tx.commit().await?;
    Ok(())
}

async fn a_community(store: &SharedStore) -> Checked {
    seed::users(store, [1]).await?;
    seed::community(store, 20, 1, []).await
}

fn limited(number: u64, max_uses: u32) -> Invite {
    Invite {
        max_uses: Some(max_uses),
        ..builders::invite(number, 1, HOME)
    }
}

/// An invite is read as it was written, live or not, whatever it leads to.
pub async fn an_invite_is_read_as_written(store: SharedStore) -> Checked {
    let big = u64::MAX >> 1;
    let invites = [
        builders::invite(1, 1, HOME),
        Invite {
            expires_at: Some(NOON.minus(Duration::from_hours(1))),
            ..builders::invite(2, 1, InviteTarget::Group(GroupId(big)))
        },
        Invite {
            max_uses: Some(u32::MAX),
            uses: u32::MAX,
            ..builders::invite(3, big, InviteTarget::User(UserId(big)))
        },
    ];
    for invite in &invites {
        add(&store, invite, NOON).await?;
    }
    let mut reader = store.read().await?;
    for invite in invites {
        assert_eq!(reader.find_invite(&invite.code).await?, Some(invite));
    }
    let unknown = builders::invite_code(9);
    assert_eq!(reader.find_invite(&unknown).await?, None);
    Ok(())
}

/// A target's live invites are listed, the newest first.
pub async fn live_invites_are_listed(store: SharedStore) -> Checked {
    a_community(&store).await?;
    let expiring = |number, end| Invite {
        expires_at: Some(end),
        ..builders::invite(number, 1, HOME)
    };
    let moment = Duration::from_millis(1);
    let used_up = Invite {
        uses: 3,
        ..limited(5, 3)
    };
    let invites = [
        builders::invite(1, 1, HOME),
        expiring(2, NOON),
        expiring(3, NOON.plus(moment)),
        limited(4, 3),
        used_up,
        builders::invite(6, 1, InviteTarget::Community(CommunityId(21))),
        builders::invite(7, 1, InviteTarget::Group(GroupId(20))),
        builders::invite(8, 1, InviteTarget::User(UserId(20))),
    ];
    for (invite, minutes) in invites.iter().zip([2, 5, 1, 3, 6, 7, 8, 9]) {
        let at = NOON.minus(Duration::from_mins(minutes));
        add(&store, invite, at).await?;
    }
    let listed = store.read().await?.invites_of(HOME, NOON).await?;
    let expected = [&invites[2], &invites[0], &invites[3]];
    assert_eq!(listed.iter().collect::<Vec<_>>(), expected);
    Ok(())
}

/// Uses are counted until the invite is used up; one that is gone has none.
pub async fn uses_are_counted_up_to_the_most(store: SharedStore) -> Checked {
    a_community(&store).await?;
    let invite = limited(1, 2);
    add(&store, &invite, NOON).await?;
    let endless = builders::invite(2, 1, HOME);
    add(&store, &endless, NOON).await?;
    let topic = Topic::Community(CommunityId(20));
    let mut tx = store.begin(&[topic]).await?;
    assert!(tx.count_use(&invite.code).await?);
    assert!(tx.count_use(&invite.code).await?);
    assert!(!tx.count_use(&invite.code).await?);
    assert!(tx.count_use(&endless.code).await?);
    assert!(!tx.count_use(&builders::invite_code(9)).await?);
    tx.commit().await?;
    let mut reader = store.read().await?;
    for (code, uses) in [(invite.code, 2), (endless.code, 1)] {
        let invite = reader.find_invite(&code).await?;
        assert_eq!(invite.map(|invite| invite.uses), Some(uses));
    }
    Ok(())
}

/// Uses are exact when many come at once, also of those who do not wait for the target's topic.
pub async fn uses_are_exact_under_concurrency(store: SharedStore) -> Checked {
    a_community(&store).await?;
    let invite = limited(1, 7);
    add(&store, &invite, NOON).await?;
    let uses = (0..24).map(|_| {
        let (store, code) = (store.clone(), invite.code.clone());
        tokio::spawn(async move {
            let mut tx = store.begin(&[]).await?;
            let counted = tx.count_use(&code).await?;
            tx.commit().await?;
            Checked::Ok(counted)
        })
    });
    let mut counted = 0;
    for outcome in try_join_all(uses).await? {
        counted += u32::from(outcome?);
    }
    assert_eq!(counted, 7);
    let invite = store.read().await?.find_invite(&invite.code).await?;
    assert_eq!(invite.map(|invite| invite.uses), Some(7));
    Ok(())
}
