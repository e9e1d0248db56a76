//! `auth.useInvite`.

use futures::future::join_all;
use osmium_core::Config;
use osmium_ports::Clock;
use osmium_proto::auth::UseInvite;
use osmium_proto::chats::{CreateChatInvite, GetChats};
use osmium_proto::communities::{GetChannels, GetCommunities, RemoveMembers};
use osmium_proto::friends::change_relationship::RelationshipChangeType::{
    Block, RequestFriend, Unblock,
};
use osmium_proto::messages::GetHistory;
use osmium_proto::types::RelationshipStatus as Is;
use osmium_proto::types::{NotifPrefs, message::MessageType};
use osmium_proto::updates::{
    UpdateChat, UpdateCommunity, UpdateCommunityMemberCreated, UpdateGroup, UpdateMessageCreated,
    UpdateUser, UpdateUserRelationship,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::{group_chat, saved_messages};
use osmium_testkit::{Community, Database, Person, Server};
use std::time::Duration;

on_both_stores!(
    who_joins_is_told_of_the_community,
    members_are_told_of_who_joins,
    who_joins_has_read_everything,
    who_is_there_already_stays,
    what_is_no_invite_is_not_found,
    an_invite_ends,
    an_invite_is_used_up_exactly,
    who_is_refused_uses_nothing_up,
    an_invite_makes_friends,
    friends_stay_friends,
    who_is_blocked_finds_no_invite,
    an_invite_to_be_friends_ends,
    friends_by_invite_are_as_many_as_others,
    it_needs_a_sign_in,
    one_is_in_so_many_communities,
    an_invite_leads_into_a_group,
    an_invite_into_a_group_is_used_up_exactly,
    a_full_group_takes_nobody,
    the_last_place_in_a_group_is_taken_once,
);

fn of(code: &str) -> UseInvite {
    UseInvite {
        code: code.to_owned(),
    }
}

async fn limited(person: &Person, community: &Community, max_uses: u32) -> Checked<String> {
    let request = CreateChatInvite {
        chat_ref: Some(community.general()),
        expires_at: None,
        max_uses: Some(max_uses),
    };
    Ok(person.call(request).await?.code)
}

async fn who_joins_is_told_of_the_community(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let mut bob = server.sign_up("Bob").await;
    let mut phone = bob.another_session().await;
    let code = alice.invite(&community).await?;
    bob.call(of(&code)).await?;
    // The list has it when the answer comes.
    let listed = bob.call(GetCommunities {}).await?.communities;
    assert_eq!(listed.len(), 1);

    for session in [&mut bob, &mut phone] {
        let told: UpdateCommunity = session.expect().await;
        assert_eq!(told.community_id, community.id);
        let seen = told.community.unwrap_or_default();
        assert_eq!(seen, listed[0]);
        assert!(!seen.owner);
        assert_eq!(seen.permissions, 4398);
        assert_eq!(seen.notif_prefs(), NotifPrefs::Default);
        let greeting: UpdateMessageCreated = session.expect().await;
        let greeting = greeting.message.unwrap_or_default();
        assert_eq!(greeting.r#type(), MessageType::Join);
        session.expect_silence().await?;
    }
    // From here on they hear what happens there.
    alice.send(community.general(), "welcome").await?;
    phone.expect::<UpdateMessageCreated>().await;
    Ok(())
}

async fn members_are_told_of_who_joins(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let bob = server.sign_up("Bob").await;
    let mut carol = server.sign_up("Carol").await;
    bob.call(of(&alice.invite(&community).await?)).await?;

    let created: UpdateCommunityMemberCreated = alice.expect().await;
    assert_eq!(created.community_id, community.id);
    assert_eq!(created.member_id, bob.user_id);
    let member = created.member.unwrap_or_default();
    assert_eq!(
        (member.id, member.community_id),
        (bob.user_id, community.id)
    );
    assert!(member.role_ids.is_empty() && member.nickname.is_none());
    assert_eq!(created.user.unwrap_or_default().name, "Bob");
    let greeting: UpdateMessageCreated = alice.expect().await;
    assert_eq!(greeting.author.unwrap_or_default().id, bob.user_id);
    assert_eq!(greeting.channel_unread_count, 1);
    let message = greeting.message.unwrap_or_default();
    assert_eq!(message.r#type(), MessageType::Join);
    assert_eq!(message.author_id, bob.user_id);
    assert_eq!(message.message, "");
    assert_eq!(message.chat_ref, Some(community.general()));
    alice.expect_silence().await?;
    carol.expect_silence().await
}

async fn who_joins_has_read_everything(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    for text in ["one", "two"] {
        alice.send(community.general(), text).await?;
    }
    let mut bob = server.sign_up("Bob").await;
    bob.join(&alice.invite(&community).await?).await?;
    let unread = async |person: &Person| -> Checked<(u32, u32)> {
        let community_id = community.id;
        let channels = person.call(GetChannels { community_id }).await?;
        let in_channels = channels.conversations.iter().map(|c| c.unread_count).sum();
        let info = person.call(GetCommunities {}).await?.community_user_info;
        Ok((in_channels, info[0].unread_count))
    };
    assert_eq!(unread(&bob).await?, (0, 0));
    assert_eq!(unread(&alice).await?, (1, 1), "the greeting");
    // What was there before can be read.
    let history = GetHistory {
        chat_ref: Some(community.general()),
        ..GetHistory::default()
    };
    assert_eq!(bob.call(history).await?.messages.len(), 3);
    alice.send(community.general(), "three").await?;
    assert_eq!(unread(&bob).await?, (1, 1));
    Ok(())
}

async fn who_is_there_already_stays(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let mut bob = server.sign_up("Bob").await;
    let code = limited(&alice, &community, 2).await?;
    bob.join(&code).await?;
    alice.catch_up().await?;
    for _ in 0..3 {
        bob.call(of(&code)).await?;
        alice.call(of(&code)).await?;
    }
    alice.expect_silence().await?;
    bob.expect_silence().await?;
    // None of that was a use.
    let mut carol = server.sign_up("Carol").await;
    carol.join(&code).await?;
    // A repeat after a lost answer is no error either, though the invite is used up.
    carol.call(of(&code)).await?;
    Ok(())
}

async fn what_is_no_invite_is_not_found(server: Server) -> Checked {
    let bob = server.sign_up("Bob").await;
    for code in ["", "AAAAAAAAAAAAAAAA", "no code"] {
        assert_eq!(bob.refused(of(code)).await, 404, "{code:?}");
    }
    Ok(())
}

async fn an_invite_ends(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let request = CreateChatInvite {
        chat_ref: Some(community.general()),
        expires_at: Some(server.clock().now().seconds() + 30),
        max_uses: None,
    };
    let code = alice.call(request).await?.code;
    let [mut bob, mut carol] = [server.sign_up("Bob").await, server.sign_up("Carol").await];
    bob.join(&code).await?;
    server.clock().advance(Duration::from_secs(31));
    assert_eq!(carol.refused(of(&code)).await, 410);
    carol.expect_silence().await
}

async fn an_invite_is_used_up_exactly(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let code = limited(&alice, &community, 3).await?;
    let mut people = Vec::new();
    for number in 0..8 {
        people.push(server.sign_up(&format!("Guest {number}")).await);
    }
    let outcomes = join_all(people.iter().map(|person| person.call(of(&code)))).await;
    let codes: Vec<u32> = outcomes
        .into_iter()
        .filter_map(|outcome| outcome.err().map(|error| error.code))
        .collect();
    assert_eq!(codes, [410; 5]);
    let mut members = 0;
    for person in &people {
        members += person.call(GetCommunities {}).await?.communities.len();
    }
    assert_eq!(members, 3);
    Ok(())
}

async fn who_is_refused_uses_nothing_up(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.communities_per_user = 1;
    let server = Server::with(database, few).await;
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let code = limited(&alice, &community, 1).await?;
    let [mut banned, mut full, mut bob] = [
        server.sign_up("Banned").await,
        server.sign_up("Full").await,
        server.sign_up("Bob").await,
    ];
    let ban = RemoveMembers {
        community_id: community.id,
        member_ids: vec![banned.user_id],
        until: Some(0),
        ..RemoveMembers::default()
    };
    alice.call(ban).await?;
    full.create_community("Own").await?;
    for _ in 0..2 {
        assert_eq!(banned.refused(of(&code)).await, 403);
        assert_eq!(full.refused(of(&code)).await, 413);
    }
    alice.expect_silence().await?;
    banned.expect_silence().await?;
    bob.join(&code).await
}

/// The relationship that someone is told of next.
async fn told(person: &mut Person) -> Is {
    person.expect::<UpdateUser>().await;
    let told: UpdateUserRelationship = person.expect().await;
    told.relationship.unwrap_or_default().status()
}

async fn an_invite_makes_friends(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let code = alice.friend_invite().await?;
    for asked in [false, true] {
        let mut bob = server.sign_up("Bob").await;
        let mut phone = bob.another_session().await;
        if asked {
            alice.change(&bob, RequestFriend).await?;
            for session in [&mut alice, &mut bob, &mut phone] {
                session.catch_up().await?;
            }
        }
        bob.call(of(&code)).await?;
        assert_eq!(bob.relationships().await?, [(alice.user_id, Is::Friend)]);
        for session in [&mut alice, &mut bob, &mut phone] {
            assert_eq!(told(session).await, Is::Friend);
            session.expect_silence().await?;
        }
    }
    assert_eq!(alice.relationships().await?.len(), 2);
    Ok(())
}

async fn friends_stay_friends(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut bob = server.sign_up("Bob").await;
    let once = CreateChatInvite {
        chat_ref: Some(saved_messages()),
        expires_at: None,
        max_uses: Some(1),
    };
    let code = alice.call(once).await?.code;
    alice.befriend(&mut bob).await?;
    bob.call(of(&code)).await?;
    alice.call(of(&code)).await?;
    for person in [&mut alice, &mut bob] {
        person.expect_silence().await?;
    }
    // None of that was a use.
    let carol = server.sign_up("Carol").await;
    carol.call(of(&code)).await?;
    carol.call(of(&code)).await?;
    let dave = server.sign_up("Dave").await;
    assert_eq!(dave.refused(of(&code)).await, 410);
    assert_eq!(dave.relationships().await?, []);
    Ok(())
}

async fn who_is_blocked_finds_no_invite(server: Server) -> Checked {
    let (mut alice, mut bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    let code = alice.friend_invite().await?;
    alice.change(&bob, Block).await?;
    alice.catch_up().await?;
    let unknown = bob.refusal(of("AAAAAAAAAAAAAAAA")).await;
    let refused = bob.refusal(of(&code)).await;
    assert_eq!((refused.code, &refused.message), (404, &unknown.message));
    alice.change(&bob, Unblock).await?;
    alice.catch_up().await?;
    // Whom one has blocked oneself one does not befriend by accident.
    bob.change(&alice, Block).await?;
    bob.catch_up().await?;
    assert_eq!(bob.refused(of(&code)).await, 409);
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn an_invite_to_be_friends_ends(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let request = CreateChatInvite {
        chat_ref: Some(saved_messages()),
        expires_at: Some(server.clock().now().seconds() + 30),
        max_uses: None,
    };
    let code = alice.call(request).await?.code;
    let bob = server.sign_up("Bob").await;
    server.clock().advance(Duration::from_secs(31));
    assert_eq!(bob.refused(of(&code)).await, 410);
    assert_eq!(bob.relationships().await?, []);
    Ok(())
}

async fn friends_by_invite_are_as_many_as_others(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.friends_per_user = 1;
    let server = Server::with(database, few).await;
    let (alice, bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    let carol = server.sign_up("Carol").await;
    bob.call(of(&alice.friend_invite().await?)).await?;
    // Neither who invites nor who follows may have one too many.
    assert_eq!(carol.refused(of(&alice.friend_invite().await?)).await, 413);
    assert_eq!(bob.refused(of(&carol.friend_invite().await?)).await, 413);
    assert_eq!(carol.relationships().await?, []);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let code = alice.invite(&community).await?;
    server.needs_sign_in(of(&code)).await;
    Ok(())
}

async fn one_is_in_so_many_communities(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.communities_per_user = 2;
    let server = Server::with(database, few).await;
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let mut bob = server.sign_up("Bob").await;
    bob.create_community("One").await?;
    bob.create_community("Two").await?;
    let code = alice.invite(&community).await?;
    assert_eq!(bob.refused(of(&code)).await, 413);
    Ok(())
}

/// An invite into a group; gives its code.
async fn into_group(person: &Person, group: u64, max_uses: Option<u32>) -> Checked<String> {
    let request = CreateChatInvite {
        chat_ref: Some(group_chat(group)),
        expires_at: None,
        max_uses,
    };
    Ok(person.call(request).await?.code)
}

async fn an_invite_leads_into_a_group(server: Server) -> Checked {
    let (group, [mut alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let code = into_group(&bob, group, Some(1)).await?;
    // Also someone who shares no community with those in it.
    let mut carol = server.sign_up("Carol").await;
    for _ in 0..2 {
        // A repeat is no error, though the invite is used up.
        carol.call(of(&code)).await?;
    }
    assert_eq!(carol.call(GetChats::default()).await?.groups[0].id, group);
    let told: UpdateGroup = carol.expect().await;
    assert_eq!(told.users.len(), 3);
    carol.expect::<UpdateChat>().await;
    let told: UpdateGroup = alice.expect().await;
    let members = told.group.unwrap_or_default().participant_ids;
    assert_eq!(members, [alice.user_id, bob.user_id, carol.user_id]);
    let joined = carol.user_id;
    for person in [&mut alice, &mut carol] {
        let greeting = person.expect::<UpdateMessageCreated>().await.message;
        let greeting = greeting.unwrap_or_default();
        assert_eq!(greeting.r#type(), MessageType::Join);
        assert_eq!(greeting.author_id, joined);
        person.expect_silence().await?;
    }
    Ok(())
}

/// How many of new people come in by an invite when all try at once; those who do not are refused with this code.
async fn come_in(server: &Server, code: &str, refusal: u32) -> Checked<usize> {
    let mut people = Vec::new();
    for number in 0..8 {
        people.push(server.sign_up(&format!("Guest {number}")).await);
    }
    let outcomes = join_all(people.iter().map(|person| person.call(of(code)))).await;
    let mut came = 0;
    for (person, outcome) in people.iter().zip(outcomes) {
        let groups = person.call(GetChats::default()).await?.groups;
        match outcome {
            Ok(()) => assert_eq!(groups.len(), 1),
            Err(error) => assert_eq!((error.code, groups.len()), (refusal, 0)),
        }
        came += groups.len();
    }
    Ok(came)
}

async fn an_invite_into_a_group_is_used_up_exactly(server: Server) -> Checked {
    let (group, [alice]) = server.group_of(["Alice"]).await?;
    let code = into_group(&alice, group, Some(3)).await?;
    assert_eq!(come_in(&server, &code, 410).await?, 3);
    let members = &alice.call(GetChats::default()).await?.groups[0].participant_ids;
    assert_eq!(members.len(), 4);
    Ok(())
}

async fn a_full_group_takes_nobody(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.group_members = 2;
    let server = Server::with(database, few).await;
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let code = into_group(&alice, group, Some(1)).await?;
    let carol = server.sign_up("Carol").await;
    assert_eq!(carol.refused(of(&code)).await, 413);
    // That was no use.
    alice.remove_member(group, bob.user_id).await?;
    carol.call(of(&code)).await?;
    Ok(())
}

async fn the_last_place_in_a_group_is_taken_once(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.group_members = 5;
    let server = Server::with(database, few).await;
    let (group, [alice]) = server.group_of(["Alice"]).await?;
    let code = into_group(&alice, group, None).await?;
    assert_eq!(come_in(&server, &code, 413).await?, 4);
    Ok(())
}
