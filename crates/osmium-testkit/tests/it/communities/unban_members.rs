//! `communities.unbanMembers`.

use osmium_core::Config;
use osmium_model::Permissions;
use osmium_proto::auth::UseInvite;
use osmium_proto::communities::{GetRemovedMembers, RemoveMembers, UnbanMembers};
use osmium_proto::updates::{
    UpdateCommunity, UpdateCommunityDeleted, UpdateCommunityMemberDeleted,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Community, Database, Person, Server, on_both_stores};

on_both_stores!(
    who_is_let_in_again_can_come_back,
    who_is_not_banned_is_passed_over,
    it_takes_the_permission,
    so_many_are_named_at_once,
    it_needs_a_sign_in,
);

fn unban<const N: usize>(community: &Community, people: [u64; N]) -> UnbanMembers {
    UnbanMembers {
        community_id: community.id,
        member_ids: people.to_vec(),
    }
}

async fn ban(by: &Person, community: &Community, who: &Person) -> Checked {
    let request = RemoveMembers {
        community_id: community.id,
        member_ids: vec![who.user_id],
        until: Some(0),
        ..RemoveMembers::default()
    };
    by.call(request).await?;
    Ok(())
}

async fn who_is_let_in_again_can_come_back(server: Server) -> Checked {
    let (community, [mut alice, mut bob, carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let code = alice.invite(&community).await?;
    ban(&alice, &community, &bob).await?;
    ban(&alice, &community, &carol).await?;
    bob.expect::<UpdateCommunityDeleted>().await;
    alice.expect_all::<UpdateCommunityMemberDeleted>(2).await;
    alice.call(unban(&community, [bob.user_id])).await?;
    // It is no invitation, and nobody hears of it.
    bob.expect_silence().await?;
    alice.expect_silence().await?;
    let listed = GetRemovedMembers {
        community_id: community.id,
    };
    let listed = alice.call(listed).await?.members;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].user_id, carol.user_id);
    bob.call(UseInvite { code }).await?;
    bob.expect::<UpdateCommunity>().await;
    Ok(())
}

async fn who_is_not_banned_is_passed_over(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (elsewhere, [carol]) = server.community_of(["Carol"]).await?;
    ban(&carol, &elsewhere, &bob).await?;
    alice
        .call(unban(&community, [bob.user_id, 12345, 0]))
        .await?;
    alice.call(unban(&community, [])).await?;
    alice.expect_silence().await?;
    bob.expect_silence().await?;
    let code = carol.invite(&elsewhere).await?;
    assert_eq!(
        bob.refused(UseInvite { code }).await,
        403,
        "another's ban stands"
    );
    Ok(())
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    ban(&alice, &community, &carol).await?;
    let request = || unban(&community, [carol.user_id]);
    assert_eq!(bob.refused(request()).await, 403);
    assert_eq!(carol.refused(request()).await, 404);
    let nowhere = UnbanMembers {
        community_id: 12345,
        ..request()
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    alice
        .promote(&community, &mut bob, Permissions::REMOVE_MEMBERS, 1)
        .await?;
    bob.call(request()).await?;
    let code = alice.invite(&community).await?;
    carol.call(UseInvite { code }).await?;
    Ok(())
}

async fn so_many_are_named_at_once(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.members_named = 2;
    let server = Server::with(database, few).await;
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    assert_eq!(alice.refused(unban(&community, [1, 2, 3])).await, 413);
    alice.call(unban(&community, [1, 2])).await?;
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(unban(&community, [])).await;
    Ok(())
}
