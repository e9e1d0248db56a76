//! Reactions beside the messages of a page of history, and how they end with them.

use super::{add, field, listed, told};
use osmium_proto::communities::RemoveMembers;
use osmium_proto::messages::{DeleteMessage, GetHistory};
use osmium_proto::updates::UpdateMessageDeleted;
use osmium_testkit::contract::Checked;
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    messages_that_have_any_come_with_theirs,
    more_reactions_take_no_more_queries,
    they_go_with_their_message,
    they_stay_when_their_users_leave,
    what_is_told_last_is_what_is_listed,
);

async fn messages_that_have_any_come_with_theirs(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let mut ids = Vec::new();
    for text in ["one", "two", "three"] {
        ids.push(alice.send(chat, text).await?);
    }
    alice.call(add(chat, ids[0], "👍")).await?;
    bob.call(add(chat, ids[2], "🦊")).await?;
    bob.call(add(chat, ids[2], "👍")).await?;
    for (viewer, mine) in [(&alice, [true, false]), (&bob, [false, true])] {
        let page = viewer.history(chat).await?;
        let mut with: Vec<_> = page
            .reactions
            .iter()
            .map(|found| found.message_id)
            .collect();
        with.sort_unstable();
        assert_eq!(with, [ids[0], ids[2]]);
        let first = [field("👍", 1, mine[0], &[&alice])];
        assert_eq!(listed(viewer, chat, ids[0]).await, first);
        let last = ["🦊", "👍"].map(|emoji| field(emoji, 1, mine[1], &[&bob]));
        assert_eq!(listed(viewer, chat, ids[2]).await, last);
    }
    // Only those of the page.
    let request = GetHistory {
        chat_ref: Some(chat),
        limit: Some(2),
        ..GetHistory::default()
    };
    let page = alice.call(request).await?;
    assert_eq!(page.reactions.len(), 1);
    assert_eq!(page.reactions[0].message_id, ids[2]);
    Ok(())
}

async fn more_reactions_take_no_more_queries(server: Server) -> Checked {
    let names = ["Alice", "Bob", "Carol", "Dave"];
    let (community, people) = server.community_of(names).await?;
    let chat = community.general();
    let request = |limit| GetHistory {
        chat_ref: Some(chat),
        limit: Some(limit),
        ..GetHistory::default()
    };
    let [alice, ..] = &people;
    let mut counts = Vec::new();
    for number in 0..10 {
        let id = alice.send(chat, "hello").await?;
        for person in people.iter().take(1 + number % 4) {
            for emoji in ["👍", "🦊", "❤️"] {
                person.call(add(chat, id, emoji)).await?;
            }
        }
    }
    for limit in [10, 1, 10] {
        counts.push(server.count_queries(alice, request(limit)).await);
    }
    // The first call may fill caches.
    assert_eq!(counts[1], counts[2], "{counts:?}");
    assert!(counts[1] > 0);
    let page = alice.call(request(10)).await?;
    assert_eq!(page.reactions.len(), 10);
    let one = server.count_queries(alice, add(chat, page.messages[0].message_id, "1"));
    let one = one.await;
    let five = server.count_queries(alice, add(chat, page.messages[0].message_id, "2"));
    assert_eq!(five.await, one);
    Ok(())
}

async fn they_go_with_their_message(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    let other = alice.send(chat, "hello").await?;
    for id in [id, other] {
        bob.call(add(chat, id, "👍")).await?;
    }
    bob.catch_up().await?;
    let delete = DeleteMessage {
        chat_ref: Some(chat),
        message_ids: vec![id],
    };
    alice.call(delete).await?;
    bob.expect::<UpdateMessageDeleted>().await;
    bob.expect_silence().await?;
    assert_eq!(listed(&bob, chat, id).await, []);
    assert_eq!(listed(&bob, chat, other).await.len(), 1);

    // So do those to what is deleted with someone who is banned.
    let theirs = bob.send(chat, "hello").await?;
    alice.call(add(chat, theirs, "👍")).await?;
    let ban = RemoveMembers {
        community_id: community.id,
        member_ids: vec![bob.user_id],
        until: Some(0),
        delete_messages_since: Some(1),
        ..RemoveMembers::default()
    };
    alice.call(ban).await?;
    let left = alice.history(chat).await?.reactions;
    let left: Vec<_> = left.iter().map(|found| found.message_id).collect();
    assert_eq!(left, [other]);
    Ok(())
}

async fn they_stay_when_their_users_leave(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    bob.call(add(chat, id, "👍")).await?;
    let code = alice.invite(&community).await?;
    let community_id = community.id;
    bob.call(osmium_proto::communities::LeaveCommunity { community_id })
        .await?;
    assert_eq!(
        listed(&alice, chat, id).await,
        [field("👍", 1, false, &[&bob])]
    );
    bob.join(&code).await?;
    assert_eq!(
        listed(&bob, chat, id).await,
        [field("👍", 1, true, &[&bob])]
    );
    Ok(())
}

async fn what_is_told_last_is_what_is_listed(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    alice.catch_up().await?;
    for emoji in ["👍", "🦊"] {
        bob.call(add(chat, id, emoji)).await?;
    }
    assert_eq!(told(&mut alice, chat, id).await.len(), 1);
    let last = told(&mut alice, chat, id).await;
    assert_eq!(listed(&alice, chat, id).await, last);
    Ok(())
}
