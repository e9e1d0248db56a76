//! `chats.setTyping`.

use osmium_model::Permissions;
use osmium_proto::chats::{EditChatMember, SetTyping, TypingAction};
use osmium_proto::refs::ChatRef;
use osmium_proto::types::ChannelType;
use osmium_proto::updates::{
    UpdateChannel, UpdateChannelDeleted, UpdateChat, UpdateChatTyping, UpdateCommunity,
    UpdateMessageCreated,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{channel_chat, group_chat, saved_messages, user_chat};
use osmium_testkit::{Server, on_both_stores};
use std::time::Duration;

on_both_stores!(
    the_others_hear_of_it,
    what_is_about_to_be_sent_is_told,
    it_stops_when_the_typist_says_so,
    it_ends_after_eight_seconds,
    a_repeat_prolongs_it,
    it_ends_when_the_typist_sends,
    each_side_of_a_direct_chat_sees_the_other,
    the_others_in_a_group_hear_of_it,
    saved_messages_have_nobody_to_tell,
    only_who_may_send_types,
    who_cannot_view_hears_nothing,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn typing(chat: ChatRef) -> SetTyping {
    SetTyping {
        chat_ref: Some(chat),
        typing: true,
        action: None,
    }
}

fn stopped(chat: ChatRef) -> SetTyping {
    SetTyping {
        typing: false,
        ..typing(chat)
    }
}

async fn the_others_hear_of_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut desktop = alice.another_session().await;
    alice.call(typing(community.general())).await?;
    for person in [&mut bob, &mut carol] {
        let told: UpdateChatTyping = person.expect().await;
        assert_eq!(told.chat_ref, Some(community.general()));
        assert_eq!(told.user_id, alice.user_id);
        assert!(told.typing);
    }
    for session in [&mut alice, &mut desktop] {
        session.expect_silence().await?;
    }
    Ok(())
}

async fn what_is_about_to_be_sent_is_told(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let recording = SetTyping {
        action: Some(TypingAction::RecordingAudio as i32),
        ..typing(community.general())
    };
    alice.call(recording).await?;
    let told: UpdateChatTyping = bob.expect().await;
    assert_eq!(told.action(), TypingAction::RecordingAudio);
    Ok(())
}

async fn it_stops_when_the_typist_says_so(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(typing(community.general())).await?;
    alice.call(stopped(community.general())).await?;
    for expected in [true, false] {
        let told: UpdateChatTyping = bob.expect().await;
        assert_eq!(told.typing, expected);
        assert_eq!(told.user_id, alice.user_id);
    }
    bob.expect_silence().await
}

async fn it_ends_after_eight_seconds(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(typing(community.general())).await?;
    assert!(bob.expect::<UpdateChatTyping>().await.typing);
    server.clock().advance(Duration::from_secs(8));
    let told: UpdateChatTyping = bob.expect().await;
    assert!(!told.typing);
    assert_eq!(told.chat_ref, Some(community.general()));
    assert_eq!(told.user_id, alice.user_id);
    bob.expect_silence().await
}

async fn a_repeat_prolongs_it(server: Server) -> Checked {
    let (community, [alice, bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    for (typist, wait) in [(&alice, 4), (&bob, 3), (&alice, 5)] {
        typist.call(typing(community.general())).await?;
        let told: UpdateChatTyping = carol.expect().await;
        assert_eq!((told.user_id, told.typing), (typist.user_id, true));
        server.clock().advance(Duration::from_secs(wait));
    }
    // Bob is over after 8 seconds, while Alice has three left.
    for (typist, wait) in [(&bob, 3), (&alice, 0)] {
        let told: UpdateChatTyping = carol.expect().await;
        assert_eq!((told.user_id, told.typing), (typist.user_id, false));
        server.clock().advance(Duration::from_secs(wait));
    }
    Ok(())
}

async fn it_ends_when_the_typist_sends(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(typing(community.general())).await?;
    assert!(bob.expect::<UpdateChatTyping>().await.typing);
    alice.send(community.general(), "hello").await?;
    bob.expect::<UpdateMessageCreated>().await;
    assert!(!bob.expect::<UpdateChatTyping>().await.typing);
    bob.expect_silence().await
}

async fn each_side_of_a_direct_chat_sees_the_other(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    // The chat need not have begun.
    alice.call(typing(bob.chat())).await?;
    let told: UpdateChatTyping = bob.expect().await;
    assert_eq!(told.chat_ref, Some(alice.chat()));
    assert_eq!(told.user_id, alice.user_id);
    alice.expect_silence().await?;

    alice.send(bob.chat(), "hello").await?;
    bob.expect::<UpdateChat>().await;
    bob.expect::<UpdateMessageCreated>().await;
    assert!(!bob.expect::<UpdateChatTyping>().await.typing);
    Ok(())
}

async fn the_others_in_a_group_hear_of_it(server: Server) -> Checked {
    let (group, [mut alice, mut bob, mut carol]) =
        server.group_of(["Alice", "Bob", "Carol"]).await?;
    let mut dave = server.sign_up("Dave").await;
    let chat = group_chat(group);
    alice.call(typing(chat)).await?;
    for person in [&mut bob, &mut carol] {
        let told: UpdateChatTyping = person.expect().await;
        assert_eq!((told.chat_ref, told.user_id), (Some(chat), alice.user_id));
        assert!(told.typing);
    }
    alice.send(chat, "hello").await?;
    alice.expect::<UpdateMessageCreated>().await;
    for person in [&mut bob, &mut carol] {
        person.expect::<UpdateMessageCreated>().await;
        assert!(!person.expect::<UpdateChatTyping>().await.typing);
    }
    assert_eq!(dave.refused(typing(chat)).await, 404);
    let quiet = EditChatMember {
        chat_ref: Some(chat),
        user_id: bob.user_id,
        permissions: 0,
    };
    alice.call(quiet).await?;
    assert_eq!(bob.refused(typing(chat)).await, 403);
    for person in [&mut alice, &mut carol, &mut dave] {
        person.expect_silence().await?;
    }
    Ok(())
}

async fn saved_messages_have_nobody_to_tell(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut desktop = alice.another_session().await;
    alice.call(typing(saved_messages())).await?;
    alice.call(typing(alice.chat())).await?;
    alice.expect_silence().await?;
    desktop.expect_silence().await
}

async fn only_who_may_send_types(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let news = alice
        .create_channel(&community, "news", ChannelType::Announcement)
        .await?;
    let news = channel_chat(community.id, news);
    assert_eq!(bob.refused(typing(news)).await, 403);
    assert_eq!(carol.refused(typing(bob.chat())).await, 403);
    alice.expect_silence().await
}

async fn who_cannot_view_hears_nothing(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut desktop = alice.another_session().await;
    server
        .set_default_permissions(&community, Permissions::empty())
        .await?;
    // Two channels and their categories vanish.
    bob.expect_all::<UpdateChannelDeleted>(4).await;
    for person in [&mut alice, &mut bob, &mut desktop] {
        person.expect::<UpdateCommunity>().await;
    }
    alice.call(typing(community.general())).await?;
    alice.send(community.general(), "hello").await?;
    desktop.expect::<UpdateMessageCreated>().await;
    server
        .set_default_permissions(&community, Permissions::NEW_COMMUNITY)
        .await?;
    bob.expect_all::<UpdateChannel>(4).await;
    bob.expect::<UpdateCommunity>().await;
    bob.expect_silence().await
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [_carol]) = server.community_of(["Carol"]).await?;
    for hidden in [
        foreign.general(),
        channel_chat(community.id, community.category),
        user_chat(12345),
        group_chat(12345),
    ] {
        assert_eq!(alice.refused(typing(hidden)).await, 404);
    }
    assert_eq!(alice.refused(SetTyping::default()).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(typing(saved_messages())).await;
    Ok(())
}
