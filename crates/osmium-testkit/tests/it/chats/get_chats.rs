//! `chats.getChats`.

use osmium_proto::auth::UseInvite;
use osmium_proto::chats::{Chats, GetChats};
use osmium_proto::messages::DeleteMessage;
use osmium_proto::refs::ChatRef;
use osmium_proto::types::NotifPrefs;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages};
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    the_latest_chat_comes_first,
    a_chat_comes_with_its_partner_and_its_latest_message,
    channels_are_not_listed,
    chats_without_messages_are_not_listed,
    chats_without_messages_take_no_place_of_a_page,
    groups_are_listed_from_the_start,
    groups_come_with_their_members,
    more_groups_take_no_more_queries,
    each_side_sees_the_other,
    pages_are_cut_by_the_latest_message,
    a_page_is_bounded,
    more_chats_take_no_more_queries,
    it_needs_a_sign_in,
);

fn refs(chats: &Chats) -> Vec<ChatRef> {
    chats
        .chats
        .iter()
        .filter_map(|chat| chat.chat_ref)
        .collect()
}

async fn the_latest_chat_comes_first(server: Server) -> Checked {
    let (_, [alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    alice.send(bob.chat(), "one").await?;
    carol.send(alice.chat(), "two").await?;
    alice.send(saved_messages(), "three").await?;
    let list = alice.call(GetChats::default()).await?;
    assert_eq!(refs(&list), [saved_messages(), carol.chat(), bob.chat()]);

    bob.send(alice.chat(), "four").await?;
    let list = alice.call(GetChats::default()).await?;
    assert_eq!(refs(&list), [bob.chat(), saved_messages(), carol.chat()]);
    Ok(())
}

async fn a_chat_comes_with_its_partner_and_its_latest_message(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let read = bob.send(alice.chat(), "one").await?;
    alice.mark_read(bob.chat(), read).await?;
    bob.send(alice.chat(), "two").await?;
    let latest = bob.send(alice.chat(), "three").await?;

    let list = alice.call(GetChats::default()).await?;
    let [chat] = &list.chats[..] else {
        panic!("one chat is due, not {:?}", list.chats)
    };
    assert_eq!(chat.last_message_id, latest);
    assert_eq!(chat.last_read_message_id, read);
    assert_eq!(chat.unread_count, 2);
    assert_eq!(chat.notif_prefs(), NotifPrefs::All);
    let messages: Vec<_> = list
        .messages
        .iter()
        .map(|message| (message.message_id, &*message.message, message.chat_ref))
        .collect();
    assert_eq!(messages, [(latest, "three", Some(bob.chat()))]);
    let users: Vec<_> = list.users.iter().map(|user| &*user.name).collect();
    assert_eq!(users, ["Bob"]);
    Ok(())
}

async fn channels_are_not_listed(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    alice.send(community.general(), "hello").await?;
    assert_eq!(alice.call(GetChats::default()).await?, Chats::default());
    Ok(())
}

async fn chats_without_messages_are_not_listed(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.conversation(bob.chat()).await?;
    alice.conversation(saved_messages()).await?;
    assert_eq!(alice.call(GetChats::default()).await?, Chats::default());
    Ok(())
}

async fn chats_without_messages_take_no_place_of_a_page(server: Server) -> Checked {
    let (_, [alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    alice.send(bob.chat(), "hello").await?;
    let only = alice.send(carol.chat(), "not there for long").await?;
    let delete = DeleteMessage {
        chat_ref: Some(carol.chat()),
        message_ids: vec![only],
    };
    alice.call(delete).await?;
    let page = GetChats {
        limit: Some(1),
        ..GetChats::default()
    };
    assert_eq!(refs(&alice.call(page).await?), [bob.chat()]);
    Ok(())
}

async fn groups_are_listed_from_the_start(server: Server) -> Checked {
    let (_, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let quiet = group_chat(alice.create_group("Quiet", &[&bob]).await?);
    alice.send(bob.chat(), "one").await?;
    let busy = group_chat(alice.create_group("Busy", &[&bob]).await?);
    for (viewer, other) in [(&alice, &bob), (&bob, &alice)] {
        let list = viewer.call(GetChats::default()).await?;
        assert_eq!(refs(&list), [busy, other.chat(), quiet]);
        let names: Vec<_> = list.groups.iter().map(|group| &*group.name).collect();
        assert_eq!(names, ["Busy", "Quiet"]);
        assert!(
            list.groups
                .iter()
                .all(|group| group.owner == (viewer.user_id == alice.user_id))
        );
        assert_eq!(list.messages.len(), 1);
    }
    let id = bob.send(quiet, "two").await?;
    let list = alice.call(GetChats::default()).await?;
    assert_eq!(refs(&list), [quiet, busy, bob.chat()]);
    assert_eq!(
        (list.chats[0].last_message_id, list.chats[0].unread_count),
        (id, 1)
    );
    assert_eq!(list.chats[1].last_message_id, list.groups[1].id);
    assert_eq!(list.messages.len(), 2);
    Ok(())
}

async fn groups_come_with_their_members(server: Server) -> Checked {
    let (group, [alice, bob, carol]) = server.group_of(["Alice", "Bob", "Carol"]).await?;
    carol.send(group_chat(group), "bye").await?;
    carol.remove_member(group, carol.user_id).await?;
    let list = bob.call(GetChats::default()).await?;
    let members = [alice.user_id, bob.user_id];
    assert_eq!(list.groups[0].participant_ids, members);
    // With the author of the latest message, who has left.
    let mut names: Vec<_> = list.users.iter().map(|user| &*user.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["Alice", "Bob", "Carol"]);
    assert!(list.chats[0].permissions.is_some());
    assert_eq!(carol.call(GetChats::default()).await?, Chats::default());
    Ok(())
}

async fn more_groups_take_no_more_queries(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    for (person, groups) in [(&mut alice, 1), (&mut bob, 5)] {
        for _ in 0..groups {
            let group = person.create_group("Trip", &[]).await?;
            person.send(group_chat(group), "hello").await?;
        }
    }
    let few = server.count_queries(&alice, GetChats::default()).await;
    let many = server.count_queries(&bob, GetChats::default()).await;
    assert_eq!(few, many);
    Ok(())
}

async fn each_side_sees_the_other(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(bob.chat(), "hello").await?;
    for (viewer, other, unread) in [(&alice, &bob, 0), (&bob, &alice, 1)] {
        let list = viewer.call(GetChats::default()).await?;
        assert_eq!(refs(&list), [other.chat()]);
        assert_eq!(list.users[0].id, other.user_id);
        assert_eq!(list.chats[0].unread_count, unread);
    }
    Ok(())
}

/// Has everyone write to the first of them; gives the ids of their messages.
async fn all_write_to(first: &Person, others: &[Person]) -> Checked<Vec<u64>> {
    let mut ids = Vec::new();
    for person in others {
        ids.push(person.send(first.chat(), "hello").await?);
    }
    Ok(ids)
}

async fn pages_are_cut_by_the_latest_message(server: Server) -> Checked {
    let names = ["Alice", "Bob", "Carol", "Dave", "Eve"];
    let (_, [alice, others @ ..]) = server.community_of(names).await?;
    let ids = all_write_to(&alice, &others).await?;
    let [bob, carol, dave, eve] = others.map(|person| person.chat());
    let list = async |limit, max_id, min_id| {
        let request = GetChats {
            limit,
            max_id,
            min_id,
        };
        alice.call(request).await.map(|list| refs(&list))
    };
    assert_eq!(list(Some(2), None, None).await?, [eve, dave]);
    // Older than, and newer than, both without the message itself.
    assert_eq!(list(Some(2), Some(ids[2]), None).await?, [carol, bob]);
    assert_eq!(list(None, None, Some(ids[1])).await?, [eve, dave]);
    assert_eq!(list(None, Some(ids[3]), Some(ids[0])).await?, [dave, carol]);
    assert_eq!(list(None, Some(0), Some(0)).await?, [eve, dave, carol, bob]);
    assert_eq!(list(None, Some(ids[0]), None).await?, []);
    Ok(())
}

/// Someone with whom so many others have begun a chat.
async fn popular(server: &Server, chats: usize) -> Checked<Person> {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let code = alice.invite(&community).await?;
    let others = (0..chats).map(|_| server.sign_up("Someone"));
    let others = futures::future::join_all(others).await;
    for person in &others {
        person.call(UseInvite { code: code.clone() }).await?;
    }
    all_write_to(&alice, &others).await?;
    Ok(alice)
}

async fn a_page_is_bounded(server: Server) -> Checked {
    let alice = popular(&server, 52).await?;
    let length = async |limit| {
        let request = GetChats {
            limit,
            ..GetChats::default()
        };
        alice.call(request).await.map(|list| list.chats.len())
    };
    assert_eq!(length(None).await?, 50);
    assert_eq!(length(Some(51)).await?, 51);
    assert_eq!(length(Some(u32::MAX)).await?, 52);
    Ok(())
}

async fn more_chats_take_no_more_queries(server: Server) -> Checked {
    let alice = popular(&server, 30).await?;
    let mut counts = Vec::new();
    for limit in [30, 3, 30] {
        let request = GetChats {
            limit: Some(limit),
            ..GetChats::default()
        };
        counts.push(server.count_queries(&alice, request).await);
    }
    // The first call may fill caches.
    assert_eq!(counts[1], counts[2], "{counts:?}");
    assert!(counts[1] > 0);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(GetChats::default()).await;
    Ok(())
}
