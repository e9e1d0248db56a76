//! `messages.forwardMessage`.

use osmium_model::Permissions;
use osmium_proto::communities::EditChannel;
use osmium_proto::messages::{ForwardMessage, SendMessage};
use osmium_proto::refs::{ChannelRef, ChatRef};
use osmium_proto::types::MessageEntity;
use osmium_proto::types::message_entity::Entity;
use osmium_proto::updates::{UpdateChat, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages, user_chat};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    copies_are_messages_of_the_caller,
    the_order_is_that_of_the_originals,
    a_forward_of_a_forward_keeps_its_date,
    a_direct_chat_may_begin_with_a_forward,
    what_the_server_wrote_is_not_forwarded,
    both_sides_need_their_rights,
    slow_mode_lets_one_through,
    so_many_at_once,
    it_needs_a_sign_in,
);

fn forward(from: ChatRef, to: ChatRef, ids: &[u64]) -> ForwardMessage {
    ForwardMessage {
        chat_ref: Some(to),
        from: Some(from),
        message_ids: ids.to_vec(),
    }
}

async fn copies_are_messages_of_the_caller(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let bold = MessageEntity {
        start_index: 0,
        length: 5,
        entity: Some(Entity::Bold(true)),
    };
    let request = SendMessage {
        chat_ref: Some(community.general()),
        message: "hello @bob".to_owned(),
        entities: vec![bold.clone()],
        ..SendMessage::default()
    };
    let before = server.now().millis();
    let id = alice.call(request).await?.message_id;
    let after = server.now().millis();
    bob.catch_up().await?;
    let mut phone = bob.another_session().await;
    bob.call(forward(community.general(), saved_messages(), &[id]))
        .await?;
    for person in [&mut bob, &mut phone] {
        person.expect::<UpdateChat>().await;
        let told: UpdateMessageCreated = person.expect().await;
        let message = told.message.unwrap_or_default();
        assert_ne!(message.message_id, id);
        assert_eq!(message.author_id, person.user_id);
        assert_eq!(message.chat_ref, Some(saved_messages()));
        assert_eq!(message.message, "hello @bob");
        assert_eq!(message.entities, std::slice::from_ref(&bold));
        let date = message.forward.and_then(|forward| forward.date);
        assert!((before..=after).contains(&date.unwrap_or_default()));
    }
    let page = bob.history(saved_messages()).await?;
    assert!(page.messages[0].forward.is_some());
    Ok(())
}

async fn the_order_is_that_of_the_originals(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut ids = Vec::new();
    for number in 0..40 {
        ids.push(alice.send(community.general(), &number.to_string()).await?);
    }
    ids.reverse();
    // One that is not there, and one twice.
    ids.extend([1, ids[0]]);
    bob.call(forward(community.general(), saved_messages(), &ids))
        .await?;
    let page = bob.history(saved_messages()).await?;
    let texts: Vec<_> = page
        .messages
        .iter()
        .rev()
        .map(|found| &*found.message)
        .collect();
    let expected: Vec<_> = (0..40).map(|number| number.to_string()).collect();
    assert_eq!(texts, expected);
    Ok(())
}

async fn a_forward_of_a_forward_keeps_its_date(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    let id = alice.send(chat, "hello").await?;
    alice.call(forward(chat, chat, &[id])).await?;
    let newest = alice.history(chat).await?.messages[0].clone();
    alice
        .call(forward(chat, chat, &[newest.message_id]))
        .await?;
    let page = alice.history(chat).await?;
    assert_eq!(page.messages.len(), 3);
    assert_eq!(page.messages[0].forward, newest.forward);
    Ok(())
}

async fn a_direct_chat_may_begin_with_a_forward(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    bob.call(forward(
        community.general(),
        user_chat(alice.user_id),
        &[id],
    ))
    .await?;
    let page = alice.history(user_chat(bob.user_id)).await?;
    assert_eq!(page.messages[0].message, "hello");
    let stranger = server.sign_up("Carol").await;
    let own = stranger.send(saved_messages(), "hello").await?;
    let refused = forward(saved_messages(), user_chat(bob.user_id), &[own]);
    assert_eq!(stranger.refused(refused).await, 403);
    Ok(())
}

async fn what_the_server_wrote_is_not_forwarded(server: Server) -> Checked {
    let (_, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.create_group("Trip", &[]).await?;
    let group = group_chat(id);
    let own = alice.send(group, "hello").await?;
    alice.add_member(id, bob.user_id).await?;
    let joined = alice.history(group).await?.messages[0].message_id;
    let refused = forward(group, saved_messages(), &[own, joined]);
    assert_eq!(alice.refused(refused).await, 400);
    assert!(alice.history(saved_messages()).await?.messages.is_empty());
    Ok(())
}

async fn both_sides_need_their_rights(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    let id = alice.send(general, "hello").await?;
    let stranger = server.sign_up("Carol").await;
    assert_eq!(
        stranger
            .refused(forward(general, saved_messages(), &[id]))
            .await,
        404
    );
    let own = stranger.send(saved_messages(), "hello").await?;
    assert_eq!(
        stranger
            .refused(forward(saved_messages(), general, &[own]))
            .await,
        404
    );
    for nothing in [&[][..], &[1]] {
        assert_eq!(
            bob.refused(forward(general, saved_messages(), nothing))
                .await,
            404
        );
    }
    server
        .set_default_permissions(&community, Permissions::VIEW_CHANNEL)
        .await?;
    bob.catch_up().await?;
    assert_eq!(bob.refused(forward(general, general, &[id])).await, 403);
    bob.call(forward(general, saved_messages(), &[id])).await?;
    assert_eq!(bob.refused(ForwardMessage::default()).await, 400);
    Ok(())
}

async fn slow_mode_lets_one_through(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    let ids = [
        alice.send(general, "a").await?,
        alice.send(general, "b").await?,
    ];
    alice
        .call(EditChannel {
            channel: Some(ChannelRef {
                community_id: community.id,
                channel_id: community.general,
            }),
            slowmode_seconds: Some(100),
            ..EditChannel::default()
        })
        .await?;
    bob.catch_up().await?;
    assert_eq!(bob.refused(forward(general, general, &ids)).await, 403);
    bob.call(forward(general, general, &ids[..1])).await?;
    assert_eq!(bob.refused(forward(general, general, &ids[..1])).await, 429);
    alice.call(forward(general, general, &ids)).await?;
    Ok(())
}

async fn so_many_at_once(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let many: Vec<u64> = (1..=101).collect();
    let refused = forward(saved_messages(), saved_messages(), &many);
    assert_eq!(alice.refused(refused).await, 413);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let refused = forward(saved_messages(), saved_messages(), &[1]);
    server.needs_sign_in(refused).await;
    Ok(())
}
