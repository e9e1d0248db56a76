//! `communities.leaveCommunity`.

use osmium_proto::auth::UseInvite;
use osmium_proto::communities::{GetChannels, GetCommunities, LeaveCommunity};
use osmium_proto::updates::update::Update;
use osmium_proto::updates::{
    UpdateCommunityDeleted, UpdateCommunityMemberDeleted, UpdateMessageCreated,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Community, Server, on_both_stores};

on_both_stores!(
    who_leaves_hears_of_nothing_after_it,
    who_comes_back_has_read_everything,
    leaving_and_coming_back_are_told_in_order,
    the_owner_stays,
    who_is_not_there_cannot_leave,
    it_needs_a_sign_in,
);

fn leave(community: &Community) -> LeaveCommunity {
    LeaveCommunity {
        community_id: community.id,
    }
}

async fn who_leaves_hears_of_nothing_after_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut phone = bob.another_session().await;
    bob.call(leave(&community)).await?;
    let community_id = community.id;
    assert_eq!(bob.refused(GetChannels { community_id }).await, 404);
    assert!(bob.call(GetCommunities {}).await?.communities.is_empty());
    alice.send(community.general(), "who is here?").await?;
    for person in [&mut alice, &mut carol] {
        let told: UpdateCommunityMemberDeleted = person.expect().await;
        assert_eq!(
            (told.community_id, told.member_id),
            (community.id, bob.user_id)
        );
        person.expect::<UpdateMessageCreated>().await;
        person.expect_silence().await?;
    }
    for session in [&mut bob, &mut phone] {
        let told: UpdateCommunityDeleted = session.expect().await;
        assert_eq!(told.community_id, community.id);
        session.expect_silence().await?;
    }
    // Not a second time.
    assert_eq!(bob.refused(leave(&community)).await, 404);
    alice.expect_silence().await
}

async fn who_comes_back_has_read_everything(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let first = alice.send(community.general(), "one").await?;
    alice.send(community.general(), "two").await?;
    bob.mark_read(community.general(), first).await?;
    assert_eq!(bob.conversation(community.general()).await?.unread_count, 1);
    bob.call(leave(&community)).await?;
    alice.send(community.general(), "three").await?;
    let code = alice.invite(&community).await?;
    bob.join(&code).await?;
    assert_eq!(bob.conversation(community.general()).await?.unread_count, 0);
    alice.send(community.general(), "four").await?;
    let told: UpdateMessageCreated = bob.expect().await;
    assert_eq!(told.channel_unread_count, 1);
    Ok(())
}

async fn leaving_and_coming_back_are_told_in_order(server: Server) -> Checked {
    const TIMES: usize = 10;
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut phone = bob.another_session().await;
    let code = alice.invite(&community).await?;
    for _ in 0..TIMES {
        bob.call(leave(&community)).await?;
        bob.call(UseInvite { code: code.clone() }).await?;
    }
    alice.send(community.general(), "welcome").await?;
    for session in [&mut bob, &mut phone] {
        let heard = session.heard_until_now().await?;
        let comings = heard.iter().filter_map(|update| match update {
            Update::Community(_) => Some(true),
            Update::CommunityDeleted(_) => Some(false),
            _ => None,
        });
        assert_eq!(comings.collect::<Vec<_>>(), [false, true].repeat(TIMES));
        let last = heard.last();
        assert!(matches!(last, Some(Update::MessageCreated(_))), "{last:?}");
    }
    Ok(())
}

async fn the_owner_stays(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    assert_eq!(alice.refused(leave(&community)).await, 400);
    alice.expect_silence().await?;
    bob.expect_silence().await?;
    assert_eq!(alice.call(GetCommunities {}).await?.communities.len(), 1);
    Ok(())
}

async fn who_is_not_there_cannot_leave(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (other, [mut carol]) = server.community_of(["Carol"]).await?;
    assert_eq!(bob.refused(leave(&other)).await, 404);
    assert_eq!(
        bob.refused(LeaveCommunity {
            community_id: 12345
        })
        .await,
        404
    );
    carol.expect_silence().await?;
    bob.expect_silence().await?;
    // Leaving one is not leaving the others.
    carol.join(&alice.invite(&community).await?).await?;
    carol.call(leave(&community)).await?;
    carol.expect::<UpdateCommunityDeleted>().await;
    alice.catch_up().await?;
    carol.send(other.general(), "still here").await?;
    carol.expect::<UpdateMessageCreated>().await;
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(leave(&community)).await;
    Ok(())
}
