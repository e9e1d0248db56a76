//! `communities.createChannel`.

use osmium_core::Config;
use osmium_model::Permissions;
use osmium_proto::communities::{CreateChannel, GetChannels};
use osmium_proto::types::Channel;
use osmium_proto::types::ChannelType;
use osmium_proto::updates::{
    UpdateChannel, UpdateChannelDeleted, UpdateCommunity, UpdateMessageCreated,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::channel_chat;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Database, Person, Server};

on_both_stores!(
    members_hear_of_it,
    it_can_be_written_in_at_once,
    it_comes_last_among_its_siblings,
    it_stands_in_a_category_or_at_the_top,
    it_takes_the_permission,
    a_role_gives_the_permission_and_a_channel_does_not,
    it_begins_with_the_overrides_of_its_category,
    who_cannot_view_it_hears_of_it_once_they_can,
    a_name_is_required_and_bounded,
    there_is_a_limit,
    it_needs_a_sign_in,
);

fn text(community: &Community, name: &str) -> CreateChannel {
    CreateChannel {
        community_id: community.id,
        name: name.to_owned(),
        ..CreateChannel::default()
    }
}

/// The channel in the update that comes next.
async fn told(person: &mut Person) -> Channel {
    let told: UpdateChannel = person.expect().await;
    told.channel.unwrap_or_default()
}

async fn listed(person: &Person, community: &Community) -> Checked<Vec<Channel>> {
    let community_id = community.id;
    Ok(person.call(GetChannels { community_id }).await?.channels)
}

async fn members_hear_of_it(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    let mut phone = alice.another_session().await;
    let before = listed(&alice, &community).await?;
    let request = CreateChannel {
        preferred_region: Some("north".to_owned()),
        ..text(&community, " Servers: 12 ")
    };
    alice.call(request).await?;
    // The list has it when the answer comes: a new id, higher than the others.
    let after = listed(&alice, &community).await?;
    let made = after.iter().max_by_key(|channel| channel.id);
    let made = made.expect("a channel").clone();
    assert!(before.iter().all(|channel| channel.id < made.id));
    assert_eq!(made.name, "Servers: 12");
    assert_eq!(made.community_id, community.id);
    assert_eq!(made.r#type(), ChannelType::Text);
    assert_eq!(made.preferred_region.as_deref(), Some("north"));
    assert_eq!(
        (made.parent_id, made.slowmode_seconds, made.flags),
        (None, None, 0)
    );
    for person in [&mut alice, &mut phone, &mut bob] {
        assert_eq!(told(person).await, made);
        person.expect_silence().await?;
    }
    carol.expect_silence().await
}

async fn it_can_be_written_in_at_once(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    for kind in [
        ChannelType::Text,
        ChannelType::Voice,
        ChannelType::Announcement,
    ] {
        let mut request = text(&community, "new");
        request.set_type(kind);
        alice.call(request).await?;
        let channel = told(&mut alice).await;
        assert_eq!(channel.r#type(), kind);
        bob.expect::<UpdateChannel>().await;
        let chat = channel_chat(community.id, channel.id);
        alice.send(chat, "hello").await?;
        alice.expect::<UpdateMessageCreated>().await;
        let heard: UpdateMessageCreated = bob.expect().await;
        assert_eq!(heard.channel_unread_count, 1);
        assert_eq!(heard.message.unwrap_or_default().chat_ref, Some(chat));
    }
    Ok(())
}

async fn it_comes_last_among_its_siblings(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    // Two categories are at the top, one channel is in each.
    for (parent_id, position) in [
        (None, 2),
        (Some(community.category), 1),
        (None, 3),
        (Some(0), 4),
    ] {
        let request = CreateChannel {
            parent_id,
            ..text(&community, "same name")
        };
        alice.call(request).await?;
        let channel = told(&mut alice).await;
        let parent_id = parent_id.filter(|id| *id != 0);
        assert_eq!((channel.parent_id, channel.position), (parent_id, position));
    }
    Ok(())
}

async fn it_stands_in_a_category_or_at_the_top(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [_carol]) = server.community_of(["Carol"]).await?;
    let under = |parent: u64| CreateChannel {
        parent_id: Some(parent),
        ..text(&community, "new")
    };
    assert_eq!(alice.refused(under(community.general)).await, 400);
    assert_eq!(alice.refused(under(foreign.category)).await, 404);
    assert_eq!(alice.refused(under(12345)).await, 404);
    let mut nested = under(community.category);
    nested.set_type(ChannelType::Category);
    assert_eq!(alice.refused(nested.clone()).await, 400);
    alice.expect_silence().await?;
    nested.parent_id = None;
    alice.call(nested).await?;
    assert_eq!(told(&mut alice).await.r#type(), ChannelType::Category);
    Ok(())
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    assert_eq!(bob.refused(text(&community, "new")).await, 403);
    assert_eq!(carol.refused(text(&community, "new")).await, 404);
    let nowhere = CreateChannel {
        community_id: 12345,
        ..text(&community, "new")
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    alice.expect_silence().await?;

    let permissions = Permissions::NEW_COMMUNITY | Permissions::MODIFY_CHANNEL;
    server
        .set_default_permissions(&community, permissions)
        .await?;
    bob.call(text(&community, "new")).await?;
    bob.catch_up().await?;
    server
        .set_default_permissions(&community, Permissions::NEW_COMMUNITY)
        .await?;
    assert_eq!(bob.refused(text(&community, "newer")).await, 403);
    Ok(())
}

async fn a_role_gives_the_permission_and_a_channel_does_not(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (nothing, modify) = (Permissions::empty(), Permissions::MODIFY_CHANNEL);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - modify;
    let role = alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(text(&community, "new")).await, 403);
    let given = (modify, nothing);
    alice
        .set_override(&community, community.category, role, given)
        .await?;
    let inside = CreateChannel {
        parent_id: Some(community.category),
        ..text(&community, "new")
    };
    assert_eq!(bob.refused(inside.clone()).await, 403);
    alice.expect_silence().await?;
    alice.promote(&community, &mut bob, modify, 5).await?;
    bob.call(inside.clone()).await?;
    // A category that one does not see does not exist.
    let hidden = (nothing, Permissions::VIEW_CHANNEL);
    alice
        .set_override(&community, community.category, 0, hidden)
        .await?;
    assert_eq!(bob.refused(inside).await, 404);
    Ok(())
}

async fn it_begins_with_the_overrides_of_its_category(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let (nothing, view) = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    let role = alice.promote(&community, &mut bob, nothing, 1).await?;
    for (role, given) in [(0, (nothing, view)), (role, (view, nothing))] {
        alice
            .set_override(&community, community.category, role, given)
            .await?;
    }
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    let request = CreateChannel {
        parent_id: Some(community.category),
        ..text(&community, "new")
    };
    alice.call(request).await?;
    let made = told(&mut alice).await;
    assert_eq!(told(&mut bob).await, made);
    let overrides = bob.expect_overrides(&community, made.id).await;
    assert_eq!(overrides, (view, view));
    let listed = alice.overrides_of(&community, made.id).await?;
    assert!(listed.parent_sync && listed.overrides.len() == 2);
    all_are_silent([&mut alice, &mut bob, &mut carol]).await
}

async fn who_cannot_view_it_hears_of_it_once_they_can(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (nothing, everything) = (Permissions::empty(), Permissions::NEW_COMMUNITY);
    server.set_default_permissions(&community, nothing).await?;
    bob.expect_all::<UpdateChannelDeleted>(4).await;
    bob.expect::<UpdateCommunity>().await;
    alice.call(text(&community, "hidden")).await?;
    alice.catch_up().await?;
    bob.expect_silence().await?;
    server
        .set_default_permissions(&community, everything)
        .await?;
    let shown = bob.expect_all::<UpdateChannel>(5).await;
    let hidden = |told: &UpdateChannel| told.channel.as_ref().is_some_and(|c| c.name == "hidden");
    assert!(shown.iter().any(hidden), "{shown:?}");
    bob.expect::<UpdateCommunity>().await;
    bob.expect_silence().await
}

async fn a_name_is_required_and_bounded(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let long = "x".repeat(101);
    for bad in ["", " ", "a\0", "a\nb", &long] {
        assert_eq!(alice.refused(text(&community, bad)).await, 400, "{bad:?}");
    }
    for bad in [" ", "a\0", &long] {
        let request = CreateChannel {
            preferred_region: Some(bad.to_owned()),
            ..text(&community, "new")
        };
        assert_eq!(alice.refused(request).await, 400, "{bad:?}");
    }
    let request = CreateChannel {
        r#type: 9,
        ..text(&community, "new")
    };
    assert_eq!(alice.refused(request).await, 400);
    alice.expect_silence().await?;
    alice.call(text(&community, &"😀".repeat(50))).await?;
    Ok(())
}

async fn there_is_a_limit(database: Database) -> Checked {
    // Four are there to begin with.
    let few = |config: &mut Config| config.limits.channels_per_community = 6;
    let server = Server::with(database, few).await;
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let again = alice.another_session().await;
    let requests =
        [&alice, &again, &alice, &again].map(|session| session.call(text(&community, "new")));
    let outcomes = futures::future::join_all(requests).await;
    let codes: Vec<u32> = outcomes
        .into_iter()
        .filter_map(|outcome| outcome.err().map(|error| error.code))
        .collect();
    assert_eq!(codes, [413, 413]);
    assert_eq!(listed(&alice, &community).await?.len(), 6);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(text(&community, "new")).await;
    Ok(())
}
