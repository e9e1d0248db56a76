//! `communities.syncChannelOverrides`.

use osmium_model::Permissions;
use osmium_proto::communities::SyncChannelOverrides;
use osmium_proto::types::ChannelType;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Server};

on_both_stores!(
    a_channel_follows_its_category_again,
    what_it_hid_shows_again,
    a_channel_that_follows_already_stays,
    it_takes_the_permission_in_the_channel,
    it_changes_what_the_caller_has_for_roles_below,
    a_channel_without_a_category_follows_none,
    what_is_not_there_is_not_found,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();
const VIEW: Permissions = Permissions::VIEW_CHANNEL;
const SEND: Permissions = Permissions::SEND_MESSAGES;
const MEDIA: Permissions = Permissions::SEND_MEDIA;
const MODIFY: Permissions = Permissions::MODIFY_CHANNEL;

fn of(community: &Community, channel_id: u64) -> SyncChannelOverrides {
    SyncChannelOverrides {
        community_id: community.id,
        channel_id,
    }
}

async fn a_channel_follows_its_category_again(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let role = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    let (category, general) = (community.category, community.general);
    alice
        .set_override(&community, general, role, (NOTHING, SEND))
        .await?;
    alice
        .set_override(&community, category, role, (NOTHING, MEDIA))
        .await?;
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    alice.call(of(&community, general)).await?;
    let told = bob.expect_overrides(&community, general).await;
    assert_eq!(told, (NOTHING, MEDIA));
    let mut listed = alice.overrides_of(&community, general).await?;
    assert!(listed.parent_sync);
    let of_category = alice.overrides_of(&community, category).await?;
    for found in &mut listed.overrides {
        found.channel_id = category;
    }
    assert_eq!(listed.overrides, of_category.overrides);
    // From here on it goes with the category.
    alice
        .set_override(&community, category, 0, (NOTHING, SEND))
        .await?;
    let told = bob.expect_overrides(&community, general).await;
    assert_eq!(told, (NOTHING, MEDIA | SEND));
    let told = carol.expect_overrides(&community, general).await;
    assert_eq!(told, (NOTHING, SEND));
    all_are_silent([&mut alice, &mut bob, &mut carol]).await
}

async fn what_it_hid_shows_again(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general;
    let hidden = (NOTHING, VIEW);
    alice.set_override(&community, general, 0, hidden).await?;
    assert_eq!(bob.expect_no_channel().await, general);
    alice.call(of(&community, general)).await?;
    assert_eq!(bob.expect_channel().await, general);
    all_are_silent([&mut alice, &mut bob]).await
}

async fn a_channel_that_follows_already_stays(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(of(&community, community.general)).await?;
    let listed = alice.overrides_of(&community, community.general).await?;
    assert!(listed.parent_sync);
    all_are_silent([&mut alice, &mut bob]).await
}

async fn it_takes_the_permission_in_the_channel(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general;
    alice
        .set_override(&community, general, 0, (NOTHING, NOTHING))
        .await?;
    assert_eq!(bob.refused(of(&community, general)).await, 403);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - MODIFY;
    alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(of(&community, general)).await, 403);
    alice.promote(&community, &mut bob, MODIFY, 5).await?;
    bob.call(of(&community, general)).await?;
    alice.expect_silence().await
}

async fn it_changes_what_the_caller_has_for_roles_below(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let own = alice.promote(&community, &mut bob, MODIFY, 5).await?;
    let below = alice.create_role(&community, NOTHING, 4).await?;
    let (category, general) = (community.category, community.general);
    let lacking = Permissions::DELETE_MESSAGES;
    // What it would take, and what it would give.
    for (channel, role, given) in [
        (general, below, (lacking, NOTHING)),
        (category, below, (NOTHING, lacking)),
        (general, own, (SEND, NOTHING)),
        (category, own, (NOTHING, MEDIA)),
    ] {
        let nothing = (NOTHING, NOTHING);
        alice.set_override(&community, general, 0, nothing).await?;
        alice.set_override(&community, channel, role, given).await?;
        all_catch_up([&mut alice, &mut bob]).await?;
        let refused = bob.refused(of(&community, general)).await;
        assert_eq!(refused, 403, "{role} {given:?}");
        all_are_silent([&mut alice, &mut bob]).await?;
        alice
            .set_override(&community, channel, role, nothing)
            .await?;
    }
    // What does not change may stand above.
    let denied = (NOTHING, MEDIA);
    for channel in [category, general] {
        alice.set_override(&community, channel, own, denied).await?;
    }
    bob.call(of(&community, general)).await?;
    Ok(())
}

async fn a_channel_without_a_category_follows_none(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let top = alice
        .create_channel(&community, "top", ChannelType::Text)
        .await?;
    for channel in [top, community.category] {
        assert_eq!(alice.refused(of(&community, channel)).await, 400);
    }
    alice.expect_silence().await
}

async fn what_is_not_there_is_not_found(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [carol]) = server.community_of(["Carol"]).await?;
    let general = community.general;
    assert_eq!(carol.refused(of(&community, general)).await, 404);
    for unknown in [0, 12345, u64::MAX, foreign.general] {
        assert_eq!(alice.refused(of(&community, unknown)).await, 404);
    }
    let nowhere = SyncChannelOverrides {
        community_id: 12345,
        channel_id: general,
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    alice.promote(&community, &mut bob, MODIFY, 5).await?;
    let hidden = (NOTHING, VIEW);
    alice.set_override(&community, general, 0, hidden).await?;
    assert_eq!(bob.refused(of(&community, general)).await, 404);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    let request = of(&community, community.general);
    server.needs_sign_in(request).await;
    Ok(())
}
