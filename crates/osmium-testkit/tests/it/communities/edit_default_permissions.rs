//! `communities.editDefaultPermissions`.

use osmium_model::Permissions;
use osmium_proto::communities::{EditDefaultPermissions, GetRoles};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Server};

on_both_stores!(
    members_hear_what_they_may_do_now,
    channels_close_and_open_with_it,
    it_takes_the_permission,
    it_gives_no_more_than_the_caller_has,
    unknown_bits_are_kept,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();
const USUAL: Permissions = Permissions::NEW_COMMUNITY;

fn of(community: &Community, permissions: Permissions) -> EditDefaultPermissions {
    EditDefaultPermissions {
        community_id: community.id,
        permissions: permissions.bits(),
    }
}

async fn members_hear_what_they_may_do_now(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let mut dave = server.sign_up("Dave").await;
    let mut phone = carol.another_session().await;
    let pins = Permissions::PIN_MESSAGES;
    alice.promote(&community, &mut bob, pins, 1).await?;
    all_catch_up([&mut carol, &mut phone]).await?;
    let less = Permissions::VIEW_CHANNEL;
    alice.call(of(&community, less)).await?;
    assert_eq!(alice.expect_standing().await, (true, Permissions::all()));
    assert_eq!(bob.expect_standing().await, (false, less | pins));
    for session in [&mut carol, &mut phone] {
        assert_eq!(session.expect_standing().await, (false, less));
    }
    // Once more, it changes nothing.
    alice.call(of(&community, less)).await?;
    all_are_silent([&mut alice, &mut bob, &mut carol, &mut phone, &mut dave]).await?;
    let community_id = community.id;
    let listed = carol.call(GetRoles { community_id }).await?;
    assert_eq!(listed.default_permissions, less.bits());
    assert!(carol.send(community.general(), "hello").await.is_err());
    Ok(())
}

async fn channels_close_and_open_with_it(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let view = Permissions::VIEW_CHANNEL;
    alice.promote(&community, &mut bob, view, 1).await?;
    carol.catch_up().await?;
    alice.call(of(&community, NOTHING)).await?;
    // Two categories with a channel in each: a category is told before what is in it.
    let mut closed = Vec::new();
    for _ in 0..4 {
        closed.push(carol.expect_no_channel().await);
    }
    assert!(closed[..2].contains(&community.category));
    assert!(closed[2..].contains(&community.general));
    assert_eq!(carol.expect_standing().await, (false, NOTHING));
    assert_eq!(bob.expect_standing().await, (false, view));

    alice.call(of(&community, USUAL)).await?;
    let mut opened = Vec::new();
    for _ in 0..4 {
        opened.push(carol.expect_channel().await);
    }
    assert_eq!(opened, closed);
    for person in [&mut bob, &mut carol] {
        assert_eq!(person.expect_standing().await, (false, USUAL));
        person.expect_silence().await?;
    }
    Ok(())
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let request = of(&community, NOTHING);
    assert_eq!(bob.refused(request).await, 403);
    assert_eq!(carol.refused(request).await, 404);
    let nowhere = EditDefaultPermissions {
        community_id: 12345,
        permissions: 0,
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(request).await, 403);
    alice.expect_silence().await?;
    let enough = Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, enough, 0).await?;
    bob.call(request).await?;
    Ok(())
}

async fn it_gives_no_more_than_the_caller_has(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let enough = Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, enough, 0).await?;
    for lacking in [
        Permissions::ADMINISTRATOR,
        USUAL | Permissions::DELETE_MESSAGES,
        USUAL | Permissions::from_bits_retain(1 << 40),
    ] {
        let request = of(&community, lacking);
        assert_eq!(bob.refused(request).await, 403, "{lacking:?}");
    }
    alice.expect_silence().await?;
    bob.call(of(&community, USUAL | enough)).await?;
    // What one takes from everyone, one has no more, and cannot give back.
    let less = USUAL - Permissions::SEND_MEDIA;
    bob.call(of(&community, less)).await?;
    assert_eq!(bob.refused(of(&community, USUAL)).await, 403);
    alice.call(of(&community, USUAL)).await?;
    Ok(())
}

async fn unknown_bits_are_kept(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let permissions = USUAL | Permissions::from_bits_retain(1 << 63);
    alice.call(of(&community, permissions)).await?;
    assert_eq!(bob.expect_standing().await, (false, permissions));
    bob.expect_silence().await
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(of(&community, NOTHING)).await;
    Ok(())
}
