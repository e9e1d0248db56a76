//! `communities.getChannels`.

use osmium_model::{CommunityId, Permissions};
use osmium_proto::communities::{Channels, GetChannels};
use osmium_proto::refs::{ChannelRef, chat_ref::Ref};
use osmium_proto::types::ChannelType;
use osmium_proto::types::NotifPrefs;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::channel_chat;
use osmium_testkit::rules;
use osmium_testkit::{Community, QueryCount, Server};

on_both_stores!(
    each_channel_comes_with_its_conversation_and_latest_message,
    unread_messages_are_those_of_the_viewer,
    what_one_cannot_view_is_left_out,
    overrides_decide_what_is_listed_and_come_along,
    who_is_no_member_finds_nothing,
    long_messages_do_not_keep_the_list_from_coming,
    statements_do_not_grow_with_the_list,
    statements_do_not_grow_with_the_rules,
    it_needs_a_sign_in,
);

fn of(community: &Community) -> GetChannels {
    GetChannels {
        community_id: community.id,
    }
}

/// The unread messages of a channel, as a list has them.
fn unread(listed: &Channels, community: &Community, channel: u64) -> Option<u32> {
    let chat = Some(channel_chat(community.id, channel));
    let mut found = listed.conversations.iter().filter(|c| c.chat_ref == chat);
    found.next().map(|conversation| conversation.unread_count)
}

async fn each_channel_comes_with_its_conversation_and_latest_message(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let other = alice
        .create_channel(&community, "other", ChannelType::Text)
        .await?;
    alice.send(community.general(), "one").await?;
    let latest = alice.send(community.general(), "two").await?;

    let listed = alice.call(of(&community)).await?;
    assert_eq!(listed.channels.len(), 5);
    let places: Vec<_> = listed.channels.iter().map(|c| (c.position, c.id)).collect();
    assert!(places.is_sorted(), "{places:?}");
    // Categories have no conversation.
    let mut with_conversation: Vec<u64> = listed
        .conversations
        .iter()
        .filter_map(|conversation| match conversation.chat_ref?.r#ref? {
            Ref::Channel(ChannelRef { channel_id, .. }) => Some(channel_id),
            _ => None,
        })
        .collect();
    with_conversation.sort_unstable();
    let mut expected = [community.general, community.voice, other];
    expected.sort_unstable();
    assert_eq!(with_conversation, expected);

    let chat = Some(community.general());
    let general = listed.conversations.iter().find(|c| c.chat_ref == chat);
    let general = general.expect("a conversation");
    assert_eq!(general.last_message_id, latest);
    assert_eq!(general.last_read_message_id, latest);
    assert_eq!(general.notif_prefs(), NotifPrefs::Default);
    let overrides = general.permissions.unwrap_or_default();
    assert_eq!((overrides.pos, overrides.neg), (0, 0));
    let [message] = &listed.messages[..] else {
        panic!("one channel has messages: {:?}", listed.messages);
    };
    assert_eq!(
        (message.message_id, message.message.as_str()),
        (latest, "two")
    );
    assert_eq!(message.chat_ref, chat);
    Ok(())
}

async fn unread_messages_are_those_of_the_viewer(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "one").await?;
    bob.send(community.general(), "two").await?;
    alice.send(community.general(), "three").await?;
    for (viewer, count) in [(&alice, 0), (&bob, 1)] {
        let listed = viewer.call(of(&community)).await?;
        let seen = unread(&listed, &community, community.general);
        assert_eq!(seen, Some(count));
    }
    Ok(())
}

async fn what_one_cannot_view_is_left_out(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "hidden").await?;
    server
        .set_default_permissions(&community, Permissions::SEND_MESSAGES)
        .await?;
    assert_eq!(bob.call(of(&community)).await?, Channels::default());
    assert_eq!(alice.call(of(&community)).await?.channels.len(), 4);
    server
        .set_default_permissions(&community, Permissions::VIEW_CHANNEL)
        .await?;
    assert_eq!(bob.call(of(&community)).await?.channels.len(), 4);
    Ok(())
}

async fn overrides_decide_what_is_listed_and_come_along(server: Server) -> Checked {
    let people = server
        .community_of(["Alice", "Bob", "Carol", "Dave"])
        .await?;
    let (community, [mut alice, mut bob, carol, mut dave]) = people;
    let (nothing, view) = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    let role = alice.promote(&community, &mut bob, nothing, 1).await?;
    let everything = Permissions::ADMINISTRATOR;
    alice.promote(&community, &mut dave, everything, 2).await?;
    alice.send(community.general(), "hidden").await?;
    // The category is hidden from all, and the channel in it shown to some.
    let (category, general) = (community.category, community.general);
    let media = Permissions::SEND_MEDIA;
    alice
        .set_override(&community, category, 0, (nothing, view))
        .await?;
    alice
        .set_override(&community, general, role, (view, media))
        .await?;
    for (viewer, sees, overrides) in [
        (&alice, true, (nothing, nothing)),
        (&bob, true, (view, view | media)),
        (&carol, false, (nothing, nothing)),
        (&dave, true, (nothing, nothing)),
    ] {
        let listed = viewer.call(of(&community)).await?;
        let ids: Vec<u64> = listed.channels.iter().map(|channel| channel.id).collect();
        assert_eq!(ids.contains(&general), sees);
        assert_eq!(ids.contains(&category), sees);
        assert_eq!(listed.messages.len(), usize::from(sees));
        let chat = Some(community.general());
        let mut conversations = listed.conversations.iter();
        let found = conversations.find(|found| found.chat_ref == chat);
        assert_eq!(found.is_some(), sees);
        let (allow, deny) = overrides;
        let expected = rules::overrides(allow, deny);
        let permissions = found.and_then(|found| found.permissions);
        assert_eq!(permissions.unwrap_or_default(), expected);
    }
    Ok(())
}

async fn who_is_no_member_finds_nothing(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let carol = server.sign_up("Carol").await;
    assert_eq!(carol.refused(of(&community)).await, 404);
    for id in [0, 12345, u64::MAX, community.general] {
        let request = GetChannels { community_id: id };
        assert_eq!(alice.refused(request).await, 404, "{id}");
    }
    Ok(())
}

async fn long_messages_do_not_keep_the_list_from_coming(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    // Three bytes each: a hundred of them would not fit into a frame.
    let text = "あ".repeat(4000);
    let mut latest = 0;
    for number in 0..100 {
        let name = number.to_string();
        let request = osmium_proto::communities::CreateChannel {
            community_id: community.id,
            name,
            ..Default::default()
        };
        alice.call(request).await?;
    }
    alice.catch_up().await?;
    let channels = alice.call(of(&community)).await?.channels;
    for channel in channels.iter().filter(|c| c.parent_id.is_none()) {
        if channel.r#type() == ChannelType::Text {
            latest = alice
                .send(channel_chat(community.id, channel.id), &text)
                .await?;
        }
    }
    let listed = alice.call(of(&community)).await?;
    assert_eq!(listed.channels.len(), 104);
    assert_eq!(listed.conversations.len(), 102);
    let ids: Vec<u64> = listed.messages.iter().map(|m| m.message_id).collect();
    assert!(
        ids.len() > 30 && ids.contains(&latest),
        "the newest fit: {}",
        ids.len()
    );
    Ok(())
}

async fn statements_do_not_grow_with_the_list(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    alice.send(community.general(), "hello").await?;
    let few = server.count_queries(&alice, of(&community)).await;
    for number in 0..5 {
        let channel = alice
            .create_channel(&community, &number.to_string(), ChannelType::Text)
            .await?;
        alice
            .send(channel_chat(community.id, channel), "hello")
            .await?;
    }
    let many = server.count_queries(&alice, of(&community)).await;
    assert!(many <= few && few <= 3, "{few} before, {many} after");
    Ok(())
}

/// With rules that are known, and with rules that have to be read.
async fn statements_do_not_grow_with_the_rules(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let nothing = Permissions::empty();
    let denied = (nothing, Permissions::SEND_MEDIA);
    alice.promote(&community, &mut bob, nothing, 0).await?;
    // Who hears of a change is at a gateway that knows it.
    bob.catch_up().await?;
    let known = server.count_queries(&bob, of(&community)).await;
    let mut held = Vec::new();
    for priority in 1..10 {
        let role = alice.create_role(&community, nothing, priority).await?;
        held.push(role);
        let channel = alice
            .create_channel(&community, "more", ChannelType::Text)
            .await?;
        for role in &held {
            alice
                .set_override(&community, channel, *role, denied)
                .await?;
        }
    }
    alice.give_roles(&community, &bob, &held).await?;
    bob.catch_up().await?;
    let many = server.count_queries(&bob, of(&community)).await;
    assert!(many <= known && known <= 3, "{known} before, {many} after");
    // What another process would take to begin with.
    let mut reader = server.store().read().await?;
    let asked = [CommunityId(community.id)];
    let (rules, read) = QueryCount::of(reader.rules(&asked)).await;
    assert_eq!(rules?.len(), 1);
    assert!(read.get() <= 4, "{:?}", read.statements());
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(of(&community)).await;
    Ok(())
}
