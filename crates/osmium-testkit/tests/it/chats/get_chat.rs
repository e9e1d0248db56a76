//! `chats.getChat`.

use osmium_proto::chats::GetChat;
use osmium_proto::refs::ChatRef;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{channel_chat, group_chat, saved_messages, user_chat};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    a_channel_comes_with_itself_and_its_latest_message,
    a_direct_chat_comes_with_the_other_side,
    a_group_comes_with_its_members,
    any_user_can_be_looked_at,
    saved_messages_need_not_have_begun,
    nobody_is_told,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn chat(chat: ChatRef) -> GetChat {
    GetChat {
        chat_ref: Some(chat),
    }
}

async fn a_channel_comes_with_itself_and_its_latest_message(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let read = alice.send(community.general(), "one").await?;
    bob.mark_read(community.general(), read).await?;
    let latest = alice.send(community.general(), "two").await?;
    let found = bob.call(chat(community.general())).await?;

    let channel = found.channel.unwrap_or_default();
    assert_eq!((channel.id, &*channel.name), (community.general, "general"));
    assert_eq!(channel.community_id, community.id);
    let conversation = found.chat.unwrap_or_default();
    assert_eq!(conversation.chat_ref, Some(community.general()));
    assert_eq!(conversation.last_message_id, latest);
    assert_eq!(conversation.last_read_message_id, read);
    assert_eq!(conversation.unread_count, 1);
    assert!(conversation.permissions.is_some());
    assert_eq!(found.message.unwrap_or_default().message, "two");
    assert_eq!(found.users[0].name, "Alice");
    assert_eq!(found.group, None);
    Ok(())
}

async fn a_direct_chat_comes_with_the_other_side(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(bob.chat(), "hello").await?;
    for (viewer, other, unread) in [(&alice, &bob, 0), (&bob, &alice, 1)] {
        let found = viewer.call(chat(other.chat())).await?;
        let conversation = found.chat.unwrap_or_default();
        assert_eq!(conversation.chat_ref, Some(other.chat()));
        assert_eq!(conversation.last_message_id, id);
        assert_eq!(conversation.unread_count, unread);
        assert_eq!(conversation.permissions, None);
        assert!(found.users.iter().any(|user| user.id == other.user_id));
        let message = found.message.unwrap_or_default();
        assert_eq!(message.chat_ref, Some(other.chat()));
        assert_eq!(found.channel, None);
    }
    Ok(())
}

async fn a_group_comes_with_its_members(server: Server) -> Checked {
    let (group, [alice, bob, carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    let read = carol.send(group_chat(group), "one").await?;
    bob.mark_read(group_chat(group), read).await?;
    let latest = carol.send(group_chat(group), "two").await?;
    let found = bob.call(chat(group_chat(group))).await?;
    let seen = found.group.unwrap_or_default();
    assert_eq!((seen.id, &*seen.name, seen.owner), (group, "Trip", false));
    let members = [&alice, &bob, &carol].map(|person| person.user_id);
    assert_eq!(seen.participant_ids, members);
    let conversation = found.chat.unwrap_or_default();
    assert_eq!(conversation.chat_ref, Some(group_chat(group)));
    assert_eq!(conversation.last_message_id, latest);
    assert_eq!(conversation.last_read_message_id, read);
    assert_eq!(conversation.unread_count, 1);
    // What members may do but delete what others wrote, whatever a client starts from.
    let may = conversation.permissions.unwrap_or_default();
    assert_eq!((may.pos, may.neg & may.pos, may.neg & 64), (5038, 0, 64));
    assert_eq!(found.message.unwrap_or_default().message_id, latest);
    assert_eq!(found.channel, None);

    // The author of the latest message is shown, also if they have left.
    carol.remove_member(group, carol.user_id).await?;
    let found = alice.call(chat(group_chat(group))).await?;
    let mut names: Vec<_> = found.users.iter().map(|user| &*user.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["Alice", "Bob", "Carol"]);
    assert!(found.group.unwrap_or_default().owner);
    let may = found.chat.unwrap_or_default().permissions;
    assert_eq!(may.map(|may| may.neg), Some(0));
    Ok(())
}

async fn any_user_can_be_looked_at(server: Server) -> Checked {
    let (alice, bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    let found = alice.call(chat(bob.chat())).await?;
    let conversation = found.chat.unwrap_or_default();
    assert_eq!(conversation.chat_ref, Some(bob.chat()));
    assert_ne!(conversation.last_message_id, 0);
    assert_eq!(conversation.unread_count, 0);
    assert_eq!(found.message, None);
    let users: Vec<_> = found.users.iter().map(|user| &*user.name).collect();
    assert_eq!(users, ["Bob"]);
    Ok(())
}

async fn saved_messages_need_not_have_begun(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    for by in [saved_messages(), alice.chat()] {
        let found = alice.call(chat(by)).await?;
        let conversation = found.chat.unwrap_or_default();
        assert_eq!(conversation.chat_ref, Some(saved_messages()));
        assert_eq!(found.message, None);
    }
    Ok(())
}

async fn nobody_is_told(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(chat(bob.chat())).await?;
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [mut carol]) = server.community_of(["Carol"]).await?;
    let carols = carol.create_group("Trip", &[]).await?;
    for hidden in [
        foreign.general(),
        channel_chat(community.id, foreign.general),
        channel_chat(community.id, community.category),
        user_chat(12345),
        group_chat(12345),
        group_chat(carols),
    ] {
        assert_eq!(alice.refused(chat(hidden)).await, 404);
    }
    for nothing in [None, Some(ChatRef { r#ref: None })] {
        assert_eq!(alice.refused(GetChat { chat_ref: nothing }).await, 400);
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(chat(saved_messages())).await;
    Ok(())
}
