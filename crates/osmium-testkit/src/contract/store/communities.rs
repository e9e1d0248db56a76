//! The contract of communities, their members and rules.

use super::{SharedStore, seed, taken};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{
    ChannelId, Community, CommunityId, Member, NotifPrefs, Permissions, Topic, User, UserId,
    Username,
};
use osmium_ports::StoreError;
use std::collections::HashMap;

const HOME: CommunityId = CommunityId(20);
const HOME_TOPIC: Topic = Topic::Community(HOME);
const ADA: UserId = UserId(1);

fn handle() -> Option<Username> {
    Username::parse("home")
}

async fn update(store: &SharedStore, community: &Community) -> Result<(), StoreError> {
    let mut tx = store.begin(&[Topic::Community(community.id)]).await?;
    tx.update_community(community).await?;
    tx.commit().await?;
    Ok(())
}

/// A community is read as it was written; bits of permissions that this release does not know are kept.
pub async fn a_community_is_read_as_written(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    let community = Community {
        name: "Café 🏠".to_owned(),
        username: handle(),
        default_permissions: Permissions::from_bits_retain(u64::MAX),
        system_channel_id: Some(ChannelId(u64::MAX >> 1)),
        join_messages: true,
        ..builders::community(u64::MAX >> 1, 1)
    };
    let mut tx = store.begin(&[]).await?;
    tx.create_topic(Topic::Community(community.id)).await?;
    tx.insert_community(&community).await?;
    tx.commit().await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.find_community(community.id).await?, Some(community));
    assert_eq!(reader.find_community(HOME).await?, None);
    Ok(())
}

/// A community's row is replaced as a whole, and no other's.
pub async fn a_community_is_replaced(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 1, []).await?;
    seed::community(&store, 21, 1, []).await?;
    let full = Community {
        name: "Moved".to_owned(),
        username: handle(),
        owner_id: UserId(2),
        default_permissions: Permissions::empty(),
        system_channel_id: Some(ChannelId(5)),
        join_messages: true,
        ..builders::community(20, 1)
    };
    for community in [full, builders::community(20, 1)] {
        update(&store, &community).await?;
        let mut reader = store.read().await?;
        assert_eq!(reader.find_community(HOME).await?, Some(community));
        let other = reader.find_community(CommunityId(21)).await?;
        assert_eq!(other, Some(builders::community(21, 1)));
    }
    Ok(())
}

/// A handle has one community; that a user has the same is no conflict.
pub async fn a_handle_has_one_community(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, []).await?;
    seed::community(&store, 21, 1, []).await?;
    let mut tx = store.begin(&[Topic::User(ADA)]).await?;
    tx.update_user(&User {
        username: handle(),
        ..builders::user(1)
    })
    .await?;
    tx.commit().await?;

    let with_handle = |id| Community {
        username: handle(),
        ..builders::community(id, 1)
    };
    update(&store, &with_handle(20)).await?;
    let again = update(&store, &with_handle(21)).await;
    taken(again, StoreError::COMMUNITY_USERNAME);
    Ok(())
}

/// A membership is kept as it was written, once: a second one is refused, and changes nothing.
pub async fn a_user_is_a_member_once(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 2, []).await?;
    let member = Member {
        nickname: Some("Ąda 🐝".to_owned()),
        notif_prefs: NotifPrefs::Mentions,
        ..builders::member(20, 1, u64::MAX >> 1)
    };
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    assert!(tx.insert_member(&member).await?);
    assert!(!tx.insert_member(&builders::member(20, 1, 5)).await?);
    tx.commit().await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.members(HOME, &[ADA]).await?, [member]);
    Ok(())
}

/// Of the users asked for, those that are members of this community are given.
pub async fn members_are_those_of_the_community(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    seed::community(&store, 20, 2, []).await?;
    seed::community(&store, 21, 3, []).await?;
    seed::join(&store, 20, 1, 100).await?;
    let mut reader = store.read().await?;
    let asked = [UserId(3), UserId(2), ADA, UserId(9)];
    let mut members = reader.members(HOME, &asked).await?;
    members.sort_by_key(|member| member.user_id);
    assert_eq!(
        members,
        [builders::member(20, 1, 100), builders::member(20, 2, 1)]
    );
    assert_eq!(reader.members(HOME, &[]).await?, []);
    Ok(())
}

/// A membership ends once, and can begin again as a new one.
pub async fn a_membership_ends_and_begins_anew(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 2, []).await?;
    seed::join(&store, 20, 1, 100).await?;
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    assert_eq!(tx.delete_members(HOME, &[ADA, UserId(9)]).await?, [ADA]);
    assert_eq!(tx.delete_members(HOME, &[ADA]).await?, []);
    assert_eq!(tx.members(HOME, &[ADA]).await?, []);
    assert!(tx.insert_member(&builders::member(20, 1, 200)).await?);
    tx.commit().await?;
    let mut reader = store.read().await?;
    let members = reader.members(HOME, &[ADA, UserId(2)]).await?;
    assert_eq!(members.len(), 2);
    assert!(members.contains(&builders::member(20, 1, 200)));
    Ok(())
}

/// A user's communities come with the memberships, by when they joined, and can be counted.
pub async fn communities_come_by_when_one_joined(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    for (id, joined) in [(20, 300), (21, 100), (22, 200), (23, 400)] {
        seed::community(&store, id, 2, []).await?;
        seed::join(&store, id, 1, joined).await?;
    }
    seed::leave(&store, 22, 1).await?;
    let expected = [(21, 100), (20, 300), (23, 400)]
        .map(|(id, joined)| (builders::community(id, 2), builders::member(id, 1, joined)));
    let mut reader = store.read().await?;
    let listed = reader.communities_of(ADA).await?;
    let listed: Vec<_> = listed
        .into_iter()
        .map(|(community, member, _)| (community, member))
        .collect();
    assert_eq!(listed, expected);
    assert_eq!(reader.count_communities_of(ADA).await?, 3);
    assert_eq!(reader.communities_of(UserId(9)).await?, []);
    assert_eq!(reader.count_communities_of(UserId(9)).await?, 0);
    Ok(())
}

/// The rules of communities are all that decides what their members may do; of those that exist.
pub async fn rules_decide_what_members_may_do(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 1, [30, 31]).await?;
    seed::community(&store, 21, 2, []).await?;
    seed::community(&store, 22, 1, [40]).await?;
    let mut reader = store.read().await?;
    let asked = [CommunityId(21), CommunityId(9), HOME];
    let mut rules = reader.rules(&asked).await?;
    rules.sort_by_key(|rules| rules.community_id);
    let [home, other] = &rules[..] else {
        panic!("two of them exist, not {rules:?}");
    };
    assert_eq!((home.community_id, home.owner_id), (HOME, ADA));
    assert_eq!(home.default_permissions, Permissions::NEW_COMMUNITY);
    assert_eq!(home.roles, HashMap::new());
    for id in [30, 31] {
        let found = home.channels.get(&ChannelId(id));
        let found = found.map(|rules| (&rules.channel, rules.synced));
        assert_eq!(found, Some((&builders::channel(20, id), false)));
    }
    assert_eq!(home.channels.len(), 2);
    assert_eq!(other.owner_id, UserId(2));
    assert_eq!(other.channels, HashMap::new());
    assert_eq!(reader.rules(&[]).await?, []);
    Ok(())
}

/// A user's standing is their membership, with the epoch of the community; who is no member has none.
pub async fn a_standing_comes_with_the_epoch(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    seed::community(&store, 20, 2, []).await?;
    seed::join(&store, 20, 1, 100).await?;
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    let raised = tx.raise_epoch(HOME_TOPIC);
    tx.commit().await?;
    let mut reader = store.read().await?;
    let member = builders::member(20, 1, 100);
    let standing = reader.find_standing(HOME, ADA).await?;
    assert_eq!(standing, Some((member.clone(), raised)));
    let listed = reader.communities_of(ADA).await?;
    assert_eq!(listed, [(builders::community(20, 2), member, raised)]);
    for (community, user) in [(20, 3), (20, 9), (9, 1)] {
        let standing = reader
            .find_standing(CommunityId(community), UserId(user))
            .await?;
        assert_eq!(standing, None);
    }
    Ok(())
}

/// The epoch of a community grows with a transaction that raises it and commits, and with no other.
pub async fn the_epoch_grows_when_raised(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, []).await?;
    seed::community(&store, 21, 1, []).await?;
    let first = epoch(&store, 20).await?;
    let other = epoch(&store, 21).await?;

    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    assert_eq!(tx.epoch(HOME_TOPIC), Some(first));
    assert_eq!(tx.epoch(Topic::Community(CommunityId(21))), None);
    tx.raise_epoch(HOME_TOPIC);
    drop(tx);
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.update_community(&builders::community(20, 1)).await?;
    tx.commit().await?;
    assert_eq!(epoch(&store, 20).await?, first);

    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.raise_epoch(HOME_TOPIC);
    tx.commit().await?;
    let raised = epoch(&store, 20).await?;
    assert!(raised > first, "{raised} is not above {first}");
    assert_eq!(epoch(&store, 21).await?, other);
    let tx = store.begin(&[HOME_TOPIC]).await?;
    assert_eq!(tx.epoch(HOME_TOPIC), Some(raised));
    Ok(())
}

async fn epoch(store: &SharedStore, community: u64) -> Checked<u64> {
    let mut reader = store.read().await?;
    let rules = reader.rules(&[CommunityId(community)]).await?;
    let rules = rules.first().expect("the test has made the community");
    Ok(rules.epoch)
}
