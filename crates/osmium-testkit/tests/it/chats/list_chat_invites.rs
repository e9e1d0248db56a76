//! `chats.listChatInvites`.

use osmium_model::Permissions;
use osmium_ports::Clock;
use osmium_proto::auth::invite_preview::TargetInfo;
use osmium_proto::auth::{InviteType, UseInvite};
use osmium_proto::chats::{CreateChatInvite, ListChatInvites};
use osmium_proto::communities::community_settings::DiscoveryListing;
use osmium_proto::communities::{CommunitySettings, EditSettings};
use osmium_proto::refs::ChatRef;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{channel_chat, group_chat};
use osmium_testkit::{Community, Person, Server, on_both_stores};
use std::time::Duration;

on_both_stores!(
    the_newest_is_first,
    those_that_cannot_be_used_are_left_out,
    who_manages_nothing_sees_their_own,
    the_owner_of_a_group_sees_all_into_it,
    the_invite_of_a_listing_is_none_of_them,
    what_one_does_not_see_is_not_found,
    it_needs_a_sign_in,
);

fn of(chat_ref: ChatRef) -> ListChatInvites {
    ListChatInvites {
        chat_ref: Some(chat_ref),
    }
}

async fn listed(person: &Person, community: &Community) -> Checked<Vec<String>> {
    let found = person.call(of(community.general())).await?.invites;
    Ok(found.into_iter().map(|invite| invite.code).collect())
}

async fn the_newest_is_first(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let first = listed(&alice, &community).await?;
    server.clock().advance(Duration::from_secs(1));
    let ends = server.clock().now().seconds() + 3600;
    let request = CreateChatInvite {
        chat_ref: Some(community.general()),
        expires_at: Some(ends),
        max_uses: None,
    };
    let code = bob.call(request).await?.code;
    let invites = alice.call(of(community.general())).await?.invites;
    assert_eq!(invites.len(), first.len() + 1);
    let newest = invites[0].clone();
    assert_eq!(newest.code, code);
    assert_eq!(newest.creator_id, bob.user_id);
    assert_eq!(newest.creator.unwrap_or_default().name, "Bob");
    assert_eq!(newest.expires_at, Some(ends));
    assert_eq!(
        (newest.target_type, newest.target_id),
        (InviteType::Community as i32, community.id)
    );
    let Some(TargetInfo::Community(seen)) = newest.target_info else {
        panic!("a community is due");
    };
    assert!(seen.owner, "as the viewer stands in it");
    Ok(())
}

async fn those_that_cannot_be_used_are_left_out(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let before = listed(&alice, &community).await?;
    let make = async |expires_at, max_uses| -> Checked<String> {
        let request = CreateChatInvite {
            chat_ref: Some(community.general()),
            expires_at,
            max_uses,
        };
        Ok(alice.call(request).await?.code)
    };
    let ends = server.clock().now().seconds() + 30;
    let for_a_time = make(Some(ends), None).await?;
    let for_one = make(None, Some(1)).await?;
    let now = listed(&alice, &community).await?;
    assert!(now.contains(&for_a_time) && now.contains(&for_one));
    let bob = server.sign_up("Bob").await;
    bob.call(UseInvite { code: for_one }).await?;
    server.clock().advance(Duration::from_secs(31));
    assert_eq!(listed(&alice, &community).await?, before);
    Ok(())
}

async fn who_manages_nothing_sees_their_own(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    assert!(listed(&bob, &community).await?.is_empty());
    let own = bob.invite(&community).await?;
    assert_eq!(listed(&bob, &community).await?, [own]);
    for permission in [Permissions::MODIFY_COMMUNITY, Permissions::MODIFY_CHANNEL] {
        alice.promote(&community, &mut bob, permission, 1).await?;
        assert_eq!(
            listed(&bob, &community).await?,
            listed(&alice, &community).await?
        );
    }
    assert!(listed(&alice, &community).await?.len() > 1);
    Ok(())
}

async fn the_owner_of_a_group_sees_all_into_it(server: Server) -> Checked {
    let (group, [alice, bob, carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    let stranger = server.sign_up("Dave").await;
    let code = bob.invite_into_group(group).await?;
    for (person, sees) in [(&alice, true), (&bob, true), (&carol, false)] {
        let invites = person.call(of(group_chat(group))).await?.invites;
        assert_eq!(invites.iter().any(|invite| invite.code == code), sees);
    }
    assert_eq!(stranger.refused(of(group_chat(group))).await, 404);
    Ok(())
}

async fn the_invite_of_a_listing_is_none_of_them(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let before = listed(&alice, &community).await?;
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
    assert_eq!(listed(&alice, &community).await?, before);
    Ok(())
}

async fn what_one_does_not_see_is_not_found(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let bob = server.sign_up("Bob").await;
    assert_eq!(bob.refused(of(community.general())).await, 404);
    assert_eq!(
        alice.refused(of(channel_chat(community.id, 12345))).await,
        404
    );
    assert_eq!(
        alice
            .refused(of(channel_chat(12345, community.general)))
            .await,
        404
    );
    assert_eq!(alice.refused(ListChatInvites { chat_ref: None }).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(of(community.general())).await;
    Ok(())
}
