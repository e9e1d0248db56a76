//! `communities.deleteCommunity`.

use osmium_model::Permissions;
use osmium_proto::auth::{LookupInvite, UseInvite};
use osmium_proto::communities::{
    DeleteCommunity, EditCommunity, GetChannels, GetCommunities, GetMembers, GetRoles,
};
use osmium_proto::updates::UpdateCommunityDeleted;
use osmium_proto::users::GetProfile;
use osmium_testkit::contract::Checked;
use osmium_testkit::{Community, Server, on_both_stores};

on_both_stores!(
    everyone_hears_that_it_is_gone,
    nothing_of_it_is_left,
    its_messages_go_by_and_by,
    it_takes_the_owner,
    it_needs_a_sign_in,
);

fn delete(community: &Community) -> DeleteCommunity {
    DeleteCommunity {
        community_id: community.id,
    }
}

async fn everyone_hears_that_it_is_gone(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (other, [mut carol]) = server.community_of(["Carol"]).await?;
    let mut phone = bob.another_session().await;
    alice.call(delete(&community)).await?;
    for session in [&mut alice, &mut bob, &mut phone] {
        let told: UpdateCommunityDeleted = session.expect().await;
        assert_eq!(told.community_id, community.id);
        session.expect_silence().await?;
    }
    carol.expect_silence().await?;
    let left = carol.call(GetCommunities {}).await?.communities;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].id, other.id);
    Ok(())
}

async fn nothing_of_it_is_left(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let community_id = community.id;
    let username = Some("lounge".to_owned());
    let handle = |community_id| EditCommunity {
        community_id,
        name: None,
        username: username.clone(),
    };
    alice.call(handle(community_id)).await?;
    let code = alice.invite(&community).await?;
    let message = alice.send(community.general(), "hello").await?;
    alice.call(delete(&community)).await?;

    for person in [&alice, &bob] {
        assert!(person.call(GetCommunities {}).await?.communities.is_empty());
        assert_eq!(person.refused(GetChannels { community_id }).await, 404);
        assert_eq!(person.refused(GetRoles { community_id }).await, 404);
        let request = GetMembers {
            community_id,
            member_ids: Vec::new(),
        };
        assert_eq!(person.refused(request).await, 404);
        assert_eq!(person.refused(delete(&community)).await, 404);
        let lookup = LookupInvite { code: code.clone() };
        assert_eq!(person.refused(lookup).await, 404);
        let join = UseInvite { code: code.clone() };
        assert_eq!(person.refused(join).await, 404);
        let codes = [
            person.send(community.general(), "again").await.map(drop),
            person.history(community.general()).await.map(drop),
            person.mark_read(community.general(), message).await,
        ]
        .map(|outcome| outcome.map_err(|error| error.code));
        assert_eq!(codes, [Err(404); 3]);
    }
    // They share no community any more, and the handle is free.
    let profile = GetProfile {
        r#ref: Some(osmium_proto::refs::UserRef {
            user_id: bob.user_id,
        }),
        include_mutuals: true,
    };
    let profile = alice.call(profile).await?;
    assert!(profile.mutual_communities.is_empty());
    let next = alice.create_community("Next").await?;
    alice.call(handle(next.id)).await?;
    // Who connects now hears of what they are still in.
    let mut again = alice.another_session().await;
    again.expect_silence().await
}

async fn its_messages_go_by_and_by(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (other, [carol]) = server.community_of(["Carol"]).await?;
    for text in ["one", "two", "three"] {
        bob.send(community.general(), text).await?;
    }
    carol.send(other.general(), "kept").await?;
    alice.call(delete(&community)).await?;
    // Nothing is old enough to be forgotten but what was left of the community: two at a time.
    let ever = osmium_model::Timestamp::from_millis(0);
    let chat = osmium_model::ChatId(community.general);
    let mut rounds = 0;
    while !server
        .store()
        .read()
        .await?
        .chats(&[chat])
        .await?
        .is_empty()
    {
        rounds += 1;
        assert!(rounds < 10, "the messages do not go");
        server.store().prune(ever, 2).await?;
    }
    assert!(rounds > 2, "{rounds} rounds took too much at once");
    assert_eq!(carol.history(other.general()).await?.messages.len(), 1);
    Ok(())
}

async fn it_takes_the_owner(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    alice
        .promote(&community, &mut bob, Permissions::ADMINISTRATOR, 9)
        .await?;
    assert_eq!(bob.refused(delete(&community)).await, 403);
    assert_eq!(carol.refused(delete(&community)).await, 404);
    assert_eq!(
        alice
            .refused(DeleteCommunity {
                community_id: 12345
            })
            .await,
        404
    );
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(delete(&community)).await;
    Ok(())
}
