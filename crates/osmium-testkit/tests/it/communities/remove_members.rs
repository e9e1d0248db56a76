//! `communities.removeMembers`.

use osmium_core::Config;
use osmium_model::Permissions;
use osmium_ports::Clock;
use osmium_proto::auth::UseInvite;
use osmium_proto::communities::removed_members::RemovedMember;
use osmium_proto::communities::{
    GetChannels, GetCommunities, GetMembers, GetRemovedMembers, RemoveMembers,
};
use osmium_proto::types::ChannelType;
use osmium_proto::updates::{
    UpdateCommunity, UpdateCommunityDeleted, UpdateCommunityMemberCreated,
    UpdateCommunityMemberDeleted, UpdateMessageCreated, UpdateMessageDeleted,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::channel_chat;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Database, Person, Server, on_both_stores};
use std::time::Duration;

on_both_stores!(
    who_is_kicked_hears_of_nothing_after_it,
    who_is_kicked_may_come_back_and_has_read_everything,
    who_is_banned_does_not_come_back,
    a_timed_ban_ends_by_itself,
    who_is_no_member_can_be_banned,
    a_ban_replaces_the_one_before,
    what_they_wrote_goes_with_them,
    only_so_much_of_what_they_wrote_goes,
    it_takes_the_permission,
    nobody_removes_those_who_are_not_below_them,
    who_is_nowhere_is_passed_over,
    what_is_said_has_bounds,
    it_needs_a_sign_in,
);

const FOR_EVER: Option<u64> = Some(0);

fn remove<const N: usize>(community: &Community, people: [&Person; N]) -> RemoveMembers {
    RemoveMembers {
        community_id: community.id,
        member_ids: people.map(|person| person.user_id).to_vec(),
        until: None,
        delete_messages_since: None,
        reason: None,
    }
}

fn ban<const N: usize>(community: &Community, people: [&Person; N]) -> RemoveMembers {
    RemoveMembers {
        until: FOR_EVER,
        ..remove(community, people)
    }
}

/// Whom a call removes.
async fn removed(by: &Person, request: RemoveMembers) -> Checked<Vec<RemovedMember>> {
    Ok(by.call(request).await?.members)
}

async fn expect_gone(person: &mut Person, community: &Community, who: u64) {
    let told: UpdateCommunityMemberDeleted = person.expect().await;
    assert_eq!((told.community_id, told.member_id), (community.id, who));
}

async fn expect_parted(person: &mut Person, community: &Community) -> Checked {
    let told: UpdateCommunityDeleted = person.expect().await;
    assert_eq!(told.community_id, community.id);
    person.expect_silence().await
}

async fn who_is_kicked_hears_of_nothing_after_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut phone = bob.another_session().await;
    let community_id = community.id;
    let kicked = removed(&alice, remove(&community, [&bob])).await?;
    assert_eq!(kicked.len(), 1);
    assert_eq!((kicked[0].user_id, kicked[0].until), (bob.user_id, None));
    assert_eq!(kicked[0].user.clone().unwrap_or_default().name, "Bob");
    // Nothing is left when the answer comes.
    assert_eq!(bob.refused(GetChannels { community_id }).await, 404);
    assert!(bob.call(GetCommunities {}).await?.communities.is_empty());
    let bans = alice.call(GetRemovedMembers { community_id }).await?;
    assert!(bans.members.is_empty(), "a kick is no ban");

    for person in [&mut alice, &mut carol] {
        expect_gone(person, &community, bob.user_id).await;
        person.expect_silence().await?;
    }
    alice.send(community.general(), "who is here?").await?;
    for person in [&mut alice, &mut carol] {
        person.expect::<UpdateMessageCreated>().await;
    }
    for session in [&mut bob, &mut phone] {
        expect_parted(session, &community).await?;
    }
    assert_eq!(
        bob.send(community.general(), "I").await.map_err(|e| e.code),
        Err(404)
    );
    Ok(())
}

async fn who_is_kicked_may_come_back_and_has_read_everything(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let code = alice.invite(&community).await?;
    let first = alice.send(community.general(), "one").await?;
    bob.mark_read(community.general(), first).await?;
    alice.send(community.general(), "two").await?;
    bob.catch_up().await?;
    alice.call(remove(&community, [&bob])).await?;
    bob.expect::<UpdateCommunityDeleted>().await;
    alice.send(community.general(), "three").await?;
    bob.call(UseInvite { code }).await?;
    bob.expect::<UpdateCommunity>().await;
    bob.expect::<UpdateMessageCreated>().await;
    let conversation = bob.conversation(community.general()).await?;
    assert_eq!(conversation.unread_count, 0);
    alice.send(community.general(), "four").await?;
    let told: UpdateMessageCreated = bob.expect().await;
    assert_eq!(told.channel_unread_count, 1);
    alice.catch_up().await
}

async fn who_is_banned_does_not_come_back(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let code = alice.invite(&community).await?;
    let request = RemoveMembers {
        reason: Some("spam".to_owned()),
        ..ban(&community, [&bob, &carol])
    };
    let banned = removed(&alice, request).await?;
    let said: Vec<_> = banned
        .iter()
        .map(|banned| (banned.user_id, banned.until))
        .collect();
    assert_eq!(said, [(bob.user_id, FOR_EVER), (carol.user_id, FOR_EVER)]);
    assert_eq!(banned[0].reason.as_deref(), Some("spam"));
    for who in [bob.user_id, carol.user_id] {
        expect_gone(&mut alice, &community, who).await;
    }
    for person in [&mut bob, &mut carol] {
        expect_parted(person, &community).await?;
        assert_eq!(person.refused(UseInvite { code: code.clone() }).await, 403);
        person.expect_silence().await?;
    }
    alice.expect_silence().await
}

async fn a_timed_ban_ends_by_itself(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let code = alice.invite(&community).await?;
    let until = Some(server.clock().now().seconds() + 30);
    let request = RemoveMembers {
        until,
        ..remove(&community, [&bob])
    };
    let banned = removed(&alice, request).await?;
    assert_eq!(banned[0].until, until);
    expect_parted(&mut bob, &community).await?;
    assert_eq!(bob.refused(UseInvite { code: code.clone() }).await, 403);
    server.clock().advance(Duration::from_secs(31));
    bob.call(UseInvite { code }).await?;
    bob.expect::<UpdateCommunity>().await;
    Ok(())
}

async fn who_is_no_member_can_be_banned(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let mut dave = server.sign_up("Dave").await;
    let code = alice.invite(&community).await?;
    assert!(
        removed(&alice, remove(&community, [&dave]))
            .await?
            .is_empty()
    );
    let banned = removed(&alice, ban(&community, [&dave])).await?;
    assert_eq!(banned[0].user_id, dave.user_id);
    assert_eq!(dave.refused(UseInvite { code }).await, 403);
    all_are_silent([&mut alice, &mut dave]).await
}

async fn a_ban_replaces_the_one_before(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let community_id = community.id;
    for (until, reason) in [(FOR_EVER, Some("one")), (Some(9_999_999_999), None)] {
        let request = RemoveMembers {
            until,
            reason: reason.map(str::to_owned),
            ..remove(&community, [&bob])
        };
        alice.call(request).await?;
        let bans = alice
            .call(GetRemovedMembers { community_id })
            .await?
            .members;
        assert_eq!(bans.len(), 1);
        assert_eq!((bans[0].until, bans[0].reason.as_deref()), (until, reason));
    }
    Ok(())
}

async fn what_they_wrote_goes_with_them(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let other = alice
        .create_channel(&community, "other", ChannelType::Text)
        .await?;
    let (other, general) = (channel_chat(community.id, other), community.general());
    let kept = bob.send(general, "before").await?;
    server.clock().advance(Duration::from_secs(2));
    let since = server.clock().now().seconds();
    let alices = alice.send(general, "hers").await?;
    let in_general = [
        bob.send(general, "one").await?,
        bob.send(general, "two").await?,
    ];
    let elsewhere = bob.send(other, "three").await?;
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    let request = RemoveMembers {
        delete_messages_since: Some(since),
        ..remove(&community, [&bob])
    };
    alice.call(request).await?;
    let ids = async |chat| -> Checked<Vec<u64>> {
        let history = alice.history(chat).await?.messages;
        Ok(history.iter().map(|message| message.message_id).collect())
    };
    let left = ids(general).await?;
    assert!(left.contains(&kept) && left.contains(&alices));
    assert!(in_general.iter().all(|id| !left.contains(id)));
    assert!(ids(other).await?.is_empty());

    expect_parted(&mut bob, &community).await?;
    for person in [&mut alice, &mut carol] {
        expect_gone(person, &community, bob.user_id).await;
        let mut told = person.expect_all::<UpdateMessageDeleted>(2).await;
        told.sort_by_key(|told| told.message_ids.len());
        assert_eq!(told[0].chat_ref, Some(other));
        assert_eq!(told[0].message_ids, [elsewhere]);
        assert_eq!(told[1].chat_ref, Some(general));
        told[1].message_ids.sort_unstable();
        assert_eq!(told[1].message_ids, in_general);
        person.expect_silence().await?;
    }
    // What is gone is unread no more.
    assert_eq!(carol.conversation(other).await?.unread_count, 0);
    Ok(())
}

async fn only_so_much_of_what_they_wrote_goes(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.written_deleted = 2;
    let server = Server::with(database, few).await;
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut sent = Vec::new();
    for text in ["one", "two", "three"] {
        sent.push(bob.send(community.general(), text).await?);
    }
    alice.catch_up().await?;
    let request = RemoveMembers {
        delete_messages_since: Some(0),
        ..ban(&community, [&bob])
    };
    alice.call(request).await?;
    expect_gone(&mut alice, &community, bob.user_id).await;
    let mut told: UpdateMessageDeleted = alice.expect().await;
    told.message_ids.sort_unstable();
    assert_eq!(told.message_ids, sent[1..], "the latest go");
    alice.expect_silence().await
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let dave = server.sign_up("Dave").await;
    for request in [remove(&community, [&carol]), ban(&community, [&carol])] {
        assert_eq!(bob.refused(request.clone()).await, 403);
        assert_eq!(dave.refused(request).await, 404);
    }
    let nowhere = RemoveMembers {
        community_id: 12345,
        ..remove(&community, [&carol])
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    all_are_silent([&mut alice, &mut bob, &mut carol]).await?;

    alice
        .promote(&community, &mut bob, Permissions::REMOVE_MEMBERS, 1)
        .await?;
    carol.catch_up().await?;
    bob.call(remove(&community, [&carol])).await?;
    expect_parted(&mut carol, &community).await
}

async fn nobody_removes_those_who_are_not_below_them(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol, mut dave]) = server
        .community_of(["Alice", "Bob", "Carol", "Dave"])
        .await?;
    let removes = Permissions::REMOVE_MEMBERS;
    let role = alice.promote(&community, &mut bob, removes, 5).await?;
    alice.give_roles(&community, &carol, &[role]).await?;
    all_catch_up([&mut alice, &mut bob, &mut carol, &mut dave]).await?;
    // One who may not be removed saves all: an equal, the owner, oneself.
    for until in [None, FOR_EVER] {
        for (above, code) in [(&carol, 403), (&alice, 403), (&bob, 400)] {
            let request = RemoveMembers {
                until,
                ..remove(&community, [&dave, above])
            };
            assert_eq!(bob.refused(request).await, code);
        }
    }
    assert_eq!(alice.refused(remove(&community, [&alice])).await, 400);
    all_are_silent([&mut alice, &mut bob, &mut carol, &mut dave]).await?;
    let request = GetMembers {
        community_id: community.id,
        member_ids: Vec::new(),
    };
    assert_eq!(alice.call(request).await?.members.len(), 4);

    let higher = alice.create_role(&community, removes, 6).await?;
    alice.give_roles(&community, &bob, &[higher]).await?;
    all_catch_up([&mut bob, &mut carol]).await?;
    bob.call(ban(&community, [&carol])).await?;
    expect_parted(&mut carol, &community).await
}

async fn who_is_nowhere_is_passed_over(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    for until in [None, FOR_EVER] {
        let request = RemoveMembers {
            member_ids: vec![12345, 0, u64::MAX],
            until,
            delete_messages_since: Some(0),
            ..remove(&community, [])
        };
        assert!(removed(&alice, request).await?.is_empty());
        assert!(
            removed(
                &alice,
                RemoveMembers {
                    until,
                    ..remove(&community, [])
                }
            )
            .await?
            .is_empty()
        );
    }
    all_are_silent([&mut alice, &mut bob]).await?;
    // Named twice, removed once.
    let removed = removed(&alice, remove(&community, [&bob, &bob])).await?;
    assert_eq!(removed.len(), 1);
    expect_gone(&mut alice, &community, bob.user_id).await;
    expect_parted(&mut bob, &community).await?;
    alice.expect_silence().await?;
    // Back again, they are told of once.
    bob.join(&alice.invite(&community).await?).await?;
    alice.expect::<UpdateCommunityMemberCreated>().await;
    Ok(())
}

async fn what_is_said_has_bounds(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.members_named = 2;
    let server = Server::with(database, few).await;
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    for reason in ["x".repeat(501), "a\0".to_owned()] {
        let request = RemoveMembers {
            reason: Some(reason),
            ..ban(&community, [&bob])
        };
        assert_eq!(alice.refused(request).await, 400);
    }
    let past = RemoveMembers {
        until: Some(server.clock().now().seconds() - 1),
        ..remove(&community, [&bob])
    };
    assert_eq!(alice.refused(past).await, 400);
    let many = RemoveMembers {
        member_ids: vec![1, 2, 3],
        ..remove(&community, [])
    };
    assert_eq!(alice.refused(many).await, 413);
    alice.expect_silence().await?;
    let request = RemoveMembers {
        until: Some(u64::MAX),
        delete_messages_since: Some(u64::MAX),
        reason: Some("😀".repeat(250)),
        ..remove(&community, [&bob])
    };
    assert_eq!(removed(&alice, request).await?.len(), 1);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(remove(&community, [&alice])).await;
    Ok(())
}
