//! `communities.addMember`.

use osmium_core::Config;
use osmium_model::{Permissions, Topic, User, UserId};
use osmium_proto::communities::{AddMember, GetCommunities, RemoveMembers};
use osmium_proto::updates::{
    UpdateCommunity, UpdateCommunityDeleted, UpdateCommunityMemberCreated,
    UpdateCommunityMemberDeleted, UpdateMessageCreated,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Community, Database, Person, Server, on_both_stores};

on_both_stores!(
    a_bot_is_there_and_all_hear_of_it,
    who_is_there_already_stays,
    a_friend_is_there,
    other_people_are_invited,
    who_is_banned_is_not_added,
    it_takes_the_permission,
    who_does_not_exist_is_not_found,
    a_bot_is_in_so_many_communities,
    it_needs_a_sign_in,
);

fn add(community: &Community, user: &Person) -> AddMember {
    AddMember {
        community_id: community.id,
        user_id: user.user_id,
    }
}

/// A bot with a session.
async fn bot(server: &Server) -> Checked<Person> {
    let bot = server.sign_up("Robot").await;
    let id = UserId(bot.user_id);
    let mut tx = server.store().begin(&[Topic::User(id)]).await?;
    let user = tx.find_user(id).await?.expect("they have signed up");
    tx.update_user(&User { bot: true, ..user }).await?;
    tx.commit().await?;
    Ok(bot)
}

async fn a_bot_is_there_and_all_hear_of_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut robot = bot(&server).await?;
    alice.call(add(&community, &robot)).await?;
    assert_eq!(robot.call(GetCommunities {}).await?.communities.len(), 1);
    for person in [&mut alice, &mut bob] {
        let told: UpdateCommunityMemberCreated = person.expect().await;
        assert_eq!(
            (told.community_id, told.member_id),
            (community.id, robot.user_id)
        );
        assert!(told.user.unwrap_or_default().bot);
        person.expect::<UpdateMessageCreated>().await;
        person.expect_silence().await?;
    }
    let told: UpdateCommunity = robot.expect().await;
    assert_eq!(told.community_id, community.id);
    assert_eq!(told.community.unwrap_or_default().permissions, 4398);
    robot.expect::<UpdateMessageCreated>().await;
    robot.expect_silence().await?;
    bob.send(community.general(), "!help").await?;
    robot.expect::<UpdateMessageCreated>().await;
    robot.send(community.general(), "no").await?;
    Ok(())
}

async fn who_is_there_already_stays(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let mut robot = bot(&server).await?;
    alice.call(add(&community, &robot)).await?;
    alice.catch_up().await?;
    robot.catch_up().await?;
    alice.call(add(&community, &robot)).await?;
    alice.expect_silence().await?;
    robot.expect_silence().await
}

async fn a_friend_is_there(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    bob.befriend(&mut carol).await?;
    // Whose friend they are does the adding; the owner is none.
    assert_eq!(alice.refused(add(&community, &carol)).await, 403);
    bob.call(add(&community, &carol)).await?;
    let told: UpdateCommunityMemberCreated = alice.expect().await;
    assert_eq!(told.member_id, carol.user_id);
    assert_eq!(carol.call(GetCommunities {}).await?.communities.len(), 1);
    carol.expect::<UpdateCommunity>().await;
    carol.send(community.general(), "hello").await?;
    Ok(())
}

async fn other_people_are_invited(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let mut bob = server.sign_up("Bob").await;
    assert_eq!(alice.refused(add(&community, &bob)).await, 403);
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn who_is_banned_is_not_added(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let mut robot = bot(&server).await?;
    alice.call(add(&community, &robot)).await?;
    alice.catch_up().await?;
    robot.catch_up().await?;
    let ban = RemoveMembers {
        community_id: community.id,
        member_ids: vec![robot.user_id],
        until: Some(0),
        ..RemoveMembers::default()
    };
    alice.call(ban).await?;
    alice.expect::<UpdateCommunityMemberDeleted>().await;
    robot.expect::<UpdateCommunityDeleted>().await;
    assert_eq!(alice.refused(add(&community, &robot)).await, 403);
    alice.expect_silence().await?;
    robot.expect_silence().await
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let robot = bot(&server).await?;
    assert_eq!(bob.refused(add(&community, &robot)).await, 403);
    assert_eq!(carol.refused(add(&community, &robot)).await, 404);
    alice
        .promote(&community, &mut bob, Permissions::MODIFY_COMMUNITY, 1)
        .await?;
    bob.call(add(&community, &robot)).await?;
    bob.expect::<UpdateCommunityMemberCreated>().await;
    Ok(())
}

async fn who_does_not_exist_is_not_found(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let robot = bot(&server).await?;
    let nobody = AddMember {
        user_id: 12345,
        ..add(&community, &robot)
    };
    assert_eq!(alice.refused(nobody).await, 404);
    let nowhere = AddMember {
        community_id: 12345,
        ..add(&community, &robot)
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    Ok(())
}

async fn a_bot_is_in_so_many_communities(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.communities_per_user = 1;
    let server = Server::with(database, few).await;
    let (one, [alice]) = server.community_of(["Alice"]).await?;
    let (two, [bob]) = server.community_of(["Bob"]).await?;
    let robot = bot(&server).await?;
    alice.call(add(&one, &robot)).await?;
    assert_eq!(bob.refused(add(&two, &robot)).await, 413);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(add(&community, &alice)).await;
    Ok(())
}
