//! `reactions.addReaction`.

use super::{add, custom, field, listed, remove, told, typed};
use osmium_model::Permissions;
use osmium_proto::chats::EditChatMember;
use osmium_proto::friends::change_relationship::RelationshipChangeType::Block;
use osmium_proto::messages::DeleteMessage;
use osmium_proto::reactions::{AddReaction, ReactionEmoji};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages, user_chat};
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    everyone_in_the_channel_hears_of_it,
    each_is_told_what_is_theirs,
    many_are_counted_and_the_first_are_shown,
    each_side_of_a_direct_chat_sees_the_other,
    everyone_in_a_group_hears_of_it,
    saved_messages_have_reactions,
    what_is_there_already_is_not_told,
    what_the_server_wrote_may_be_reacted_to,
    emoji_are_kept_as_they_are_sent,
    emoji_are_bounded_and_can_be_joined,
    those_who_choose_at_once_are_all_counted,
    it_takes_the_permission,
    it_takes_the_permission_in_a_group,
    a_block_bars_it,
    who_may_not_view_the_channel_hears_nothing,
    the_message_has_to_be_in_the_chat,
    an_emoji_is_something_that_shows,
    it_needs_a_sign_in,
);

async fn everyone_in_the_channel_hears_of_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    bob.call(add(chat, id, "👍")).await?;
    let others = told(&mut alice, chat, id).await;
    assert_eq!(others, [field("👍", 1, false, &[&bob])]);
    let own = told(&mut bob, chat, id).await;
    assert_eq!(own, [field("👍", 1, true, &[&bob])]);
    all_are_silent([&mut alice, &mut bob]).await
}

async fn each_is_told_what_is_theirs(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let mut phone = bob.another_session().await;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    alice.call(add(chat, id, "👍")).await?;
    bob.call(add(chat, id, "👍")).await?;
    all_catch_up([&mut alice, &mut bob, &mut carol, &mut phone]).await?;
    bob.call(add(chat, id, "🦊")).await?;
    for (session, (thumb, fox)) in [
        (&mut alice, (true, false)),
        (&mut bob, (true, true)),
        (&mut phone, (true, true)),
        (&mut carol, (false, false)),
    ] {
        let fields = told(session, chat, id).await;
        let seen: Vec<_> = fields.iter().map(|field| (field.count, field.me)).collect();
        assert_eq!(seen, [(2, thumb), (1, fox)]);
        session.expect_silence().await?;
        assert_eq!(listed(session, chat, id).await, fields);
    }
    Ok(())
}

async fn many_are_counted_and_the_first_are_shown(server: Server) -> Checked {
    let names = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank"];
    let (community, mut people) = server.community_of(names).await?;
    let chat = community.general();
    let id = people[0].send(chat, "hello").await?;
    for person in &people[..4] {
        person.call(add(chat, id, "👍")).await?;
    }
    people[4].call(add(chat, id, "🦊")).await?;
    for person in &mut people {
        person.catch_up().await?;
    }
    let mut phone = people[4].another_session().await;
    people[4].call(add(chat, id, "👍")).await?;
    let shown = |thumb, fox| {
        let first = [&people[0], &people[1], &people[2]];
        [
            field("👍", 5, thumb, &first),
            field("🦊", 1, fox, &[&people[4]]),
        ]
    };
    // Those who chose the thumb, whether or not they are shown; who chose both; who chose none.
    let expected = [(true, false); 4]
        .into_iter()
        .chain([(true, true), (false, false)]);
    let expected: Vec<_> = expected.map(|(thumb, fox)| shown(thumb, fox)).collect();
    let both = expected[4].clone();
    for (person, expected) in people.iter_mut().zip(expected) {
        assert_eq!(told(person, chat, id).await, expected);
        assert_eq!(listed(person, chat, id).await, expected);
    }
    assert_eq!(told(&mut phone, chat, id).await, both);
    Ok(())
}

async fn each_side_of_a_direct_chat_sees_the_other(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(bob.chat(), "hello").await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    let (with_alice, with_bob) = (alice.chat(), bob.chat());
    alice.call(add(with_bob, id, "👍")).await?;
    let fields = told(&mut alice, with_bob, id).await;
    assert_eq!(fields, [field("👍", 1, true, &[&alice])]);
    let fields = told(&mut bob, with_alice, id).await;
    assert_eq!(fields, [field("👍", 1, false, &[&alice])]);
    bob.call(add(with_alice, id, "👍")).await?;
    for (person, chat) in [(&mut alice, with_bob), (&mut bob, with_alice)] {
        let fields = told(person, chat, id).await;
        assert_eq!((fields[0].count, fields[0].me), (2, true));
        assert_eq!(listed(person, chat, id).await, fields);
    }
    all_are_silent([&mut alice, &mut bob]).await
}

async fn everyone_in_a_group_hears_of_it(server: Server) -> Checked {
    let (group, [mut alice, mut bob, mut carol]) =
        server.group_of(["Alice", "Bob", "Carol"]).await?;
    let chat = group_chat(group);
    let id = alice.send(chat, "hello").await?;
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    bob.call(add(chat, id, "👍")).await?;
    let expected = [false, true, false].map(|me| [field("👍", 1, me, &[&bob])]);
    for (person, expected) in [&mut alice, &mut bob, &mut carol].into_iter().zip(expected) {
        assert_eq!(told(person, chat, id).await, expected);
        person.expect_silence().await?;
    }
    Ok(())
}

async fn saved_messages_have_reactions(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut phone = alice.another_session().await;
    let chat = saved_messages();
    let id = alice.send(chat, "hello").await?;
    all_catch_up([&mut alice, &mut phone]).await?;
    alice.call(add(chat, id, "👍")).await?;
    let expected = [field("👍", 1, true, &[&alice])];
    for session in [&mut alice, &mut phone] {
        assert_eq!(told(session, chat, id).await, expected);
        session.expect_silence().await?;
    }
    Ok(())
}

async fn what_is_there_already_is_not_told(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    alice.call(add(chat, id, "👍")).await?;
    let before = listed(&alice, chat, id).await;
    all_catch_up([&mut alice, &mut bob]).await?;
    alice.call(add(chat, id, "👍")).await?;
    all_are_silent([&mut alice, &mut bob]).await?;
    assert_eq!(listed(&alice, chat, id).await, before);
    Ok(())
}

async fn what_the_server_wrote_may_be_reacted_to(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let greeting = alice.history(chat).await?.messages[0].message_id;
    bob.call(add(chat, greeting, "👋")).await?;
    let fields = told(&mut alice, chat, greeting).await;
    assert_eq!(fields, [field("👋", 1, false, &[&bob])]);
    Ok(())
}

async fn emoji_are_kept_as_they_are_sent(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    let longest = "x".repeat(32);
    let emoji = [
        typed("❤"),
        typed("❤\u{fe0f}"),
        typed("👩‍👩‍👧‍👦"),
        typed("👍🏽"),
        custom(7),
        typed("7"),
        custom(i64::MAX as u64),
        typed(&longest),
    ];
    for emoji in &emoji {
        let request = AddReaction {
            emoji: Some(emoji.clone()),
            ..add(chat, id, "")
        };
        alice.call(request).await?;
    }
    let found = listed(&alice, chat, id).await;
    let found: Vec<_> = found.into_iter().filter_map(|field| field.emoji).collect();
    assert_eq!(found, emoji);
    Ok(())
}

async fn emoji_are_bounded_and_can_be_joined(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    for number in 1..=20 {
        alice.call(add(chat, id, &number.to_string())).await?;
    }
    bob.catch_up().await?;
    assert_eq!(bob.refused(add(chat, id, "21")).await, 413);
    assert_eq!(alice.refused(add(chat, id, "21")).await, 413);
    bob.expect_silence().await?;
    bob.call(add(chat, id, "20")).await?;
    // Once more, for which there is no room, changes nothing and is none.
    alice.call(add(chat, id, "20")).await?;
    let fields = told(&mut bob, chat, id).await;
    assert_eq!((fields.len(), fields[19].count), (20, 2));
    alice.call(remove(chat, id, "1")).await?;
    bob.call(add(chat, id, "21")).await?;
    assert_eq!(listed(&bob, chat, id).await[19].emoji, Some(typed("21")));
    // Another message has room of its own.
    let other = alice.send(chat, "hello").await?;
    bob.call(add(chat, other, "22")).await?;
    Ok(())
}

async fn those_who_choose_at_once_are_all_counted(server: Server) -> Checked {
    let names = ["Alice", "Bob", "Carol", "Dave", "Erin"];
    let (community, mut people) = server.community_of(names).await?;
    let chat = community.general();
    let id = people[0].send(chat, "hello").await?;
    for person in &mut people {
        person.catch_up().await?;
    }
    let calls = people.iter().map(|person| person.call(add(chat, id, "👍")));
    futures::future::try_join_all(calls).await?;
    // The last that each is told is what is true.
    for person in &mut people {
        let mut last = Vec::new();
        for count in 1..=5 {
            last = told(person, chat, id).await;
            assert_eq!(last[0].count, count);
        }
        assert!(last[0].me);
        assert_eq!(listed(person, chat, id).await, last);
    }
    Ok(())
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    alice.call(add(chat, id, "👍")).await?;
    let lacking = Permissions::NEW_COMMUNITY - Permissions::ADD_REACTIONS;
    server.set_default_permissions(&community, lacking).await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    // Not even to join.
    for emoji in ["👍", "🦊"] {
        assert_eq!(bob.refused(add(chat, id, emoji)).await, 403);
    }
    all_are_silent([&mut alice, &mut bob]).await?;
    alice.call(add(chat, id, "🦊")).await?;
    assert_eq!(told(&mut bob, chat, id).await.len(), 2);
    Ok(())
}

async fn it_takes_the_permission_in_a_group(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let chat = group_chat(group);
    let id = alice.send(chat, "hello").await?;
    let lacking = EditChatMember {
        chat_ref: Some(chat),
        user_id: bob.user_id,
        permissions: Permissions::SEND_MESSAGES.bits(),
    };
    alice.call(lacking).await?;
    assert_eq!(bob.refused(add(chat, id, "👍")).await, 403);
    alice.call(add(chat, id, "👍")).await?;
    Ok(())
}

async fn a_block_bars_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(bob.chat(), "hello").await?;
    let public = alice.send(community.general(), "hello").await?;
    bob.change(&alice, Block).await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    assert_eq!(alice.refused(add(bob.chat(), id, "👍")).await, 403);
    assert_eq!(bob.refused(add(alice.chat(), id, "👍")).await, 403);
    all_are_silent([&mut alice, &mut bob]).await?;
    // In a channel nobody is blocked.
    bob.call(add(community.general(), public, "👍")).await?;
    Ok(())
}

async fn who_may_not_view_the_channel_hears_nothing(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    bob.call(add(chat, id, "👍")).await?;
    let hidden = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    alice
        .set_override(&community, community.general, 0, hidden)
        .await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    alice.call(add(chat, id, "👍")).await?;
    assert_eq!(bob.refused(add(chat, id, "🦊")).await, 404);
    bob.expect_silence().await?;
    // What they chose is still theirs.
    let fields = told(&mut alice, chat, id).await;
    assert_eq!(fields, [field("👍", 2, true, &[&bob, &alice])]);
    Ok(())
}

async fn the_message_has_to_be_in_the_chat(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [carol]) = server.community_of(["Carol"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    let gone = alice.send(community.general(), "bye").await?;
    let delete = DeleteMessage {
        chat_ref: Some(community.general()),
        message_ids: vec![gone],
    };
    alice.call(delete).await?;
    let theirs = carol.send(foreign.general(), "hello").await?;
    for (chat, id) in [
        (community.general(), 12345),
        (community.general(), gone),
        (community.general(), theirs),
        (foreign.general(), theirs),
        // The chat with Bob has not begun.
        (bob.chat(), id),
        (user_chat(12345), id),
        (group_chat(12345), id),
    ] {
        assert_eq!(alice.refused(add(chat, id, "👍")).await, 404, "{chat:?}");
    }
    let nowhere = AddReaction {
        chat_ref: None,
        ..add(community.general(), id, "👍")
    };
    assert_eq!(alice.refused(nowhere).await, 400);
    Ok(())
}

async fn an_emoji_is_something_that_shows(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    alice.catch_up().await?;
    let too_long = "👍".repeat(17);
    for emoji in [
        None,
        Some(ReactionEmoji { emoji: None }),
        Some(typed("")),
        Some(typed(" ")),
        Some(typed("👍 ")),
        Some(typed("\n")),
        Some(typed("👍\0")),
        Some(typed(&too_long)),
        Some(custom(0)),
    ] {
        let request = AddReaction {
            emoji: emoji.clone(),
            ..add(chat, id, "")
        };
        assert_eq!(alice.refused(request).await, 400, "{emoji:?}");
    }
    alice.expect_silence().await?;
    assert_eq!(listed(&alice, chat, id).await, []);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    server
        .needs_sign_in(add(community.general(), id, "👍"))
        .await;
    Ok(())
}
