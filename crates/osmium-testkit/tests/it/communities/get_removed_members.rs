//! `communities.getRemovedMembers`.

use osmium_core::Config;
use osmium_model::Permissions;
use osmium_ports::Clock;
use osmium_proto::communities::removed_members::RemovedMember;
use osmium_proto::communities::{GetRemovedMembers, RemoveMembers};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Community, Database, Person, Server, on_both_stores};
use std::time::Duration;

on_both_stores!(
    the_latest_ban_is_first,
    a_ban_that_ended_is_not_listed,
    it_takes_the_permission,
    so_many_are_listed,
    it_needs_a_sign_in,
);

fn of(community: &Community) -> GetRemovedMembers {
    GetRemovedMembers {
        community_id: community.id,
    }
}

async fn ban(by: &Person, community: &Community, who: &Person, until: u64) -> Checked {
    let request = RemoveMembers {
        community_id: community.id,
        member_ids: vec![who.user_id],
        until: Some(until),
        delete_messages_since: None,
        reason: Some("spam".to_owned()),
    };
    by.call(request).await?;
    Ok(())
}

async fn banned(by: &Person, community: &Community) -> Checked<Vec<u64>> {
    let listed = by.call(of(community)).await?.members;
    Ok(listed.iter().map(|banned| banned.user_id).collect())
}

async fn the_latest_ban_is_first(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let stranger = server.sign_up("Stranger").await;
    assert!(banned(&alice, &community).await?.is_empty());
    ban(&alice, &community, &bob, 0).await?;
    server.clock().advance(Duration::from_secs(1));
    ban(&alice, &community, &stranger, 9_999_999_999).await?;
    let listed = alice.call(of(&community)).await?.members;
    let [first, second] = &listed[..] else {
        panic!("two are due, not {listed:?}");
    };
    let RemovedMember {
        user_id,
        user,
        until,
        reason,
    } = first.clone();
    assert_eq!((user_id, until), (stranger.user_id, Some(9_999_999_999)));
    assert_eq!(user.unwrap_or_default().name, "Stranger");
    assert_eq!(reason.as_deref(), Some("spam"));
    assert_eq!((second.user_id, second.until), (bob.user_id, Some(0)));
    Ok(())
}

async fn a_ban_that_ended_is_not_listed(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    ban(
        &alice,
        &community,
        &bob,
        server.clock().now().seconds() + 30,
    )
    .await?;
    assert_eq!(banned(&alice, &community).await?, [bob.user_id]);
    server.clock().advance(Duration::from_secs(31));
    assert!(banned(&alice, &community).await?.is_empty());
    Ok(())
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let stranger = server.sign_up("Stranger").await;
    assert_eq!(bob.refused(of(&community)).await, 403);
    assert_eq!(stranger.refused(of(&community)).await, 404);
    assert_eq!(
        alice
            .refused(GetRemovedMembers {
                community_id: 12345
            })
            .await,
        404
    );
    alice
        .promote(&community, &mut bob, Permissions::REMOVE_MEMBERS, 1)
        .await?;
    assert!(banned(&bob, &community).await?.is_empty());
    Ok(())
}

async fn so_many_are_listed(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.bans_listed = 2;
    let server = Server::with(database, few).await;
    let (community, [alice, bob, carol, dave]) = server
        .community_of(["Alice", "Bob", "Carol", "Dave"])
        .await?;
    for person in [&bob, &carol, &dave] {
        server.clock().advance(Duration::from_secs(1));
        ban(&alice, &community, person, 0).await?;
    }
    assert_eq!(
        banned(&alice, &community).await?,
        [dave.user_id, carol.user_id]
    );
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(of(&community)).await;
    Ok(())
}
