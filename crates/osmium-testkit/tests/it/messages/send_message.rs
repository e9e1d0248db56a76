//! `messages.sendMessage`.

use super::{next_text, text};
use osmium_client::RpcError;
use osmium_model::Permissions;
use osmium_proto::core::Initialize;
use osmium_proto::messages::SendMessage;
use osmium_proto::messages::send_message::{ReplyTo, reply_to::Quote};
use osmium_proto::refs::ChatRef;
use osmium_proto::types::message::message_reply_info;
use osmium_proto::types::message_entity::Entity;
use osmium_proto::types::{ChannelType, MessageEntity};
use osmium_proto::updates::{
    UpdateChannel, UpdateChannelDeleted, UpdateChat, UpdateCommunity, UpdateConversationLastRead,
    UpdateMessageCreated,
};
use osmium_testkit::Server;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::{channel_chat, group_chat, initialize, saved_messages, user_chat};

on_both_stores!(
    everyone_in_a_channel_hears_it,
    the_sender_s_other_sessions_hear_that_it_is_read,
    each_reader_has_an_unread_count,
    nobody_outside_hears_it,
    a_direct_chat_begins_with_its_first_message,
    a_refused_message_begins_no_chat,
    a_direct_message_names_the_other_side,
    direct_chats_are_for_those_who_share_a_community,
    everyone_in_a_group_hears_it,
    more_than_one_task_tells_hear_it_once,
    saved_messages_are_heard_by_their_owner_alone,
    a_reply_is_told_in_both_fields,
    a_reply_may_come_in_the_old_field,
    a_reply_stays_in_its_chat,
    entities_outside_the_text_are_dropped,
    links_are_found_where_nothing_is_said_of_the_text,
    messages_stand_in_the_order_they_were_sent_in,
    messages_of_several_authors_have_one_order,
    announcements_are_for_those_who_manage,
    without_the_permission_nobody_sends,
    who_cannot_view_hears_nothing,
    a_text_is_required_and_bounded,
    the_chat_has_to_be_one_that_the_sender_sees,
    it_needs_a_sign_in,
    without_subscription_nothing_is_told,
);

async fn everyone_in_a_channel_hears_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let request = SendMessage {
        client_id: Some(77),
        ..text(community.general(), "hello")
    };
    let id = alice.call(request).await?.message_id;

    for (person, client_id, unread) in [(&mut alice, Some(77), 0), (&mut bob, None, 1)] {
        let told: UpdateMessageCreated = person.expect().await;
        let message = told.message.unwrap_or_default();
        assert_eq!(message.message_id, id);
        assert_eq!(message.chat_ref, Some(community.general()));
        assert_eq!(message.message, "hello");
        assert_eq!(message.edited_at, None);
        assert_eq!(message.r#type, None);
        assert_eq!(told.author.unwrap_or_default().name, "Alice");
        assert_eq!(told.client_id, client_id);
        assert_eq!(told.channel_unread_count, unread);
        person.expect_silence().await?;
    }
    Ok(())
}

async fn the_sender_s_other_sessions_hear_that_it_is_read(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut desktop = alice.another_session().await;
    let request = SendMessage {
        client_id: Some(5),
        ..text(community.general(), "hello")
    };
    let id = alice.call(request).await?.message_id;

    let created: UpdateMessageCreated = desktop.expect().await;
    assert_eq!(created.client_id, Some(5));
    let read: UpdateConversationLastRead = desktop.expect().await;
    assert_eq!(read.chat_ref, Some(community.general()));
    assert_eq!(read.last_read_message_id, id);
    assert_eq!(read.unread_count, Some(0));
    desktop.expect_silence().await?;
    bob.expect::<UpdateMessageCreated>().await;
    bob.expect_silence().await
}

async fn each_reader_has_an_unread_count(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut counts = Vec::new();
    for author in [&alice, &alice, &bob, &alice] {
        author.send(community.general(), "hello").await?;
    }
    for _ in 0..4 {
        let mut row = [0; 3];
        for (reader, count) in [&mut alice, &mut bob, &mut carol].into_iter().zip(&mut row) {
            let told: UpdateMessageCreated = reader.expect().await;
            *count = told.channel_unread_count;
        }
        counts.push(row);
    }
    // Bob has not read that Carol joined. Whoever sends has read everything before.
    assert_eq!(counts, [[0, 2, 1], [0, 3, 2], [1, 0, 3], [0, 1, 4]]);
    Ok(())
}

async fn nobody_outside_hears_it(server: Server) -> Checked {
    let (community, [alice, _bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (_, [mut carol]) = server.community_of(["Carol"]).await?;
    alice.send(community.general(), "hello").await?;
    carol.expect_silence().await
}

async fn a_direct_chat_begins_with_its_first_message(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(bob.chat(), "hello").await?;
    for (person, other) in [(0, 1), (1, 0)] {
        let chats = [alice.chat(), bob.chat()];
        let viewer = if person == 0 { &mut alice } else { &mut bob };
        let opened: UpdateChat = viewer.expect().await;
        let opened = opened.chat.unwrap_or_default();
        assert_eq!(opened.chat.unwrap_or_default().chat_ref, Some(chats[other]));
        let names: Vec<_> = opened.users.iter().map(|user| user.name.as_str()).collect();
        assert!(names.contains(&["Alice", "Bob"][other]), "{names:?}");
        viewer.expect::<UpdateMessageCreated>().await;
        viewer.expect_silence().await?;
    }
    alice.send(bob.chat(), "again").await?;
    bob.expect::<UpdateMessageCreated>().await;
    bob.expect_silence().await
}

async fn a_refused_message_begins_no_chat(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let answers_nothing = SendMessage {
        reply_to_old: Some(12345),
        client_id: Some(1),
        ..text(bob.chat(), "hello")
    };
    assert_eq!(alice.refused(answers_nothing).await, 404);
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn a_direct_message_names_the_other_side(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(bob.chat(), "hello").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;

    let request = SendMessage {
        client_id: Some(3),
        ..text(alice.chat(), "and you")
    };
    let id = bob.call(request).await?.message_id;
    let (with_alice, with_bob) = (alice.chat(), bob.chat());
    for (seen_by, chat_ref, client_id, unread) in [
        (&mut alice, with_bob, None, 1),
        (&mut bob, with_alice, Some(3), 0),
    ] {
        let told: UpdateMessageCreated = seen_by.expect().await;
        let message = told.message.unwrap_or_default();
        assert_eq!(message.message_id, id);
        assert_eq!(message.chat_ref, Some(chat_ref));
        assert_eq!(told.author.unwrap_or_default().name, "Bob");
        assert_eq!(told.client_id, client_id);
        assert_eq!(told.channel_unread_count, unread);
    }
    Ok(())
}

async fn direct_chats_are_for_those_who_share_a_community(server: Server) -> Checked {
    let (_, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    assert_eq!(carol.refused(text(alice.chat(), "hello")).await, 403);
    assert_eq!(alice.refused(text(carol.chat(), "hello")).await, 403);
    carol.expect_silence().await?;
    alice.send(bob.chat(), "hello").await?;
    bob.expect::<UpdateChat>().await;
    bob.expect::<UpdateMessageCreated>().await;
    Ok(())
}

async fn everyone_in_a_group_hears_it(server: Server) -> Checked {
    let (group, [mut alice, mut bob, mut carol]) =
        server.group_of(["Alice", "Bob", "Carol"]).await?;
    let mut dave = server.sign_up("Dave").await;
    let mut desktop = alice.another_session().await;
    let chat = group_chat(group);
    let request = SendMessage {
        client_id: Some(77),
        ..text(chat, "hello")
    };
    let id = alice.call(request).await?.message_id;
    for (person, unread, client_id) in [
        (&mut alice, 0, Some(77)),
        (&mut desktop, 0, Some(77)),
        (&mut bob, 1, None),
        (&mut carol, 1, None),
    ] {
        let told: UpdateMessageCreated = person.expect().await;
        assert_eq!(
            (told.channel_unread_count, told.client_id),
            (unread, client_id)
        );
        assert_eq!(told.author.unwrap_or_default().name, "Alice");
        let message = told.message.unwrap_or_default();
        assert_eq!((message.message_id, message.chat_ref), (id, Some(chat)));
    }
    let read: UpdateConversationLastRead = desktop.expect().await;
    assert_eq!((read.chat_ref, read.last_read_message_id), (Some(chat), id));
    for person in [&mut alice, &mut desktop, &mut bob, &mut carol, &mut dave] {
        person.expect_silence().await?;
    }
    assert_eq!(dave.refused(text(chat, "hello")).await, 404);
    Ok(())
}

/// Gateways tell connections in groups of 64.
async fn more_than_one_task_tells_hear_it_once(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut sessions = vec![bob];
    while sessions.len() < 130 {
        let another = sessions[0].another_session().await;
        sessions.push(another);
    }
    let mut sent = Vec::new();
    for message in ["one", "two", "three"] {
        let id = alice.send(community.general(), message).await?;
        sent.push((id, message.to_owned()));
    }
    for session in &mut sessions {
        for message in &sent {
            assert_eq!(next_text(session).await, *message);
        }
    }
    Ok(())
}

async fn saved_messages_are_heard_by_their_owner_alone(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut desktop = alice.another_session().await;
    let by_ref = alice.send(saved_messages(), "one").await?;
    let by_own_id = alice.send(alice.chat(), "two").await?;
    for session in [&mut alice, &mut desktop] {
        let opened: UpdateChat = session.expect().await;
        let conversation = opened.chat.unwrap_or_default().chat.unwrap_or_default();
        assert_eq!(conversation.chat_ref, Some(saved_messages()));
    }
    for id in [by_ref, by_own_id] {
        let told: UpdateMessageCreated = alice.expect().await;
        let message = told.message.unwrap_or_default();
        assert_eq!(message.message_id, id);
        assert_eq!(message.chat_ref, Some(saved_messages()));
        assert_eq!(told.channel_unread_count, 0);
        desktop.expect::<UpdateMessageCreated>().await;
        desktop.expect::<UpdateConversationLastRead>().await;
    }
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn a_reply_is_told_in_both_fields(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let original = alice.send(community.general(), "good morning").await?;
    let quote = Quote {
        message: "morning".to_owned(),
        entities: vec![bold(0, 7), bold(5, 3)],
        offset: Some(5),
    };
    let reply = SendMessage {
        reply_to: Some(ReplyTo {
            message_id: original,
            quote: Some(quote),
        }),
        ..text(community.general(), "same to you")
    };
    alice.call(reply).await?;
    bob.expect::<UpdateMessageCreated>().await;
    let told: UpdateMessageCreated = bob.expect().await;
    let message = told.message.unwrap_or_default();
    assert_eq!(message.reply_to, Some(original));
    let reply = message.reply.unwrap_or_default();
    assert_eq!(reply.message_id, Some(original));
    let quoted = message_reply_info::Quote {
        message: "morning".to_owned(),
        entities: vec![bold(0, 7)],
        offset: Some(5),
    };
    assert_eq!(reply.quote, Some(quoted));
    Ok(())
}

async fn a_reply_may_come_in_the_old_field(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let original = alice.send(community.general(), "one").await?;
    let reply = SendMessage {
        reply_to_old: Some(original),
        ..text(community.general(), "two")
    };
    alice.call(reply).await?;
    bob.expect::<UpdateMessageCreated>().await;
    let told: UpdateMessageCreated = bob.expect().await;
    let message = told.message.unwrap_or_default();
    assert_eq!(message.reply_to, Some(original));
    assert_eq!(message.reply.unwrap_or_default().message_id, Some(original));
    Ok(())
}

async fn a_reply_stays_in_its_chat(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let elsewhere = alice.send(saved_messages(), "one").await?;
    alice.catch_up().await?;
    for original in [elsewhere, 12345] {
        let reply = SendMessage {
            reply_to_old: Some(original),
            ..text(community.general(), "two")
        };
        assert_eq!(alice.refused(reply).await, 404);
    }
    alice.expect_silence().await
}

fn bold(start_index: u32, length: u32) -> MessageEntity {
    MessageEntity {
        start_index,
        length,
        entity: Some(Entity::Bold(true)),
    }
}

async fn entities_outside_the_text_are_dropped(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    // Positions are UTF-16 code units, of which the emoji has two.
    let kept = [bold(0, 2), bold(2, 3), bold(0, 5)];
    let dropped = [bold(5, 1), bold(0, 6), bold(u32::MAX, u32::MAX), bold(1, 0)];
    let request = SendMessage {
        entities: [kept.clone().to_vec(), dropped.to_vec()].concat(),
        ..text(community.general(), "😀abc")
    };
    alice.call(request).await?;
    let told: UpdateMessageCreated = alice.expect().await;
    assert_eq!(told.message.unwrap_or_default().entities, kept);
    Ok(())
}

async fn links_are_found_where_nothing_is_said_of_the_text(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let link = MessageEntity {
        start_index: 3,
        length: 19,
        entity: Some(Entity::Url(true)),
    };
    let plain = text(community.general(), "😀 https://example.org");
    let said = SendMessage {
        entities: vec![bold(0, 2)],
        ..plain.clone()
    };
    for (request, expected) in [(plain, link), (said, bold(0, 2))] {
        alice.call(request).await?;
        let told: UpdateMessageCreated = alice.expect().await;
        assert_eq!(told.message.unwrap_or_default().entities, [expected]);
    }
    Ok(())
}

async fn messages_stand_in_the_order_they_were_sent_in(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let texts: Vec<String> = (0..60).map(|number| number.to_string()).collect();
    // All are under way at once.
    let sends = texts
        .iter()
        .map(|text| alice.send(community.general(), text));
    let ids: Vec<u64> = futures::future::try_join_all(sends).await?;
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    for expected in ids.into_iter().zip(texts) {
        assert_eq!(next_text(&mut bob).await, expected);
    }
    Ok(())
}

async fn messages_of_several_authors_have_one_order(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let sends = (0..40).map(|number| {
        let author = if number % 2 == 0 { &alice } else { &bob };
        author.send(community.general(), "hello")
    });
    let sent = futures::future::try_join_all(sends).await?.len();
    let (mut by_alice, mut by_bob) = (Vec::new(), Vec::new());
    for _ in 0..sent {
        by_alice.push(next_text(&mut alice).await);
        by_bob.push(next_text(&mut bob).await);
    }
    assert_eq!(by_alice, by_bob);
    assert!(by_alice.is_sorted_by(|a, b| a.0 < b.0));
    Ok(())
}

async fn announcements_are_for_those_who_manage(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let channel = alice
        .create_channel(&community, "news", ChannelType::Announcement)
        .await?;
    bob.catch_up().await?;
    let news = channel_chat(community.id, channel);
    assert_eq!(bob.refused(text(news, "hello")).await, 403);
    alice.send(news, "hello").await?;
    assert_eq!(next_text(&mut bob).await.1, "hello");
    Ok(())
}

async fn without_the_permission_nobody_sends(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    bob.send(community.general(), "hello").await?;
    server
        .set_default_permissions(&community, Permissions::VIEW_CHANNEL)
        .await?;
    assert_eq!(bob.refused(text(community.general(), "again")).await, 403);
    alice.send(community.general(), "the owner may").await?;
    alice.catch_up().await?;
    let last = bob.heard_until_now().await?.pop();
    assert!(format!("{last:?}").contains("the owner may"), "{last:?}");
    Ok(())
}

async fn who_cannot_view_hears_nothing(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (nothing, everything) = (Permissions::empty(), Permissions::NEW_COMMUNITY);
    server.set_default_permissions(&community, nothing).await?;
    assert_eq!(bob.refused(text(community.general(), "hello")).await, 404);
    alice.send(community.general(), "hidden").await?;
    // Who hears a message is decided when it is told: to all of this server at once.
    alice.catch_up().await?;
    server
        .set_default_permissions(&community, everything)
        .await?;
    alice.send(community.general(), "seen").await?;
    // Two channels and their categories vanish, and appear again.
    bob.expect_all::<UpdateChannelDeleted>(4).await;
    bob.expect::<UpdateCommunity>().await;
    bob.expect_all::<UpdateChannel>(4).await;
    bob.expect::<UpdateCommunity>().await;
    assert_eq!(next_text(&mut bob).await.1, "seen");
    bob.expect_silence().await
}

async fn a_text_is_required_and_bounded(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let send = |message: &str| text(community.general(), message);
    for message in ["", " \n\t", "a\0b"] {
        assert_eq!(alice.refused(send(message)).await, 400, "{message:?}");
    }
    // Each emoji is two UTF-16 code units.
    assert_eq!(alice.refused(send(&"😀".repeat(2001))).await, 413);
    alice.expect_silence().await?;
    alice.call(send(&"😀".repeat(2000))).await?;
    alice.expect::<UpdateMessageCreated>().await;

    let crowded = SendMessage {
        entities: vec![bold(0, 1); 201],
        ..send("hello")
    };
    assert_eq!(alice.refused(crowded).await, 413);
    Ok(())
}

async fn the_chat_has_to_be_one_that_the_sender_sees(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [_carol]) = server.community_of(["Carol"]).await?;
    for hidden in [
        foreign.general(),
        channel_chat(community.id, foreign.general),
        channel_chat(foreign.id, community.general),
        channel_chat(community.id, community.category),
        channel_chat(community.id, 12345),
        user_chat(12345),
        group_chat(12345),
    ] {
        assert_eq!(
            alice.refused(text(hidden, "hello")).await,
            404,
            "{hidden:?}"
        );
    }
    for missing in [None, Some(ChatRef { r#ref: None })] {
        let request = SendMessage {
            chat_ref: missing,
            ..text(community.general(), "hello")
        };
        assert_eq!(alice.refused(request).await, 400);
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server
        .needs_sign_in(text(community.general(), "hello"))
        .await;
    Ok(())
}

async fn without_subscription_nothing_is_told(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let silent = Initialize {
        no_subscribe: true,
        ..initialize()
    };
    let mut silent = alice.another_session_with(silent).await;
    silent.send(community.general(), "hello").await?;
    alice.expect::<UpdateMessageCreated>().await;
    alice.expect::<UpdateConversationLastRead>().await;
    let unknown: Result<u64, RpcError> = silent.send(community.general(), "").await;
    assert_eq!(unknown.map_err(|error| error.code), Err(400));
    silent.expect_nothing_so_far();
    Ok(())
}
