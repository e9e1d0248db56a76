//! `chats.removeChatMember`.

use osmium_proto::Request;
use osmium_proto::auth::{LookupInvite, UseInvite};
use osmium_proto::chats::{
    CreateChatInvite, EditChat, EditChatMember, GetChat, GetChatMembers, GetChats, MarkChatRead,
    RemoveChatMember, SetTyping,
};
use osmium_proto::messages::{DeleteMessage, EditMessage, GetHistory, SendMessage};
use osmium_proto::types::message::MessageType;
use osmium_proto::updates::{UpdateConversationPermissions, UpdateGroup, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages};
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    all_are_told_of_a_removal,
    one_may_leave,
    for_who_was_removed_there_is_no_such_group,
    who_was_removed_hears_nothing_more,
    only_the_owner_removes_others,
    who_has_been_there_longest_follows_the_owner,
    the_last_member_takes_the_group_with_them,
    who_comes_back_has_read_everything,
    only_members_are_removed,
    only_groups_are_left,
    the_group_has_to_be_visible,
    it_needs_a_sign_in,
);

/// The next two updates: the group without someone, and the message that says so.
async fn expect_leave(person: &mut Person, group: u64, gone: &Person) -> UpdateGroup {
    let told: UpdateGroup = person.expect().await;
    let seen = told.group.clone().unwrap_or_default();
    assert_eq!(seen.id, group);
    assert!(!seen.participant_ids.contains(&gone.user_id));
    let farewell: UpdateMessageCreated = person.expect().await;
    let message = farewell.message.unwrap_or_default();
    assert_eq!(message.r#type(), MessageType::Leave);
    assert_eq!(message.author_id, gone.user_id);
    assert_eq!(farewell.author.unwrap_or_default().id, gone.user_id);
    told
}

async fn all_are_told_of_a_removal(server: Server) -> Checked {
    let (group, [mut alice, mut bob, mut carol]) =
        server.group_of(["Alice", "Bob", "Carol"]).await?;
    let mut phone = carol.another_session().await;
    alice.remove_member(group, carol.user_id).await?;
    for (person, owns) in [(&mut alice, true), (&mut bob, false)] {
        let told = expect_leave(person, group, &carol).await;
        assert_eq!(told.users.len(), 2);
        let seen = told.group.unwrap_or_default();
        assert_eq!((&*seen.name, seen.owner), ("Trip", owns));
        person.expect_silence().await?;
    }
    // That they are not in it any more tells who was removed, on all their sessions.
    for session in [&mut carol, &mut phone] {
        let seen = session.expect::<UpdateGroup>().await.group;
        let seen = seen.unwrap_or_default();
        assert_eq!((seen.id, seen.owner), (group, false));
        assert_eq!(seen.participant_ids, [alice.user_id, bob.user_id]);
        session.expect_silence().await?;
    }
    Ok(())
}

async fn one_may_leave(server: Server) -> Checked {
    let (group, [mut alice, mut bob]) = server.group_of(["Alice", "Bob"]).await?;
    bob.remove_member(group, bob.user_id).await?;
    assert_eq!(bob.call(GetChats::default()).await?.groups, []);
    let told = expect_leave(&mut alice, group, &bob).await;
    assert!(told.group.unwrap_or_default().owner);
    bob.expect::<UpdateGroup>().await;
    bob.expect_silence().await
}

async fn not_found<R: Request>(person: &Person, request: R) {
    assert_eq!(person.refused(request).await, 404, "{}", R::METHOD.name);
}

async fn for_who_was_removed_there_is_no_such_group(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let id = bob.send(group_chat(group), "hello").await?;
    alice.remove_member(group, bob.user_id).await?;
    let chat_ref = Some(group_chat(group));
    not_found(&bob, GetChat { chat_ref }).await;
    not_found(&bob, GetChatMembers { chat_ref }).await;
    let typing = true;
    not_found(
        &bob,
        SetTyping {
            chat_ref,
            typing,
            action: None,
        },
    )
    .await;
    let message = "again".to_owned();
    not_found(
        &bob,
        SendMessage {
            chat_ref,
            message: message.clone(),
            ..SendMessage::default()
        },
    )
    .await;
    let history = GetHistory {
        chat_ref,
        ..GetHistory::default()
    };
    not_found(&bob, history).await;
    let edit = EditMessage {
        chat_ref,
        message_id: id,
        message: Some(message),
        ..EditMessage::default()
    };
    not_found(&bob, edit).await;
    let message_ids = vec![id];
    not_found(
        &bob,
        DeleteMessage {
            chat_ref,
            message_ids,
        },
    )
    .await;
    let (message_id, read_amount) = (id, None);
    not_found(
        &bob,
        MarkChatRead {
            chat_ref,
            message_id,
            read_amount,
        },
    )
    .await;
    let (name, user_id) = (Some("Mine".to_owned()), alice.user_id);
    let edit = EditChat {
        chat_ref,
        name,
        ..EditChat::default()
    };
    not_found(&bob, edit).await;
    let permissions = 0;
    not_found(
        &bob,
        EditChatMember {
            chat_ref,
            user_id,
            permissions,
        },
    )
    .await;
    not_found(&bob, RemoveChatMember { chat_ref, user_id }).await;
    let invite = CreateChatInvite {
        chat_ref,
        ..CreateChatInvite::default()
    };
    not_found(&bob, invite).await;
    assert_eq!(bob.call(GetChats::default()).await?.chats, []);
    assert_eq!(alice.history(group_chat(group)).await?.messages.len(), 2);
    Ok(())
}

async fn who_was_removed_hears_nothing_more(server: Server) -> Checked {
    let (group, [mut alice, mut bob, mut carol]) =
        server.group_of(["Alice", "Bob", "Carol"]).await?;
    alice.remove_member(group, bob.user_id).await?;
    bob.expect::<UpdateGroup>().await;
    for text in ["one", "two"] {
        alice.send(group_chat(group), text).await?;
    }
    // A topic's events are told one after another: when the second is heard, the first was told to all.
    for person in [&mut alice, &mut carol] {
        expect_leave(person, group, &bob).await;
        person.expect::<UpdateMessageCreated>().await;
        person.expect::<UpdateMessageCreated>().await;
    }
    bob.expect_silence().await?;
    bob.expect_nothing_so_far();
    Ok(())
}

async fn only_the_owner_removes_others(server: Server) -> Checked {
    let (group, [mut alice, bob, carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    for other in [&alice, &carol] {
        let removed = bob.remove_member(group, other.user_id).await;
        assert_eq!(removed.map_err(|error| error.code), Err(403));
    }
    alice.expect_silence().await
}

async fn who_has_been_there_longest_follows_the_owner(server: Server) -> Checked {
    let (group, [alice, mut bob, mut carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    alice.remove_member(group, alice.user_id).await?;
    let told: UpdateGroup = bob.expect().await;
    assert!(told.group.unwrap_or_default().owner);
    let told: UpdateConversationPermissions = bob.expect().await;
    assert_eq!(told.chat_ref, Some(group_chat(group)));
    let permissions = told.permissions.unwrap_or_default();
    assert_eq!((permissions.pos & 64, permissions.neg), (64, 0));
    bob.expect::<UpdateMessageCreated>().await;
    bob.expect_silence().await?;
    let told = expect_leave(&mut carol, group, &alice).await;
    assert!(!told.group.unwrap_or_default().owner);
    carol.expect_silence().await?;

    // Who comes back is the last in turn.
    bob.add_member(group, alice.user_id).await?;
    bob.remove_member(group, bob.user_id).await?;
    let groups = carol.call(GetChats::default()).await?.groups;
    assert!(groups[0].owner);
    assert_eq!(groups[0].participant_ids, [carol.user_id, alice.user_id]);
    Ok(())
}

async fn the_last_member_takes_the_group_with_them(server: Server) -> Checked {
    let (group, [alice, mut bob]) = server.group_of(["Alice", "Bob"]).await?;
    let code = alice.invite_into_group(group).await?;
    alice.send(group_chat(group), "hello").await?;
    alice.remove_member(group, alice.user_id).await?;
    bob.catch_up().await?;
    bob.remove_member(group, bob.user_id).await?;
    let told: UpdateGroup = bob.expect().await;
    let seen = told.group.unwrap_or_default();
    assert_eq!((seen.id, seen.owner), (group, false));
    assert!(seen.participant_ids.is_empty() && told.users.is_empty());
    bob.expect_silence().await?;
    let chat_ref = Some(group_chat(group));
    not_found(&bob, GetChat { chat_ref }).await;
    not_found(&bob, LookupInvite { code: code.clone() }).await;
    not_found(&alice, UseInvite { code }).await;
    Ok(())
}

async fn who_comes_back_has_read_everything(server: Server) -> Checked {
    let (group, [alice, mut bob]) = server.group_of(["Alice", "Bob"]).await?;
    let chat = group_chat(group);
    alice.send(chat, "one").await?;
    bob.expect::<UpdateMessageCreated>().await;
    bob.remove_member(group, bob.user_id).await?;
    bob.expect::<UpdateGroup>().await;
    for text in ["two", "three", "four"] {
        alice.send(chat, text).await?;
    }
    alice.add_member(group, bob.user_id).await?;
    assert_eq!(bob.conversation(chat).await?.unread_count, 0);
    bob.catch_up().await?;
    alice.send(chat, "five").await?;
    let told: UpdateMessageCreated = bob.expect().await;
    assert_eq!(told.channel_unread_count, 1);
    assert_eq!(bob.conversation(chat).await?.unread_count, 1);
    Ok(())
}

async fn only_members_are_removed(server: Server) -> Checked {
    let (group, [mut alice, _bob]) = server.group_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    for other in [carol.user_id, 12345, group] {
        let removed = alice.remove_member(group, other).await;
        assert_eq!(removed.map_err(|error| error.code), Err(404));
    }
    alice.expect_silence().await
}

async fn only_groups_are_left(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let others = [community.general(), bob.chat(), saved_messages()];
    for chat_ref in others.map(Some).into_iter().chain([None]) {
        let user_id = alice.user_id;
        let refused = alice.refused(RemoveChatMember { chat_ref, user_id }).await;
        assert_eq!(refused, 400, "{chat_ref:?}");
    }
    Ok(())
}

async fn the_group_has_to_be_visible(server: Server) -> Checked {
    let (group, [alice]) = server.group_of(["Alice"]).await?;
    let bob = server.sign_up("Bob").await;
    for user in [alice.user_id, bob.user_id] {
        let removed = bob.remove_member(group, user).await;
        assert_eq!(removed.map_err(|error| error.code), Err(404));
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(RemoveChatMember::default()).await;
    Ok(())
}
