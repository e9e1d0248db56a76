//! `messages.editMessage`.

use super::edit;
use osmium_proto::messages::EditMessage;
use osmium_proto::types::MessageEntity;
use osmium_proto::types::message_entity::Entity;
use osmium_proto::updates::UpdateMessage;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, user_chat};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    everyone_in_the_chat_hears_of_it,
    each_side_of_a_direct_chat_sees_the_other,
    everyone_in_a_group_hears_of_it,
    what_is_absent_stays,
    entities_belong_to_the_text,
    an_edit_that_changes_nothing_is_not_told,
    only_the_author_edits,
    what_the_server_wrote_is_nobody_s_to_edit,
    a_text_is_required_and_bounded,
    the_message_has_to_be_in_the_chat,
    it_needs_a_sign_in,
);

fn bold(start_index: u32, length: u32) -> MessageEntity {
    MessageEntity {
        start_index,
        length,
        entity: Some(Entity::Bold(true)),
    }
}

async fn everyone_in_the_chat_hears_of_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(community.general(), "helo").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    let before = server.now().millis();
    alice.call(edit(community.general(), id, "hello")).await?;
    for person in [&mut alice, &mut bob] {
        let told: UpdateMessage = person.expect().await;
        let message = told.message.unwrap_or_default();
        assert_eq!(message.message_id, id);
        assert_eq!(message.chat_ref, Some(community.general()));
        assert_eq!(message.message, "hello");
        let edited_at = message.edited_at.unwrap_or_default();
        assert!((before..=server.now().millis()).contains(&edited_at));
        person.expect_silence().await?;
    }
    Ok(())
}

async fn each_side_of_a_direct_chat_sees_the_other(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(bob.chat(), "helo").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    alice.call(edit(bob.chat(), id, "hello")).await?;
    let chats = [bob.chat(), alice.chat()];
    for (person, chat) in [&mut alice, &mut bob].into_iter().zip(chats) {
        let told: UpdateMessage = person.expect().await;
        assert_eq!(told.message.unwrap_or_default().chat_ref, Some(chat));
    }
    Ok(())
}

async fn everyone_in_a_group_hears_of_it(server: Server) -> Checked {
    let (group, [mut alice, mut bob]) = server.group_of(["Alice", "Bob"]).await?;
    let id = bob.send(group_chat(group), "helo").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    bob.call(edit(group_chat(group), id, "hello")).await?;
    for person in [&mut alice, &mut bob] {
        let told = person.expect::<UpdateMessage>().await.message;
        let message = told.unwrap_or_default();
        assert_eq!((message.message_id, &*message.message), (id, "hello"));
        assert_eq!(message.chat_ref, Some(group_chat(group)));
        person.expect_silence().await?;
    }
    // What others wrote is not for the owner to edit either.
    assert_eq!(alice.refused(edit(group_chat(group), id, "x")).await, 403);
    Ok(())
}

async fn what_is_absent_stays(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    alice.catch_up().await?;
    let entities_alone = EditMessage {
        message: None,
        entities: vec![bold(0, 5)],
        ..edit(community.general(), id, "")
    };
    alice.call(entities_alone).await?;
    let told: UpdateMessage = alice.expect().await;
    let message = told.message.unwrap_or_default();
    assert_eq!(message.message, "hello");
    assert_eq!(message.entities, [bold(0, 5)]);
    Ok(())
}

async fn entities_belong_to_the_text(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    alice.catch_up().await?;
    let both = EditMessage {
        entities: vec![bold(0, 2), bold(0, 3)],
        ..edit(community.general(), id, "😀")
    };
    alice.call(both).await?;
    let told: UpdateMessage = alice.expect().await;
    assert_eq!(told.message.unwrap_or_default().entities, [bold(0, 2)]);

    alice.call(edit(community.general(), id, "plain")).await?;
    let told: UpdateMessage = alice.expect().await;
    assert_eq!(told.message.unwrap_or_default().entities, []);
    Ok(())
}

async fn an_edit_that_changes_nothing_is_not_told(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    alice.catch_up().await?;
    let empty = EditMessage {
        message: None,
        ..edit(community.general(), id, "")
    };
    alice.call(empty).await?;
    alice.call(edit(community.general(), id, "hello")).await?;
    alice.expect_silence().await
}

async fn only_the_author_edits(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let in_channel = bob.send(community.general(), "hello").await?;
    let in_direct = bob.send(alice.chat(), "hello").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    // Not even the owner of the community.
    for (chat, id) in [(community.general(), in_channel), (bob.chat(), in_direct)] {
        assert_eq!(alice.refused(edit(chat, id, "bye")).await, 403);
    }
    bob.expect_silence().await
}

async fn what_the_server_wrote_is_nobody_s_to_edit(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let page = alice.history(community.general()).await?;
    let greeting = page.messages[0].message_id;
    assert_eq!(page.messages[0].author_id, bob.user_id);
    let request = edit(community.general(), greeting, "hello");
    assert_eq!(bob.refused(request).await, 403);
    Ok(())
}

async fn a_text_is_required_and_bounded(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    alice.catch_up().await?;
    let request = |text: &str| edit(community.general(), id, text);
    for text in ["", " ", "a\0b"] {
        assert_eq!(alice.refused(request(text)).await, 400, "{text:?}");
    }
    assert_eq!(alice.refused(request(&"a".repeat(4001))).await, 413);
    let crowded = EditMessage {
        entities: vec![bold(0, 1); 201],
        ..request("hello")
    };
    assert_eq!(alice.refused(crowded).await, 413);
    alice.expect_silence().await
}

async fn the_message_has_to_be_in_the_chat(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [carol]) = server.community_of(["Carol"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    let theirs = carol.send(foreign.general(), "hello").await?;
    for (chat, id) in [
        (community.general(), 12345),
        (community.general(), theirs),
        (foreign.general(), theirs),
        // The chat with Bob has not begun.
        (bob.chat(), id),
        (user_chat(12345), id),
        (group_chat(12345), id),
    ] {
        assert_eq!(alice.refused(edit(chat, id, "bye")).await, 404, "{chat:?}");
    }
    let nowhere = EditMessage {
        chat_ref: None,
        ..edit(community.general(), id, "bye")
    };
    assert_eq!(alice.refused(nowhere).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    server
        .needs_sign_in(edit(community.general(), id, "bye"))
        .await;
    Ok(())
}
