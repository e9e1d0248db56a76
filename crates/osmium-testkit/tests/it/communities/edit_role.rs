//! `communities.editRole`.

use osmium_model::Permissions;
use osmium_proto::communities::{CreateRole, EditRole};
use osmium_proto::types::CommunityRole;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::{all_are_silent, role};
use osmium_testkit::{Community, Server};

on_both_stores!(
    every_field_is_replaced,
    its_holders_may_do_what_it_gives,
    channels_open_and_close_with_it,
    it_takes_the_permission,
    it_is_and_stays_below_its_editor,
    it_gives_no_more_than_its_editor_has,
    what_does_not_exist_is_not_found,
    a_name_is_required_and_a_color_bounded,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();

fn edit(community: &Community, id: u64, permissions: Permissions, priority: u32) -> EditRole {
    EditRole {
        id,
        community_id: community.id,
        name: "Role".to_owned(),
        permissions: permissions.bits(),
        priority,
        ..EditRole::default()
    }
}

async fn every_field_is_replaced(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    let mut phone = alice.another_session().await;
    let full = CreateRole {
        color: 1,
        separated: true,
        public: true,
        ..role(&community, Permissions::PIN_MESSAGES, 7)
    };
    alice.call(full).await?;
    let id = alice.roles(&community).await?[0].id;
    let standing = (false, Permissions::NEW_COMMUNITY);
    for (permissions, priority) in [(NOTHING, 0), (Permissions::all(), u32::MAX)] {
        for person in [&mut alice, &mut phone, &mut bob] {
            person.catch_up().await?;
        }
        let request = EditRole {
            name: " Other ".to_owned(),
            ..edit(&community, id, permissions, priority)
        };
        alice.call(request.clone()).await?;
        let expected = CommunityRole {
            id,
            community_id: community.id,
            name: "Other".to_owned(),
            permissions: permissions.bits(),
            priority,
            ..CommunityRole::default()
        };
        assert_eq!(bob.roles(&community).await?, [expected]);
        for owner in [&mut alice, &mut phone] {
            assert_eq!(owner.expect_standing().await, (true, Permissions::all()));
        }
        assert_eq!(bob.expect_standing().await, standing);
        // Once more, it changes nothing.
        alice.call(request).await?;
        all_are_silent([&mut alice, &mut phone, &mut bob, &mut carol]).await?;
    }
    Ok(())
}

async fn its_holders_may_do_what_it_gives(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let id = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    carol.catch_up().await?;
    let usual = Permissions::NEW_COMMUNITY;
    for (gives, may) in [
        (Permissions::PIN_MESSAGES, usual | Permissions::PIN_MESSAGES),
        (Permissions::ADMINISTRATOR, Permissions::all()),
        (NOTHING, usual),
    ] {
        alice.call(edit(&community, id, gives, 1)).await?;
        assert_eq!(bob.expect_standing().await, (false, may));
        assert_eq!(carol.expect_standing().await, (false, usual));
        all_are_silent([&mut bob, &mut carol]).await?;
    }
    Ok(())
}

async fn channels_open_and_close_with_it(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let id = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    server.set_default_permissions(&community, NOTHING).await?;
    for person in [&mut alice, &mut bob, &mut carol] {
        person.catch_up().await?;
    }
    let view = Permissions::VIEW_CHANNEL;
    alice.call(edit(&community, id, view, 1)).await?;
    let mut opened = Vec::new();
    for _ in 0..4 {
        opened.push(bob.expect_channel().await);
    }
    assert_eq!(bob.expect_standing().await, (false, view));
    assert_eq!(carol.expect_standing().await, (false, NOTHING));
    bob.history(community.general()).await?;

    alice.call(edit(&community, id, NOTHING, 1)).await?;
    let mut closed = Vec::new();
    for _ in 0..4 {
        closed.push(bob.expect_no_channel().await);
    }
    assert_eq!(bob.expect_standing().await, (false, NOTHING));
    assert_eq!(carol.expect_standing().await, (false, NOTHING));
    opened.sort_unstable();
    closed.sort_unstable();
    assert_eq!(opened, closed);
    assert!(bob.history(community.general()).await.is_err());
    all_are_silent([&mut bob, &mut carol]).await
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let id = alice.create_role(&community, NOTHING, 1).await?;
    let request = edit(&community, id, NOTHING, 2);
    assert_eq!(bob.refused(request.clone()).await, 403);
    assert_eq!(carol.refused(request.clone()).await, 404);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(request.clone()).await, 403);
    alice.expect_silence().await?;
    let enough = Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, enough, 5).await?;
    bob.call(request).await?;
    Ok(())
}

async fn it_is_and_stays_below_its_editor(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let older = alice.create_role(&community, NOTHING, 5).await?;
    let enough = Permissions::MODIFY_ROLES;
    let own = alice.promote(&community, &mut bob, enough, 5).await?;
    let younger = alice.create_role(&community, NOTHING, 5).await?;
    let higher = alice.create_role(&community, NOTHING, 6).await?;
    // Not even to lower them: what is above or their own is not theirs to edit.
    for (id, permissions) in [(older, NOTHING), (own, enough), (higher, NOTHING)] {
        let request = edit(&community, id, permissions, 0);
        assert_eq!(bob.refused(request).await, 403, "{id}");
    }
    assert_eq!(
        bob.refused(edit(&community, younger, NOTHING, 6)).await,
        403
    );
    alice.expect_silence().await?;
    for priority in [0, 5] {
        bob.call(edit(&community, younger, NOTHING, priority))
            .await?;
    }
    // An older role with the same priority would stand above.
    alice.call(edit(&community, older, NOTHING, 4)).await?;
    assert_eq!(bob.refused(edit(&community, older, NOTHING, 5)).await, 403);
    bob.call(edit(&community, older, NOTHING, 3)).await?;
    Ok(())
}

async fn it_gives_no_more_than_its_editor_has(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let enough = Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, enough, 5).await?;
    let has = Permissions::DELETE_MESSAGES;
    let id = alice.create_role(&community, has, 1).await?;
    for lacking in [
        Permissions::ADMINISTRATOR,
        has | Permissions::REMOVE_MEMBERS,
        Permissions::from_bits_retain(1 << 40),
    ] {
        let request = edit(&community, id, lacking, 1);
        assert_eq!(bob.refused(request).await, 403, "{lacking:?}");
    }
    alice.expect_silence().await?;
    // What it gives already may stay, and may be taken; then it is gone.
    bob.call(edit(&community, id, has | enough, 1)).await?;
    bob.call(edit(&community, id, enough, 1)).await?;
    assert_eq!(bob.refused(edit(&community, id, has, 1)).await, 403);
    Ok(())
}

async fn what_does_not_exist_is_not_found(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [mut carol]) = server.community_of(["Carol"]).await?;
    let id = alice.create_role(&community, NOTHING, 1).await?;
    let elsewhere = carol.create_role(&foreign, NOTHING, 1).await?;
    for unknown in [0, 12345, u64::MAX, elsewhere] {
        let request = edit(&community, unknown, NOTHING, 1);
        assert_eq!(alice.refused(request).await, 404, "{unknown}");
    }
    let nowhere = EditRole {
        community_id: 12345,
        ..edit(&community, id, NOTHING, 1)
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    all_are_silent([&mut alice, &mut carol]).await
}

async fn a_name_is_required_and_a_color_bounded(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let id = alice.create_role(&community, NOTHING, 1).await?;
    let plain = edit(&community, id, NOTHING, 1);
    let long = "x".repeat(101);
    for bad in ["", " ", "a\0", "a\nb", &long] {
        let request = EditRole {
            name: bad.to_owned(),
            ..plain.clone()
        };
        assert_eq!(alice.refused(request).await, 400, "{bad:?}");
    }
    let request = EditRole {
        color: 0x0100_0000,
        ..plain
    };
    assert_eq!(alice.refused(request).await, 400);
    alice.expect_silence().await
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let id = alice.create_role(&community, NOTHING, 1).await?;
    server.needs_sign_in(edit(&community, id, NOTHING, 1)).await;
    Ok(())
}
