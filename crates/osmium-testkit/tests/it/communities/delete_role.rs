//! `communities.deleteRole`.

use osmium_core::Config;
use osmium_model::Permissions;
use osmium_proto::communities::{DeleteRole, GetMembers};
use osmium_proto::updates::{UpdateCommunity, UpdateCommunityMember};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::all_are_silent;
use osmium_testkit::{Community, Database, Person, Server};

on_both_stores!(
    it_is_taken_from_its_holders,
    what_it_gave_goes_with_it,
    overrides_for_it_go_with_it,
    of_very_many_holders_nobody_is_told,
    it_takes_the_permission,
    it_is_below_the_caller,
    what_does_not_exist_is_not_found,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();

fn of(community: &Community, id: u64) -> DeleteRole {
    DeleteRole {
        id,
        community_id: community.id,
    }
}

/// Who holds which roles, as the updates that come next tell it.
async fn told_holders(person: &mut Person, count: usize) -> Vec<(u64, Vec<u64>)> {
    let told = person.expect_all::<UpdateCommunityMember>(count).await;
    let mut holders: Vec<_> = told
        .into_iter()
        .map(|told| (told.member_id, told.member.unwrap_or_default().role_ids))
        .collect();
    holders.sort_unstable();
    holders
}

async fn roles_held(person: &Person, community: &Community) -> Checked<Vec<u64>> {
    let request = GetMembers {
        community_id: community.id,
        member_ids: vec![person.user_id],
    };
    let members = person.call(request).await?.members;
    Ok(members
        .into_iter()
        .flat_map(|member| member.role_ids)
        .collect())
}

async fn it_is_taken_from_its_holders(server: Server) -> Checked {
    let people = server
        .community_of(["Alice", "Bob", "Carol", "Dave"])
        .await?;
    let (community, [mut alice, mut bob, mut carol, mut dave]) = people;
    let mut erin = server.sign_up("Erin").await;
    let doomed = alice.create_role(&community, NOTHING, 1).await?;
    let kept = alice.create_role(&community, NOTHING, 2).await?;
    alice.give_roles(&community, &bob, &[doomed, kept]).await?;
    alice.give_roles(&community, &carol, &[doomed]).await?;
    alice.give_roles(&community, &dave, &[kept]).await?;
    for person in [&mut alice, &mut bob, &mut carol, &mut dave] {
        person.catch_up().await?;
    }
    alice.call(of(&community, doomed)).await?;
    let listed = bob.roles(&community).await?;
    assert_eq!(
        listed.iter().map(|role| role.id).collect::<Vec<_>>(),
        [kept]
    );
    assert_eq!(roles_held(&bob, &community).await?, [kept]);
    assert_eq!(roles_held(&carol, &community).await?, [0; 0]);
    let left = [(bob.user_id, vec![kept]), (carol.user_id, Vec::new())];
    let usual = (false, Permissions::NEW_COMMUNITY);
    let everything = (true, Permissions::all());
    for (person, standing) in [
        (&mut alice, everything),
        (&mut bob, usual),
        (&mut carol, usual),
        (&mut dave, usual),
    ] {
        assert_eq!(person.expect_standing().await, standing);
        assert_eq!(told_holders(person, 2).await, left);
        person.expect_silence().await?;
    }
    erin.expect_silence().await
}

async fn what_it_gave_goes_with_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let everything = Permissions::ADMINISTRATOR;
    let id = alice.promote(&community, &mut bob, everything, 1).await?;
    server.set_default_permissions(&community, NOTHING).await?;
    bob.catch_up().await?;
    alice.call(of(&community, id)).await?;
    for _ in 0..4 {
        bob.expect_no_channel().await;
    }
    assert_eq!(bob.expect_standing().await, (false, NOTHING));
    assert_eq!(told_holders(&mut bob, 1).await, [(bob.user_id, vec![])]);
    bob.expect_silence().await?;
    assert!(bob.history(community.general()).await.is_err());
    Ok(())
}

async fn overrides_for_it_go_with_it(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let id = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    let view = Permissions::VIEW_CHANNEL;
    let general = community.general;
    alice
        .set_override(&community, general, 0, (NOTHING, view))
        .await?;
    alice
        .set_override(&community, general, id, (view, NOTHING))
        .await?;
    let muted = (NOTHING, Permissions::SPEAK_VOICE);
    alice
        .set_override(&community, community.voice, id, muted)
        .await?;
    for person in [&mut alice, &mut bob, &mut carol] {
        person.catch_up().await?;
    }
    alice.call(of(&community, id)).await?;
    let left = alice.overrides_of(&community, general).await?;
    let for_whom: Vec<u64> = left.overrides.iter().map(|found| found.role_id).collect();
    assert_eq!(for_whom, [community.id]);

    assert_eq!(bob.expect_no_channel().await, general);
    let voice = bob.expect_overrides(&community, community.voice).await;
    assert_eq!(voice, (NOTHING, NOTHING));
    for person in [&mut alice, &mut bob, &mut carol] {
        person.expect::<UpdateCommunity>().await;
        person.expect::<UpdateCommunityMember>().await;
        person.expect_silence().await?;
    }
    Ok(())
}

async fn of_very_many_holders_nobody_is_told(database: Database) -> Checked {
    let one = |config: &mut Config| config.limits.holders_told = 1;
    let server = Server::with(database, one).await;
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    for (holders, told) in [(1, 1), (2, 0)] {
        let id = alice.create_role(&community, NOTHING, 1).await?;
        for holder in [&bob, &carol].into_iter().take(holders) {
            alice.give_roles(&community, holder, &[id]).await?;
        }
        for person in [&mut alice, &mut bob, &mut carol] {
            person.catch_up().await?;
        }
        alice.call(of(&community, id)).await?;
        for person in [&mut alice, &mut bob, &mut carol] {
            person.expect::<UpdateCommunity>().await;
            person.expect_all::<UpdateCommunityMember>(told).await;
            person.expect_silence().await?;
        }
        assert_eq!(roles_held(&bob, &community).await?, [0; 0]);
    }
    Ok(())
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let id = alice.create_role(&community, NOTHING, 1).await?;
    assert_eq!(bob.refused(of(&community, id)).await, 403);
    assert_eq!(carol.refused(of(&community, id)).await, 404);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(of(&community, id)).await, 403);
    alice.expect_silence().await?;
    let enough = Permissions::MODIFY_ROLES;
    alice.promote(&community, &mut bob, enough, 5).await?;
    bob.call(of(&community, id)).await?;
    Ok(())
}

async fn it_is_below_the_caller(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let older = alice.create_role(&community, NOTHING, 5).await?;
    let enough = Permissions::MODIFY_ROLES;
    let own = alice.promote(&community, &mut bob, enough, 5).await?;
    // What a role gives does not matter: nobody gets what it gave.
    let everything = Permissions::ADMINISTRATOR;
    let younger = alice.create_role(&community, everything, 5).await?;
    let higher = alice.create_role(&community, NOTHING, 6).await?;
    for id in [older, own, higher] {
        assert_eq!(bob.refused(of(&community, id)).await, 403, "{id}");
    }
    all_are_silent([&mut alice]).await?;
    bob.call(of(&community, younger)).await?;
    for id in [older, own, higher] {
        alice.call(of(&community, id)).await?;
    }
    assert!(alice.roles(&community).await?.is_empty());
    Ok(())
}

async fn what_does_not_exist_is_not_found(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [mut carol]) = server.community_of(["Carol"]).await?;
    let id = alice.create_role(&community, NOTHING, 1).await?;
    let elsewhere = carol.create_role(&foreign, NOTHING, 1).await?;
    for unknown in [0, 12345, u64::MAX, elsewhere] {
        let request = of(&community, unknown);
        assert_eq!(alice.refused(request).await, 404, "{unknown}");
    }
    let nowhere = DeleteRole {
        id,
        community_id: 12345,
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    all_are_silent([&mut alice, &mut carol]).await?;
    alice.call(of(&community, id)).await?;
    assert_eq!(alice.refused(of(&community, id)).await, 404);
    assert_eq!(carol.roles(&foreign).await?.len(), 1);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let id = alice.create_role(&community, NOTHING, 1).await?;
    server.needs_sign_in(of(&community, id)).await;
    Ok(())
}
