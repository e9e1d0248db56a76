//! The contract of what users are to each other.

use super::{SharedStore, seed};
use crate::contract::Checked;
use osmium_model::Relationship::{Blocked, Friend, Incoming, Outgoing};
use osmium_model::relationship::Pair;
use osmium_model::{CommunityId, GroupId, Relationship, Topic, UserId};
use osmium_ports::store::Between;

const ADA: UserId = UserId(1);
const BOB: UserId = UserId(2);

/// A relationship is read as it was set, from both sides, until it is set to another or to nothing.
pub async fn a_relationship_is_read_as_set(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    for (mine, theirs) in [
        (Some(Outgoing), Some(Incoming)),
        (Some(Friend), Some(Friend)),
        (Some(Blocked), None),
        (None, Some(Outgoing)),
        (None, None),
    ] {
        seed::relate(&store, 1, 2, mine).await?;
        seed::relate(&store, 2, 1, theirs).await?;
        let mut reader = store.read().await?;
        let pair = Pair { mine, theirs };
        assert_eq!(reader.find_pair(ADA, BOB).await?, pair);
        assert_eq!(reader.find_pair(BOB, ADA).await?, pair.turned());
        assert_eq!(reader.find_pair(ADA, UserId(3)).await?, Pair::default());
        let all = [UserId(3), BOB, UserId(9)];
        let something = (pair != Pair::default()).then_some((BOB, pair));
        let expected: Vec<_> = something.into_iter().collect();
        assert_eq!(reader.pairs(ADA, &all).await?, expected);
    }
    Ok(())
}

/// A user's relationships are listed by id, theirs alone, and counted by kind.
pub async fn relationships_are_listed_and_counted(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4, 5, 6]).await?;
    for (other, relationship) in [(5, Friend), (3, Blocked), (4, Outgoing), (2, Friend)] {
        seed::relate(&store, 1, other, Some(relationship)).await?;
    }
    seed::relate(&store, 6, 1, Some(Blocked)).await?;
    let mut reader = store.read().await?;
    let expected = [
        (UserId(2), Friend),
        (UserId(3), Blocked),
        (UserId(4), Outgoing),
        (UserId(5), Friend),
    ];
    assert_eq!(reader.relationships(ADA).await?, expected);
    assert_eq!(reader.relationships(BOB).await?, []);
    let counts: [(&[Relationship], u32); 4] = [
        (&[Friend, Outgoing], 3),
        (&[Blocked], 1),
        (&[Incoming], 0),
        (&[], 0),
    ];
    for (kinds, expected) in counts {
        let counted = reader.count_relationships(ADA, kinds).await?;
        assert_eq!(counted, expected, "{kinds:?}");
    }
    Ok(())
}

/// Mutual friends are the friends of both, by id, at most `limit`.
pub async fn mutual_friends_are_those_of_both(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4, 5, 6, 7]).await?;
    for (user, other, relationship) in [
        (1, 6, Friend),
        (1, 4, Friend),
        (1, 5, Friend),
        (1, 3, Friend),
        (1, 7, Outgoing),
        (2, 6, Friend),
        (2, 4, Friend),
        (2, 5, Blocked),
        (2, 7, Friend),
        (3, 5, Friend),
    ] {
        seed::relate(&store, user, other, Some(relationship)).await?;
    }
    let mut reader = store.read().await?;
    let both = [UserId(4), UserId(6)];
    assert_eq!(reader.mutual_friends(ADA, BOB, 9).await?, both);
    assert_eq!(reader.mutual_friends(BOB, ADA, 9).await?, both);
    assert_eq!(reader.mutual_friends(ADA, BOB, 1).await?, both[..1]);
    assert_eq!(reader.mutual_friends(BOB, UserId(3), 9).await?, []);
    Ok(())
}

/// What stands between two users tells of a block of either, and grows with the epochs of both; who does not exist has nothing
/// between them and others.
pub async fn a_block_of_either_stands_between_two(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 1, []).await?;
    let between = async || {
        let mut reader = store.read().await?;
        let seen = [
            reader.find_between(ADA, BOB).await?,
            reader.find_between(BOB, ADA).await?,
        ];
        assert_eq!(seen[0], seen[1]);
        Checked::Ok(seen[0].expect("both exist"))
    };
    let (blocked, epoch) = (false, 0);
    assert_eq!(between().await?, Between { blocked, epoch });
    seed::relate(&store, 1, 2, Some(Friend)).await?;
    assert!(!between().await?.blocked);
    for (user, other) in [(1, 2), (2, 1)] {
        seed::relate(&store, user, other, Some(Blocked)).await?;
        assert!(between().await?.blocked);
        seed::relate(&store, user, other, None).await?;
        assert!(!between().await?.blocked);
    }

    for raised in 1..=4 {
        let user = Topic::User(if raised % 2 == 0 { ADA } else { BOB });
        let mut tx = store.begin(&[user]).await?;
        tx.raise_epoch(user);
        tx.commit().await?;
        assert_eq!(between().await?.epoch, raised);
    }
    let mut reader = store.read().await?;
    for nobody in [UserId(0), UserId(9), UserId(20), ADA] {
        assert_eq!(reader.find_between(ADA, nobody).await?, None, "{nobody}");
    }
    Ok(())
}

/// Acquaintances are friends, those in the same communities and groups, and those of direct chats across which there is no block.
pub async fn acquaintances_are_those_who_know_each_other(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4, 5, 6, 7, 8, 9]).await?;
    seed::group(&store, 40, [9, 1]).await?;
    seed::relate(&store, 1, 2, Some(Friend)).await?;
    seed::relate(&store, 2, 1, Some(Friend)).await?;
    seed::relate(&store, 1, 8, Some(Outgoing)).await?;
    seed::community(&store, 20, 3, []).await?;
    seed::join(&store, 20, 1, 100).await?;
    for (chat, partner) in [(31, 4), (32, 5), (33, 6), (34, 3)] {
        seed::direct(&store, chat, 1, partner).await?;
    }
    seed::relate(&store, 1, 5, Some(Blocked)).await?;
    seed::relate(&store, 6, 1, Some(Blocked)).await?;
    // The community tells of each other, whatever else stands between them.
    seed::relate(&store, 3, 1, Some(Blocked)).await?;

    let all: Vec<UserId> = (1..=10).map(UserId).collect();
    let mut reader = store.read().await?;
    let mut known = reader.acquaintances(ADA, &all).await?;
    known.sort_unstable();
    known.retain(|user| *user != ADA);
    assert_eq!(known, [2, 3, 4, 9].map(UserId));
    for other in &all[1..] {
        let turned = reader.acquaintances(*other, &[ADA]).await?;
        assert_eq!(turned.len(), usize::from(known.contains(other)), "{other}");
    }
    assert_eq!(reader.acquaintances(ADA, &[]).await?, []);

    // They are those who watch each other.
    let watching = reader.watching_topics(ADA, 9).await?;
    for other in &all[1..] {
        let watches = watching.contains(&Topic::User(*other))
            || (other.0 == 3 && watching.contains(&Topic::Community(CommunityId(20))))
            || (other.0 == 9 && watching.contains(&Topic::Group(GroupId(40))));
        assert_eq!(watches, known.contains(other), "{other}");
    }
    Ok(())
}
