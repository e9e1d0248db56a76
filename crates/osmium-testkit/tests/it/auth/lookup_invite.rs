//! `auth.lookupInvite`.

use osmium_ports::Clock;
use osmium_proto::auth::invite_preview::TargetInfo;
use osmium_proto::auth::{InvitePreview, InviteType, LookupInvite, UseInvite};
use osmium_proto::chats::CreateChatInvite;
use osmium_proto::types::{Group, NotifPrefs};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::{Community, Person, Server};
use std::time::Duration;

on_both_stores!(
    who_is_not_signed_in_sees_where_it_leads,
    members_see_how_they_stand,
    a_group_shows_who_is_in_it_to_those_in_it,
    what_is_no_invite_is_not_found,
    an_invite_ends,
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

async fn it_comes_after_initialize(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let code = alice.invite(&community).await?;
    let person = server.connection().await;
    assert_eq!(person.refused(of(&code)).await, 400);
    Ok(())
}
