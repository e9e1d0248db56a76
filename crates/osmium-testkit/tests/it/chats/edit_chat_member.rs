//! `chats.editChatMember`.

use osmium_model::{Group, Permissions};
use osmium_proto::chats::{EditChat, EditChatMember, GetChatMembers};
use osmium_proto::refs::ChatRef;
use osmium_proto::types::PermissionOverrides;
use osmium_proto::updates::UpdateConversationPermissions;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages};
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    the_member_alone_is_told,
    a_member_loses_and_gets_back_the_right_to_send,
    a_member_may_lose_the_right_to_change_the_looks,
    bits_that_mean_nothing_are_dropped,
    it_goes_with_the_membership,
    what_is_so_already_is_told_to_nobody,
    only_the_owner_may,
    the_owner_stays_what_they_are,
    only_members_of_groups_are_edited,
    the_group_has_to_be_visible,
    it_needs_a_sign_in,
);

fn edit(chat: ChatRef, member: &Person, permissions: Permissions) -> EditChatMember {
    EditChatMember {
        chat_ref: Some(chat),
        user_id: member.user_id,
        permissions: permissions.bits(),
    }
}

async fn the_member_alone_is_told(server: Server) -> Checked {
    let (group, [mut alice, mut bob, mut carol]) =
        server.group_of(["Alice", "Bob", "Carol"]).await?;
    let mut phone = bob.another_session().await;
    let chat = group_chat(group);
    alice
        .call(edit(chat, &bob, Permissions::SEND_MESSAGES))
        .await?;
    let given = (Permissions::SEND_MESSAGES | Permissions::VIEW_CHANNEL).bits();
    let expected = PermissionOverrides {
        pos: given,
        neg: Permissions::all().bits() & !given,
    };
    for session in [&mut bob, &mut phone] {
        let told: UpdateConversationPermissions = session.expect().await;
        assert_eq!(told.chat_ref, Some(chat));
        assert_eq!(told.permissions, Some(expected));
        let listed = session.conversation(chat).await?.permissions;
        assert_eq!(listed, Some(expected));
        session.expect_silence().await?;
    }
    alice.expect_silence().await?;
    carol.expect_silence().await
}

async fn a_member_loses_and_gets_back_the_right_to_send(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let chat = group_chat(group);
    alice.call(edit(chat, &bob, Permissions::empty())).await?;
    let sent = bob.send(chat, "hello").await;
    assert_eq!(sent.map_err(|error| error.code), Err(403));
    // They see it all the same.
    alice.send(chat, "quiet").await?;
    assert_eq!(bob.history(chat).await?.messages.len(), 1);
    alice
        .call(edit(chat, &bob, Permissions::SEND_MESSAGES))
        .await?;
    bob.send(chat, "hello").await?;
    Ok(())
}

async fn a_member_may_lose_the_right_to_change_the_looks(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let rename = || EditChat {
        chat_ref: Some(group_chat(group)),
        name: Some("Journey".to_owned()),
        ..EditChat::default()
    };
    bob.call(rename()).await?;
    let rest = Group::DEFAULT - Permissions::MODIFY_COMMUNITY;
    alice.call(edit(group_chat(group), &bob, rest)).await?;
    assert_eq!(bob.refused(rename()).await, 403);
    Ok(())
}

async fn bits_that_mean_nothing_are_dropped(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let chat = group_chat(group);
    let bits = Permissions::from_bits_retain(u64::MAX);
    alice.call(edit(chat, &bob, bits)).await?;
    let chat_ref = Some(chat);
    let found = bob.call(GetChatMembers { chat_ref }).await?;
    let bits = found.members[1].permissions;
    assert_eq!(bits, Some(Group::PERMISSIONS.bits()));
    Ok(())
}

async fn it_goes_with_the_membership(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let chat = group_chat(group);
    alice.call(edit(chat, &bob, Permissions::empty())).await?;
    alice.remove_member(group, bob.user_id).await?;
    alice.add_member(group, bob.user_id).await?;
    bob.send(chat, "hello").await?;
    Ok(())
}

async fn what_is_so_already_is_told_to_nobody(server: Server) -> Checked {
    let (group, [alice, mut bob]) = server.group_of(["Alice", "Bob"]).await?;
    for _ in 0..2 {
        alice
            .call(edit(group_chat(group), &bob, Permissions::empty()))
            .await?;
    }
    bob.expect::<UpdateConversationPermissions>().await;
    bob.expect_silence().await
}

async fn only_the_owner_may(server: Server) -> Checked {
    let (group, [alice, bob, mut carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    for member in [&carol, &bob, &alice] {
        let request = edit(group_chat(group), member, Permissions::empty());
        assert_eq!(bob.refused(request).await, 403);
    }
    carol.expect_silence().await
}

async fn the_owner_stays_what_they_are(server: Server) -> Checked {
    let (group, [alice]) = server.group_of(["Alice"]).await?;
    let request = edit(group_chat(group), &alice, Permissions::empty());
    assert_eq!(alice.refused(request).await, 400);
    Ok(())
}

async fn only_members_of_groups_are_edited(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let group = alice.create_group("Trip", &[]).await?;
    let request = edit(group_chat(group), &bob, Permissions::empty());
    assert_eq!(alice.refused(request).await, 404);
    for other in [community.general(), bob.chat(), saved_messages()] {
        let request = edit(other, &bob, Permissions::empty());
        assert_eq!(alice.refused(request).await, 400);
    }
    assert_eq!(alice.refused(EditChatMember::default()).await, 400);
    Ok(())
}

async fn the_group_has_to_be_visible(server: Server) -> Checked {
    let (group, [alice]) = server.group_of(["Alice"]).await?;
    let bob = server.sign_up("Bob").await;
    for hidden in [group, 12345] {
        let request = edit(group_chat(hidden), &alice, Permissions::empty());
        assert_eq!(bob.refused(request).await, 404);
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(EditChatMember::default()).await;
    Ok(())
}
