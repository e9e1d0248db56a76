//! `chats.editChat`.

use osmium_model::{ChatId, MessageId};
use osmium_proto::chats::edit_chat::{HighlightedMessage, Photo};
use osmium_proto::chats::{EditChat, EditChatMember};
use osmium_proto::media::UploadedFileRef;
use osmium_proto::refs::ChatRef;
use osmium_proto::updates::UpdateGroup;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{channel_chat, group_chat, saved_messages, user_chat};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    a_new_name_is_told_to_all,
    what_is_absent_stays,
    a_name_has_some_characters,
    a_photo_can_be_removed_but_not_set,
    a_message_of_the_group_is_featured,
    direct_chats_feature_messages_too,
    only_groups_have_looks,
    a_featured_message_is_of_the_chat,
    who_may_not_pin_may_not_feature,
    channels_are_edited_elsewhere,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn edit(chat: ChatRef) -> EditChat {
    EditChat {
        chat_ref: Some(chat),
        ..EditChat::default()
    }
}

fn rename(chat: ChatRef, name: &str) -> EditChat {
    EditChat {
        name: Some(name.to_owned()),
        ..edit(chat)
    }
}

fn feature(chat: ChatRef, message: Option<u64>) -> EditChat {
    let highlighted_msg_id = message;
    EditChat {
        highlighted_msg_id: Some(HighlightedMessage { highlighted_msg_id }),
        ..edit(chat)
    }
}

async fn a_new_name_is_told_to_all(server: Server) -> Checked {
    let (group, [mut alice, mut bob]) = server.group_of(["Alice", "Bob"]).await?;
    let mut phone = bob.another_session().await;
    let answer = bob.call(rename(group_chat(group), " Journey ")).await?;
    let seen = answer.group.unwrap_or_default();
    assert_eq!(
        (seen.id, &*seen.name, seen.owner),
        (group, "Journey", false)
    );
    assert_eq!(answer.users.len(), 2);
    let conversation = answer.chat.unwrap_or_default();
    assert_eq!(conversation.chat_ref, Some(group_chat(group)));
    for (person, owns) in [(&mut alice, true), (&mut bob, false), (&mut phone, false)] {
        let told: UpdateGroup = person.expect().await;
        assert_eq!(told.users.len(), 2);
        let seen = told.group.unwrap_or_default();
        assert_eq!((&*seen.name, seen.owner), ("Journey", owns));
        assert_eq!(seen.participant_ids.len(), 2);
        person.expect_silence().await?;
    }
    Ok(())
}

async fn what_is_absent_stays(server: Server) -> Checked {
    let (group, [mut alice]) = server.group_of(["Alice"]).await?;
    for request in [edit(group_chat(group)), rename(group_chat(group), "Trip")] {
        let answer = alice.call(request).await?;
        assert_eq!(answer.group.unwrap_or_default().name, "Trip");
    }
    alice.expect_silence().await
}

async fn a_name_has_some_characters(server: Server) -> Checked {
    let (group, [mut alice]) = server.group_of(["Alice"]).await?;
    for name in ["", " ", &"x".repeat(101)] {
        let request = rename(group_chat(group), name);
        assert_eq!(alice.refused(request).await, 400, "{name:?}");
    }
    alice.expect_silence().await
}

async fn a_photo_can_be_removed_but_not_set(server: Server) -> Checked {
    let (group, [mut alice]) = server.group_of(["Alice"]).await?;
    let photo = |file| EditChat {
        photo: Some(Photo { file }),
        ..edit(group_chat(group))
    };
    alice.call(photo(None)).await?;
    let file = Some(UploadedFileRef::default());
    assert_eq!(alice.refused(photo(file)).await, 501);
    alice.expect_silence().await
}

async fn a_message_of_the_group_is_featured(server: Server) -> Checked {
    let (group, [mut alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let id = alice.send(group_chat(group), "hello").await?;
    alice.catch_up().await?;
    for (wanted, featured) in [
        (Some(id), Some(MessageId(id))),
        (Some(0), None),
        (Some(id), Some(MessageId(id))),
        (None, None),
    ] {
        bob.call(feature(group_chat(group), wanted)).await?;
        let mut reader = server.store().read().await?;
        assert_eq!(reader.highlighted(ChatId(group)).await?, featured);
    }
    // Nothing on the wire shows it.
    alice.expect_silence().await
}

async fn direct_chats_feature_messages_too(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    // There is none to be featured before the chat has begun.
    bob.call(feature(alice.chat(), None)).await?;
    assert_eq!(bob.refused(feature(alice.chat(), Some(1))).await, 404);
    let id = alice.send(bob.chat(), "hello").await?;
    let answer = bob.call(feature(alice.chat(), Some(id))).await?;
    assert_eq!(answer.chat.unwrap_or_default().last_message_id, id);
    let id = alice.send(saved_messages(), "note").await?;
    alice.call(feature(saved_messages(), Some(id))).await?;
    Ok(())
}

async fn only_groups_have_looks(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let photo = EditChat {
        photo: Some(Photo { file: None }),
        ..edit(bob.chat())
    };
    for request in [
        rename(bob.chat(), "Bobby"),
        rename(saved_messages(), "Mine"),
        photo,
    ] {
        assert_eq!(alice.refused(request).await, 400);
    }
    Ok(())
}

async fn a_featured_message_is_of_the_chat(server: Server) -> Checked {
    let (group, [mut alice]) = server.group_of(["Alice"]).await?;
    let other = alice.create_group("Other", &[]).await?;
    let foreign = alice.send(group_chat(other), "hello").await?;
    for id in [foreign, 12345, u64::MAX] {
        let request = feature(group_chat(group), Some(id));
        assert_eq!(alice.refused(request).await, 404);
    }
    Ok(())
}

async fn who_may_not_pin_may_not_feature(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let id = bob.send(group_chat(group), "hello").await?;
    let nothing = EditChatMember {
        chat_ref: Some(group_chat(group)),
        user_id: bob.user_id,
        permissions: 0,
    };
    alice.call(nothing).await?;
    let request = feature(group_chat(group), Some(id));
    assert_eq!(bob.refused(request).await, 403);
    Ok(())
}

async fn channels_are_edited_elsewhere(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let request = rename(community.general(), "name");
    assert_eq!(alice.refused(request).await, 400);
    let elsewhere = channel_chat(1, 2);
    assert_eq!(alice.refused(edit(elsewhere)).await, 400);
    assert_eq!(alice.refused(EditChat::default()).await, 400);
    Ok(())
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (group, [_alice]) = server.group_of(["Alice"]).await?;
    let bob = server.sign_up("Bob").await;
    for hidden in [group_chat(group), group_chat(12345), user_chat(12345)] {
        assert_eq!(bob.refused(edit(hidden)).await, 404);
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(edit(saved_messages())).await;
    Ok(())
}
