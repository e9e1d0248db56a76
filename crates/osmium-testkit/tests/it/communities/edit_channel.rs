//! `communities.editChannel`.

use osmium_model::Permissions;
use osmium_proto::communities::edit_channel::HighlightedMessage;
use osmium_proto::communities::{EditChannel, GetChannels};
use osmium_proto::refs::ChannelRef;
use osmium_proto::types::channel::ChannelFlag;
use osmium_proto::types::{Channel, ChannelType};
use osmium_proto::updates::UpdateChannel;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Person, Server};

on_both_stores!(
    members_hear_of_it,
    what_is_absent_stays_and_what_is_empty_goes,
    who_cannot_view_it_hears_nothing,
    every_sibling_that_moves_is_told,
    it_moves_to_another_category_and_to_the_top,
    its_overrides_go_with_it,
    a_message_is_shown_on_top,
    what_it_says_is_bounded,
    it_takes_the_permission_in_the_channel,
    what_is_not_there_is_not_found,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();
const VIEW: Permissions = Permissions::VIEW_CHANNEL;
const MODIFY: Permissions = Permissions::MODIFY_CHANNEL;

fn keep(community: &Community, channel_id: u64) -> EditChannel {
    EditChannel {
        channel: Some(ChannelRef {
            community_id: community.id,
            channel_id,
        }),
        ..EditChannel::default()
    }
}

fn named(community: &Community, channel_id: u64, name: &str) -> EditChannel {
    EditChannel {
        name: Some(name.to_owned()),
        ..keep(community, channel_id)
    }
}

fn to_place(community: &Community, channel_id: u64, position: u32) -> EditChannel {
    EditChannel {
        position: Some(position),
        ..keep(community, channel_id)
    }
}

fn under(community: &Community, channel_id: u64, parent_id: u64) -> EditChannel {
    EditChannel {
        parent_id: Some(parent_id),
        ..keep(community, channel_id)
    }
}

async fn told(person: &mut Person) -> Channel {
    let told: UpdateChannel = person.expect().await;
    told.channel.unwrap_or_default()
}

/// The channels that the next updates tell of, with their places.
async fn told_places(person: &mut Person, count: usize) -> Vec<(u64, u32)> {
    let mut places = Vec::new();
    for _ in 0..count {
        let channel = told(person).await;
        places.push((channel.id, channel.position));
    }
    places.sort_unstable();
    places
}

async fn listed(person: &Person, community: &Community, id: u64) -> Checked<Channel> {
    let community_id = community.id;
    let listed = person.call(GetChannels { community_id }).await?.channels;
    let found = listed.into_iter().find(|channel| channel.id == id);
    Ok(found.unwrap_or_default())
}

async fn members_hear_of_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    let mut phone = alice.another_session().await;
    let request = EditChannel {
        explicit: Some(true),
        description: Some(" What it is about ".to_owned()),
        slowmode_seconds: Some(21_600),
        preferred_region: Some("north".to_owned()),
        ..named(&community, community.general, " Servers: 12 ")
    };
    let expected = Channel {
        name: "Servers: 12".to_owned(),
        flags: ChannelFlag::Explicit as u64,
        description: Some("What it is about".to_owned()),
        slowmode_seconds: Some(21_600),
        preferred_region: Some("north".to_owned()),
        ..listed(&bob, &community, community.general).await?
    };
    alice.call(request.clone()).await?;
    for person in [&mut alice, &mut phone, &mut bob] {
        assert_eq!(told(person).await, expected);
    }
    let after = listed(&bob, &community, community.general).await?;
    assert_eq!(after, expected);
    // Once more, it changes nothing.
    alice.call(request).await?;
    all_are_silent([&mut alice, &mut phone, &mut bob, &mut carol]).await
}

async fn what_is_absent_stays_and_what_is_empty_goes(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let plain = listed(&alice, &community, community.general).await?;
    let full = EditChannel {
        explicit: Some(true),
        description: Some("What it is about".to_owned()),
        slowmode_seconds: Some(5),
        preferred_region: Some("north".to_owned()),
        ..keep(&community, community.general)
    };
    alice.call(full).await?;
    let before = told(&mut alice).await;
    alice.call(keep(&community, community.general)).await?;
    alice.expect_silence().await?;
    let renamed = named(&community, community.general, "other");
    alice.call(renamed).await?;
    let expected = Channel {
        name: "other".to_owned(),
        ..before
    };
    assert_eq!(told(&mut alice).await, expected);
    let empty = EditChannel {
        explicit: Some(false),
        description: Some(" ".to_owned()),
        slowmode_seconds: Some(0),
        preferred_region: Some(String::new()),
        ..named(&community, community.general, "general")
    };
    alice.call(empty).await?;
    assert_eq!(told(&mut alice).await, plain);
    Ok(())
}

async fn who_cannot_view_it_hears_nothing(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let role = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    let general = community.general;
    for (role, given) in [(0, (NOTHING, VIEW)), (role, (VIEW, NOTHING))] {
        alice.set_override(&community, general, role, given).await?;
    }
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    alice.call(named(&community, general, "hidden")).await?;
    for person in [&mut alice, &mut bob] {
        assert_eq!(told(person).await.name, "hidden");
    }
    all_are_silent([&mut alice, &mut bob, &mut carol]).await
}

async fn every_sibling_that_moves_is_told(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let a = community.general;
    let mut ids = vec![a];
    for name in ["b", "c", "d"] {
        let id = alice
            .create_channel(&community, name, ChannelType::Text)
            .await?;
        alice
            .call(under(&community, id, community.category))
            .await?;
        ids.push(id);
    }
    let [_, b, c, d] = ids[..] else { panic!() };
    all_catch_up([&mut alice, &mut bob]).await?;
    for (moved, place, expected) in [
        (d, 0, vec![(a, 1), (b, 2), (c, 3), (d, 0)]),
        // d a b c
        (a, 2, vec![(a, 2), (b, 1)]),
        // d b a c: behind the last is last.
        (d, 9, vec![(a, 1), (b, 0), (c, 2), (d, 3)]),
        // b a c d
        (a, 1, vec![]),
    ] {
        alice.call(to_place(&community, moved, place)).await?;
        for person in [&mut alice, &mut bob] {
            assert_eq!(told_places(person, expected.len()).await, expected);
        }
        all_are_silent([&mut alice, &mut bob]).await?;
    }
    // Whoever sees some of them is told of those.
    alice
        .set_override(&community, b, 0, (NOTHING, VIEW))
        .await?;
    assert_eq!(bob.expect_no_channel().await, b);
    alice.call(to_place(&community, c, 0)).await?;
    let all = [(a, 2), (b, 1), (c, 0)];
    assert_eq!(told_places(&mut alice, 3).await, all);
    assert_eq!(told_places(&mut bob, 2).await, [(a, 2), (c, 0)]);
    all_are_silent([&mut alice, &mut bob]).await
}

async fn it_moves_to_another_category_and_to_the_top(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let voices = listed(&alice, &community, community.voice).await?.parent_id;
    let general = community.general;
    // It goes behind those that are there; two categories are at the top.
    for (parent, parent_id, position) in [(voices.unwrap_or_default(), voices, 1), (0, None, 2)] {
        alice.call(under(&community, general, parent)).await?;
        for person in [&mut alice, &mut bob] {
            let channel = told(person).await;
            assert_eq!(channel.id, general);
            assert_eq!((channel.parent_id, channel.position), (parent_id, position));
        }
    }
    // To a place there, the others make room.
    let request = EditChannel {
        position: Some(0),
        ..under(&community, general, voices.unwrap_or_default())
    };
    alice.call(request).await?;
    for person in [&mut alice, &mut bob] {
        let mut expected = [(general, 0), (community.voice, 1)];
        expected.sort_unstable();
        assert_eq!(told_places(person, 2).await, expected);
    }
    assert_eq!(
        alice
            .refused(under(&community, general, community.voice))
            .await,
        400
    );
    assert_eq!(
        alice.refused(under(&community, general, general)).await,
        400
    );
    let nested = under(&community, community.category, voices.unwrap_or_default());
    assert_eq!(alice.refused(nested).await, 400);
    assert_eq!(alice.refused(under(&community, general, 12345)).await, 404);
    all_are_silent([&mut alice, &mut bob]).await
}

async fn its_overrides_go_with_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (category, general) = (community.category, community.general);
    let denied = (NOTHING, Permissions::SEND_MESSAGES);
    alice.set_override(&community, category, 0, denied).await?;
    all_catch_up([&mut alice, &mut bob]).await?;
    let before = alice.overrides_of(&community, general).await?;
    assert!(before.parent_sync);
    for parent in [0, category] {
        alice.call(under(&community, general, parent)).await?;
        let after = alice.overrides_of(&community, general).await?;
        assert_eq!(after.overrides, before.overrides);
        assert!(!after.parent_sync);
        assert_eq!(told(&mut bob).await.id, general);
        bob.expect_silence().await?;
    }
    assert!(bob.send(community.general(), "hello").await.is_err());
    Ok(())
}

async fn a_message_is_shown_on_top(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let voice = osmium_testkit::person::channel_chat(community.id, community.voice);
    let here = bob.send(community.general(), "hello").await?;
    let elsewhere = bob.send(voice, "hello").await?;
    alice.catch_up().await?;
    let shown = |id: Option<u64>| EditChannel {
        highlighted_msg_id: Some(HighlightedMessage {
            highlighted_msg_id: id,
        }),
        ..keep(&community, community.general)
    };
    for unknown in [elsewhere, 12345] {
        assert_eq!(alice.refused(shown(Some(unknown))).await, 404);
    }
    assert_eq!(bob.refused(shown(Some(here))).await, 403);
    alice.expect_silence().await?;
    for none in [None, Some(0)] {
        alice.call(shown(Some(here))).await?;
        assert_eq!(told(&mut alice).await.highlighted_msg_id, Some(here));
        for name in ["x", "y"] {
            alice
                .call(named(&community, community.general, name))
                .await?;
            let top = told(&mut alice).await.highlighted_msg_id;
            assert_eq!(top, Some(here));
        }
        alice.call(shown(none)).await?;
        assert_eq!(told(&mut alice).await.highlighted_msg_id, None);
    }
    Ok(())
}

async fn what_it_says_is_bounded(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let general = community.general;
    let long = "x".repeat(101);
    for bad in ["", " ", "a\0", "a\nb", &long] {
        let request = named(&community, general, bad);
        assert_eq!(alice.refused(request).await, 400, "{bad:?}");
    }
    let long = "x".repeat(1001);
    for bad in ["a\0", &long] {
        let request = EditChannel {
            description: Some(bad.to_owned()),
            ..keep(&community, general)
        };
        assert_eq!(alice.refused(request).await, 400, "{bad:?}");
    }
    for bad in [21_601, u32::MAX] {
        let request = EditChannel {
            slowmode_seconds: Some(bad),
            ..keep(&community, general)
        };
        assert_eq!(alice.refused(request).await, 400, "{bad}");
    }
    let nowhere = EditChannel {
        channel: None,
        ..keep(&community, general)
    };
    assert_eq!(alice.refused(nowhere).await, 400);
    alice.expect_silence().await?;
    let request = EditChannel {
        description: Some("line\nline".to_owned()),
        ..keep(&community, general)
    };
    alice.call(request).await?;
    Ok(())
}

async fn it_takes_the_permission_in_the_channel(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (general, voice) = (community.general, community.voice);
    assert_eq!(bob.refused(named(&community, general, "x")).await, 403);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - MODIFY;
    let role = alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(named(&community, general, "x")).await, 403);
    alice.expect_silence().await?;
    // An override gives the permission in the one channel.
    let given = (MODIFY, NOTHING);
    alice.set_override(&community, general, role, given).await?;
    bob.call(named(&community, general, "x")).await?;
    assert_eq!(bob.refused(named(&community, voice, "x")).await, 403);
    // And another takes it away where one has it everywhere else.
    alice.promote(&community, &mut bob, MODIFY, 5).await?;
    let denied = (NOTHING, MODIFY);
    alice.set_override(&community, general, 0, denied).await?;
    assert_eq!(bob.refused(named(&community, general, "y")).await, 403);
    bob.call(named(&community, voice, "y")).await?;
    Ok(())
}

async fn what_is_not_there_is_not_found(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [mut carol]) = server.community_of(["Carol"]).await?;
    let (category, general) = (community.category, community.general);
    assert_eq!(carol.refused(named(&community, general, "x")).await, 404);
    for unknown in [0, 12345, u64::MAX, foreign.general] {
        let request = named(&community, unknown, "x");
        assert_eq!(alice.refused(request).await, 404, "{unknown}");
    }
    all_are_silent([&mut alice, &mut bob, &mut carol]).await?;
    alice.promote(&community, &mut bob, MODIFY, 5).await?;
    let hidden = (NOTHING, VIEW);
    alice.set_override(&community, general, 0, hidden).await?;
    assert_eq!(bob.refused(named(&community, general, "x")).await, 404);
    // A category shows for what is in it, and is not theirs to edit.
    alice
        .set_override(&community, general, 0, (VIEW, NOTHING))
        .await?;
    alice.set_override(&community, category, 0, hidden).await?;
    assert_eq!(bob.refused(named(&community, category, "x")).await, 403);
    // Nothing is put into a category that one does not see.
    alice.set_override(&community, general, 0, hidden).await?;
    let request = under(&community, community.voice, category);
    assert_eq!(bob.refused(request).await, 404);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    let request = named(&community, community.general, "x");
    server.needs_sign_in(request).await;
    Ok(())
}
