//! `communities.deleteChannelOverride`.

use osmium_model::Permissions;
use osmium_proto::communities::DeleteChannelOverride;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Server};

on_both_stores!(
    those_whom_it_concerned_hear_of_it,
    what_it_hid_shows_again,
    a_channel_keeps_the_others_of_its_category,
    it_takes_the_permission_in_the_channel,
    it_is_for_roles_below_the_caller,
    it_changes_what_the_caller_has,
    what_is_not_there_is_not_found,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();
const VIEW: Permissions = Permissions::VIEW_CHANNEL;
const SEND: Permissions = Permissions::SEND_MESSAGES;
const MODIFY: Permissions = Permissions::MODIFY_CHANNEL;

fn of(community: &Community, role_id: u64) -> DeleteChannelOverride {
    DeleteChannelOverride {
        community_id: community.id,
        channel_id: community.general,
        role_id,
    }
}

async fn those_whom_it_concerned_hear_of_it(server: Server) -> Checked {
    let people = server
        .community_of(["Alice", "Bob", "Carol", "Dave"])
        .await?;
    let (community, [mut alice, mut bob, mut carol, mut dave]) = people;
    let everything = Permissions::ADMINISTRATOR;
    alice.promote(&community, &mut dave, everything, 2).await?;
    let role = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    let general = community.general;
    let denied = (NOTHING, SEND);
    alice
        .set_override(&community, general, role, denied)
        .await?;
    alice.set_override(&community, general, 0, denied).await?;
    all_catch_up([&mut alice, &mut bob, &mut carol, &mut dave]).await?;
    // To who has it twice, the one is as the other.
    alice.call(of(&community, community.id)).await?;
    let told = carol.expect_overrides(&community, general).await;
    assert_eq!(told, (NOTHING, NOTHING));
    alice.call(of(&community, role)).await?;
    let told = bob.expect_overrides(&community, general).await;
    assert_eq!(told, (NOTHING, NOTHING));
    let left = alice.overrides_of(&community, general).await?;
    assert!(left.overrides.is_empty() && !left.parent_sync);
    bob.send(community.general(), "hello").await?;
    all_catch_up([&mut bob]).await?;
    for person in [&mut alice, &mut carol, &mut dave] {
        person
            .expect::<osmium_proto::updates::UpdateMessageCreated>()
            .await;
    }
    all_are_silent([&mut alice, &mut bob, &mut carol, &mut dave]).await
}

async fn what_it_hid_shows_again(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let role = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    let general = community.general;
    let hidden = (NOTHING, VIEW);
    alice
        .set_override(&community, general, role, hidden)
        .await?;
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    alice.call(of(&community, role)).await?;
    assert_eq!(bob.expect_channel().await, general);
    all_are_silent([&mut alice, &mut bob, &mut carol]).await
}

async fn a_channel_keeps_the_others_of_its_category(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let role = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    let category = community.category;
    let denied = (NOTHING, SEND);
    alice.set_override(&community, category, 0, denied).await?;
    alice
        .set_override(
            &community,
            category,
            role,
            (NOTHING, Permissions::SEND_MEDIA),
        )
        .await?;
    bob.catch_up().await?;
    alice.call(of(&community, role)).await?;
    let told = bob.expect_overrides(&community, community.general).await;
    assert_eq!(told, denied);
    bob.expect_silence().await?;
    let own = alice.overrides_of(&community, community.general).await?;
    assert!(!own.parent_sync);
    let for_whom: Vec<u64> = own.overrides.iter().map(|found| found.role_id).collect();
    assert_eq!(for_whom, [community.id]);
    let of_category = alice.overrides_of(&community, category).await?;
    assert_eq!(of_category.overrides.len(), 2);
    Ok(())
}

async fn it_takes_the_permission_in_the_channel(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general;
    let denied = (NOTHING, Permissions::ADD_REACTIONS);
    alice.set_override(&community, general, 0, denied).await?;
    bob.catch_up().await?;
    assert_eq!(bob.refused(of(&community, 0)).await, 403);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - MODIFY;
    let role = alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(of(&community, 0)).await, 403);
    all_are_silent([&mut alice, &mut bob]).await?;
    let given = (MODIFY | Permissions::ADD_REACTIONS, NOTHING);
    alice.set_override(&community, general, role, given).await?;
    bob.call(of(&community, 0)).await?;
    Ok(())
}

async fn it_is_for_roles_below_the_caller(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let older = alice.create_role(&community, NOTHING, 5).await?;
    let own = alice.promote(&community, &mut bob, MODIFY, 5).await?;
    let younger = alice.create_role(&community, NOTHING, 5).await?;
    let higher = alice.create_role(&community, NOTHING, 6).await?;
    for role in [older, own, younger, higher] {
        let given = (SEND, NOTHING);
        alice
            .set_override(&community, community.general, role, given)
            .await?;
    }
    all_catch_up([&mut alice, &mut bob]).await?;
    for role in [older, own, higher] {
        assert_eq!(bob.refused(of(&community, role)).await, 403, "{role}");
    }
    all_are_silent([&mut alice, &mut bob]).await?;
    bob.call(of(&community, younger)).await?;
    for role in [older, own, higher] {
        alice.call(of(&community, role)).await?;
    }
    Ok(())
}

async fn it_changes_what_the_caller_has(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.promote(&community, &mut bob, MODIFY, 5).await?;
    let role = alice.create_role(&community, NOTHING, 1).await?;
    let lacking = Permissions::DELETE_MESSAGES;
    for (allow, deny) in [(lacking, NOTHING), (NOTHING, lacking)] {
        alice
            .set_override(&community, community.general, role, (allow, deny))
            .await?;
        assert_eq!(bob.refused(of(&community, role)).await, 403);
    }
    // Who is denied something may not end that.
    alice
        .set_override(&community, community.general, 0, (NOTHING, SEND))
        .await?;
    assert_eq!(bob.refused(of(&community, 0)).await, 403);
    Ok(())
}

async fn what_is_not_there_is_not_found(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [mut carol]) = server.community_of(["Carol"]).await?;
    let role = alice.promote(&community, &mut bob, MODIFY, 1).await?;
    assert_eq!(carol.refused(of(&community, 0)).await, 404);
    // Nobody, everyone, and a role without an override.
    for unknown in [12345, 0, role] {
        assert_eq!(alice.refused(of(&community, unknown)).await, 404);
    }
    let general = community.general;
    let hidden = (NOTHING, VIEW);
    alice.set_override(&community, general, 0, hidden).await?;
    assert_eq!(bob.refused(of(&community, 0)).await, 404);
    for channel_id in [0, 12345, foreign.general] {
        let request = DeleteChannelOverride {
            channel_id,
            ..of(&community, 0)
        };
        assert_eq!(alice.refused(request).await, 404, "{channel_id}");
    }
    let nowhere = DeleteChannelOverride {
        community_id: 12345,
        ..of(&community, 0)
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    alice.call(of(&community, 0)).await?;
    assert_eq!(alice.refused(of(&community, 0)).await, 404);
    carol.expect_silence().await
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(of(&community, 0)).await;
    Ok(())
}
