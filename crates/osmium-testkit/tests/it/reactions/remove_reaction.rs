//! `reactions.removeReaction`.

use super::{add, custom, field, listed, remove, told};
use osmium_model::Permissions;
use osmium_proto::friends::change_relationship::RelationshipChangeType::{Block, Unblock};
use osmium_proto::reactions::{AddReaction, RemoveReaction};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, user_chat};
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    everyone_hears_that_nothing_is_left,
    only_one_s_own_goes,
    the_next_is_shown,
    an_emoji_keeps_its_place,
    what_is_not_there_is_not_told,
    custom_emoji_go_too,
    it_takes_no_permission,
    a_block_bars_it,
    who_may_not_view_the_channel_keeps_theirs,
    the_message_has_to_be_in_the_chat,
    an_emoji_is_needed,
    it_needs_a_sign_in,
);

async fn everyone_hears_that_nothing_is_left(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut phone = bob.another_session().await;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    bob.call(add(chat, id, "👍")).await?;
    all_catch_up([&mut alice, &mut bob, &mut phone]).await?;
    bob.call(remove(chat, id, "👍")).await?;
    for person in [&mut alice, &mut bob, &mut phone] {
        assert_eq!(told(person, chat, id).await, []);
        person.expect_silence().await?;
        assert_eq!(person.history(chat).await?.reactions, []);
    }
    Ok(())
}

async fn only_one_s_own_goes(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    for person in [&alice, &bob] {
        person.call(add(chat, id, "👍")).await?;
        person.call(add(chat, id, "🦊")).await?;
    }
    all_catch_up([&mut alice, &mut bob]).await?;
    alice.call(remove(chat, id, "👍")).await?;
    let seen = |thumb, fox| {
        [
            field("👍", 1, thumb, &[&bob]),
            field("🦊", 2, fox, &[&alice, &bob]),
        ]
    };
    let expected = [seen(false, true), seen(true, true)];
    for (person, expected) in [&mut alice, &mut bob].into_iter().zip(expected) {
        assert_eq!(told(person, chat, id).await, expected);
        assert_eq!(listed(person, chat, id).await, expected);
    }
    Ok(())
}

async fn the_next_is_shown(server: Server) -> Checked {
    let names = ["Alice", "Bob", "Carol", "Dave", "Erin"];
    let (community, [mut alice, bob, carol, dave, erin]) = server.community_of(names).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    for person in [&erin, &alice, &bob, &carol, &dave] {
        person.call(add(chat, id, "👍")).await?;
    }
    alice.catch_up().await?;
    let four = [field("👍", 4, true, &[&erin, &alice, &carol])];
    let three = [field("👍", 3, true, &[&alice, &carol, &dave])];
    bob.call(remove(chat, id, "👍")).await?;
    erin.call(remove(chat, id, "👍")).await?;
    assert_eq!(told(&mut alice, chat, id).await, four);
    assert_eq!(told(&mut alice, chat, id).await, three);
    alice.call(remove(chat, id, "👍")).await?;
    alice.call(add(chat, id, "👍")).await?;
    // Who comes back is the last.
    let back = [field("👍", 3, true, &[&carol, &dave, &alice])];
    assert_eq!(listed(&alice, chat, id).await, back);
    Ok(())
}

async fn an_emoji_keeps_its_place(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    alice.call(add(chat, id, "👍")).await?;
    bob.call(add(chat, id, "🦊")).await?;
    bob.call(add(chat, id, "👍")).await?;
    alice.call(remove(chat, id, "👍")).await?;
    let (thumb, fox) = (field("👍", 1, true, &[&bob]), field("🦊", 1, true, &[&bob]));
    assert_eq!(listed(&bob, chat, id).await, [thumb.clone(), fox.clone()]);
    bob.call(remove(chat, id, "👍")).await?;
    bob.call(add(chat, id, "👍")).await?;
    assert_eq!(listed(&bob, chat, id).await, [fox, thumb]);
    Ok(())
}

async fn what_is_not_there_is_not_told(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    let other = alice.send(chat, "hello").await?;
    alice.call(add(chat, id, "👍")).await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    bob.call(remove(chat, id, "👍")).await?;
    alice.call(remove(chat, id, "🦊")).await?;
    alice.call(remove(chat, other, "👍")).await?;
    all_are_silent([&mut alice, &mut bob]).await?;
    assert_eq!(listed(&bob, chat, id).await[0].count, 1);
    Ok(())
}

async fn custom_emoji_go_too(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    for emoji in [custom(7), custom(8)] {
        let request = AddReaction {
            emoji: Some(emoji),
            ..add(chat, id, "")
        };
        alice.call(request).await?;
    }
    alice.catch_up().await?;
    let request = RemoveReaction {
        emoji: Some(custom(7)),
        ..remove(chat, id, "")
    };
    alice.call(request).await?;
    let fields = told(&mut alice, chat, id).await;
    assert_eq!(
        (fields.len(), fields[0].emoji.clone()),
        (1, Some(custom(8)))
    );
    Ok(())
}

async fn it_takes_no_permission(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    bob.call(add(chat, id, "👍")).await?;
    server
        .set_default_permissions(&community, Permissions::VIEW_CHANNEL)
        .await?;
    alice.catch_up().await?;
    bob.call(remove(chat, id, "👍")).await?;
    assert_eq!(told(&mut alice, chat, id).await, []);
    Ok(())
}

async fn a_block_bars_it(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(bob.chat(), "hello").await?;
    for (person, chat) in [(&alice, bob.chat()), (&bob, alice.chat())] {
        person.call(add(chat, id, "👍")).await?;
    }
    bob.change(&alice, Block).await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    assert_eq!(alice.refused(remove(bob.chat(), id, "👍")).await, 403);
    assert_eq!(bob.refused(remove(alice.chat(), id, "👍")).await, 403);
    all_are_silent([&mut alice, &mut bob]).await?;
    assert_eq!(listed(&alice, bob.chat(), id).await[0].count, 2);
    bob.change(&alice, Unblock).await?;
    alice.call(remove(bob.chat(), id, "👍")).await?;
    assert_eq!(listed(&bob, alice.chat(), id).await[0].count, 1);
    Ok(())
}

async fn who_may_not_view_the_channel_keeps_theirs(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "hello").await?;
    bob.call(add(chat, id, "👍")).await?;
    let hidden = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    alice
        .set_override(&community, community.general, 0, hidden)
        .await?;
    assert_eq!(bob.refused(remove(chat, id, "👍")).await, 404);
    assert_eq!(listed(&alice, chat, id).await[0].count, 1);
    Ok(())
}

async fn the_message_has_to_be_in_the_chat(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    alice.call(add(community.general(), id, "👍")).await?;
    for (chat, id) in [
        (community.general(), 12345),
        // The chat with Bob has not begun.
        (bob.chat(), id),
        (user_chat(12345), id),
        (group_chat(12345), id),
    ] {
        assert_eq!(alice.refused(remove(chat, id, "👍")).await, 404, "{chat:?}");
    }
    let nowhere = RemoveReaction {
        chat_ref: None,
        ..remove(community.general(), id, "👍")
    };
    assert_eq!(alice.refused(nowhere).await, 400);
    Ok(())
}

async fn an_emoji_is_needed(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    let nothing = RemoveReaction {
        emoji: None,
        ..remove(community.general(), id, "")
    };
    assert_eq!(alice.refused(nothing).await, 400);
    assert_eq!(
        alice.refused(remove(community.general(), id, "\0")).await,
        400
    );
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    server
        .needs_sign_in(remove(community.general(), id, "👍"))
        .await;
    Ok(())
}
