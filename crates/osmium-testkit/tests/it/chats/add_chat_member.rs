//! `chats.addChatMember`.

use osmium_core::Config;
use osmium_proto::chats::{AddChatMember, GetChats};
use osmium_proto::friends::change_relationship::RelationshipChangeType::{Block, Unblock};
use osmium_proto::types::message::MessageType;
use osmium_proto::updates::{UpdateChat, UpdateGroup, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages};
use osmium_testkit::{Database, Person, Server, on_both_stores};

on_both_stores!(
    members_are_told_of_who_comes_in,
    who_comes_in_is_told_of_the_group,
    who_comes_in_sees_all_of_it_as_read,
    any_member_may_add,
    who_is_in_it_stays,
    one_shares_a_community_with_whom_one_adds,
    friends_are_added_and_the_blocked_are_not,
    a_group_is_bounded,
    only_groups_are_added_to,
    the_group_has_to_be_visible,
    it_needs_a_sign_in,
);

/// A group of two, and someone who could be added by either.
async fn two_and_another(server: &Server) -> Checked<(u64, [Person; 3])> {
    let (_, [mut alice, mut bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let group = alice.create_group("Trip", &[&bob]).await?;
    bob.catch_up().await?;
    Ok((group, [alice, bob, carol]))
}

async fn members_are_told_of_who_comes_in(server: Server) -> Checked {
    let (group, [mut alice, mut bob, carol]) = two_and_another(&server).await?;
    alice.add_member(group, carol.user_id).await?;
    for (person, owns) in [(&mut alice, true), (&mut bob, false)] {
        let told: UpdateGroup = person.expect().await;
        let mut names: Vec<_> = told.users.iter().map(|user| &*user.name).collect();
        names.sort_unstable();
        assert_eq!(names, ["Alice", "Bob", "Carol"]);
        let seen = told.group.unwrap_or_default();
        assert_eq!((seen.id, &*seen.name, seen.owner), (group, "Trip", owns));
        assert_eq!(seen.participant_ids.last(), Some(&carol.user_id));
        assert_eq!(seen.participant_ids.len(), 3);

        let greeting: UpdateMessageCreated = person.expect().await;
        assert_eq!(greeting.channel_unread_count, 1);
        assert_eq!(greeting.author.unwrap_or_default().name, "Carol");
        let message = greeting.message.unwrap_or_default();
        assert_eq!(message.r#type(), MessageType::Join);
        assert_eq!(message.author_id, carol.user_id);
        assert_eq!(message.message, "");
        person.expect_silence().await?;
    }
    Ok(())
}

async fn who_comes_in_is_told_of_the_group(server: Server) -> Checked {
    let (group, [alice, bob, mut carol]) = two_and_another(&server).await?;
    let mut phone = carol.another_session().await;
    alice.send(group_chat(group), "before").await?;
    bob.add_member(group, carol.user_id).await?;
    alice.send(group_chat(group), "after").await?;
    for session in [&mut carol, &mut phone] {
        let told: UpdateGroup = session.expect().await;
        let seen = told.group.unwrap_or_default();
        assert!(!seen.owner);
        let chat = session
            .expect::<UpdateChat>()
            .await
            .chat
            .unwrap_or_default();
        assert_eq!(chat.group, Some(seen));
        assert_eq!(chat.users.len(), 3);
        let conversation = chat.chat.unwrap_or_default();
        assert_eq!(conversation.chat_ref, Some(group_chat(group)));
        assert_eq!(conversation.unread_count, 0);
        for (text, unread) in [("", 0), ("after", 1)] {
            let told: UpdateMessageCreated = session.expect().await;
            assert_eq!(told.message.unwrap_or_default().message, text);
            assert_eq!(told.channel_unread_count, unread);
        }
        session.expect_silence().await?;
    }
    Ok(())
}

async fn who_comes_in_sees_all_of_it_as_read(server: Server) -> Checked {
    let (group, [alice, _bob, carol]) = two_and_another(&server).await?;
    for text in ["one", "two"] {
        alice.send(group_chat(group), text).await?;
    }
    alice.add_member(group, carol.user_id).await?;
    let history = carol.history(group_chat(group)).await?.messages;
    let texts: Vec<_> = history.iter().map(|message| &*message.message).collect();
    assert_eq!(texts, ["", "two", "one"]);
    let conversation = carol.conversation(group_chat(group)).await?;
    assert_eq!(conversation.unread_count, 0);
    assert_eq!(conversation.last_read_message_id, history[0].message_id);
    assert_eq!(conversation.last_message_id, history[0].message_id);
    alice.send(group_chat(group), "three").await?;
    assert_eq!(carol.conversation(group_chat(group)).await?.unread_count, 1);
    Ok(())
}

async fn any_member_may_add(server: Server) -> Checked {
    let (group, [_alice, bob, carol]) = two_and_another(&server).await?;
    bob.add_member(group, carol.user_id).await?;
    carol.send(group_chat(group), "hello").await?;
    Ok(())
}

async fn who_is_in_it_stays(server: Server) -> Checked {
    let (group, [mut alice, mut bob, _carol]) = two_and_another(&server).await?;
    for user in [bob.user_id, alice.user_id] {
        alice.add_member(group, user).await?;
    }
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn one_shares_a_community_with_whom_one_adds(server: Server) -> Checked {
    let (group, [mut alice, _bob, _carol]) = two_and_another(&server).await?;
    let mut dave = server.sign_up("Dave").await;
    let added = alice.add_member(group, dave.user_id).await;
    assert_eq!(added.map_err(|error| error.code), Err(403));
    let nobody = alice.add_member(group, 12345).await;
    assert_eq!(nobody.map_err(|error| error.code), Err(404));
    alice.expect_silence().await?;
    dave.expect_silence().await
}

async fn friends_are_added_and_the_blocked_are_not(server: Server) -> Checked {
    let (group, [mut alice, _bob, carol]) = two_and_another(&server).await?;
    let mut dave = server.sign_up("Dave").await;
    alice.befriend(&mut dave).await?;
    for (one, other) in [(&alice, &carol), (&carol, &alice)] {
        one.change(other, Block).await?;
        let refused = alice.add_member(group, carol.user_id).await;
        assert_eq!(refused.map_err(|error| error.code), Err(403));
        one.change(other, Unblock).await?;
    }
    alice.add_member(group, carol.user_id).await?;
    alice.add_member(group, dave.user_id).await?;
    Ok(())
}

async fn a_group_is_bounded(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.group_members = 2;
    let server = Server::with(database, few).await;
    let (group, [alice, _bob, carol]) = two_and_another(&server).await?;
    let added = alice.add_member(group, carol.user_id).await;
    assert_eq!(added.map_err(|error| error.code), Err(413));
    assert_eq!(carol.call(GetChats::default()).await?.groups, []);
    Ok(())
}

async fn only_groups_are_added_to(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let others = [community.general(), bob.chat(), saved_messages()];
    for chat_ref in others.map(Some).into_iter().chain([None]) {
        let user_id = bob.user_id;
        let refused = alice.refused(AddChatMember { chat_ref, user_id }).await;
        assert_eq!(refused, 400, "{chat_ref:?}");
    }
    Ok(())
}

async fn the_group_has_to_be_visible(server: Server) -> Checked {
    let (group, [alice, _bob, carol]) = two_and_another(&server).await?;
    for hidden in [group, 12345, alice.user_id] {
        let added = carol.add_member(hidden, carol.user_id).await;
        assert_eq!(added.map_err(|error| error.code), Err(404));
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(AddChatMember::default()).await;
    Ok(())
}
