//! `messages.getHistory`.

use osmium_proto::messages::get_history::Offset;
use osmium_proto::messages::{GetHistory, Messages};
use osmium_proto::refs::ChatRef;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{channel_chat, group_chat, saved_messages, user_chat};
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    a_page_is_newest_first_in_all_forms,
    the_ends_of_a_chat_end_the_page,
    a_page_is_bounded,
    authors_come_with_their_messages,
    each_side_of_a_direct_chat_sees_the_other,
    a_group_is_seen_alike,
    a_chat_that_has_not_begun_is_empty,
    more_messages_take_no_more_queries,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn page(chat: ChatRef, offset: Option<Offset>, limit: u32) -> GetHistory {
    GetHistory {
        chat_ref: Some(chat),
        limit: Some(limit),
        offset,
    }
}

fn ids(page: &Messages) -> Vec<u64> {
    page.messages
        .iter()
        .map(|message| message.message_id)
        .collect()
}

/// Sends so many messages; gives their ids, the oldest first.
async fn send_many(author: &Person, chat: ChatRef, count: usize) -> Checked<Vec<u64>> {
    let sends = (0..count).map(|_| author.send(chat, "hello"));
    Ok(futures::future::try_join_all(sends).await?)
}

async fn a_page_is_newest_first_in_all_forms(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    let sent = send_many(&alice, chat, 9).await?;
    let anchor = sent[4];
    for (offset, limit, expected) in [
        (None, 3, vec![8, 7, 6]),
        (Some(Offset::Before(anchor)), 3, vec![3, 2, 1]),
        (Some(Offset::Since(anchor)), 3, vec![7, 6, 5]),
        (Some(Offset::Around(anchor)), 3, vec![5, 4, 3]),
        (Some(Offset::Around(anchor)), 1, vec![4]),
        // Ids between messages do as well.
        (Some(Offset::Before(anchor + 1)), 2, vec![4, 3]),
        (Some(Offset::Since(anchor - 1)), 2, vec![5, 4]),
    ] {
        let found = ids(&alice.call(page(chat, offset, limit)).await?);
        let expected: Vec<u64> = expected
            .into_iter()
            .map(|index: usize| sent[index])
            .collect();
        assert_eq!(found, expected, "{offset:?}");
    }
    Ok(())
}

async fn the_ends_of_a_chat_end_the_page(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    let sent = send_many(&alice, chat, 3).await?;
    let reversed: Vec<u64> = sent.iter().rev().copied().collect();
    for (offset, expected) in [
        (None, &reversed[..]),
        (Some(Offset::Before(sent[0])), &[]),
        (Some(Offset::Since(sent[2])), &[]),
        (Some(Offset::Around(sent[0])), &reversed[..]),
        (Some(Offset::Around(sent[2])), &reversed[..]),
        (Some(Offset::Since(0)), &reversed[..]),
        (Some(Offset::Before(u64::MAX)), &reversed[..]),
    ] {
        let found = alice.call(page(chat, offset, 10)).await?;
        assert_eq!(ids(&found), expected, "{offset:?}");
    }
    Ok(())
}

async fn a_page_is_bounded(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    send_many(&alice, chat, 103).await?;
    let length = async |limit| {
        let request = GetHistory {
            limit,
            ..page(chat, None, 0)
        };
        alice.call(request).await.map(|page| page.messages.len())
    };
    assert_eq!(length(None).await?, 50);
    assert_eq!(length(Some(0)).await?, 50);
    assert_eq!(length(Some(7)).await?, 7);
    assert_eq!(length(Some(u32::MAX)).await?, 100);
    Ok(())
}

async fn authors_come_with_their_messages(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    bob.send(community.general(), "one").await?;
    bob.send(community.general(), "two").await?;
    let found = alice.call(page(community.general(), None, 2)).await?;
    assert_eq!(found.messages.len(), 2);
    let users: Vec<_> = found
        .users
        .iter()
        .map(|user| (user.id, &*user.name))
        .collect();
    assert_eq!(users, [(bob.user_id, "Bob")]);
    let members: Vec<_> = found
        .members
        .iter()
        .map(|member| (member.id, member.community_id))
        .collect();
    assert_eq!(members, [(bob.user_id, community.id)]);
    assert!(found.reactions.is_empty());
    Ok(())
}

async fn each_side_of_a_direct_chat_sees_the_other(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(bob.chat(), "hello").await?;
    for (viewer, chat) in [(&alice, bob.chat()), (&bob, alice.chat())] {
        let found = viewer.call(page(chat, None, 10)).await?;
        assert_eq!(found.messages[0].chat_ref, Some(chat));
        assert_eq!(found.users[0].name, "Alice");
        assert!(found.members.is_empty());
    }
    Ok(())
}

async fn a_group_is_seen_alike(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let chat = group_chat(group);
    let sent = send_many(&alice, chat, 3).await?;
    let request = page(chat, Some(Offset::Around(sent[1])), 2);
    let seen = bob.call(request).await?;
    assert_eq!(ids(&seen), [sent[1], sent[0]]);
    assert_eq!(seen.messages[0].chat_ref, Some(chat));
    assert_eq!(seen.users.len(), 1);
    assert_eq!(seen.members, []);
    assert_eq!(alice.call(request).await?, seen);
    Ok(())
}

async fn a_chat_that_has_not_begun_is_empty(server: Server) -> Checked {
    let (alice, bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    for chat in [saved_messages(), bob.chat()] {
        let found = alice.call(page(chat, None, 10)).await?;
        assert_eq!(found, Messages::default());
    }
    Ok(())
}

async fn more_messages_take_no_more_queries(server: Server) -> Checked {
    let (community, [alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    for author in [&alice, &bob, &carol] {
        send_many(author, community.general(), 10).await?;
    }
    let mut counts = Vec::new();
    for limit in [30, 3, 30] {
        let request = page(community.general(), None, limit);
        counts.push(server.count_queries(&alice, request).await);
    }
    // The first call may fill caches.
    assert_eq!(counts[1], counts[2], "{counts:?}");
    assert!(counts[1] > 0);
    Ok(())
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [_carol]) = server.community_of(["Carol"]).await?;
    for hidden in [
        foreign.general(),
        channel_chat(community.id, foreign.general),
        channel_chat(community.id, community.category),
        user_chat(12345),
        group_chat(12345),
    ] {
        assert_eq!(alice.refused(page(hidden, None, 10)).await, 404);
    }
    assert_eq!(alice.refused(GetHistory::default()).await, 400);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(page(saved_messages(), None, 10)).await;
    Ok(())
}
