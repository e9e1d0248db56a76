//! `chats.deleteChatInvite`.

use osmium_model::Permissions;
use osmium_proto::auth::UseInvite;
use osmium_proto::chats::DeleteChatInvite;
use osmium_proto::communities::community_settings::DiscoveryListing;
use osmium_proto::communities::{CommunitySettings, EditSettings, LeaveCommunity};
use osmium_proto::discovery::GetDiscoverableCommunities;
use osmium_testkit::contract::Checked;
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    who_made_it_takes_it_back,
    managers_take_back_those_of_others,
    for_others_it_does_not_exist,
    the_owner_of_a_group_takes_back_those_into_it,
    the_invite_of_a_listing_stays,
    what_is_no_invite_is_not_found,
    it_needs_a_sign_in,
);

fn of(code: &str) -> DeleteChatInvite {
    DeleteChatInvite {
        code: code.to_owned(),
    }
}

async fn who_made_it_takes_it_back(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let (kept, gone) = (bob.invite(&community).await?, bob.invite(&community).await?);
    bob.call(of(&gone)).await?;
    assert_eq!(bob.refused(of(&gone)).await, 404);
    assert_eq!(carol.refused(UseInvite { code: gone }).await, 404);
    alice.expect_silence().await?;
    bob.expect_silence().await?;
    // Also when they are there no more.
    let community_id = community.id;
    bob.call(LeaveCommunity { community_id }).await?;
    bob.call(of(&kept)).await?;
    assert_eq!(carol.refused(UseInvite { code: kept }).await, 404);
    Ok(())
}

async fn managers_take_back_those_of_others(server: Server) -> Checked {
    let (community, [mut alice, mut bob, carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    for permission in [Permissions::MODIFY_COMMUNITY, Permissions::MODIFY_CHANNEL] {
        alice.promote(&community, &mut bob, permission, 1).await?;
        let code = carol.invite(&community).await?;
        bob.call(of(&code)).await?;
        assert_eq!(alice.refused(of(&code)).await, 404);
    }
    Ok(())
}

async fn for_others_it_does_not_exist(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let code = alice.invite(&community).await?;
    let carol = server.sign_up("Carol").await;
    assert_eq!(bob.refused(of(&code)).await, 404);
    let unknown = carol.refusal(of("AAAAAAAAAAAAAAAA")).await;
    let refused = carol.refusal(of(&code)).await;
    assert_eq!(
        (refused.code, refused.message),
        (unknown.code, unknown.message)
    );
    alice
        .promote(&community, &mut bob, Permissions::REMOVE_MEMBERS, 1)
        .await?;
    assert_eq!(bob.refused(of(&code)).await, 404);
    carol.call(UseInvite { code }).await?;
    Ok(())
}

async fn the_owner_of_a_group_takes_back_those_into_it(server: Server) -> Checked {
    let (group, [alice, bob, carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    let stranger = server.sign_up("Dave").await;
    let code = bob.invite_into_group(group).await?;
    for other in [&carol, &stranger] {
        assert_eq!(other.refused(of(&code)).await, 404);
    }
    alice.call(of(&code)).await?;
    assert_eq!(stranger.refused(UseInvite { code }).await, 404);
    Ok(())
}

async fn the_invite_of_a_listing_stays(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let settings = CommunitySettings {
        discovery_listing: Some(DiscoveryListing {
            listed: true,
            listing: None,
        }),
        ..CommunitySettings::default()
    };
    let request = EditSettings {
        community_id: community.id,
        settings: Some(settings),
    };
    alice.call(request).await?;
    let page = alice.call(GetDiscoverableCommunities::default()).await?;
    let code = page.listings[0].invite_code.clone();
    assert_eq!(alice.refused(of(&code)).await, 404);
    let bob = server.sign_up("Bob").await;
    bob.call(UseInvite { code }).await?;
    Ok(())
}

async fn what_is_no_invite_is_not_found(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    for code in ["", "AAAAAAAAAAAAAAAA", "no code"] {
        assert_eq!(alice.refused(of(code)).await, 404, "{code:?}");
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let code = alice.invite(&community).await?;
    server.needs_sign_in(of(&code)).await;
    Ok(())
}
