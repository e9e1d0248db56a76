//! `friends.changeRelationship`.

use super::told;
use osmium_core::Config;
use osmium_proto::friends::ChangeRelationship;
use osmium_proto::friends::change_relationship::RelationshipChangeType::{
    AcceptFriend, Block, RemoveFriend, RequestFriend, Unblock,
};
use osmium_proto::refs::UserRef;
use osmium_proto::settings::{ChangeStatus, EditProfile};
use osmium_proto::types::RelationshipStatus as Is;
use osmium_proto::types::user_status::Status;
use osmium_proto::updates::{UpdateUser, UpdateUserRelationshipDeleted, UpdateUserStatus};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::step;
use osmium_testkit::{Cluster, Database, Person, Server, on_both_stores};

on_both_stores!(
    a_request_is_told_to_both,
    who_says_yes_makes_friends,
    who_asks_back_makes_friends,
    a_request_is_declined_or_taken_back,
    a_friendship_ends_for_both,
    a_step_taken_again_tells_nobody_anything,
    what_cannot_be_is_refused,
    a_block_ends_a_friendship,
    a_block_ends_requests,
    a_block_is_seen_by_who_made_it_alone,
    who_is_blocked_asks_in_vain,
    who_was_asked_in_vain_may_ask_back,
    two_may_block_each_other,
    friends_hear_of_each_other,
    who_blocks_is_not_heard_of,
    asking_each_other_at_once_makes_friends,
    gateways_tell_of_each_other_s_people,
    one_has_so_many_friends,
    so_many_requests_wait,
    one_blocks_so_many,
    who_does_not_exist_is_not_found,
    the_step_has_to_be_one,
    it_needs_a_sign_in,
);

async fn two(server: &Server) -> (Person, Person) {
    (server.sign_up("Alice").await, server.sign_up("Bob").await)
}

/// That someone is nothing to a person any more, as they are told of it next.
async fn told_of_the_end(person: &mut Person, other: &Person) {
    let ended: UpdateUserRelationshipDeleted = person.expect().await;
    assert_eq!(ended.other_user_id, other.user_id);
}

async fn a_request_is_told_to_both(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    let mut phone = alice.another_session().await;
    let mut tablet = bob.another_session().await;
    let mut carol = server.sign_up("Carol").await;
    for person in [&alice, &bob] {
        person.call(ChangeStatus::default()).await?;
    }
    alice.change(&bob, RequestFriend).await?;
    assert_eq!(
        alice.relationships().await?,
        [(bob.user_id, Is::FriendRequestOutgoing)]
    );
    assert_eq!(
        bob.relationships().await?,
        [(alice.user_id, Is::FriendRequestIncoming)]
    );
    for (session, name, expected) in [
        (&mut alice, "Bob", Is::FriendRequestOutgoing),
        (&mut phone, "Bob", Is::FriendRequestOutgoing),
        (&mut bob, "Alice", Is::FriendRequestIncoming),
        (&mut tablet, "Alice", Is::FriendRequestIncoming),
    ] {
        let (user, relationship) = told(session).await;
        assert_eq!((&*user.name, relationship), (name, expected));
        // Strangers are not told whether one is there.
        assert_eq!(user.status, None);
        session.expect_silence().await?;
    }
    carol.expect_silence().await
}

async fn who_says_yes_makes_friends(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    let mut phone = alice.another_session().await;
    for person in [&alice, &bob] {
        person.call(ChangeStatus::default()).await?;
    }
    alice.change(&bob, RequestFriend).await?;
    for session in [&mut alice, &mut phone, &mut bob] {
        session.catch_up().await?;
    }
    bob.change(&alice, AcceptFriend).await?;
    assert_eq!(alice.relationships().await?, [(bob.user_id, Is::Friend)]);
    assert_eq!(bob.relationships().await?, [(alice.user_id, Is::Friend)]);
    for (session, name) in [
        (&mut alice, "Bob"),
        (&mut phone, "Bob"),
        (&mut bob, "Alice"),
    ] {
        let (user, relationship) = told(session).await;
        assert_eq!((&*user.name, relationship), (name, Is::Friend));
        let status = user.status.expect("friends see that one is there");
        assert_eq!(status.status, Some(Status::Online.into()));
        session.expect_silence().await?;
    }
    Ok(())
}

async fn who_asks_back_makes_friends(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    alice.change(&bob, RequestFriend).await?;
    bob.change(&alice, RequestFriend).await?;
    for (person, first) in [
        (&mut alice, Is::FriendRequestOutgoing),
        (&mut bob, Is::FriendRequestIncoming),
    ] {
        assert_eq!(told(person).await.1, first);
        assert_eq!(told(person).await.1, Is::Friend);
        person.expect_silence().await?;
    }
    Ok(())
}

async fn a_request_is_declined_or_taken_back(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    for declined in [true, false] {
        alice.change(&bob, RequestFriend).await?;
        alice.catch_up().await?;
        bob.catch_up().await?;
        if declined {
            bob.change(&alice, RemoveFriend).await?;
        } else {
            alice.change(&bob, RemoveFriend).await?;
        }
        for person in [&alice, &bob] {
            assert_eq!(person.relationships().await?, []);
        }
        told_of_the_end(&mut alice, &bob).await;
        told_of_the_end(&mut bob, &alice).await;
        alice.expect_silence().await?;
        bob.expect_silence().await?;
    }
    Ok(())
}

async fn a_friendship_ends_for_both(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    let mut phone = alice.another_session().await;
    alice.befriend(&mut bob).await?;
    phone.catch_up().await?;
    alice.change(&bob, RemoveFriend).await?;
    for person in [&alice, &bob] {
        assert_eq!(person.relationships().await?, []);
    }
    told_of_the_end(&mut phone, &bob).await;
    told_of_the_end(&mut alice, &bob).await;
    told_of_the_end(&mut bob, &alice).await;
    for session in [&mut alice, &mut phone, &mut bob] {
        session.expect_silence().await?;
    }
    // They may begin anew.
    bob.change(&alice, RequestFriend).await?;
    assert_eq!(told(&mut alice).await.1, Is::FriendRequestIncoming);
    Ok(())
}

async fn a_step_taken_again_tells_nobody_anything(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    for change in [RemoveFriend, Unblock] {
        alice.change(&bob, change).await?;
    }
    alice.expect_silence().await?;
    for (one_is_alice, change) in [
        (true, RequestFriend),
        (false, AcceptFriend),
        (true, RemoveFriend),
        (true, Block),
        (true, Unblock),
    ] {
        let (one, other) = if one_is_alice {
            (&mut alice, &mut bob)
        } else {
            (&mut bob, &mut alice)
        };
        one.change(other, change).await?;
        one.catch_up().await?;
        other.catch_up().await?;
        one.change(other, change).await?;
        one.expect_silence().await?;
        other.expect_silence().await?;
    }
    Ok(())
}

async fn what_cannot_be_is_refused(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    let code = async |one: &Person, other: &Person, change| {
        let refused = one.change(other, change).await;
        refused.map_err(|error| error.code)
    };
    assert_eq!(code(&alice, &bob, AcceptFriend).await, Err(404));
    alice.change(&bob, RequestFriend).await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    // One's own request is not for oneself to accept.
    assert_eq!(code(&alice, &bob, AcceptFriend).await, Err(404));
    alice.expect_silence().await?;
    bob.expect_silence().await?;

    bob.change(&alice, AcceptFriend).await?;
    assert_eq!(code(&alice, &bob, RequestFriend).await, Err(409));
    alice.change(&bob, Block).await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    assert_eq!(code(&alice, &bob, RequestFriend).await, Err(409));
    assert_eq!(code(&alice, &bob, AcceptFriend).await, Err(404));
    // A block is ended by nothing else.
    alice.change(&bob, RemoveFriend).await?;
    assert_eq!(alice.relationships().await?, [(bob.user_id, Is::Blocked)]);
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn a_block_ends_a_friendship(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    let mut phone = alice.another_session().await;
    alice.befriend(&mut bob).await?;
    phone.catch_up().await?;
    alice.change(&bob, Block).await?;
    assert_eq!(alice.relationships().await?, [(bob.user_id, Is::Blocked)]);
    assert_eq!(bob.relationships().await?, []);
    for session in [&mut alice, &mut phone] {
        let (user, relationship) = told(session).await;
        assert_eq!((&*user.name, relationship), ("Bob", Is::Blocked));
        assert_eq!(user.status, None);
        session.expect_silence().await?;
    }
    // Bob hears what he would hear if she had ended it.
    told_of_the_end(&mut bob, &alice).await;
    bob.expect_silence().await?;
    alice.change(&bob, Unblock).await?;
    for session in [&mut alice, &mut phone] {
        told_of_the_end(session, &bob).await;
        session.expect_silence().await?;
    }
    bob.expect_silence().await
}

async fn a_block_ends_requests(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    for alice_asks in [true, false] {
        if alice_asks {
            alice.change(&bob, RequestFriend).await?;
        } else {
            bob.change(&alice, RequestFriend).await?;
        }
        alice.catch_up().await?;
        bob.catch_up().await?;
        alice.change(&bob, Block).await?;
        assert_eq!(told(&mut alice).await.1, Is::Blocked);
        told_of_the_end(&mut bob, &alice).await;
        bob.expect_silence().await?;
        alice.change(&bob, Unblock).await?;
        alice.catch_up().await?;
        for person in [&alice, &bob] {
            assert_eq!(person.relationships().await?, []);
        }
    }
    Ok(())
}

async fn a_block_is_seen_by_who_made_it_alone(server: Server) -> Checked {
    let (_, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut phone = alice.another_session().await;
    alice.change(&bob, Block).await?;
    for session in [&mut alice, &mut phone] {
        assert_eq!(told(session).await.1, Is::Blocked);
        session.expect_silence().await?;
    }
    alice.change(&bob, Unblock).await?;
    for session in [&mut alice, &mut phone] {
        told_of_the_end(session, &bob).await;
        session.expect_silence().await?;
    }
    for person in [&mut bob, &mut carol] {
        assert_eq!(person.relationships().await?, []);
        person.expect_silence().await?;
    }
    Ok(())
}

async fn who_is_blocked_asks_in_vain(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    alice.change(&bob, Block).await?;
    alice.catch_up().await?;
    // All is as with someone who does not answer.
    bob.change(&alice, RequestFriend).await?;
    assert_eq!(told(&mut bob).await.1, Is::FriendRequestOutgoing);
    assert_eq!(
        bob.relationships().await?,
        [(alice.user_id, Is::FriendRequestOutgoing)]
    );
    bob.change(&alice, RequestFriend).await?;
    bob.change(&alice, RemoveFriend).await?;
    told_of_the_end(&mut bob, &alice).await;
    bob.expect_silence().await?;
    assert_eq!(alice.relationships().await?, [(bob.user_id, Is::Blocked)]);
    alice.expect_silence().await
}

async fn who_was_asked_in_vain_may_ask_back(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    alice.change(&bob, Block).await?;
    bob.change(&alice, RequestFriend).await?;
    alice.change(&bob, Unblock).await?;
    assert_eq!(alice.relationships().await?, []);
    alice.catch_up().await?;
    bob.catch_up().await?;
    // Asked again, she hears of it; and asking back makes friends.
    bob.change(&alice, RequestFriend).await?;
    assert_eq!(told(&mut alice).await.1, Is::FriendRequestIncoming);
    bob.expect_silence().await?;
    alice.change(&bob, RequestFriend).await?;
    assert_eq!(told(&mut alice).await.1, Is::Friend);
    assert_eq!(told(&mut bob).await.1, Is::Friend);
    Ok(())
}

async fn two_may_block_each_other(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    alice.change(&bob, Block).await?;
    bob.change(&alice, Block).await?;
    assert_eq!(alice.relationships().await?, [(bob.user_id, Is::Blocked)]);
    assert_eq!(bob.relationships().await?, [(alice.user_id, Is::Blocked)]);
    for person in [&mut alice, &mut bob] {
        assert_eq!(told(person).await.1, Is::Blocked);
        person.expect_silence().await?;
    }
    alice.change(&bob, Unblock).await?;
    assert_eq!(bob.relationships().await?, [(alice.user_id, Is::Blocked)]);
    bob.expect_silence().await
}

/// The next status of someone that a person is told of.
async fn next_status(person: &mut Person, of: &Person) -> Option<Status> {
    loop {
        let told: UpdateUserStatus = person.expect_status().await;
        if told.user_id == of.user_id {
            return told.status.map(|status| status.status());
        }
    }
}

fn be(status: Status) -> ChangeStatus {
    ChangeStatus {
        status: status.into(),
        ..ChangeStatus::default()
    }
}

fn named(name: &str) -> EditProfile {
    EditProfile {
        name: Some(name.to_owned()),
        ..EditProfile::default()
    }
}

async fn friends_hear_of_each_other(server: Server) -> Checked {
    let (mut alice, mut bob) = two(&server).await;
    let mut carol = server.sign_up("Carol").await;
    alice.befriend(&mut bob).await?;
    alice.change(&carol, RequestFriend).await?;
    alice.catch_up().await?;
    carol.catch_up().await?;
    alice.call(be(Status::Idle)).await?;
    while next_status(&mut bob, &alice).await != Some(Status::Idle) {}
    alice.call(named("Countess")).await?;
    let changed: UpdateUser = bob.expect().await;
    assert_eq!(changed.user.unwrap_or_default().name, "Countess");
    bob.expect_silence().await?;
    // Someone who was merely asked does not.
    carol.expect_silence().await?;

    bob.change(&alice, RemoveFriend).await?;
    bob.catch_up().await?;
    alice.call(named("Alice")).await?;
    bob.expect_silence().await
}

async fn who_blocks_is_not_heard_of(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    alice.befriend(&mut carol).await?;
    for other in [&bob, &carol] {
        alice.send(other.chat(), "hello").await?;
    }
    for other in [&bob, &carol] {
        alice.change(other, Block).await?;
    }
    for person in [&mut alice, &mut bob, &mut carol] {
        person.catch_up().await?;
    }
    alice.call(named("Countess")).await?;
    carol.call(named("Caroline")).await?;
    // What they share still tells of each other.
    bob.expect::<UpdateUser>().await;
    alice.expect::<UpdateUser>().await;
    carol.expect::<UpdateUser>().await;
    for person in [&mut alice, &mut bob, &mut carol] {
        person.expect_silence().await?;
    }
    alice.change(&carol, Unblock).await?;
    alice.catch_up().await?;
    alice.call(named("Alice")).await?;
    let changed: UpdateUser = carol.expect().await;
    assert_eq!(changed.user.unwrap_or_default().name, "Alice");
    Ok(())
}

async fn asking_each_other_at_once_makes_friends(server: Server) -> Checked {
    for _ in 0..10 {
        let (mut alice, mut bob) = two(&server).await;
        let (one, other) = tokio::join!(
            alice.change(&bob, RequestFriend),
            bob.change(&alice, RequestFriend)
        );
        one?;
        other?;
        let mut firsts = Vec::new();
        for (person, other_id) in [(0, bob.user_id), (1, alice.user_id)] {
            let person = if person == 0 { &mut alice } else { &mut bob };
            firsts.push(told(person).await.1);
            assert_eq!(told(person).await.1, Is::Friend);
            person.expect_silence().await?;
            assert_eq!(person.relationships().await?, [(other_id, Is::Friend)]);
        }
        // One of them was first.
        firsts.sort_unstable();
        assert_eq!(
            firsts,
            [Is::FriendRequestIncoming, Is::FriendRequestOutgoing]
        );
    }
    Ok(())
}

async fn gateways_tell_of_each_other_s_people(database: Database) -> Checked {
    let cluster = Cluster::new(database);
    let _fanout = cluster.fanout();
    let (here, there) = (cluster.gateway().await, cluster.gateway().await);
    let mut alice = here.sign_up("Alice").await;
    let mut phone = there.sign_in(&alice).await;
    let mut bob = there.sign_up("Bob").await;
    alice.change(&bob, RequestFriend).await?;
    assert_eq!(told(&mut bob).await.1, Is::FriendRequestIncoming);
    bob.change(&alice, AcceptFriend).await?;
    for session in [&mut alice, &mut phone] {
        assert_eq!(told(session).await.1, Is::FriendRequestOutgoing);
        assert_eq!(told(session).await.1, Is::Friend);
        session.expect_silence().await?;
    }
    phone.change(&bob, Block).await?;
    assert_eq!(told(&mut alice).await.1, Is::Blocked);
    assert_eq!(told(&mut bob).await.1, Is::Friend);
    told_of_the_end(&mut bob, &alice).await;
    // The other gateway refuses at once.
    assert_eq!(
        bob.send(alice.chat(), "hello")
            .await
            .map_err(|error| error.code),
        Err(403)
    );
    bob.expect_silence().await
}

async fn one_has_so_many_friends(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.friends_per_user = 2;
    let server = Server::with(database, few).await;
    let (mut alice, mut bob) = two(&server).await;
    let (carol, dave) = (server.sign_up("Carol").await, server.sign_up("Dave").await);
    alice.befriend(&mut bob).await?;
    alice.change(&carol, RequestFriend).await?;
    alice.catch_up().await?;
    let about_dave = |change| step(dave.user_id, change);
    assert_eq!(alice.refused(about_dave(RequestFriend)).await, 413);
    dave.change(&alice, RequestFriend).await?;
    assert_eq!(alice.refused(about_dave(RequestFriend)).await, 413);
    assert_eq!(alice.refused(about_dave(AcceptFriend)).await, 413);
    assert_eq!(
        dave.relationships().await?,
        [(alice.user_id, Is::FriendRequestOutgoing)]
    );
    // Someone whom one has asked already has their place.
    carol.change(&alice, AcceptFriend).await?;
    alice.change(&bob, RemoveFriend).await?;
    alice.call(about_dave(AcceptFriend)).await?;
    Ok(())
}

async fn so_many_requests_wait(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.friend_requests_per_user = 2;
    let server = Server::with(database, few).await;
    let mut alice = server.sign_up("Alice").await;
    let mut others = Vec::new();
    for name in ["Bob", "Carol", "Dave"] {
        others.push(server.sign_up(name).await);
    }
    let [bob, carol, dave] = &others[..] else {
        panic!("three others signed up");
    };
    bob.change(&alice, RequestFriend).await?;
    carol.change(&alice, RequestFriend).await?;
    alice.catch_up().await?;
    let request = step(alice.user_id, RequestFriend);
    assert_eq!(dave.refused(request).await, 413);
    assert_eq!(dave.relationships().await?, []);
    alice.expect_silence().await?;
    // They do not keep her from asking, and those that she answers make room.
    alice.change(&others[2], RequestFriend).await?;
    alice.change(&others[2], RemoveFriend).await?;
    alice.change(&others[0], AcceptFriend).await?;
    others[2].change(&alice, RequestFriend).await?;
    Ok(())
}

async fn one_blocks_so_many(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.blocks_per_user = 1;
    let server = Server::with(database, few).await;
    let (mut alice, mut bob) = two(&server).await;
    let carol = server.sign_up("Carol").await;
    alice.befriend(&mut bob).await?;
    alice.change(&carol, Block).await?;
    alice.catch_up().await?;
    let request = step(bob.user_id, Block);
    assert_eq!(alice.refused(request).await, 413);
    assert_eq!(bob.relationships().await?, [(alice.user_id, Is::Friend)]);
    alice.expect_silence().await?;
    bob.expect_silence().await?;
    alice.change(&carol, Unblock).await?;
    alice.change(&bob, Block).await?;
    Ok(())
}

async fn who_does_not_exist_is_not_found(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    for id in [0, 12345, u64::MAX, alice.session_id, community.id] {
        for change in [RequestFriend, AcceptFriend, RemoveFriend, Block, Unblock] {
            assert_eq!(
                alice.refused(step(id, change)).await,
                404,
                "{id} {change:?}"
            );
        }
    }
    assert_eq!(alice.relationships().await?, []);
    alice.expect_silence().await
}

async fn the_step_has_to_be_one(server: Server) -> Checked {
    let (alice, bob) = two(&server).await;
    let user = Some(UserRef {
        user_id: bob.user_id,
    });
    for change in [0, -1, 6] {
        let unknown = ChangeRelationship { user, change };
        assert_eq!(alice.refused(unknown).await, 400, "{change}");
    }
    let nobody = ChangeRelationship {
        user: None,
        ..step(bob.user_id, Block)
    };
    assert_eq!(alice.refused(nobody).await, 400);
    for change in [RequestFriend, Block] {
        assert_eq!(alice.refused(step(alice.user_id, change)).await, 400);
    }
    assert_eq!(alice.relationships().await?, []);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let bob = server.sign_up("Bob").await;
    server.needs_sign_in(step(bob.user_id, RequestFriend)).await;
    Ok(())
}
