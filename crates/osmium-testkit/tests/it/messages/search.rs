//! `messages.search`.

use osmium_model::Permissions;
use osmium_proto::friends::change_relationship::RelationshipChangeType;
use osmium_proto::messages::search::Offset;
use osmium_proto::messages::{DeleteMessage, EditMessage, Messages, Search};
use osmium_proto::refs::ChatRef;
use osmium_proto::types::ChannelType;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{channel_chat, group_chat, saved_messages, step, user_chat};
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    words_are_found_whatever_their_case_and_accents,
    a_page_is_newest_first_in_all_forms,
    a_page_is_bounded,
    one_chat_is_searched,
    a_community_is_searched,
    everything_is_searched,
    authors_come_with_their_messages,
    what_is_hidden_is_not_found,
    who_left_finds_nothing,
    each_side_of_a_direct_chat_finds_the_same,
    a_block_hides_nothing,
    edits_and_deletions_are_seen,
    joining_is_not_found,
    more_messages_take_no_more_queries,
    bad_input_is_refused,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

/// What is not found.
const NONE: [u64; 0] = [];

fn search(chat_ref: Option<ChatRef>, scoped: bool, query: &str) -> Search {
    Search {
        chat_ref,
        query: query.to_owned(),
        scoped,
        offset: None,
    }
}

fn ids(page: &Messages) -> Vec<u64> {
    page.messages
        .iter()
        .map(|message| message.message_id)
        .collect()
}

/// What someone finds in a chat alone.
async fn in_chat(person: &Person, chat: ChatRef, query: &str) -> Checked<Vec<u64>> {
    Ok(ids(&person.call(search(Some(chat), true, query)).await?))
}

/// What someone finds in all that belongs to a chat.
async fn around(person: &Person, chat: ChatRef, query: &str) -> Checked<Vec<u64>> {
    Ok(ids(&person.call(search(Some(chat), false, query)).await?))
}

/// What someone finds at all.
async fn anywhere(person: &Person, query: &str) -> Checked<Vec<u64>> {
    Ok(ids(&person.call(search(None, false, query)).await?))
}

async fn words_are_found_whatever_their_case_and_accents(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    let dessert = alice.send(chat, "Crème BRÛLÉE, please!").await?;
    alice.send(chat, "An apple").await?;
    for query in [
        "creme brulee",
        "BRÛLÉE crème",
        "please cre",
        "b",
        "  crème…",
    ] {
        assert_eq!(in_chat(&alice, chat, query).await?, [dessert], "{query}");
    }
    for query in ["creme apple", "remes", "cre brulee"] {
        assert_eq!(in_chat(&alice, chat, query).await?, NONE, "{query}");
    }
    Ok(())
}

async fn a_page_is_newest_first_in_all_forms(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    let mut sent = Vec::new();
    for text in ["fox 0", "hen", "fox 1", "fox 2", "hen", "fox 3"] {
        sent.push(alice.send(chat, text).await?);
    }
    for (offset, expected) in [
        (None, vec![5, 3, 2, 0]),
        (Some(Offset::Before(sent[3])), vec![2, 0]),
        (Some(Offset::Before(sent[4])), vec![3, 2, 0]),
        (Some(Offset::Before(sent[0])), vec![]),
        (Some(Offset::Before(u64::MAX)), vec![5, 3, 2, 0]),
        (Some(Offset::Since(sent[2])), vec![5, 3]),
        (Some(Offset::Since(sent[1])), vec![5, 3, 2]),
        (Some(Offset::Since(sent[5])), vec![]),
        (Some(Offset::Since(0)), vec![5, 3, 2, 0]),
    ] {
        let request = Search {
            offset,
            ..search(Some(chat), true, "fox")
        };
        let found = ids(&alice.call(request).await?);
        let expected: Vec<u64> = expected
            .into_iter()
            .map(|index: usize| sent[index])
            .collect();
        assert_eq!(found, expected, "{offset:?}");
    }
    Ok(())
}

async fn a_page_is_bounded(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    let sends = (0..60).map(|_| alice.send(chat, "fox"));
    let sent = futures::future::try_join_all(sends).await?;
    let newest: Vec<u64> = sent.iter().rev().take(50).copied().collect();
    assert_eq!(in_chat(&alice, chat, "fox").await?, newest);
    let oldest = Search {
        offset: Some(Offset::Since(0)),
        ..search(Some(chat), true, "fox")
    };
    let oldest = ids(&alice.call(oldest).await?);
    let expected: Vec<u64> = sent[..50].iter().rev().copied().collect();
    assert_eq!(oldest, expected);
    Ok(())
}

async fn one_chat_is_searched(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let other = alice
        .create_channel(&community, "other", ChannelType::Text)
        .await?;
    let other = channel_chat(community.id, other);
    let here = alice.send(community.general(), "a fox here").await?;
    let there = alice.send(other, "a fox there").await?;
    let direct = alice.send(bob.chat(), "a fox for Bob").await?;
    let saved = alice.send(saved_messages(), "a fox for me").await?;
    for (chat, expected) in [
        (community.general(), here),
        (other, there),
        (bob.chat(), direct),
        (saved_messages(), saved),
    ] {
        assert_eq!(in_chat(&alice, chat, "fox").await?, [expected]);
    }
    // What is no channel has nothing around it.
    for (chat, expected) in [(bob.chat(), direct), (saved_messages(), saved)] {
        assert_eq!(around(&alice, chat, "fox").await?, [expected]);
    }
    let carol = server.sign_up("Carol").await;
    assert_eq!(in_chat(&carol, saved_messages(), "fox").await?, NONE);
    assert_eq!(in_chat(&carol, alice.chat(), "fox").await?, NONE);
    Ok(())
}

async fn a_community_is_searched(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let other = alice
        .create_channel(&community, "other", ChannelType::Text)
        .await?;
    let other = channel_chat(community.id, other);
    let second = alice.create_community("Second").await?;
    let mut sent = Vec::new();
    for (person, chat) in [
        (&alice, community.general()),
        (&bob, other),
        (&alice, channel_chat(community.id, community.voice)),
    ] {
        sent.push(person.send(chat, "a fox").await?);
    }
    alice.send(second.general(), "a fox elsewhere").await?;
    alice.send(bob.chat(), "a fox for Bob").await?;
    sent.reverse();
    for person in [&alice, &bob] {
        for chat in [community.general(), other] {
            assert_eq!(around(person, chat, "fox").await?, sent);
        }
    }
    let page = alice.call(search(Some(other), false, "fox")).await?;
    let members: Vec<_> = page
        .members
        .iter()
        .map(|member| member.community_id)
        .collect();
    assert_eq!(members, [community.id; 2]);
    assert_eq!(page.messages[1].chat_ref, Some(other));
    Ok(())
}

async fn everything_is_searched(server: Server) -> Checked {
    let (group, [mut alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let own = alice.create_community("Own").await?;
    let mut sent = Vec::new();
    for chat in [
        group_chat(group),
        own.general(),
        bob.chat(),
        saved_messages(),
    ] {
        sent.push(alice.send(chat, "a fox").await?);
    }
    let (foreign, [carol]) = server.community_of(["Carol"]).await?;
    let carols = carol.send(foreign.general(), "a fox").await?;
    sent.reverse();
    assert_eq!(anywhere(&alice, "fox").await?, sent);
    assert_eq!(anywhere(&bob, "fox").await?, [sent[1], sent[3]]);
    assert_eq!(anywhere(&carol, "fox").await?, [carols]);

    let page = alice.call(search(None, false, "fox")).await?;
    let chats: Vec<_> = page
        .messages
        .iter()
        .filter_map(|message| message.chat_ref)
        .collect();
    let expected = [
        saved_messages(),
        bob.chat(),
        own.general(),
        group_chat(group),
    ];
    assert_eq!(chats, expected);
    assert_eq!(page.users.len(), 1);
    assert!(page.members.is_empty());
    Ok(())
}

async fn authors_come_with_their_messages(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    bob.send(community.general(), "a fox").await?;
    bob.send(community.general(), "two foxes").await?;
    alice.send(community.general(), "hens").await?;
    let page = alice
        .call(search(Some(community.general()), true, "fox"))
        .await?;
    assert_eq!(page.messages.len(), 2);
    assert_eq!(page.messages[0].chat_ref, Some(community.general()));
    let users: Vec<_> = page
        .users
        .iter()
        .map(|user| (user.id, &*user.name))
        .collect();
    assert_eq!(users, [(bob.user_id, "Bob")]);
    let members: Vec<_> = page.members.iter().map(|member| member.id).collect();
    assert_eq!(members, [bob.user_id]);
    let nothing = alice.call(search(None, false, "ostrich")).await?;
    assert_eq!(nothing, Messages::default());
    Ok(())
}

async fn what_is_hidden_is_not_found(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let secret = alice
        .create_channel(&community, "secret", ChannelType::Text)
        .await?;
    let seen = alice.send(community.general(), "a fox").await?;
    let mut hidden = Vec::new();
    for _ in 0..55 {
        hidden.push(
            alice
                .send(channel_chat(community.id, secret), "a fox")
                .await?,
        );
    }
    let view = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    alice.set_override(&community, secret, 0, view).await?;
    // More than a page of what is hidden takes no place from what is seen.
    assert_eq!(around(&bob, community.general(), "fox").await?, [seen]);
    assert_eq!(anywhere(&bob, "fox").await?, [seen]);
    let request = search(Some(channel_chat(community.id, secret)), true, "fox");
    assert_eq!(bob.refused(request.clone()).await, 404);
    let request = Search {
        scoped: false,
        ..request
    };
    assert_eq!(bob.refused(request).await, 404);
    hidden.reverse();
    assert_eq!(anywhere(&alice, "fox").await?, hidden[..50]);
    Ok(())
}

async fn who_left_finds_nothing(server: Server) -> Checked {
    let (group, [mut alice, mut bob]) = server.group_of(["Alice", "Bob"]).await?;
    let (community, [carol]) = server.community_of(["Carol"]).await?;
    bob.join(&carol.invite(&community).await?).await?;
    let in_group = alice.send(group_chat(group), "a fox").await?;
    let in_channel = carol.send(community.general(), "a fox").await?;
    assert_eq!(anywhere(&bob, "fox").await?, [in_channel, in_group]);
    alice.remove_member(group, bob.user_id).await?;
    assert_eq!(anywhere(&bob, "fox").await?, [in_channel]);
    assert_eq!(
        bob.refused(search(Some(group_chat(group)), true, "fox"))
            .await,
        404
    );
    let leave = osmium_proto::communities::LeaveCommunity {
        community_id: community.id,
    };
    bob.call(leave).await?;
    assert_eq!(anywhere(&bob, "fox").await?, NONE);
    for scoped in [true, false] {
        let request = search(Some(community.general()), scoped, "fox");
        assert_eq!(bob.refused(request).await, 404);
    }
    alice.catch_up().await
}

async fn each_side_of_a_direct_chat_finds_the_same(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let sent = alice.send(bob.chat(), "a fox").await?;
    for (viewer, chat) in [(&alice, bob.chat()), (&bob, alice.chat())] {
        for page in [
            viewer.call(search(Some(chat), true, "fox")).await?,
            viewer.call(search(None, false, "fox")).await?,
        ] {
            assert_eq!(ids(&page), [sent]);
            assert_eq!(page.messages[0].chat_ref, Some(chat));
            assert_eq!(page.users[0].name, "Alice");
        }
    }
    Ok(())
}

async fn a_block_hides_nothing(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let sent = alice.send(bob.chat(), "a fox").await?;
    let block = step(alice.user_id, RelationshipChangeType::Block);
    bob.call(block).await?;
    assert_eq!(in_chat(&alice, bob.chat(), "fox").await?, [sent]);
    assert_eq!(anywhere(&bob, "fox").await?, [sent]);
    Ok(())
}

async fn edits_and_deletions_are_seen(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    let (one, two) = (
        alice.send(chat, "red fox").await?,
        alice.send(chat, "red fox").await?,
    );
    let edit = EditMessage {
        chat_ref: Some(chat),
        message_id: one,
        message: Some("red hen".to_owned()),
        ..EditMessage::default()
    };
    alice.call(edit).await?;
    assert_eq!(anywhere(&alice, "fox").await?, [two]);
    assert_eq!(anywhere(&alice, "hen").await?, [one]);
    assert_eq!(anywhere(&alice, "red").await?, [two, one]);
    let delete = DeleteMessage {
        chat_ref: Some(chat),
        message_ids: vec![one],
    };
    alice.call(delete).await?;
    assert_eq!(anywhere(&alice, "red").await?, [two]);
    assert_eq!(anywhere(&alice, "hen").await?, NONE);
    Ok(())
}

async fn joining_is_not_found(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let sent = alice
        .send(group_chat(group), "Alice added Bob, Bob joined")
        .await?;
    assert_eq!(in_chat(&bob, group_chat(group), "bob").await?, [sent]);
    Ok(())
}

async fn more_messages_take_no_more_queries(server: Server) -> Checked {
    let (community, [alice, bob, carol]) = server.community_of(["Alice", "Bob", "Carol"]).await?;
    for author in [&alice, &bob, &carol] {
        author.send(community.general(), "a fox, a hen").await?;
    }
    alice.send(community.general(), "a goose").await?;
    let mut counts = Vec::new();
    for query in ["fox", "goose", "fox"] {
        let request = search(None, false, query);
        counts.push(server.count_queries(&alice, request).await);
    }
    // The first call may fill caches.
    assert_eq!(counts[1], counts[2], "{counts:?}");
    assert!(counts[1] > 0);
    Ok(())
}

async fn bad_input_is_refused(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    for query in ["", "  ", "?!", "🦊"] {
        assert_eq!(
            alice.refused(search(None, false, query)).await,
            400,
            "{query}"
        );
    }
    assert_eq!(alice.refused(search(None, true, "fox")).await, 400);
    let nothing = Some(ChatRef { r#ref: None });
    assert_eq!(alice.refused(search(nothing, false, "fox")).await, 400);
    assert_eq!(anywhere(&alice, &"x".repeat(256)).await?, NONE);
    assert_eq!(
        alice.refused(search(None, false, &"x".repeat(257))).await,
        413
    );
    assert_eq!(anywhere(&alice, &"x ".repeat(128)).await?, NONE);
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
        for scoped in [true, false] {
            let request = search(Some(hidden), scoped, "fox");
            assert_eq!(alice.refused(request).await, 404);
        }
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(search(None, false, "fox")).await;
    Ok(())
}
