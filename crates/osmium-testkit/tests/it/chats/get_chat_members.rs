//! `chats.getChatMembers`.

use osmium_proto::chats::{ChatMembers, EditChatMember, GetChatMembers};
use osmium_proto::refs::ChatRef;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages, user_chat};
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    a_groups_members_come_in_their_order,
    a_direct_chat_has_two,
    one_is_alone_in_saved_messages,
    channels_are_elsewhere,
    more_members_take_no_more_queries,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn of(chat: ChatRef) -> GetChatMembers {
    GetChatMembers {
        chat_ref: Some(chat),
    }
}

fn ids(found: &ChatMembers) -> Vec<u64> {
    found.members.iter().map(|member| member.user_id).collect()
}

fn names(found: &ChatMembers) -> Vec<&str> {
    let mut names: Vec<_> = found.users.iter().map(|user| &*user.name).collect();
    names.sort_unstable();
    names
}

async fn a_groups_members_come_in_their_order(server: Server) -> Checked {
    let (_, [mut alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let group = alice.create_group("Trip", &[&carol]).await?;
    alice.add_member(group, bob.user_id).await?;
    let edit = EditChatMember {
        chat_ref: Some(group_chat(group)),
        user_id: bob.user_id,
        permissions: 4,
    };
    alice.call(edit).await?;
    for viewer in [&alice, &bob, &carol] {
        let found = viewer.call(of(group_chat(group))).await?;
        assert_eq!(ids(&found), [alice.user_id, carol.user_id, bob.user_id]);
        let permissions: Vec<_> = found
            .members
            .iter()
            .map(|member| member.permissions)
            .collect();
        assert_eq!(permissions, [Some(0x3fff), None, Some(4 | 2)]);
        assert_eq!(names(&found), ["Alice", "Bob", "Carol"]);
    }
    Ok(())
}

async fn a_direct_chat_has_two(server: Server) -> Checked {
    let (alice, bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    for (viewer, other) in [(&alice, &bob), (&bob, &alice)] {
        // It need not have begun.
        let found = viewer.call(of(other.chat())).await?;
        assert_eq!(ids(&found), [alice.user_id, bob.user_id]);
        assert!(found.members.iter().all(|one| one.permissions.is_none()));
        assert_eq!(names(&found), ["Alice", "Bob"]);
    }
    Ok(())
}

async fn one_is_alone_in_saved_messages(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let found = alice.call(of(saved_messages())).await?;
    assert_eq!(ids(&found), [alice.user_id]);
    assert_eq!(names(&found), ["Alice"]);
    Ok(())
}

async fn channels_are_elsewhere(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    assert_eq!(alice.refused(of(community.general())).await, 400);
    assert_eq!(alice.refused(GetChatMembers::default()).await, 400);
    Ok(())
}

async fn more_members_take_no_more_queries(server: Server) -> Checked {
    let names = ["Alice", "Bob", "Carol", "Dave", "Eve", "Frank"];
    let (_, mut people) = server.community_of(names).await?;
    let (alice, others) = people.split_first_mut().expect("six");
    let others: Vec<&Person> = others.iter().collect();
    let few = alice.create_group("Few", &others[..1]).await?;
    let many = alice.create_group("Many", &others).await?;
    let few = server.count_queries(alice, of(group_chat(few))).await;
    let many = server.count_queries(alice, of(group_chat(many))).await;
    assert_eq!(few, many);
    Ok(())
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (group, [_alice]) = server.group_of(["Alice"]).await?;
    let bob = server.sign_up("Bob").await;
    for hidden in [group_chat(group), group_chat(12345), user_chat(12345)] {
        assert_eq!(bob.refused(of(hidden)).await, 404);
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(of(saved_messages())).await;
    Ok(())
}
