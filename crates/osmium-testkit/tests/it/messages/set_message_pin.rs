//! `messages.setMessagePin`.

use osmium_model::Permissions;
use osmium_proto::messages::{DeleteMessage, GetPinnedMessages, SetMessagePin};
use osmium_proto::refs::ChatRef;
use osmium_proto::updates::UpdateMessage;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages, user_chat};
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    everyone_in_the_chat_hears_of_it,
    both_sides_of_a_direct_chat_pin,
    members_of_a_group_pin,
    one_pins_for_oneself,
    a_pin_needs_the_permission,
    there_is_room_for_so_many,
    the_message_has_to_be_in_the_chat,
    it_needs_a_sign_in,
);

fn pin(chat: ChatRef, message_id: u64, pin: bool) -> SetMessagePin {
    SetMessagePin {
        chat_ref: Some(chat),
        message_id,
        pin,
    }
}

async fn pinned(person: &Person, chat: ChatRef) -> Checked<Vec<u64>> {
    let asked = GetPinnedMessages {
        chat_ref: Some(chat),
    };
    let page = person.call(asked).await?;
    Ok(page
        .messages
        .iter()
        .map(|message| message.message_id)
        .collect())
}

async fn everyone_in_the_chat_hears_of_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut phone = alice.another_session().await;
    let general = community.general();
    let id = bob.send(general, "rules").await?;
    all_catch_up([&mut alice, &mut bob, &mut phone]).await?;
    for is_pinned in [true, false] {
        alice.call(pin(general, id, is_pinned)).await?;
        for person in [&mut alice, &mut bob, &mut phone] {
            let told: UpdateMessage = person.expect().await;
            let message = told.message.unwrap_or_default();
            assert_eq!(
                (message.message_id, message.pinned),
                (id, is_pinned.then_some(true))
            );
            assert_eq!((message.edited_at, &*message.message), (None, "rules"));
        }
        let page = bob.history(general).await?;
        assert_eq!(page.messages[0].pinned, is_pinned.then_some(true));
        // The same again is no news.
        alice.call(pin(general, id, is_pinned)).await?;
        all_are_silent([&mut alice, &mut bob, &mut phone]).await?;
    }
    Ok(())
}

async fn both_sides_of_a_direct_chat_pin(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(user_chat(bob.user_id), "hello").await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    bob.call(pin(user_chat(alice.user_id), id, true)).await?;
    let others = [bob.user_id, alice.user_id];
    for (person, other) in [&mut alice, &mut bob].into_iter().zip(others) {
        let told: UpdateMessage = person.expect().await;
        assert_eq!(
            told.message.unwrap_or_default().chat_ref,
            Some(user_chat(other))
        );
    }
    alice.call(pin(user_chat(bob.user_id), id, false)).await?;
    assert_eq!(pinned(&bob, user_chat(alice.user_id)).await?, [0; 0]);
    Ok(())
}

async fn members_of_a_group_pin(server: Server) -> Checked {
    let (_, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let group = group_chat(alice.create_group("Trip", &[&bob]).await?);
    let id = alice.send(group, "tickets").await?;
    bob.call(pin(group, id, true)).await?;
    assert_eq!(pinned(&alice, group).await?, [id]);
    Ok(())
}

async fn one_pins_for_oneself(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let id = alice.send(saved_messages(), "keys").await?;
    alice.call(pin(saved_messages(), id, true)).await?;
    assert_eq!(pinned(&alice, saved_messages()).await?, [id]);
    Ok(())
}

async fn a_pin_needs_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    let id = bob.send(general, "mine").await?;
    assert_eq!(bob.refused(pin(general, id, true)).await, 403);
    assert_eq!(pinned(&alice, general).await?, [0; 0]);
    let given = Permissions::NEW_COMMUNITY | Permissions::PIN_MESSAGES;
    server.set_default_permissions(&community, given).await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    bob.call(pin(general, id, true)).await?;
    assert_eq!(pinned(&alice, general).await?, [id]);
    Ok(())
}

async fn there_is_room_for_so_many(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let mut ids = Vec::new();
    for number in 0..51 {
        ids.push(alice.send(saved_messages(), &number.to_string()).await?);
    }
    for id in &ids[..50] {
        alice.call(pin(saved_messages(), *id, true)).await?;
    }
    assert_eq!(
        alice.refused(pin(saved_messages(), ids[50], true)).await,
        413
    );
    // One that is gone makes room.
    alice
        .call(DeleteMessage {
            chat_ref: Some(saved_messages()),
            message_ids: vec![ids[0]],
        })
        .await?;
    alice.call(pin(saved_messages(), ids[50], true)).await?;
    ids[1..].reverse();
    assert_eq!(pinned(&alice, saved_messages()).await?, ids[1..]);
    Ok(())
}

async fn the_message_has_to_be_in_the_chat(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    let stranger = server.sign_up("Carol").await;
    assert_eq!(
        stranger.refused(pin(community.general(), id, true)).await,
        404
    );
    assert_eq!(
        alice.refused(pin(user_chat(bob.user_id), id, true)).await,
        404
    );
    assert_eq!(
        alice.refused(pin(community.general(), id + 1, true)).await,
        404
    );
    assert_eq!(alice.refused(SetMessagePin::default()).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(pin(user_chat(1), 1, true)).await;
    Ok(())
}
