//! `communities.getRoles`.

use osmium_model::Permissions;
use osmium_proto::communities::GetRoles;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::role;
use osmium_testkit::{Community, Server};

on_both_stores!(
    every_member_sees_all_the_highest_first,
    a_new_community_has_none,
    what_one_is_no_member_of_is_not_found,
    statements_do_not_grow_with_the_list,
    it_needs_a_sign_in,
);

fn of(community: &Community) -> GetRoles {
    GetRoles {
        community_id: community.id,
    }
}

async fn every_member_sees_all_the_highest_first(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let nothing = Permissions::empty();
    for priority in [1, 3, 1, u32::MAX, 0] {
        alice.call(role(&community, nothing, priority)).await?;
    }
    let permissions = Permissions::NEW_COMMUNITY | Permissions::from_bits_retain(1 << 40);
    server
        .set_default_permissions(&community, permissions)
        .await?;
    let listed = bob.call(of(&community)).await?;
    assert_eq!(listed.default_permissions, permissions.bits());
    let places: Vec<_> = listed
        .roles
        .iter()
        .map(|role| (std::cmp::Reverse(role.priority), role.id))
        .collect();
    assert!(places.len() == 5 && places.is_sorted(), "{places:?}");
    assert_eq!(alice.call(of(&community)).await?, listed);
    Ok(())
}

async fn a_new_community_has_none(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let listed = alice.call(of(&community)).await?;
    assert!(listed.roles.is_empty());
    assert_eq!(listed.default_permissions, 4398);
    Ok(())
}

async fn what_one_is_no_member_of_is_not_found(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let carol = server.sign_up("Carol").await;
    assert_eq!(carol.refused(of(&community)).await, 404);
    for id in [0, 12345, u64::MAX, community.general] {
        let request = GetRoles { community_id: id };
        assert_eq!(alice.refused(request).await, 404, "{id}");
    }
    Ok(())
}

async fn statements_do_not_grow_with_the_list(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let nothing = Permissions::empty();
    alice.create_role(&community, nothing, 0).await?;
    let few = server.count_queries(&alice, of(&community)).await;
    for priority in 1..10 {
        alice.create_role(&community, nothing, priority).await?;
    }
    let many = server.count_queries(&alice, of(&community)).await;
    assert!(many <= few && few <= 1, "{few} before, {many} after");
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(of(&community)).await;
    Ok(())
}
