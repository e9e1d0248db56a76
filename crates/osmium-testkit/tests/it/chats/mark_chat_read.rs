//! `chats.markChatRead`.

use osmium_proto::chats::MarkChatRead;
use osmium_proto::communities::GetCommunities;
use osmium_proto::refs::ChatRef;
use osmium_proto::updates::{UpdateConversationLastRead, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages, user_chat};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    the_reader_s_other_sessions_hear_of_it,
    counts_begin_anew_after_it,
    a_part_may_be_read,
    it_never_goes_back,
    reading_ahead_reads_what_is_there,
    a_direct_chat_is_read_by_one_side,
    a_group_is_read_by_each_member,
    a_chat_that_has_not_begun_has_nothing_to_read,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn read(chat: ChatRef, message_id: u64) -> MarkChatRead {
    MarkChatRead {
        chat_ref: Some(chat),
        message_id,
        // The server counts by itself.
        read_amount: Some(77),
    }
}

async fn the_reader_s_other_sessions_hear_of_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut desktop = bob.another_session().await;
    let id = alice.send(community.general(), "hello").await?;
    for person in [&mut alice, &mut bob, &mut desktop] {
        person.expect::<UpdateMessageCreated>().await;
    }
    bob.call(read(community.general(), id)).await?;
    let told: UpdateConversationLastRead = desktop.expect().await;
    assert_eq!(told.chat_ref, Some(community.general()));
    assert_eq!(told.last_read_message_id, id);
    assert_eq!(told.unread_count, Some(0));
    for person in [&mut alice, &mut bob, &mut desktop] {
        person.expect_silence().await?;
    }
    Ok(())
}

async fn counts_begin_anew_after_it(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "one").await?;
    let two = alice.send(community.general(), "two").await?;
    bob.catch_up().await?;
    bob.call(read(community.general(), two)).await?;
    let conversation = bob.conversation(community.general()).await?;
    assert_eq!(conversation.unread_count, 0);
    assert_eq!(conversation.last_read_message_id, two);
    let info = bob.call(GetCommunities {}).await?.community_user_info;
    assert_eq!(info[0].unread_count, 0);

    alice.send(community.general(), "three").await?;
    let told: UpdateMessageCreated = bob.expect().await;
    assert_eq!(told.channel_unread_count, 1);
    let info = bob.call(GetCommunities {}).await?.community_user_info;
    assert_eq!(info[0].unread_count, 1);
    Ok(())
}

async fn a_part_may_be_read(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut desktop = bob.another_session().await;
    let one = alice.send(community.general(), "one").await?;
    alice.send(community.general(), "two").await?;
    alice.send(community.general(), "three").await?;
    desktop.catch_up().await?;
    bob.call(read(community.general(), one)).await?;
    let told: UpdateConversationLastRead = desktop.expect().await;
    assert_eq!(
        (told.last_read_message_id, told.unread_count),
        (one, Some(2))
    );

    bob.catch_up().await?;
    alice.send(community.general(), "four").await?;
    let told: UpdateMessageCreated = bob.expect().await;
    assert_eq!(told.channel_unread_count, 3);
    Ok(())
}

async fn it_never_goes_back(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut desktop = bob.another_session().await;
    let one = alice.send(community.general(), "one").await?;
    let two = alice.send(community.general(), "two").await?;
    bob.call(read(community.general(), two)).await?;
    desktop.catch_up().await?;
    for earlier in [one, two, 0] {
        bob.call(read(community.general(), earlier)).await?;
    }
    desktop.expect_silence().await?;
    let conversation = bob.conversation(community.general()).await?;
    assert_eq!(conversation.last_read_message_id, two);
    assert_eq!(conversation.unread_count, 0);
    Ok(())
}

async fn reading_ahead_reads_what_is_there(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let one = alice.send(community.general(), "one").await?;
    bob.call(read(community.general(), u64::MAX)).await?;
    let conversation = bob.conversation(community.general()).await?;
    assert_eq!(conversation.last_read_message_id, one);

    // What comes later is not read yet.
    bob.catch_up().await?;
    alice.send(community.general(), "two").await?;
    let told: UpdateMessageCreated = bob.expect().await;
    assert_eq!(told.channel_unread_count, 1);
    Ok(())
}

async fn a_direct_chat_is_read_by_one_side(server: Server) -> Checked {
    let (_, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut desktop = bob.another_session().await;
    let id = alice.send(bob.chat(), "hello").await?;
    alice.catch_up().await?;
    desktop.catch_up().await?;
    bob.call(read(alice.chat(), id)).await?;
    let told: UpdateConversationLastRead = desktop.expect().await;
    assert_eq!(told.chat_ref, Some(alice.chat()));
    // Nobody is told that others have read.
    alice.expect_silence().await
}

async fn a_group_is_read_by_each_member(server: Server) -> Checked {
    let (group, [alice, mut bob, carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    let chat = group_chat(group);
    let mut desktop = bob.another_session().await;
    let one = alice.send(chat, "one").await?;
    alice.send(chat, "two").await?;
    bob.catch_up().await?;
    desktop.catch_up().await?;
    bob.call(read(chat, one)).await?;
    let told: UpdateConversationLastRead = desktop.expect().await;
    assert_eq!(
        (told.chat_ref, told.last_read_message_id),
        (Some(chat), one)
    );
    assert_eq!(told.unread_count, Some(1));
    for (person, unread) in [(&alice, 0), (&bob, 1), (&carol, 2)] {
        assert_eq!(person.conversation(chat).await?.unread_count, unread);
    }
    alice.send(chat, "three").await?;
    let told: UpdateMessageCreated = desktop.expect().await;
    assert_eq!(told.channel_unread_count, 2);
    bob.expect::<UpdateMessageCreated>().await;
    bob.expect_silence().await
}

async fn a_chat_that_has_not_begun_has_nothing_to_read(server: Server) -> Checked {
    let (_, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    for chat in [bob.chat(), saved_messages()] {
        alice.call(read(chat, 12345)).await?;
    }
    alice.expect_silence().await
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (_, [alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [carol]) = server.community_of(["Carol"]).await?;
    let id = carol.send(foreign.general(), "hello").await?;
    for hidden in [foreign.general(), user_chat(12345), group_chat(12345)] {
        assert_eq!(alice.refused(read(hidden, id)).await, 404);
    }
    assert_eq!(alice.refused(MarkChatRead::default()).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(read(saved_messages(), 1)).await;
    Ok(())
}
