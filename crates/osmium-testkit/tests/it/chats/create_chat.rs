//! `chats.createChat`.

use osmium_core::Config;
use osmium_proto::chats::{CreateChat, GetChats};
use osmium_proto::friends::change_relationship::RelationshipChangeType::Block;
use osmium_proto::refs::UserRef;
use osmium_proto::types::Group;
use osmium_proto::updates::{UpdateChat, UpdateGroup, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::group_chat;
use osmium_testkit::{Database, Person, Server, on_both_stores};

on_both_stores!(
    the_creator_owns_it,
    each_is_named_once,
    all_are_told_in_their_own_terms,
    all_hear_what_is_said_from_then_on,
    one_may_be_alone_in_it,
    a_name_has_some_characters,
    members_share_a_community_with_its_creator,
    friends_are_members_and_the_blocked_are_not,
    a_user_has_to_exist,
    a_group_is_bounded,
    it_needs_a_sign_in,
);

fn of(people: &[&Person]) -> CreateChat {
    named("Trip", people)
}

fn named(name: &str, people: &[&Person]) -> CreateChat {
    let user = |person: &&Person| UserRef {
        user_id: person.user_id,
    };
    CreateChat {
        users: people.iter().map(user).collect(),
        name: name.to_owned(),
    }
}

async fn the_creator_owns_it(server: Server) -> Checked {
    let (_, [alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let group = alice.call(named("  Trip ", &[&carol, &bob])).await?;
    let expected = Group {
        id: group.id,
        name: "Trip".to_owned(),
        owner: true,
        participant_ids: vec![alice.user_id, carol.user_id, bob.user_id],
        photo: None,
    };
    assert_eq!(group, expected);
    assert_ne!(group.id, 0);
    // The list has it when the answer comes.
    let list = carol.call(GetChats::default()).await?;
    let seen = Group {
        owner: false,
        ..group
    };
    assert_eq!(list.groups, [seen]);
    Ok(())
}

async fn each_is_named_once(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let group = alice.call(of(&[&bob, &alice, &bob])).await?;
    assert_eq!(group.participant_ids, [alice.user_id, bob.user_id]);
    Ok(())
}

async fn all_are_told_in_their_own_terms(server: Server) -> Checked {
    let (_, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut desktop = alice.another_session().await;
    let group = alice.call(of(&[&bob])).await?;
    for (person, owns) in [(&mut alice, true), (&mut desktop, true), (&mut bob, false)] {
        let told: UpdateGroup = person.expect().await;
        let expected = Group {
            owner: owns,
            ..group.clone()
        };
        assert_eq!(told.group.as_ref(), Some(&expected));
        let mut names: Vec<_> = told.users.iter().map(|user| &*user.name).collect();
        names.sort_unstable();
        assert_eq!(names, ["Alice", "Bob"]);
        assert!(told.users.iter().all(|user| user.status.is_some()));

        let chat = person.expect::<UpdateChat>().await.chat.unwrap_or_default();
        assert_eq!(chat.group, Some(expected));
        assert_eq!(chat.users.len(), 2);
        let conversation = chat.chat.unwrap_or_default();
        let listed = person.conversation(group_chat(group.id)).await?;
        assert_eq!(conversation, listed);
        assert_eq!(conversation.last_message_id, group.id);
        assert_eq!(conversation.unread_count, 0);
        person.expect_silence().await?;
    }
    carol.expect_silence().await
}

async fn all_hear_what_is_said_from_then_on(server: Server) -> Checked {
    let (_, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut phone = bob.another_session().await;
    let group = alice.call(of(&[&bob])).await?.id;
    for text in ["one", "two"] {
        alice.send(group_chat(group), text).await?;
    }
    for session in [&mut bob, &mut phone] {
        session.expect::<UpdateGroup>().await;
        session.expect::<UpdateChat>().await;
        for (text, unread) in [("one", 1), ("two", 2)] {
            let told: UpdateMessageCreated = session.expect().await;
            assert_eq!(told.channel_unread_count, unread);
            let message = told.message.unwrap_or_default();
            assert_eq!(message.message, text, "nobody is greeted");
            assert_eq!(message.chat_ref, Some(group_chat(group)));
        }
        session.expect_silence().await?;
    }
    Ok(())
}

async fn one_may_be_alone_in_it(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let group = alice.call(of(&[])).await?;
    assert_eq!(group.participant_ids, [alice.user_id]);
    alice.send(group_chat(group.id), "hello").await?;
    Ok(())
}

async fn a_name_has_some_characters(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    for name in ["", "  \n", &"x".repeat(101)] {
        assert_eq!(alice.refused(named(name, &[])).await, 400, "{name:?}");
    }
    alice.call(named(&"x".repeat(100), &[])).await?;
    assert_eq!(alice.call(GetChats::default()).await?.groups.len(), 1);
    Ok(())
}

async fn members_share_a_community_with_its_creator(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    assert_eq!(alice.refused(of(&[&bob, &carol])).await, 403);
    assert_eq!(alice.call(GetChats::default()).await?.groups, []);
    carol.expect_silence().await
}

async fn friends_are_members_and_the_blocked_are_not(server: Server) -> Checked {
    let (_, [mut alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut dave = server.sign_up("Dave").await;
    alice.befriend(&mut dave).await?;
    bob.change(&alice, Block).await?;
    assert_eq!(alice.refused(of(&[&carol, &dave, &bob])).await, 403);
    let group = alice.call(of(&[&carol, &dave])).await?;
    assert_eq!(group.participant_ids.len(), 3);
    Ok(())
}

async fn a_user_has_to_exist(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut request = of(&[&bob]);
    request.users.push(UserRef { user_id: 12345 });
    assert_eq!(alice.refused(request).await, 404);
    Ok(())
}

async fn a_group_is_bounded(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.group_members = 2;
    let server = Server::with(database, few).await;
    let (_, [alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    assert_eq!(alice.refused(of(&[&bob, &carol])).await, 413);
    alice.call(of(&[&bob, &bob, &alice])).await?;
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(of(&[])).await;
    Ok(())
}
