//! `communities.getMembers`.

use osmium_core::Config;
use osmium_model::Permissions;
use osmium_proto::communities::{EditMember, GetMembers, Members};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Community, Database, Server, on_both_stores};

on_both_stores!(
    members_come_with_their_users,
    who_is_no_member_is_left_out,
    without_ids_the_first_are_listed,
    strangers_find_nothing,
    so_many_are_shown_at_once,
    it_takes_as_many_queries_for_one_as_for_many,
    it_needs_a_sign_in,
);

fn of(community: &Community, member_ids: &[u64]) -> GetMembers {
    GetMembers {
        community_id: community.id,
        member_ids: member_ids.to_vec(),
    }
}

/// Their ids, each with a user.
fn ids(found: &Members) -> Vec<u64> {
    let mut ids: Vec<u64> = found.members.iter().map(|member| member.id).collect();
    let mut users: Vec<u64> = found.users.iter().map(|user| user.id).collect();
    ids.sort_unstable();
    users.sort_unstable();
    assert_eq!(ids, users);
    ids
}

async fn members_come_with_their_users(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let role = alice
        .promote(&community, &mut bob, Permissions::empty(), 1)
        .await?;
    let nickname = EditMember {
        community_id: community.id,
        member_id: bob.user_id,
        nickname: Some("Bobby".to_owned()),
        role_ids: None,
    };
    bob.call(nickname).await?;
    let found = alice.call(of(&community, &[bob.user_id])).await?;
    assert_eq!(ids(&found), [bob.user_id]);
    let member = &found.members[0];
    assert_eq!(member.community_id, community.id);
    assert_eq!(member.role_ids, [role]);
    assert_eq!(member.nickname.as_deref(), Some("Bobby"));
    assert_eq!(found.users[0].name, "Bob");
    assert!(found.users[0].status.is_some(), "they are online");
    Ok(())
}

async fn who_is_no_member_is_left_out(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let asked = [carol.user_id, bob.user_id, 12345, 0, bob.user_id];
    assert_eq!(
        ids(&alice.call(of(&community, &asked)).await?),
        [bob.user_id]
    );
    let nobody = alice.call(of(&community, &[12345])).await?;
    assert!(ids(&nobody).is_empty());
    Ok(())
}

async fn without_ids_the_first_are_listed(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.members_listed = 2;
    let server = Server::with(database, few).await;
    let (community, [alice, bob, _carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut first = [alice.user_id, bob.user_id];
    first.sort_unstable();
    assert_eq!(ids(&alice.call(of(&community, &[])).await?), first);
    Ok(())
}

async fn strangers_find_nothing(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let bob = server.sign_up("Bob").await;
    assert_eq!(bob.refused(of(&community, &[])).await, 404);
    assert_eq!(bob.refused(of(&community, &[alice.user_id])).await, 404);
    let nowhere = GetMembers {
        community_id: 12345,
        member_ids: Vec::new(),
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    Ok(())
}

async fn so_many_are_shown_at_once(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let many: Vec<u64> = (0..=1000).collect();
    assert_eq!(alice.refused(of(&community, &many)).await, 413);
    alice.call(of(&community, &many[1..])).await?;
    Ok(())
}

async fn it_takes_as_many_queries_for_one_as_for_many(server: Server) -> Checked {
    let (community, [mut alice, bob, carol, _dave]) = server
        .community_of(["Alice", "Bob", "Carol", "Dave"])
        .await?;
    for priority in [1, 2] {
        let role = alice
            .create_role(&community, Permissions::empty(), priority)
            .await?;
        alice.give_roles(&community, &bob, &[role]).await?;
        alice.give_roles(&community, &carol, &[role]).await?;
    }
    // The rules are read once, when they have changed.
    alice.call(of(&community, &[])).await?;
    let one = server
        .count_queries(&alice, of(&community, &[bob.user_id]))
        .await;
    let all = server.count_queries(&alice, of(&community, &[])).await;
    assert_eq!(one, all);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(of(&community, &[])).await;
    Ok(())
}
