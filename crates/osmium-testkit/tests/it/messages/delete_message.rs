//! `messages.deleteMessage`.

use osmium_model::Permissions;
use osmium_proto::chats::EditChatMember;
use osmium_proto::messages::DeleteMessage;
use osmium_proto::refs::ChatRef;
use osmium_proto::updates::{UpdateMessageCreated, UpdateMessageDeleted};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, user_chat};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    everyone_in_the_chat_hears_of_it_once,
    each_side_of_a_direct_chat_sees_the_other,
    what_does_not_exist_is_passed_over,
    members_delete_what_they_wrote,
    the_owner_deletes_what_others_wrote,
    in_a_direct_chat_nobody_deletes_for_the_other,
    the_owner_of_a_group_deletes_what_others_wrote,
    members_of_a_group_may_be_let_delete,
    deleted_messages_are_not_unread,
    deleted_messages_are_gone_from_history,
    the_chat_goes_back_to_the_message_before,
    ids_are_bounded,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn delete(chat: ChatRef, ids: &[u64]) -> DeleteMessage {
    DeleteMessage {
        chat_ref: Some(chat),
        message_ids: ids.to_vec(),
    }
}

async fn everyone_in_the_chat_hears_of_it_once(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let one = alice.send(community.general(), "one").await?;
    let two = alice.send(community.general(), "two").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    alice.call(delete(community.general(), &[one, two])).await?;
    for person in [&mut alice, &mut bob] {
        let mut told: UpdateMessageDeleted = person.expect().await;
        told.message_ids.sort_unstable();
        assert_eq!(told.message_ids, [one, two]);
        assert_eq!(told.chat_ref, Some(community.general()));
        person.expect_silence().await?;
    }
    Ok(())
}

async fn each_side_of_a_direct_chat_sees_the_other(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(bob.chat(), "hello").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    alice.call(delete(bob.chat(), &[id])).await?;
    let chats = [bob.chat(), alice.chat()];
    for (person, chat) in [&mut alice, &mut bob].into_iter().zip(chats) {
        let told: UpdateMessageDeleted = person.expect().await;
        assert_eq!(told.chat_ref, Some(chat));
        assert_eq!(told.message_ids, [id]);
    }
    Ok(())
}

async fn what_does_not_exist_is_passed_over(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    alice.catch_up().await?;
    for nothing in [
        delete(community.general(), &[]),
        delete(community.general(), &[12345]),
        // The chat has not begun.
        delete(bob.chat(), &[id]),
    ] {
        alice.call(nothing).await?;
    }
    alice.expect_silence().await?;

    let mixed = delete(community.general(), &[12345, id, id]);
    alice.call(mixed.clone()).await?;
    let told: UpdateMessageDeleted = alice.expect().await;
    assert_eq!(told.message_ids, [id]);
    alice.call(mixed).await?;
    alice.expect_silence().await
}

async fn members_delete_what_they_wrote(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let by_alice = alice.send(community.general(), "one").await?;
    let by_bob = bob.send(community.general(), "two").await?;
    alice.catch_up().await?;
    // All or nothing.
    let both = delete(community.general(), &[by_bob, by_alice]);
    assert_eq!(bob.refused(both).await, 403);
    alice.expect_silence().await?;
    bob.call(delete(community.general(), &[by_bob])).await?;
    let told: UpdateMessageDeleted = alice.expect().await;
    assert_eq!(told.message_ids, [by_bob]);
    Ok(())
}

async fn the_owner_deletes_what_others_wrote(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = bob.send(community.general(), "hello").await?;
    bob.catch_up().await?;
    alice.call(delete(community.general(), &[id])).await?;
    let told: UpdateMessageDeleted = bob.expect().await;
    assert_eq!(told.message_ids, [id]);
    Ok(())
}

async fn in_a_direct_chat_nobody_deletes_for_the_other(server: Server) -> Checked {
    let (_, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = bob.send(alice.chat(), "hello").await?;
    bob.catch_up().await?;
    assert_eq!(alice.refused(delete(bob.chat(), &[id])).await, 403);
    bob.expect_silence().await
}

async fn the_owner_of_a_group_deletes_what_others_wrote(server: Server) -> Checked {
    let (group, [mut alice, mut bob]) = server.group_of(["Alice", "Bob"]).await?;
    let chat = group_chat(group);
    let theirs = bob.send(chat, "hello").await?;
    let own = alice.send(chat, "hello").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    assert_eq!(bob.refused(delete(chat, &[own])).await, 403);
    alice.call(delete(chat, &[theirs, own])).await?;
    for person in [&mut alice, &mut bob] {
        let mut told: UpdateMessageDeleted = person.expect().await;
        told.message_ids.sort_unstable();
        assert_eq!(told.message_ids, [theirs, own]);
        assert_eq!(told.chat_ref, Some(chat));
        person.expect_silence().await?;
    }
    let conversation = bob.conversation(chat).await?;
    assert_eq!(conversation.unread_count, 0);
    assert_eq!(conversation.last_message_id, group, "as when it was new");
    Ok(())
}

async fn members_of_a_group_may_be_let_delete(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let chat = group_chat(group);
    let own = bob.send(chat, "hello").await?;
    let theirs = alice.send(chat, "hello").await?;
    bob.call(delete(chat, &[own])).await?;
    let moderator = EditChatMember {
        chat_ref: Some(chat),
        user_id: bob.user_id,
        permissions: Permissions::DELETE_MESSAGES.bits(),
    };
    alice.call(moderator).await?;
    bob.call(delete(chat, &[theirs])).await?;
    assert_eq!(alice.history(chat).await?.messages, []);
    Ok(())
}

async fn deleted_messages_are_not_unread(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let read = alice.send(community.general(), "one").await?;
    bob.mark_read(community.general(), read).await?;
    let unread = alice.send(community.general(), "two").await?;
    alice.send(community.general(), "three").await?;
    alice.send(community.general(), "four").await?;
    bob.catch_up().await?;
    alice
        .call(delete(community.general(), &[read, unread]))
        .await?;
    assert_eq!(bob.conversation(community.general()).await?.unread_count, 2);

    alice.send(community.general(), "five").await?;
    bob.expect::<UpdateMessageDeleted>().await;
    let told: UpdateMessageCreated = bob.expect().await;
    assert_eq!(told.channel_unread_count, 3);
    Ok(())
}

async fn deleted_messages_are_gone_from_history(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let mut ids = Vec::new();
    for text in ["one", "two", "three"] {
        ids.push(alice.send(community.general(), text).await?);
    }
    alice.call(delete(community.general(), &ids[1..2])).await?;
    let page = alice.history(community.general()).await?;
    let left: Vec<_> = page
        .messages
        .iter()
        .map(|message| message.message_id)
        .collect();
    assert_eq!(left, [ids[2], ids[0]]);
    Ok(())
}

async fn the_chat_goes_back_to_the_message_before(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let one = alice.send(bob.chat(), "one").await?;
    let two = alice.send(bob.chat(), "two").await?;
    alice.call(delete(bob.chat(), &[two])).await?;
    assert_eq!(bob.conversation(alice.chat()).await?.last_message_id, one);

    // Ids never go back, so no client takes the next message for an old one.
    let three = alice.send(bob.chat(), "three").await?;
    assert!(three > two);
    Ok(())
}

async fn ids_are_bounded(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let ids: Vec<u64> = (1..=101).collect();
    let too_many = delete(community.general(), &ids);
    assert_eq!(alice.refused(too_many).await, 413);
    alice.call(delete(community.general(), &ids[1..])).await?;
    Ok(())
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (_, [alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [carol]) = server.community_of(["Carol"]).await?;
    let id = carol.send(foreign.general(), "hello").await?;
    for hidden in [foreign.general(), user_chat(12345), group_chat(12345)] {
        assert_eq!(alice.refused(delete(hidden, &[id])).await, 404);
    }
    let nowhere = DeleteMessage {
        chat_ref: None,
        message_ids: vec![id],
    };
    assert_eq!(alice.refused(nowhere).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    server
        .needs_sign_in(delete(community.general(), &[id]))
        .await;
    Ok(())
}
