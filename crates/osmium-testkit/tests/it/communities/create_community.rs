//! `communities.createCommunity`.

use osmium_core::Config;
use osmium_proto::communities::{CreateCommunity, GetChannels, GetCommunities};
use osmium_proto::types::ChannelType;
use osmium_proto::types::NotifPrefs;
use osmium_proto::updates::{UpdateCommunity, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::channel_chat;
use osmium_testkit::{Database, Server};

on_both_stores!(
    its_owner_hears_of_it_on_every_session,
    it_begins_with_a_room_to_write_and_one_to_speak,
    its_owner_hears_what_happens_there,
    a_name_is_required_and_bounded,
    one_is_in_so_many_communities,
    it_needs_a_sign_in,
);

fn of(name: &str) -> CreateCommunity {
    CreateCommunity {
        name: name.to_owned(),
    }
}

async fn its_owner_hears_of_it_on_every_session(server: Server) -> Checked {
    let [mut alice, mut bob] = [server.sign_up("Alice").await, server.sign_up("Bob").await];
    let mut phone = alice.another_session().await;
    alice.call(of("  Here ")).await?;
    // The list has it when the answer comes.
    let listed = alice.call(GetCommunities {}).await?.communities;
    let [made] = &listed[..] else {
        panic!("one is due: {listed:?}");
    };
    assert_eq!((made.name.as_str(), made.owner), ("Here", true));
    assert_eq!(made.permissions & 1, 1, "an owner may do everything");
    assert_eq!(made.notif_prefs(), NotifPrefs::Default);
    assert_eq!((&made.username, &made.photo), (&None, &None));
    for session in [&mut alice, &mut phone] {
        let told: UpdateCommunity = session.expect().await;
        assert_eq!(told.community_id, made.id);
        assert_eq!(told.community.as_ref(), Some(made));
        session.expect_silence().await?;
    }
    bob.expect_silence().await?;
    assert!(bob.call(GetCommunities {}).await?.communities.is_empty());
    Ok(())
}

async fn it_begins_with_a_room_to_write_and_one_to_speak(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let community = alice.create_community("Here").await?;
    let request = GetChannels {
        community_id: community.id,
    };
    let listed = alice.call(request).await?;
    let by_type = |kind: ChannelType| -> Vec<_> {
        let of_type = listed.channels.iter().filter(|c| c.r#type() == kind);
        of_type.collect()
    };
    let categories = by_type(ChannelType::Category);
    let (texts, voices) = (by_type(ChannelType::Text), by_type(ChannelType::Voice));
    assert_eq!((categories.len(), texts.len(), voices.len()), (2, 1, 1));
    assert_eq!(
        (texts[0].name.as_str(), voices[0].name.as_str()),
        ("general", "General")
    );
    assert_eq!(texts[0].parent_id, Some(categories[0].id));
    assert_eq!(voices[0].parent_id, Some(categories[1].id));
    assert_eq!((categories[0].position, categories[1].position), (0, 1));
    assert!(
        listed
            .channels
            .iter()
            .all(|c| c.community_id == community.id)
    );
    Ok(())
}

async fn its_owner_hears_what_happens_there(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut phone = alice.another_session().await;
    let community = alice.create_community("Here").await?;
    phone.catch_up().await?;
    let id = alice.send(community.general(), "first").await?;
    let told: UpdateMessageCreated = phone.expect().await;
    let message = told.message.unwrap_or_default();
    assert_eq!(message.message_id, id);
    assert_eq!(
        message.chat_ref,
        Some(channel_chat(community.id, community.general))
    );
    Ok(())
}

async fn a_name_is_required_and_bounded(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    for bad in ["", " \n", "a\0", "a\u{7}b", &"x".repeat(101)] {
        assert_eq!(alice.refused(of(bad)).await, 400, "{bad:?}");
    }
    alice.expect_silence().await?;
    // Each emoji is two UTF-16 code units. Names need not be unique.
    for _ in 0..2 {
        alice.call(of(&"😀".repeat(50))).await?;
    }
    Ok(())
}

async fn one_is_in_so_many_communities(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.communities_per_user = 2;
    let server = Server::with(database, few).await;
    let alice = server.sign_up("Alice").await;
    // Three at once: the limit holds all the same.
    let outcomes = futures::future::join_all(["a", "b", "c"].map(|name| alice.call(of(name))));
    let refused = outcomes.await.into_iter().filter_map(Result::err);
    let codes: Vec<u32> = refused.map(|error| error.code).collect();
    assert_eq!(codes, [413]);
    assert_eq!(alice.call(GetCommunities {}).await?.communities.len(), 2);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(of("Here")).await;
    Ok(())
}
