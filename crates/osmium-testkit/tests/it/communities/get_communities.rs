//! `communities.getCommunities`.

use futures::future::try_join_all;
use osmium_model::Permissions;
use osmium_proto::chats::MarkChatRead;
use osmium_proto::communities::GetCommunities;
use osmium_proto::types::ChannelType;
use osmium_proto::types::NotifPrefs;
use osmium_proto::updates::UpdateCommunity;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::channel_chat;
use osmium_testkit::{Cluster, Database, Person, Server};

on_both_stores!(
    each_is_listed_as_its_viewer_stands_in_it,
    unread_messages_are_counted_over_its_channels,
    what_one_cannot_view_is_not_counted,
    overrides_decide_what_is_counted,
    who_is_nowhere_has_an_empty_list,
    statements_do_not_grow_with_the_list,
    many_can_ask_at_once_of_a_server_that_has_just_started,
    it_needs_a_sign_in,
);

async fn each_is_listed_as_its_viewer_stands_in_it(server: Server) -> Checked {
    let (first, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let second = bob.create_community("Second").await?;
    alice.join(&bob.invite(&second).await?).await?;
    bob.catch_up().await?;

    for (viewer, own) in [(&alice, first.id), (&bob, second.id)] {
        let listed = viewer.call(GetCommunities {}).await?;
        let ids: Vec<u64> = listed.communities.iter().map(|c| c.id).collect();
        assert_eq!(ids, [first.id, second.id]);
        let infos: Vec<u64> = listed
            .community_user_info
            .iter()
            .map(|info| info.community_id)
            .collect();
        assert_eq!(infos, ids);
        assert!(listed.unavailable.is_empty());
        for community in listed.communities {
            assert_eq!(community.owner, community.id == own);
            let everything = community.permissions & 1 == 1;
            assert_eq!(everything, community.owner);
            assert!(everything || community.permissions == 4398);
            assert_eq!(community.notif_prefs(), NotifPrefs::Default);
        }
    }

    // A change of the rules is told to each as they stand then, and listed so.
    let permissions = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    server.set_default_permissions(&first, permissions).await?;
    for viewer in [&mut alice, &mut bob] {
        let told: UpdateCommunity = viewer.expect().await;
        let listed = viewer.call(GetCommunities {}).await?.communities;
        assert_eq!(told.community.as_ref(), listed.first());
    }
    let seen = bob.call(GetCommunities {}).await?.communities[0].permissions;
    assert_eq!(seen, permissions.bits());
    Ok(())
}

/// The unread messages of the first community that is listed.
async fn unread(viewer: &Person) -> Checked<u32> {
    let listed = viewer.call(GetCommunities {}).await?;
    Ok(listed.community_user_info[0].unread_count)
}

async fn unread_messages_are_counted_over_its_channels(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let other = alice
        .create_channel(&community, "other", ChannelType::Text)
        .await?;
    let other = channel_chat(community.id, other);
    assert_eq!(unread(&bob).await?, 0);
    for chat in [community.general(), community.general(), other] {
        alice.send(chat, "hello").await?;
    }
    assert_eq!((unread(&alice).await?, unread(&bob).await?), (0, 3));
    let last = alice.send(other, "again").await?;
    let read = MarkChatRead {
        chat_ref: Some(other),
        message_id: last,
        ..MarkChatRead::default()
    };
    bob.call(read).await?;
    assert_eq!(unread(&bob).await?, 2);
    // Whoever writes has read what is there.
    bob.send(community.general(), "hello").await?;
    assert_eq!((unread(&alice).await?, unread(&bob).await?), (1, 0));
    Ok(())
}

async fn what_one_cannot_view_is_not_counted(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "hello").await?;
    assert_eq!(unread(&bob).await?, 1);
    server
        .set_default_permissions(&community, Permissions::SEND_MESSAGES)
        .await?;
    assert_eq!(unread(&bob).await?, 0);
    Ok(())
}

async fn overrides_decide_what_is_counted(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, carol]) = people;
    let (nothing, view) = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    let role = alice.promote(&community, &mut bob, nothing, 1).await?;
    let voice = channel_chat(community.id, community.voice);
    for chat in [community.general(), community.general(), voice] {
        alice.send(chat, "hello").await?;
    }
    // That Carol came is unread in the channel to who was there.
    for (role, given, counts) in [
        (0, (nothing, view), (1, 1)),
        (role, (view, nothing), (4, 1)),
        (0, (nothing, nothing), (4, 3)),
        (role, (nothing, view), (1, 3)),
    ] {
        alice
            .set_override(&community, community.general, role, given)
            .await?;
        assert_eq!((unread(&bob).await?, unread(&carol).await?), counts);
    }
    Ok(())
}

async fn who_is_nowhere_has_an_empty_list(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let listed = alice.call(GetCommunities {}).await?;
    assert!(listed.communities.is_empty() && listed.community_user_info.is_empty());
    Ok(())
}

async fn statements_do_not_grow_with_the_list(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    bob.send(community.general(), "hello").await?;
    let few = server.count_queries(&alice, GetCommunities {}).await;
    for number in 0..5 {
        let community = alice.create_community(&number.to_string()).await?;
        alice.send(community.general(), "hello").await?;
    }
    let many = server.count_queries(&alice, GetCommunities {}).await;
    assert!(many <= few && few <= 3, "{few} before, {many} after");
    Ok(())
}

async fn many_can_ask_at_once_of_a_server_that_has_just_started(database: Database) -> Checked {
    let cluster = Cluster::new(database);
    let (_fanout, server) = (cluster.fanout(), cluster.gateway().await);
    let mut owner = server.sign_up("Alice").await;
    let community = owner.create_community("Here").await?;
    let code = owner.invite(&community).await?;
    // More than there are connections to any database.
    let mut people = Vec::new();
    for number in 0..30 {
        let mut person = server.sign_up(&number.to_string()).await;
        person.join(&code).await?;
        people.push(person);
    }
    let fresh = cluster.gateway().await;
    let sessions = futures::future::join_all(people.iter().map(|person| fresh.sign_in(person)));
    let sessions = sessions.await;
    let lists = try_join_all(sessions.iter().map(|person| person.call(GetCommunities {}))).await?;
    assert!(lists.iter().all(|list| list.communities.len() == 1));
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(GetCommunities {}).await;
    Ok(())
}
