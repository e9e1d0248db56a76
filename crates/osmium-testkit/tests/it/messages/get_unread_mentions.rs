//! `messages.getUnreadMentions`, and what counts as a mention.

use super::edit;
use osmium_proto::chats::GetChats;
use osmium_proto::communities::GetCommunities;
use osmium_proto::messages::send_message::ReplyTo;
use osmium_proto::messages::{DeleteMessage, GetUnreadMentions, SendMessage};
use osmium_proto::refs::ChatRef;
use osmium_proto::settings::EditProfile;
use osmium_proto::types::MessageEntity;
use osmium_proto::types::message_entity::{Entity, UserMentionEntity};
use osmium_proto::updates::UpdateConversationLastRead;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, user_chat};
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    a_name_behind_an_at_is_a_mention,
    entities_say_who_is_mentioned,
    an_answer_mentions_the_author,
    nobody_mentions_themselves,
    edits_add_and_take_mentions_away,
    a_deleted_message_mentions_nobody,
    reading_past_a_mention_ends_it,
    own_messages_end_mentions,
    what_was_before_joining_does_not_count,
    groups_and_direct_chats_count_alike,
    hidden_channels_do_not_count,
    mentioned_users_come_with_the_page,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn unread(chat: ChatRef) -> GetUnreadMentions {
    GetUnreadMentions {
        chat_ref: Some(chat),
    }
}

/// What mentions a person in a chat: one by one; the counts of the chat and of the community say the same.
async fn mentions_of(person: &Person, chat: ChatRef) -> Checked<Vec<u64>> {
    let ids = person.call(unread(chat)).await?.message_ids;
    let conversation = person.conversation(chat).await?;
    assert_eq!(conversation.unread_mentions_count as usize, ids.len());
    Ok(ids)
}

async fn in_communities(person: &Person) -> Checked<u32> {
    let info = person.call(GetCommunities {}).await?.community_user_info;
    Ok(info.iter().map(|info| info.unread_mention_count).sum())
}

async fn name(person: &Person, username: &str) -> Checked {
    let edit = EditProfile {
        username: Some(username.to_owned()),
        ..EditProfile::default()
    };
    Ok(person.call(edit).await?)
}

async fn send_marked(
    person: &Person,
    chat: ChatRef,
    text: &str,
    entities: Vec<MessageEntity>,
) -> Checked<u64> {
    let request = SendMessage {
        chat_ref: Some(chat),
        message: text.to_owned(),
        entities,
        ..SendMessage::default()
    };
    Ok(person.call(request).await?.message_id)
}

fn marked(start_index: u32, length: u32, entity: Entity) -> MessageEntity {
    MessageEntity {
        start_index,
        length,
        entity: Some(entity),
    }
}

fn answer(chat: ChatRef, message_id: u64) -> SendMessage {
    SendMessage {
        chat_ref: Some(chat),
        message: "yes".to_owned(),
        reply_to: Some(ReplyTo {
            message_id,
            quote: None,
        }),
        ..SendMessage::default()
    }
}

async fn a_name_behind_an_at_is_a_mention(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob_1").await?;
    let general = community.general();
    let first = alice.send(general, "hello @Bob_1, how are you?").await?;
    for text in ["mail@bob_1", "bob_1", "@nobody_here", "@bob_11", "@"] {
        alice.send(general, text).await?;
    }
    let second = alice.send(general, "(@bob_1).").await?;
    assert_eq!(mentions_of(&bob, general).await?, [second, first]);
    assert_eq!(mentions_of(&alice, general).await?, [0; 0]);
    assert_eq!(in_communities(&bob).await?, 2);
    Ok(())
}

async fn entities_say_who_is_mentioned(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let general = community.general();
    let by_id = format!("\u{1f600} @{}", bob.user_id);
    let length = u32::try_from(by_id.encode_utf16().count() - 3)?;
    // Clients disagree on whether the range has the "@" in it.
    let mut expected = Vec::new();
    for length in [length, length - 1] {
        let mention = marked(3, length, Entity::UserMention(UserMentionEntity {}));
        expected.push(send_marked(&alice, general, &by_id, vec![mention]).await?);
    }
    for length in [4, 3] {
        let mention = marked(2, length, Entity::Username(true));
        expected.push(send_marked(&alice, general, "a @bob b", vec![mention]).await?);
    }
    // With entities, nothing is looked for in the text; and those outside of it are none.
    let bold = marked(0, 1, Entity::Bold(true));
    send_marked(&alice, general, "@bob", vec![bold.clone()]).await?;
    let beyond = marked(0, 90, Entity::Username(true));
    send_marked(&alice, general, "@bob !", vec![beyond, bold]).await?;
    expected.reverse();
    assert_eq!(mentions_of(&bob, general).await?, expected);
    Ok(())
}

async fn an_answer_mentions_the_author(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    let question = bob.send(general, "well?").await?;
    let reply = alice.call(answer(general, question)).await?.message_id;
    assert_eq!(mentions_of(&bob, general).await?, [reply]);
    // It stays one when the text changes, and when the question is gone.
    bob.call(DeleteMessage {
        chat_ref: Some(general),
        message_ids: vec![question],
    })
    .await?;
    alice.call(edit(general, reply, "no")).await?;
    assert_eq!(mentions_of(&bob, general).await?, [reply]);
    Ok(())
}

async fn nobody_mentions_themselves(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&alice, "alice").await?;
    let general = community.general();
    let own = alice.send(general, "@alice").await?;
    alice.call(answer(general, own)).await?;
    alice.call(edit(general, own, "I am @alice")).await?;
    assert_eq!(mentions_of(&alice, general).await?, [0; 0]);
    assert_eq!(mentions_of(&bob, general).await?, [0; 0]);
    Ok(())
}

async fn edits_add_and_take_mentions_away(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let general = community.general();
    let id = alice.send(general, "hello").await?;
    for (text, expected) in [
        ("hello @bob", vec![id]),
        ("@bob!", vec![id]),
        ("hello", vec![]),
    ] {
        alice.call(edit(general, id, text)).await?;
        assert_eq!(mentions_of(&bob, general).await?, expected, "{text}");
        assert_eq!(in_communities(&bob).await? as usize, expected.len());
    }
    // What is read already is not unread because of an edit.
    bob.mark_read(general, id).await?;
    alice.call(edit(general, id, "@bob")).await?;
    assert_eq!(mentions_of(&bob, general).await?, [0; 0]);
    Ok(())
}

async fn a_deleted_message_mentions_nobody(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let general = community.general();
    let id = alice.send(general, "@bob").await?;
    alice
        .call(DeleteMessage {
            chat_ref: Some(general),
            message_ids: vec![id],
        })
        .await?;
    assert_eq!(mentions_of(&bob, general).await?, [0; 0]);
    assert_eq!(in_communities(&bob).await?, 0);
    Ok(())
}

async fn reading_past_a_mention_ends_it(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let general = community.general();
    let mut phone = bob.another_session().await;
    let first = alice.send(general, "@bob").await?;
    let second = alice.send(general, "@bob").await?;
    phone.catch_up().await?;
    bob.mark_read(general, first).await?;
    let told: UpdateConversationLastRead = phone.expect().await;
    assert_eq!(
        (told.unread_count, told.unread_mentions_count),
        (Some(1), Some(1))
    );
    assert_eq!(mentions_of(&bob, general).await?, [second]);
    // Backwards is nowhere.
    bob.mark_read(general, first).await?;
    bob.mark_read(general, second).await?;
    let told: UpdateConversationLastRead = phone.expect().await;
    assert_eq!(
        (told.unread_count, told.unread_mentions_count),
        (Some(0), Some(0))
    );
    assert_eq!(mentions_of(&bob, general).await?, [0; 0]);
    Ok(())
}

async fn own_messages_end_mentions(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let general = community.general();
    alice.send(general, "@bob").await?;
    bob.send(general, "here").await?;
    assert_eq!(mentions_of(&bob, general).await?, [0; 0]);
    Ok(())
}

async fn what_was_before_joining_does_not_count(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let mut bob = server.sign_up("Bob").await;
    name(&bob, "bob").await?;
    alice.send(community.general(), "@bob, come in").await?;
    let code = alice.invite(&community).await?;
    bob.join(&code).await?;
    assert_eq!(mentions_of(&bob, community.general()).await?, [0; 0]);
    Ok(())
}

async fn groups_and_direct_chats_count_alike(server: Server) -> Checked {
    let (_, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let group = alice.create_group("Trip", &[&bob]).await?;
    let in_group = alice.send(group_chat(group), "@bob").await?;
    assert_eq!(mentions_of(&bob, group_chat(group)).await?, [in_group]);
    let direct = alice.send(user_chat(bob.user_id), "@bob").await?;
    assert_eq!(mentions_of(&bob, user_chat(alice.user_id)).await?, [direct]);
    let listed = bob.call(GetChats::default()).await?.chats;
    assert!(listed.iter().all(|chat| chat.unread_mentions_count == 1));
    Ok(())
}

async fn hidden_channels_do_not_count(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    alice.send(community.general(), "@bob").await?;
    assert_eq!(in_communities(&bob).await?, 1);
    let nothing = osmium_model::Permissions::empty();
    server.set_default_permissions(&community, nothing).await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    assert_eq!(in_communities(&bob).await?, 0);
    Ok(())
}

async fn mentioned_users_come_with_the_page(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let stranger = server.sign_up("Carol").await;
    name(&stranger, "carol").await?;
    alice.send(community.general(), "@bob and @carol").await?;
    let page = alice.history(community.general()).await?;
    let mut users: Vec<_> = page.users.iter().map(|user| user.id).collect();
    users.sort_unstable();
    let mut expected = vec![alice.user_id, bob.user_id, stranger.user_id];
    expected.sort_unstable();
    assert_eq!(users, expected);
    // Whether a stranger is there is not told by a mention.
    let seen = page.users.iter().find(|user| user.id == stranger.user_id);
    assert_eq!(seen.and_then(|user| user.status.clone()), None);
    assert_eq!(page.members.len(), 2);
    Ok(())
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (community, [_alice, _bob]) = server.community_of(["Alice", "Bob"]).await?;
    let stranger = server.sign_up("Carol").await;
    assert_eq!(stranger.refused(unread(community.general())).await, 404);
    assert_eq!(stranger.refused(unread(group_chat(77))).await, 404);
    assert_eq!(stranger.refused(GetUnreadMentions::default()).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(unread(user_chat(1))).await;
    Ok(())
}
