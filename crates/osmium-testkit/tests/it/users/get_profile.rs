//! `users.getProfile`.

use osmium_proto::friends::change_relationship::RelationshipChangeType::RequestFriend;
use osmium_proto::refs::UserRef;
use osmium_proto::settings::EditProfile;
use osmium_proto::users::{GetProfile, Profile};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::{Person, Server};

on_both_stores!(
    a_page_is_what_its_user_made_of_it,
    what_two_have_in_common_is_told_if_asked_for,
    friends_in_common_are_told_if_asked_for,
    who_does_not_exist_has_no_page,
    it_needs_a_sign_in,
);

fn of(user_id: u64, include_mutuals: bool) -> GetProfile {
    GetProfile {
        r#ref: Some(UserRef { user_id }),
        include_mutuals,
    }
}

async fn a_page_is_what_its_user_made_of_it(server: Server) -> Checked {
    let [alice, bob] = [server.sign_up("Alice").await, server.sign_up("Bob").await];
    let empty = Profile {
        r#ref: Some(UserRef {
            user_id: alice.user_id,
        }),
        ..Profile::default()
    };
    assert_eq!(bob.call(of(alice.user_id, true)).await?, empty);

    let edit = EditProfile {
        bio: Some("likes engines".to_owned()),
        theme_color: Some(0xff00_0000_ff00),
        show_banner_in_voice: Some(false),
        ..EditProfile::default()
    };
    alice.call(edit).await?;
    let expected = Profile {
        bio: "likes engines".to_owned(),
        theme_color: Some(0xff00_0000_ff00),
        show_banner_in_voice: Some(false),
        ..empty
    };
    for viewer in [&alice, &bob] {
        assert_eq!(viewer.call(of(alice.user_id, true)).await?, expected);
    }
    Ok(())
}

async fn what_two_have_in_common_is_told_if_asked_for(server: Server) -> Checked {
    let (first, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let second = alice.create_community("Second").await?;
    let mut carol = server.sign_up("Carol").await;
    carol.join(&alice.invite(&second).await?).await?;

    let common = async |viewer: &Person, user: &Person| {
        let asked = viewer.call(of(user.user_id, true)).await;
        asked.map(|profile| profile.mutual_communities)
    };
    assert_eq!(common(&bob, &alice).await?, [first.id]);
    assert_eq!(common(&carol, &alice).await?, [second.id]);
    assert_eq!(common(&carol, &bob).await?, [0; 0]);
    assert_eq!(common(&alice, &alice).await?, [0; 0]);
    let unasked = bob.call(of(alice.user_id, false)).await?;
    assert!(unasked.mutual_communities.is_empty());
    Ok(())
}

async fn friends_in_common_are_told_if_asked_for(server: Server) -> Checked {
    let mut people = Vec::new();
    for name in ["Alice", "Bob", "Carol", "Dave"] {
        people.push(server.sign_up(name).await);
    }
    let [alice, bob, carol, dave] = &mut people[..] else {
        panic!("four signed up");
    };
    for friend in [&mut *carol, &mut *dave] {
        alice.befriend(friend).await?;
    }
    bob.befriend(carol).await?;
    // To have asked is not enough.
    bob.change(dave, RequestFriend).await?;
    let common = async |viewer: &Person, user: &Person| {
        let asked = viewer.call(of(user.user_id, true)).await;
        asked.map(|profile| profile.mutual_friends)
    };
    assert_eq!(common(alice, bob).await?, [carol.user_id]);
    assert_eq!(common(bob, alice).await?, [carol.user_id]);
    assert_eq!(common(alice, carol).await?, [0; 0]);
    assert_eq!(common(alice, alice).await?, [0; 0]);
    let unasked = alice.call(of(bob.user_id, false)).await?;
    assert!(unasked.mutual_friends.is_empty());
    Ok(())
}

async fn who_does_not_exist_has_no_page(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let missing = GetProfile::default();
    assert_eq!(alice.refused(missing).await, 400);
    for id in [0, 12345, u64::MAX, alice.session_id] {
        assert_eq!(alice.refused(of(id, true)).await, 404, "{id}");
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    server.needs_sign_in(of(alice.user_id, false)).await;
    Ok(())
}
