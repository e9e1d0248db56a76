//! `communities.deleteChannel`.

use osmium_model::Permissions;
use osmium_proto::communities::{DeleteChannel, EditSettings, GetChannels, GetCommunities};
use osmium_proto::refs::ChannelRef;
use osmium_proto::types::ChannelType;
use osmium_proto::updates::UpdateChannel;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::channel_chat;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Server};

on_both_stores!(
    members_hear_of_it_and_it_is_gone,
    who_cannot_view_it_hears_nothing,
    its_unread_messages_count_no_more,
    channels_of_a_category_stay_with_their_overrides,
    nobody_is_greeted_where_nothing_is,
    it_takes_the_permission_in_the_channel,
    what_is_not_there_is_not_found,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();
const VIEW: Permissions = Permissions::VIEW_CHANNEL;
const SEND: Permissions = Permissions::SEND_MESSAGES;
const MODIFY: Permissions = Permissions::MODIFY_CHANNEL;

fn of(community: &Community, channel_id: u64) -> DeleteChannel {
    DeleteChannel {
        channel: Some(ChannelRef {
            community_id: community.id,
            channel_id,
        }),
    }
}

async fn members_hear_of_it_and_it_is_gone(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut carol = server.sign_up("Carol").await;
    let mut phone = alice.another_session().await;
    let (community_id, general) = (community.id, community.general);
    bob.send(community.general(), "hello").await?;
    all_catch_up([&mut alice, &mut bob, &mut phone]).await?;
    alice.call(of(&community, general)).await?;
    for person in [&mut alice, &mut phone, &mut bob] {
        assert_eq!(person.expect_no_channel().await, general);
        let listed = person.call(GetChannels { community_id }).await?;
        assert_eq!((listed.channels.len(), listed.messages.len()), (3, 0));
        let history = person.history(community.general()).await;
        assert_eq!(history.map_err(|error| error.code).err(), Some(404));
        let sent = person.send(community.general(), "hello").await;
        assert_eq!(sent.map_err(|error| error.code).err(), Some(404));
    }
    all_are_silent([&mut alice, &mut phone, &mut bob, &mut carol]).await
}

async fn who_cannot_view_it_hears_nothing(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general;
    let hidden = (NOTHING, VIEW);
    alice.set_override(&community, general, 0, hidden).await?;
    bob.catch_up().await?;
    alice.call(of(&community, general)).await?;
    assert_eq!(alice.expect_no_channel().await, general);
    all_are_silent([&mut alice, &mut bob]).await
}

async fn its_unread_messages_count_no_more(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "hello").await?;
    let voice = channel_chat(community.id, community.voice);
    alice.send(voice, "hello").await?;
    alice.call(of(&community, community.general)).await?;
    let listed = bob.call(GetCommunities {}).await?;
    assert_eq!(listed.community_user_info[0].unread_count, 1);
    Ok(())
}

async fn channels_of_a_category_stay_with_their_overrides(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (category, synced) = (community.category, community.general);
    let own = alice
        .create_channel(&community, "own", ChannelType::Text)
        .await?;
    let request = osmium_proto::communities::EditChannel {
        channel: of(&community, own).channel,
        parent_id: Some(category),
        ..Default::default()
    };
    alice.call(request).await?;
    let denied = (NOTHING, SEND);
    alice.set_override(&community, category, 0, denied).await?;
    all_catch_up([&mut alice, &mut bob]).await?;

    let before = [
        alice.overrides_of(&community, synced).await?.overrides,
        alice.overrides_of(&community, own).await?.overrides,
    ];
    assert_eq!([before[0].len(), before[1].len()], [1, 0]);
    alice.call(of(&community, category)).await?;
    for person in [&mut alice, &mut bob] {
        assert_eq!(person.expect_no_channel().await, category);
        // At the top, behind the two categories that were there, in the order in which they stood.
        for (id, position) in [(synced, 2), (own, 3)] {
            let told: UpdateChannel = person.expect().await;
            let channel = told.channel.unwrap_or_default();
            let place = (channel.id, channel.parent_id, channel.position);
            assert_eq!(place, (id, None, position));
        }
    }
    for (channel, before) in [synced, own].into_iter().zip(before) {
        let after = alice.overrides_of(&community, channel).await?;
        assert_eq!(after.overrides, before);
        assert!(!after.parent_sync);
    }
    assert!(bob.send(community.general(), "hello").await.is_err());
    all_are_silent([&mut alice, &mut bob]).await
}

async fn nobody_is_greeted_where_nothing_is(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let code = alice.invite(&community).await?;
    alice.call(of(&community, community.general)).await?;
    alice.catch_up().await?;
    let settings = EditSettings {
        community_id: community.id,
        settings: None,
    };
    let messages = alice.call(settings).await?.system_messages;
    assert_eq!(messages.unwrap_or_default().channel_id, None);
    let mut bob = server.sign_up("Bob").await;
    bob.join(&code).await?;
    alice
        .expect::<osmium_proto::updates::UpdateCommunityMemberCreated>()
        .await;
    all_are_silent([&mut alice, &mut bob]).await
}

async fn it_takes_the_permission_in_the_channel(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (general, voice) = (community.general, community.voice);
    assert_eq!(bob.refused(of(&community, general)).await, 403);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - MODIFY;
    let role = alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(of(&community, general)).await, 403);
    alice.expect_silence().await?;
    // An override gives the permission in the one channel.
    let given = (MODIFY, NOTHING);
    alice.set_override(&community, general, role, given).await?;
    assert_eq!(bob.refused(of(&community, voice)).await, 403);
    bob.call(of(&community, general)).await?;
    // And another takes it away where one has it everywhere else.
    alice.promote(&community, &mut bob, MODIFY, 5).await?;
    let denied = (NOTHING, MODIFY);
    alice.set_override(&community, voice, 0, denied).await?;
    assert_eq!(bob.refused(of(&community, voice)).await, 403);
    bob.call(of(&community, community.category)).await?;
    Ok(())
}

async fn what_is_not_there_is_not_found(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [mut carol]) = server.community_of(["Carol"]).await?;
    let (category, general) = (community.category, community.general);
    assert_eq!(carol.refused(of(&community, general)).await, 404);
    for unknown in [0, 12345, u64::MAX, foreign.general] {
        let request = of(&community, unknown);
        assert_eq!(alice.refused(request).await, 404, "{unknown}");
    }
    assert_eq!(alice.refused(DeleteChannel { channel: None }).await, 400);
    all_are_silent([&mut alice, &mut bob, &mut carol]).await?;
    alice.promote(&community, &mut bob, MODIFY, 5).await?;
    // A category shows for what is in it, and is not theirs to delete.
    for (channel, given) in [(general, (VIEW, NOTHING)), (category, (NOTHING, VIEW))] {
        alice.set_override(&community, channel, 0, given).await?;
    }
    assert_eq!(bob.refused(of(&community, category)).await, 403);
    let hidden = (NOTHING, VIEW);
    alice.set_override(&community, general, 0, hidden).await?;
    for channel in [general, category] {
        assert_eq!(bob.refused(of(&community, channel)).await, 404);
        alice.call(of(&community, channel)).await?;
        assert_eq!(alice.refused(of(&community, channel)).await, 404);
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    let request = of(&community, community.general);
    server.needs_sign_in(request).await;
    Ok(())
}
