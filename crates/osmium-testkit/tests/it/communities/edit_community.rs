//! `communities.editCommunity`.

use osmium_model::Permissions;
use osmium_proto::communities::{EditCommunity, GetCommunities};
use osmium_proto::types;
use osmium_proto::updates::UpdateCommunity;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Person, Server};

on_both_stores!(
    members_hear_of_it_in_their_own_terms,
    what_is_absent_stays,
    a_handle_is_given_up,
    a_handle_has_one_community,
    names_and_handles_are_bounded,
    it_takes_the_permission,
    it_needs_a_sign_in,
);

fn keep(community: &Community) -> EditCommunity {
    EditCommunity {
        community_id: community.id,
        ..EditCommunity::default()
    }
}

fn named(community: &Community, name: &str) -> EditCommunity {
    EditCommunity {
        name: Some(name.to_owned()),
        ..keep(community)
    }
}

fn with_handle(community: &Community, username: &str) -> EditCommunity {
    EditCommunity {
        username: Some(username.to_owned()),
        ..keep(community)
    }
}

/// The first community that is listed.
async fn listed(person: &Person) -> Checked<types::Community> {
    let listed = person.call(GetCommunities {}).await?.communities;
    Ok(listed.into_iter().next().unwrap_or_default())
}

async fn members_hear_of_it_in_their_own_terms(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    let mut phone = alice.another_session().await;
    let request = EditCommunity {
        username: Some("The_Lounge".to_owned()),
        ..named(&community, " Moved ")
    };
    alice.call(request.clone()).await?;
    for (person, owner) in [(&mut alice, true), (&mut phone, true), (&mut bob, false)] {
        let told: UpdateCommunity = person.expect().await;
        assert_eq!(told.community_id, community.id);
        let told = told.community.unwrap_or_default();
        assert_eq!(told, listed(person).await?);
        assert_eq!((told.name.as_str(), told.owner), ("Moved", owner));
        assert_eq!(told.username.as_deref(), Some("the_lounge"));
        assert_eq!(told.permissions & 1 == 1, owner);
    }
    // Once more, it changes nothing.
    alice.call(request).await?;
    all_are_silent([&mut alice, &mut phone, &mut bob, &mut carol]).await
}

async fn what_is_absent_stays(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    alice.call(keep(&community)).await?;
    alice.expect_silence().await?;
    alice.call(with_handle(&community, "lounge")).await?;
    assert_eq!(listed(&alice).await?.name, "Lounge");
    alice.call(named(&community, "Moved")).await?;
    let community = listed(&alice).await?;
    assert_eq!(community.name, "Moved");
    assert_eq!(community.username.as_deref(), Some("lounge"));
    Ok(())
}

async fn a_handle_is_given_up(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(with_handle(&community, "lounge")).await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    alice.call(with_handle(&community, "")).await?;
    let told: UpdateCommunity = bob.expect().await;
    assert_eq!(told.community.unwrap_or_default().username, None);
    let second = bob.create_community("Second").await?;
    bob.call(with_handle(&second, "lounge")).await?;
    Ok(())
}

async fn a_handle_has_one_community(server: Server) -> Checked {
    let (first, [mut alice]) = server.community_of(["Alice"]).await?;
    let (second, [mut bob]) = server.community_of(["Bob"]).await?;
    alice.call(with_handle(&first, "lounge")).await?;
    alice.catch_up().await?;
    for taken in ["lounge", "LOUNGE"] {
        let request = EditCommunity {
            name: Some("Moved".to_owned()),
            ..with_handle(&second, taken)
        };
        assert_eq!(bob.refused(request).await, 409);
    }
    assert_eq!(listed(&bob).await?.name, "Lounge");
    all_are_silent([&mut alice, &mut bob]).await
}

async fn names_and_handles_are_bounded(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let long = "x".repeat(101);
    for bad in ["", " ", "a\0", "a\nb", &long] {
        assert_eq!(alice.refused(named(&community, bad)).await, 400, "{bad:?}");
    }
    let long = "x".repeat(33);
    for bad in ["a", " ", "two words", "ümlaut", "a-b", &long] {
        let request = with_handle(&community, bad);
        assert_eq!(alice.refused(request).await, 400, "{bad:?}");
    }
    alice.expect_silence().await
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let request = named(&community, "Moved");
    assert_eq!(bob.refused(request.clone()).await, 403);
    assert_eq!(carol.refused(request.clone()).await, 404);
    let nowhere = EditCommunity {
        community_id: 12345,
        ..request.clone()
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - Permissions::MODIFY_COMMUNITY;
    alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(request.clone()).await, 403);
    alice.expect_silence().await?;
    let enough = Permissions::MODIFY_COMMUNITY;
    alice.promote(&community, &mut bob, enough, 0).await?;
    bob.call(request).await?;
    assert_eq!(listed(&alice).await?.name, "Moved");
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(named(&community, "Moved")).await;
    Ok(())
}
