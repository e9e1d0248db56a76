//! `communities.createRole`.

use osmium_core::Config;
use osmium_model::Permissions;
use osmium_proto::communities::CreateRole;
use osmium_proto::types::CommunityRole;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::{all_are_silent, role};
use osmium_testkit::{Database, Server};

on_both_stores!(
    members_hear_that_roles_changed,
    it_takes_the_permission,
    it_stands_below_its_maker,
    it_gives_what_its_maker_has,
    who_holds_no_role_has_nothing_below,
    a_name_is_required_and_a_color_bounded,
    there_is_a_limit,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();

async fn members_hear_that_roles_changed(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    let mut phone = alice.another_session().await;
    let older = alice.create_role(&community, NOTHING, 0).await?;
    for person in [&mut phone, &mut bob] {
        person.catch_up().await?;
    }
    let request = CreateRole {
        community_id: community.id,
        name: " Keepers of the 🔑 ".to_owned(),
        permissions: Permissions::PIN_MESSAGES.bits(),
        priority: 7,
        color: 0xff_ffff,
        separated: true,
        public: true,
    };
    alice.call(request).await?;
    // The list has it when the answer comes: a new id, higher than the others.
    let listed = bob.roles(&community).await?;
    let made = listed.first().expect("the highest comes first").clone();
    assert!(made.id > older && listed.len() == 2);
    let expected = CommunityRole {
        id: made.id,
        community_id: community.id,
        name: "Keepers of the 🔑".to_owned(),
        permissions: Permissions::PIN_MESSAGES.bits(),
        priority: 7,
        color: 0xff_ffff,
        separated: true,
        public: true,
    };
    assert_eq!(made, expected);
    for owner in [&mut alice, &mut phone] {
        assert_eq!(owner.expect_standing().await, (true, Permissions::all()));
    }
    let standing = (false, Permissions::NEW_COMMUNITY);
    assert_eq!(bob.expect_standing().await, standing);
    all_are_silent([&mut alice, &mut phone, &mut bob, &mut carol]).await
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let request = role(&community, NOTHING, 0);
    assert_eq!(bob.refused(request.clone()).await, 403);
    assert_eq!(carol.refused(request.clone()).await, 404);
    let nowhere = CreateRole {
        community_id: 12345,
        ..request.clone()
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    alice.expect_silence().await?;

    let rest = Permissions::all() - Permissions::ADMINISTRATOR - Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(request.clone()).await, 403);
    let enough = Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, enough, 5).await?;
    bob.call(request).await?;
    assert_eq!(alice.roles(&community).await?.len(), 3);
    Ok(())
}

async fn it_stands_below_its_maker(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let enough = Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, enough, 5).await?;
    for above in [6, u32::MAX] {
        let request = role(&community, NOTHING, above);
        assert_eq!(bob.refused(request).await, 403, "{above}");
    }
    alice.expect_silence().await?;
    // Among roles of one priority, the older is the higher.
    for below in [5, 4, 0] {
        bob.call(role(&community, NOTHING, below)).await?;
    }
    alice.call(role(&community, NOTHING, u32::MAX)).await?;
    let listed = alice.roles(&community).await?;
    let priorities: Vec<u32> = listed.iter().map(|role| role.priority).collect();
    assert_eq!(priorities, [u32::MAX, 5, 5, 4, 0]);
    assert!(listed[1].id < listed[2].id);
    Ok(())
}

async fn it_gives_what_its_maker_has(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let unheard = Permissions::from_bits_retain(1 << 40);
    let enough = Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, enough, 5).await?;
    for lacking in [
        Permissions::DELETE_MESSAGES,
        Permissions::ADMINISTRATOR,
        Permissions::SEND_MESSAGES | Permissions::REMOVE_MEMBERS,
        unheard,
    ] {
        let request = role(&community, lacking, 0);
        assert_eq!(bob.refused(request).await, 403, "{lacking:?}");
    }
    let held = Permissions::MODIFY_ROLES | Permissions::SEND_MESSAGES;
    bob.call(role(&community, held, 0)).await?;
    // Administrators have everything, also what is not known here.
    let everything = Permissions::ADMINISTRATOR;
    alice.promote(&community, &mut carol, everything, 4).await?;
    carol.call(role(&community, everything, 3)).await?;
    carol.call(role(&community, unheard, 2)).await?;
    let listed = alice.roles(&community).await?;
    assert!(listed.iter().any(|role| role.permissions == unheard.bits()));
    Ok(())
}

async fn who_holds_no_role_has_nothing_below(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let permissions = Permissions::NEW_COMMUNITY | Permissions::ADMINISTRATOR;
    server
        .set_default_permissions(&community, permissions)
        .await?;
    alice.catch_up().await?;
    assert_eq!(bob.refused(role(&community, NOTHING, 0)).await, 403);
    alice.expect_silence().await
}

async fn a_name_is_required_and_a_color_bounded(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let plain = role(&community, NOTHING, 0);
    let long = "x".repeat(101);
    for bad in ["", " ", "a\0", "a\nb", &long] {
        let request = CreateRole {
            name: bad.to_owned(),
            ..plain.clone()
        };
        assert_eq!(alice.refused(request).await, 400, "{bad:?}");
    }
    for color in [0x0100_0000, u32::MAX] {
        let request = CreateRole {
            color,
            ..plain.clone()
        };
        assert_eq!(alice.refused(request).await, 400, "{color}");
    }
    alice.expect_silence().await?;
    let name = "😀".repeat(50);
    alice.call(CreateRole { name, ..plain }).await?;
    Ok(())
}

async fn there_is_a_limit(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.roles_per_community = 2;
    let server = Server::with(database, few).await;
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let again = alice.another_session().await;
    let requests =
        [&alice, &again, &alice, &again].map(|session| session.call(role(&community, NOTHING, 0)));
    let outcomes = futures::future::join_all(requests).await;
    let codes: Vec<u32> = outcomes
        .into_iter()
        .filter_map(|outcome| outcome.err().map(|error| error.code))
        .collect();
    assert_eq!(codes, [413, 413]);
    assert_eq!(alice.roles(&community).await?.len(), 2);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(role(&community, NOTHING, 0)).await;
    Ok(())
}
