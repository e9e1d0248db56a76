//! `friends.getRelationships`.

use osmium_proto::friends::GetRelationships;
use osmium_proto::friends::change_relationship::RelationshipChangeType::{Block, RequestFriend};
use osmium_proto::settings::ChangeStatus;
use osmium_proto::types::RelationshipStatus as Is;
use osmium_testkit::contract::Checked;
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    everyone_who_is_something_is_listed,
    a_user_comes_with_each,
    those_who_know_each_other_see_who_is_there,
    a_long_list_takes_no_more_queries,
    it_needs_a_sign_in,
);

async fn everyone_who_is_something_is_listed(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    assert_eq!(alice.relationships().await?, []);
    let mut others = Vec::new();
    for name in ["Bob", "Carol", "Dave", "Eve", "Frank"] {
        others.push(server.sign_up(name).await);
    }
    let [bob, carol, dave, eve, frank] = &mut others[..] else {
        panic!("five others signed up");
    };
    alice.befriend(bob).await?;
    carol.change(&alice, RequestFriend).await?;
    alice.change(dave, RequestFriend).await?;
    alice.change(eve, Block).await?;
    frank.change(&alice, Block).await?;

    let mut expected = [
        (bob.user_id, Is::Friend),
        (carol.user_id, Is::FriendRequestIncoming),
        (dave.user_id, Is::FriendRequestOutgoing),
        (eve.user_id, Is::Blocked),
    ];
    expected.sort_unstable();
    assert_eq!(alice.relationships().await?, expected);
    let friend = [(alice.user_id, Is::Friend)];
    assert_eq!(bob.relationships().await?, friend);
    assert_eq!(eve.relationships().await?, []);
    assert_eq!(frank.relationships().await?, [(alice.user_id, Is::Blocked)]);
    // Reading tells nobody anything.
    alice.catch_up().await?;
    alice.relationships().await?;
    alice.expect_silence().await
}

async fn a_user_comes_with_each(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut bob = server.sign_up("Bob").await;
    let carol = server.sign_up("Carol").await;
    alice.befriend(&mut bob).await?;
    alice.change(&carol, Block).await?;
    let listed = alice.call(GetRelationships {}).await?;
    let mut names: Vec<_> = listed.users.iter().map(|user| &*user.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["Bob", "Carol"]);
    for relationship in listed.relationships {
        let shown = |id| listed.users.iter().any(|user| user.id == id);
        assert!(shown(relationship.user_id));
    }
    Ok(())
}

/// Whether the list shows that someone is there.
async fn seen(viewer: &Person, other: &Person) -> Checked<bool> {
    let users = viewer.call(GetRelationships {}).await?.users;
    let user = users.into_iter().find(|user| user.id == other.user_id);
    Ok(user.expect("they are listed").status.is_some())
}

async fn those_who_know_each_other_see_who_is_there(server: Server) -> Checked {
    let (_, [alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (mut dave, eve) = (server.sign_up("Dave").await, server.sign_up("Eve").await);
    for person in [&bob, &carol, &dave, &eve] {
        person.call(ChangeStatus::default()).await?;
    }
    let mut alice = alice;
    alice.befriend(&mut dave).await?;
    alice.change(&bob, RequestFriend).await?;
    alice.change(&carol, Block).await?;
    alice.change(&eve, RequestFriend).await?;
    assert!(seen(&alice, &dave).await?, "a friend");
    assert!(seen(&alice, &bob).await?, "of the same community");
    assert!(
        seen(&alice, &carol).await?,
        "of the same community, though blocked"
    );
    assert!(!seen(&alice, &eve).await?, "a stranger");
    alice.change(&dave, Block).await?;
    assert!(!seen(&alice, &dave).await?, "a friend no more");
    Ok(())
}

async fn a_long_list_takes_no_more_queries(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let mut counts = Vec::new();
    for number in 0..6 {
        let other = server.sign_up(&format!("Guest {number}")).await;
        alice.change(&other, RequestFriend).await?;
        counts.push(server.count_queries(&alice, GetRelationships {}).await);
    }
    assert_eq!(counts, [counts[0]; 6]);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(GetRelationships {}).await;
    Ok(())
}
