//! `communities.editMember`.

use osmium_model::Permissions;
use osmium_proto::communities::{CommunityMemberRoleIds, EditMember, GetMembers};
use osmium_proto::types::CommunityMember;
use osmium_proto::updates::{UpdateChannel, UpdateChannelDeleted, UpdateCommunityMember};
use osmium_testkit::contract::Checked;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Person, Server, on_both_stores};

on_both_stores!(
    everyone_hears_of_a_nickname,
    everyone_hears_of_roles_and_the_member_of_what_they_may_do,
    channels_appear_and_vanish_with_roles,
    what_is_absent_stays,
    a_nickname_is_bounded,
    naming_others_takes_one_of_two_permissions,
    nobody_names_those_who_are_not_below_them,
    giving_roles_takes_the_permission,
    nobody_gives_or_takes_roles_that_are_not_below_theirs,
    nobody_gives_a_permission_that_they_lack,
    nobody_gives_roles_to_those_who_are_not_below_them,
    who_is_no_member_is_not_found,
    it_needs_a_sign_in,
);

fn edit(community: &Community, member: &Person) -> EditMember {
    EditMember {
        community_id: community.id,
        member_id: member.user_id,
        nickname: None,
        role_ids: None,
    }
}

fn name(community: &Community, member: &Person, nickname: &str) -> EditMember {
    EditMember {
        nickname: Some(nickname.to_owned()),
        ..edit(community, member)
    }
}

fn roles(community: &Community, member: &Person, role_ids: &[u64]) -> EditMember {
    let role_ids = role_ids.to_vec();
    EditMember {
        role_ids: Some(CommunityMemberRoleIds { role_ids }),
        ..edit(community, member)
    }
}

async fn member(by: &Person, community: &Community, of: &Person) -> Checked<CommunityMember> {
    let request = GetMembers {
        community_id: community.id,
        member_ids: vec![of.user_id],
    };
    let members = by.call(request).await?.members;
    Ok(members.first().expect("they are a member").clone())
}

/// The member in the update that comes next.
async fn told(person: &mut Person) -> CommunityMember {
    let told: UpdateCommunityMember = person.expect().await;
    let member = told.member.unwrap_or_default();
    assert_eq!(
        (told.community_id, told.member_id),
        (member.community_id, member.id)
    );
    member
}

async fn everyone_hears_of_a_nickname(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut phone = bob.another_session().await;
    let mut carol = server.sign_up("Carol").await;
    for (said, kept) in [(" Bobby ", Some("Bobby")), ("", None)] {
        bob.call(name(&community, &bob, said)).await?;
        assert_eq!(
            member(&alice, &community, &bob).await?.nickname.as_deref(),
            kept
        );
        for person in [&mut alice, &mut bob, &mut phone] {
            let told = told(person).await;
            assert_eq!(told.nickname.as_deref(), kept);
            person.expect_silence().await?;
        }
        // The same again is no news.
        bob.call(name(&community, &bob, said)).await?;
        all_are_silent([&mut alice, &mut bob, &mut phone]).await?;
    }
    carol.expect_silence().await
}

async fn everyone_hears_of_roles_and_the_member_of_what_they_may_do(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut phone = bob.another_session().await;
    let usual = Permissions::NEW_COMMUNITY;
    let one = alice
        .create_role(&community, Permissions::DELETE_MESSAGES, 1)
        .await?;
    let two = alice
        .create_role(&community, Permissions::PIN_MESSAGES, 2)
        .await?;
    all_catch_up([&mut bob, &mut phone, &mut carol]).await?;
    for (held, permissions) in [
        (vec![one], usual | Permissions::DELETE_MESSAGES),
        (
            vec![one, two],
            usual | Permissions::DELETE_MESSAGES | Permissions::PIN_MESSAGES,
        ),
        (vec![two], usual | Permissions::PIN_MESSAGES),
        (vec![], usual),
    ] {
        alice.call(roles(&community, &bob, &held)).await?;
        assert_eq!(member(&carol, &community, &bob).await?.role_ids, held);
        for person in [&mut alice, &mut carol] {
            let told = told(person).await;
            assert_eq!((told.id, &told.role_ids), (bob.user_id, &held));
            person.expect_silence().await?;
        }
        for session in [&mut bob, &mut phone] {
            assert_eq!(told(session).await.role_ids, held);
            assert_eq!(session.expect_standing().await, (false, permissions));
            session.expect_silence().await?;
        }
        // The same again, whatever the order and however often, is no news.
        let again: Vec<u64> = held.iter().rev().chain(&held).copied().collect();
        alice.call(roles(&community, &bob, &again)).await?;
        all_are_silent([&mut alice, &mut bob, &mut phone, &mut carol]).await?;
    }
    Ok(())
}

async fn channels_appear_and_vanish_with_roles(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let sees = alice
        .create_role(&community, Permissions::VIEW_CHANNEL, 1)
        .await?;
    server
        .set_default_permissions(&community, Permissions::empty())
        .await?;
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    alice.call(roles(&community, &bob, &[sees])).await?;
    bob.expect_all::<UpdateChannel>(4).await;
    told(&mut bob).await;
    assert_eq!(
        bob.expect_standing().await,
        (false, Permissions::VIEW_CHANNEL)
    );
    alice.call(roles(&community, &bob, &[])).await?;
    bob.expect_all::<UpdateChannelDeleted>(4).await;
    told(&mut bob).await;
    assert_eq!(bob.expect_standing().await, (false, Permissions::empty()));
    bob.expect_silence().await?;
    // Who sees nothing hears nothing, but is a member as before.
    alice.send(community.general(), "hello").await?;
    alice.catch_up().await?;
    bob.expect_silence().await?;
    for _ in 0..2 {
        told(&mut carol).await;
    }
    carol.expect_silence().await
}

async fn what_is_absent_stays(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let role = alice
        .create_role(&community, Permissions::empty(), 1)
        .await?;
    let both = EditMember {
        nickname: Some("Bobby".to_owned()),
        ..roles(&community, &bob, &[role])
    };
    bob.catch_up().await?;
    alice.call(both).await?;
    let edited = told(&mut bob).await;
    assert_eq!(edited.nickname.as_deref(), Some("Bobby"));
    assert_eq!(edited.role_ids, [role]);
    bob.expect_standing().await;
    alice.call(edit(&community, &bob)).await?;
    bob.expect_silence().await?;
    alice.call(name(&community, &bob, "Rob")).await?;
    let named = told(&mut bob).await;
    assert_eq!(
        (named.nickname.as_deref(), named.role_ids),
        (Some("Rob"), vec![role])
    );
    bob.expect_silence().await?;
    alice.call(roles(&community, &bob, &[])).await?;
    let stripped = told(&mut bob).await;
    assert_eq!(stripped.nickname.as_deref(), Some("Rob"));
    assert!(stripped.role_ids.is_empty());
    Ok(())
}

async fn a_nickname_is_bounded(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    for bad in ["x".repeat(65), "a\0b".to_owned(), "a\nb".to_owned()] {
        assert_eq!(
            alice.refused(name(&community, &alice, &bad)).await,
            400,
            "{bad:?}"
        );
    }
    alice.expect_silence().await?;
    alice
        .call(name(&community, &alice, &"😀".repeat(32)))
        .await?;
    Ok(())
}

async fn naming_others_takes_one_of_two_permissions(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    assert_eq!(bob.refused(name(&community, &carol, "C")).await, 403);
    carol.expect_silence().await?;
    for (permission, nickname) in [
        (Permissions::MODIFY_ROLES, "C"),
        (Permissions::MODIFY_COMMUNITY, "D"),
        (Permissions::ADMINISTRATOR, "E"),
    ] {
        alice.promote(&community, &mut bob, permission, 1).await?;
        carol.catch_up().await?;
        bob.call(name(&community, &carol, nickname)).await?;
        assert_eq!(told(&mut carol).await.nickname.as_deref(), Some(nickname));
    }
    alice
        .promote(&community, &mut bob, Permissions::REMOVE_MEMBERS, 1)
        .await?;
    assert_eq!(bob.refused(name(&community, &carol, "F")).await, 403);
    Ok(())
}

async fn nobody_names_those_who_are_not_below_them(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let role = alice
        .promote(&community, &mut bob, Permissions::ADMINISTRATOR, 1)
        .await?;
    alice.give_roles(&community, &carol, &[role]).await?;
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    for other in [&carol, &alice] {
        assert_eq!(bob.refused(name(&community, other, "X")).await, 403);
    }
    all_are_silent([&mut alice, &mut bob, &mut carol]).await?;
    bob.call(name(&community, &bob, "B")).await?;
    alice.call(name(&community, &carol, "C")).await?;
    Ok(())
}

async fn giving_roles_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let low = alice
        .create_role(&community, Permissions::empty(), 0)
        .await?;
    alice
        .promote(&community, &mut bob, Permissions::MODIFY_COMMUNITY, 5)
        .await?;
    carol.catch_up().await?;
    for member in [&bob, &carol] {
        assert_eq!(bob.refused(roles(&community, member, &[low])).await, 403);
    }
    // A name that comes with it does not stay.
    let both = EditMember {
        nickname: Some("C".to_owned()),
        ..roles(&community, &carol, &[low])
    };
    assert_eq!(bob.refused(both).await, 403);
    all_are_silent([&mut alice, &mut bob, &mut carol]).await?;
    alice
        .promote(&community, &mut bob, Permissions::MODIFY_ROLES, 5)
        .await?;
    carol.catch_up().await?;
    bob.call(roles(&community, &carol, &[low])).await?;
    assert_eq!(told(&mut carol).await.role_ids, [low]);
    Ok(())
}

async fn nobody_gives_or_takes_roles_that_are_not_below_theirs(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let nothing = Permissions::empty();
    let low = alice.create_role(&community, nothing, 1).await?;
    let high = alice.create_role(&community, nothing, 9).await?;
    let own = alice
        .promote(&community, &mut bob, Permissions::MODIFY_ROLES, 5)
        .await?;
    carol.catch_up().await?;
    // An equal priority that came later is below; one's own and one that came before are not.
    for given in [high, own] {
        assert_eq!(
            bob.refused(roles(&community, &carol, &[low, given])).await,
            403
        );
        assert_eq!(
            bob.refused(roles(&community, &bob, &[own, high])).await,
            403
        );
    }
    assert_eq!(
        bob.refused(roles(&community, &bob, &[])).await,
        403,
        "one's own highest"
    );
    assert_eq!(bob.refused(roles(&community, &carol, &[12345])).await, 404);
    all_are_silent([&mut alice, &mut bob, &mut carol]).await?;
    let later = alice.create_role(&community, nothing, 5).await?;
    all_catch_up([&mut bob, &mut carol]).await?;
    bob.call(roles(&community, &carol, &[low, later])).await?;
    bob.call(roles(&community, &bob, &[own, low])).await?;
    bob.call(roles(&community, &bob, &[own])).await?;
    // Of what stays they need not be above.
    alice.call(roles(&community, &carol, &[low])).await?;
    bob.call(roles(&community, &carol, &[])).await?;
    // The owner is exempt.
    alice.call(roles(&community, &alice, &[high])).await?;
    alice.call(roles(&community, &alice, &[])).await?;
    Ok(())
}

async fn nobody_gives_a_permission_that_they_lack(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let removes = alice
        .create_role(&community, Permissions::REMOVE_MEMBERS, 1)
        .await?;
    let admin = alice
        .create_role(&community, Permissions::ADMINISTRATOR, 1)
        .await?;
    let held = Permissions::MODIFY_ROLES | Permissions::PIN_MESSAGES;
    let pins = alice
        .create_role(&community, Permissions::PIN_MESSAGES, 1)
        .await?;
    alice.promote(&community, &mut bob, held, 5).await?;
    carol.catch_up().await?;
    for given in [removes, admin] {
        assert_eq!(bob.refused(roles(&community, &carol, &[given])).await, 403);
        assert_eq!(bob.refused(roles(&community, &bob, &[given])).await, 403);
    }
    carol.expect_silence().await?;
    bob.call(roles(&community, &carol, &[pins])).await?;
    // To take it away, one need not have it.
    alice.call(roles(&community, &carol, &[removes])).await?;
    bob.call(roles(&community, &carol, &[])).await?;
    Ok(())
}

async fn nobody_gives_roles_to_those_who_are_not_below_them(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let low = alice
        .create_role(&community, Permissions::empty(), 1)
        .await?;
    let own = alice
        .promote(&community, &mut bob, Permissions::ADMINISTRATOR, 5)
        .await?;
    alice.give_roles(&community, &carol, &[own]).await?;
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    assert_eq!(
        bob.refused(roles(&community, &carol, &[own, low])).await,
        403
    );
    assert_eq!(bob.refused(roles(&community, &carol, &[])).await, 403);
    assert_eq!(bob.refused(roles(&community, &alice, &[low])).await, 403);
    all_are_silent([&mut alice, &mut bob, &mut carol]).await?;
    bob.call(roles(&community, &bob, &[own, low])).await?;
    Ok(())
}

async fn who_is_no_member_is_not_found(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (other, [carol]) = server.community_of(["Carol"]).await?;
    assert_eq!(alice.refused(name(&community, &carol, "C")).await, 404);
    assert_eq!(carol.refused(name(&community, &bob, "B")).await, 404);
    let nobody = EditMember {
        member_id: 12345,
        ..name(&community, &bob, "B")
    };
    assert_eq!(alice.refused(nobody).await, 404);
    let nowhere = EditMember {
        community_id: 12345,
        ..name(&community, &bob, "B")
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    // A role of another community is none here.
    let mut carol = carol;
    let foreign = carol.create_role(&other, Permissions::empty(), 1).await?;
    assert_eq!(
        alice.refused(roles(&community, &bob, &[foreign])).await,
        404
    );
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(name(&community, &alice, "A")).await;
    Ok(())
}
