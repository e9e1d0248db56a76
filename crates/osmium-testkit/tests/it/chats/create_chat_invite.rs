//! `chats.createChatInvite`.

use osmium_core::Config;
use osmium_proto::auth::{CreatedInvite, UseInvite};
use osmium_proto::chats::{CreateChatInvite, DeleteChatInvite, ListChatInvites};
use osmium_proto::friends::change_relationship::RelationshipChangeType::RemoveFriend;
use osmium_proto::refs::ChatRef;
use osmium_proto::types::RelationshipStatus as Is;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{channel_chat, group_chat, saved_messages};
use osmium_testkit::{Database, Server, on_both_stores};
use std::time::Duration;

on_both_stores!(
    whoever_has_the_code_joins,
    every_member_may_invite,
    nobody_is_told,
    an_invite_is_used_up,
    an_invite_expires,
    an_expiry_may_be_in_milliseconds,
    an_expiry_lies_ahead,
    members_invite_into_a_group,
    those_into_a_group_are_listed_and_taken_back,
    those_to_be_friends_are_listed_and_taken_back,
    an_invite_to_oneself_is_to_be_friends,
    nobody_invites_to_someone_else,
    one_has_so_many_invites,
    the_channel_has_to_be_visible,
    it_needs_a_sign_in,
);

fn invite(chat: ChatRef) -> CreateChatInvite {
    CreateChatInvite {
        chat_ref: Some(chat),
        ..CreateChatInvite::default()
    }
}

fn follow(invite: CreatedInvite) -> UseInvite {
    UseInvite { code: invite.code }
}

async fn whoever_has_the_code_joins(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let created = alice.call(invite(community.general())).await?;
    assert_eq!(created.code.len(), 16);
    assert!(created.code.chars().all(|c| c.is_ascii_alphanumeric()));
    for name in ["Bob", "Carol"] {
        let person = server.sign_up(name).await;
        person.call(follow(created.clone())).await?;
        person.send(community.general(), "hello").await?;
    }
    Ok(())
}

async fn every_member_may_invite(server: Server) -> Checked {
    let (community, [_alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let voice = channel_chat(community.id, community.voice);
    let created = bob.call(invite(voice)).await?;
    let carol = server.sign_up("Carol").await;
    carol.call(follow(created)).await?;
    carol.send(community.general(), "hello").await?;
    Ok(())
}

async fn nobody_is_told(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(invite(community.general())).await?;
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn an_invite_is_used_up(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let once = CreateChatInvite {
        max_uses: Some(1),
        ..invite(community.general())
    };
    let created = alice.call(once).await?;
    let (bob, carol) = (server.sign_up("Bob").await, server.sign_up("Carol").await);
    bob.call(follow(created.clone())).await?;
    assert_eq!(carol.refused(follow(created)).await, 410);

    // 0 is no limit.
    let unlimited = CreateChatInvite {
        max_uses: Some(0),
        ..invite(community.general())
    };
    let created = alice.call(unlimited).await?;
    carol.call(follow(created)).await?;
    Ok(())
}

async fn an_invite_expires(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let soon = CreateChatInvite {
        expires_at: Some(server.now().seconds() + 10),
        ..invite(community.general())
    };
    let created = alice.call(soon).await?;
    let (bob, carol) = (server.sign_up("Bob").await, server.sign_up("Carol").await);
    bob.call(follow(created.clone())).await?;
    server.clock().advance(Duration::from_secs(10));
    assert_eq!(carol.refused(follow(created)).await, 410);
    Ok(())
}

async fn an_expiry_may_be_in_milliseconds(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let soon = CreateChatInvite {
        expires_at: Some(server.now().millis() + 10_000),
        ..invite(community.general())
    };
    let created = alice.call(soon).await?;
    server.clock().advance(Duration::from_secs(10));
    let bob = server.sign_up("Bob").await;
    assert_eq!(bob.refused(follow(created)).await, 410);
    Ok(())
}

async fn an_expiry_lies_ahead(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let expiring = |expires_at| CreateChatInvite {
        expires_at: Some(expires_at),
        ..invite(community.general())
    };
    let now = server.now().seconds();
    assert_eq!(alice.refused(expiring(now - 1)).await, 400);
    // 0 is never.
    alice.call(expiring(0)).await?;
    Ok(())
}

async fn members_invite_into_a_group(server: Server) -> Checked {
    let (group, [mut alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let created = bob.call(invite(group_chat(group))).await?;
    alice.expect_silence().await?;
    let carol = server.sign_up("Carol").await;
    assert_eq!(carol.refused(invite(group_chat(group))).await, 404);
    carol.call(follow(created)).await?;
    carol.send(group_chat(group), "hello").await?;
    Ok(())
}

async fn those_into_a_group_are_listed_and_taken_back(server: Server) -> Checked {
    let (group, [alice, bob, carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    let dave = server.sign_up("Dave").await;
    let chat_ref = Some(group_chat(group));
    let code = bob.call(invite(group_chat(group))).await?.code;
    // The owner sees all, members those that they made.
    for (viewer, listed) in [(&alice, 1), (&bob, 1), (&carol, 0)] {
        let list = viewer.call(ListChatInvites { chat_ref }).await?.invites;
        assert_eq!(list.len(), listed);
        for preview in list {
            assert_eq!((&preview.code, preview.target_id), (&code, group));
            assert_eq!(preview.creator.unwrap_or_default().name, "Bob");
        }
    }
    assert_eq!(dave.refused(ListChatInvites { chat_ref }).await, 404);
    let take_back = || DeleteChatInvite { code: code.clone() };
    for other in [&carol, &dave] {
        assert_eq!(other.refused(take_back()).await, 404);
    }
    alice.call(take_back()).await?;
    assert_eq!(bob.refused(take_back()).await, 404);
    assert_eq!(dave.refused(UseInvite { code }).await, 404);
    Ok(())
}

async fn an_invite_to_oneself_is_to_be_friends(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut bob = server.sign_up("Bob").await;
    for by in [saved_messages(), alice.chat()] {
        let created = alice.call(invite(by)).await?;
        alice.expect_silence().await?;
        bob.call(follow(created)).await?;
        assert_eq!(alice.relationships().await?, [(bob.user_id, Is::Friend)]);
        bob.change(&alice, RemoveFriend).await?;
        alice.catch_up().await?;
        bob.catch_up().await?;
    }
    Ok(())
}

async fn nobody_invites_to_someone_else(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    assert_eq!(alice.refused(invite(bob.chat())).await, 403);
    Ok(())
}

async fn one_has_so_many_invites(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.invites_per_target = 2;
    let server = Server::with(database, few).await;
    let alice = server.sign_up("Alice").await;
    let once = CreateChatInvite {
        max_uses: Some(1),
        ..invite(saved_messages())
    };
    let created = alice.call(once).await?;
    alice.call(invite(saved_messages())).await?;
    assert_eq!(alice.refused(invite(saved_messages())).await, 413);
    let bob = server.sign_up("Bob").await;
    bob.call(follow(created)).await?;
    alice.call(invite(saved_messages())).await?;
    Ok(())
}

async fn those_to_be_friends_are_listed_and_taken_back(server: Server) -> Checked {
    let (alice, bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    let code = alice.friend_invite().await?;
    for chat_ref in [Some(saved_messages()), Some(alice.chat())] {
        let listed = alice.call(ListChatInvites { chat_ref }).await?.invites;
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].code, code);
        assert_eq!(listed[0].target_id, alice.user_id);
    }
    let chat_ref = Some(saved_messages());
    assert!(
        bob.call(ListChatInvites { chat_ref })
            .await?
            .invites
            .is_empty()
    );
    let chat_ref = Some(alice.chat());
    assert_eq!(bob.refused(ListChatInvites { chat_ref }).await, 403);
    let take_back = || DeleteChatInvite { code: code.clone() };
    assert_eq!(bob.refused(take_back()).await, 404);
    alice.call(take_back()).await?;
    assert_eq!(bob.refused(UseInvite { code }).await, 404);
    Ok(())
}

async fn the_channel_has_to_be_visible(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [_carol]) = server.community_of(["Carol"]).await?;
    for hidden in [
        foreign.general(),
        channel_chat(community.id, foreign.general),
        channel_chat(community.id, community.category),
        channel_chat(12345, community.general),
        group_chat(12345),
    ] {
        assert_eq!(alice.refused(invite(hidden)).await, 404);
    }
    assert_eq!(alice.refused(CreateChatInvite::default()).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(invite(community.general())).await;
    Ok(())
}
