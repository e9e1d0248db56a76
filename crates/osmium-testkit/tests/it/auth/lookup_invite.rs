//! `auth.lookupInvite`.

use osmium_core::{Config, Registration};
use osmium_model::{CommunityId, InviteTarget, Listing, Topic};
use osmium_ports::Clock;
use osmium_proto::auth::invite_preview::TargetInfo;
use osmium_proto::auth::{InvitePreview, InviteType, LookupInvite, SignUp, UseInvite};
use osmium_proto::chats::CreateChatInvite;
use osmium_proto::communities::community_settings::DiscoveryListing;
use osmium_proto::communities::{CommunitySettings, EditCommunity, EditSettings, GetCommunities};
use osmium_proto::friends::change_relationship::RelationshipChangeType::{Block, Unblock};
use osmium_proto::settings::ChangeStatus;
use osmium_proto::types::{Group, NotifPrefs};
use osmium_testkit::contract::Checked;
use osmium_testkit::contract::store::seed;
use osmium_testkit::{Community, Database, Person, Server, builders, on_both_stores};
use std::time::Duration;

on_both_stores!(
    who_is_not_signed_in_sees_where_it_leads,
    members_see_how_they_stand,
    a_group_shows_who_is_in_it_to_those_in_it,
    an_invite_to_be_friends_shows_with_whom,
    who_is_blocked_finds_no_invite,
    what_is_no_invite_is_not_found,
    an_invite_ends,
    a_handle_leads_into_a_community_that_is_listed,
    a_listing_opens_no_registration,
    it_comes_after_initialize,
);

fn of(code: &str) -> LookupInvite {
    LookupInvite {
        code: code.to_owned(),
    }
}

/// The community that a preview shows, as (owner, permissions, preferences).
fn standing(preview: InvitePreview) -> (bool, u64, NotifPrefs) {
    let Some(TargetInfo::Community(community)) = preview.target_info else {
        panic!("a community is due: {preview:?}");
    };
    (
        community.owner,
        community.permissions,
        community.notif_prefs(),
    )
}

/// An invite with limits; gives its code.
async fn limited(
    person: &Person,
    community: &Community,
    expires_at: Option<u64>,
    max_uses: Option<u32>,
) -> Checked<String> {
    let request = CreateChatInvite {
        chat_ref: Some(community.general()),
        expires_at,
        max_uses,
    };
    Ok(person.call(request).await?.code)
}

async fn who_is_not_signed_in_sees_where_it_leads(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let ends = server.clock().now().seconds() + 3600;
    let code = limited(&alice, &community, Some(ends), None).await?;
    let preview = server.anonymous().await.call(of(&code)).await?;
    assert_eq!(preview.code, code);
    assert_eq!(preview.creator_id, alice.user_id);
    assert_eq!(preview.target_id, community.id);
    assert_eq!(preview.target_type(), InviteType::Community);
    assert_eq!(preview.expires_at, Some(ends), "in seconds");
    let creator = preview.creator.clone().unwrap_or_default();
    assert_eq!(creator.id, alice.user_id);
    assert_eq!(creator.status, None, "strangers see no statuses");
    assert_eq!(standing(preview), (false, 0, NotifPrefs::Default));
    Ok(())
}

async fn members_see_how_they_stand(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let code = alice.invite(&community).await?;
    let seen = standing(alice.call(of(&code)).await?);
    assert!(
        seen.0 && seen.1 & 1 == 1,
        "the owner may do everything: {seen:?}"
    );
    let seen = standing(bob.call(of(&code)).await?);
    assert_eq!(seen, (false, 4398, NotifPrefs::Default));
    let preview = carol.call(of(&code)).await?;
    assert_eq!(preview.expires_at, None);
    assert_eq!(standing(preview), (false, 0, NotifPrefs::Default));
    Ok(())
}

async fn a_group_shows_who_is_in_it_to_those_in_it(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let code = bob.invite_into_group(group).await?;
    let (carol, anyone) = (server.sign_up("Carol").await, server.anonymous().await);
    let members = vec![alice.user_id, bob.user_id];
    for (viewer, owner, participants) in [
        (&alice, true, members.clone()),
        (&bob, false, members),
        (&carol, false, vec![]),
        (&anyone, false, vec![]),
    ] {
        let preview = viewer.call(of(&code)).await?;
        assert_eq!(preview.target_type(), InviteType::Group);
        assert_eq!(preview.target_id, group);
        assert_eq!(preview.creator.unwrap_or_default().id, bob.user_id);
        let expected = Group {
            id: group,
            name: "Trip".to_owned(),
            owner,
            participant_ids: participants,
            photo: None,
        };
        assert_eq!(preview.target_info, Some(TargetInfo::Chat(expected)));
    }
    Ok(())
}

async fn an_invite_to_be_friends_shows_with_whom(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    alice.call(ChangeStatus::default()).await?;
    let code = alice.friend_invite().await?;
    let bob = server.sign_up("Bob").await;
    for viewer in [&server.anonymous().await, &bob, &alice] {
        let preview = viewer.call(of(&code)).await?;
        assert_eq!(preview.target_type(), InviteType::User);
        assert_eq!(preview.target_id, alice.user_id);
        assert_eq!(preview.creator_id, alice.user_id);
        let Some(TargetInfo::User(user)) = preview.target_info else {
            panic!("a user is due");
        };
        assert_eq!(user.name, "Alice");
        assert_eq!(user.status, None, "strangers see no statuses");
        assert_eq!(preview.creator, Some(user));
    }
    Ok(())
}

async fn who_is_blocked_finds_no_invite(server: Server) -> Checked {
    let (alice, bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    let code = alice.friend_invite().await?;
    alice.change(&bob, Block).await?;
    let unknown = bob.refusal(of("AAAAAAAAAAAAAAAA")).await;
    let refused = bob.refusal(of(&code)).await;
    assert_eq!((refused.code, &refused.message), (404, &unknown.message));
    alice.change(&bob, Unblock).await?;
    bob.call(of(&code)).await?;
    Ok(())
}

async fn what_is_no_invite_is_not_found(server: Server) -> Checked {
    let person = server.anonymous().await;
    for code in ["", "AAAAAAAAAAAAAAAA", "no code", "AAAAAAAAAAAAAAA\0", "é"] {
        assert_eq!(person.refused(of(code)).await, 404, "{code:?}");
    }
    Ok(())
}

async fn an_invite_ends(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let ends = server.clock().now().seconds() + 30;
    let for_a_time = limited(&alice, &community, Some(ends), None).await?;
    let for_one = limited(&alice, &community, None, Some(1)).await?;
    let person = server.anonymous().await;
    person.call(of(&for_a_time)).await?;
    person.call(of(&for_one)).await?;

    server.clock().advance(Duration::from_secs(31));
    let bob = server.sign_up("Bob").await;
    let code = for_one.clone();
    bob.call(UseInvite { code }).await?;
    assert_eq!(person.refused(of(&for_a_time)).await, 410);
    assert_eq!(person.refused(of(&for_one)).await, 410);
    Ok(())
}

/// Gives a community a handle, and lists it or takes it off.
async fn publish(owner: &Person, community: &Community, handle: &str, listed: bool) -> Checked {
    let request = EditCommunity {
        community_id: community.id,
        name: None,
        username: Some(handle.to_owned()),
    };
    owner.call(request).await?;
    let settings = CommunitySettings {
        discovery_listing: Some(DiscoveryListing {
            listed,
            listing: None,
        }),
        ..CommunitySettings::default()
    };
    let request = EditSettings {
        community_id: community.id,
        settings: Some(settings),
    };
    owner.call(request).await?;
    Ok(())
}

async fn a_handle_leads_into_a_community_that_is_listed(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let (stranger, bob) = (server.anonymous().await, server.sign_up("Bob").await);
    publish(&alice, &community, "the_lounge", false).await?;
    assert_eq!(stranger.refused(of("the_lounge")).await, 404);
    publish(&alice, &community, "the_lounge", true).await?;
    let preview = stranger.call(of("the_lounge")).await?;
    assert_eq!(preview.target_id, community.id);
    for handle in ["The_Lounge", "@the_lounge", &preview.code] {
        assert_eq!(stranger.call(of(handle)).await?, preview, "{handle:?}");
    }
    // The preview has the code that one joins by.
    let code = "the_lounge".to_owned();
    assert_eq!(bob.refused(UseInvite { code }).await, 404);
    let code = preview.code;
    bob.call(UseInvite { code }).await?;
    assert_eq!(bob.call(GetCommunities {}).await?.communities.len(), 1);
    // What could be a code is one.
    publish(&alice, &community, "abcdefghijklmnop", true).await?;
    assert_eq!(stranger.refused(of("abcdefghijklmnop")).await, 404);
    assert_eq!(stranger.refused(of("the_lounge")).await, 404);
    publish(&alice, &community, "lounge", false).await?;
    assert_eq!(stranger.refused(of("lounge")).await, 404);
    Ok(())
}

async fn a_listing_opens_no_registration(database: Database) -> Checked {
    let store = database.store();
    let by_invite = |config: &mut Config| config.registration = Registration::Invite;
    let server = Server::with(database, by_invite).await;
    seed::users(&store, [1]).await?;
    seed::community(&store, 2, 1, [3]).await?;
    let (home, listed) = (
        CommunityId(2),
        Listing {
            listed: true,
            ..Listing::default()
        },
    );
    let [public, given] =
        [1, 2].map(|number| builders::invite(number, 1, InviteTarget::Community(home)));
    let mut tx = store.begin(&[Topic::Community(home)]).await?;
    tx.insert_invite(&public, builders::NOON).await?;
    tx.insert_invite(&given, builders::NOON).await?;
    tx.set_listing(home, &listed, Some(&public.code)).await?;
    tx.commit().await?;

    let stranger = server.anonymous().await;
    let sign_up = || SignUp {
        name: "Eve".to_owned(),
        ..SignUp::default()
    };
    stranger.call(of(public.code.as_str())).await?;
    assert_eq!(stranger.refused(sign_up()).await, 403);
    stranger.call(of(given.code.as_str())).await?;
    stranger.call(sign_up()).await?;
    Ok(())
}

async fn it_comes_after_initialize(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let code = alice.invite(&community).await?;
    let person = server.connection().await;
    assert_eq!(person.refused(of(&code)).await, 400);
    Ok(())
}
