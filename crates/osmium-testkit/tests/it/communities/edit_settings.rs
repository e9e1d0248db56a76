//! `communities.editSettings`.

use osmium_model::Permissions;
use osmium_proto::auth::UseInvite;
use osmium_proto::communities::community_settings::{DiscoveryListing, SystemMessages};
use osmium_proto::communities::{CommunitySettings, EditSettings};
use osmium_proto::discovery::{DiscoveryListingInfo, GetDiscoverableCommunities};
use osmium_proto::types::NotifPrefs;
use osmium_proto::updates::{
    UpdateChannelDeleted, UpdateCommunity, UpdateCommunityMemberCreated, UpdateMessageCreated,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::rules::all_are_silent;
use osmium_testkit::{Community, Person, Server, on_both_stores};

on_both_stores!(
    a_new_community_has_settings,
    parts_are_replaced_and_all_are_told,
    greetings_go_where_the_settings_say,
    a_listing_comes_and_goes,
    it_takes_the_permission_to_change_them,
    where_greetings_go_is_a_channel_that_one_sees,
    what_is_said_has_bounds,
    it_needs_a_sign_in,
);

fn edit(community: &Community, settings: CommunitySettings) -> EditSettings {
    EditSettings {
        community_id: community.id,
        settings: Some(settings),
    }
}

fn greetings(community: &Community, channel: Option<u64>, join_messages: bool) -> EditSettings {
    let system_messages = SystemMessages {
        channel_id: channel,
        join_messages: Some(join_messages),
    };
    let settings = CommunitySettings {
        system_messages: Some(system_messages),
        ..CommunitySettings::default()
    };
    edit(community, settings)
}

fn prefs(community: &Community, prefs: i32) -> EditSettings {
    let settings = CommunitySettings {
        default_notif_prefs: Some(prefs),
        ..CommunitySettings::default()
    };
    edit(community, settings)
}

fn listing(community: &Community, listed: bool, info: DiscoveryListingInfo) -> EditSettings {
    let discovery_listing = DiscoveryListing {
        listed,
        listing: Some(info),
    };
    let settings = CommunitySettings {
        discovery_listing: Some(discovery_listing),
        ..CommunitySettings::default()
    };
    edit(community, settings)
}

fn info() -> DiscoveryListingInfo {
    DiscoveryListingInfo {
        short_description: "A lounge".to_owned(),
        long_description: "For everyone\nwho lounges".to_owned(),
        categories: vec!["music".to_owned(), "art".to_owned()],
    }
}

async fn settings(person: &Person, community: &Community) -> Checked<CommunitySettings> {
    let request = EditSettings {
        community_id: community.id,
        settings: None,
    };
    Ok(person.call(request).await?)
}

async fn a_new_community_has_settings(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let expected = CommunitySettings {
        system_messages: Some(SystemMessages {
            channel_id: Some(community.general),
            join_messages: Some(true),
        }),
        discovery_listing: Some(DiscoveryListing {
            listed: false,
            listing: Some(DiscoveryListingInfo::default()),
        }),
        default_notif_prefs: Some(NotifPrefs::Mentions as i32),
    };
    // Every member may read them.
    for person in [&alice, &bob] {
        assert_eq!(settings(person, &community).await?, expected);
    }
    all_are_silent([&mut alice, &mut bob]).await
}

async fn parts_are_replaced_and_all_are_told(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let before = settings(&alice, &community).await?;
    let all = NotifPrefs::All as i32;
    let after = CommunitySettings {
        default_notif_prefs: Some(all),
        ..before
    };
    assert_eq!(alice.call(prefs(&community, all)).await?, after);
    assert_eq!(settings(&bob, &community).await?, after);
    for person in [&mut alice, &mut bob] {
        person.expect::<UpdateCommunity>().await;
    }
    // What is as it was is no news; nor is nothing.
    for request in [
        prefs(&community, all),
        edit(&community, CommunitySettings::default()),
    ] {
        assert_eq!(alice.call(request).await?, after);
    }
    all_are_silent([&mut alice, &mut bob]).await
}

async fn greetings_go_where_the_settings_say(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let code = alice.invite(&community).await?;
    for (channel, greets) in [
        (Some(community.voice), true),
        (Some(community.voice), false),
        (Some(0), true),
        (None, true),
    ] {
        alice.call(greetings(&community, channel, greets)).await?;
        alice.expect::<UpdateCommunity>().await;
        let said = settings(&alice, &community)
            .await?
            .system_messages
            .unwrap_or_default();
        let kept = channel.filter(|channel| *channel != 0);
        assert_eq!((said.channel_id, said.join_messages), (kept, Some(greets)));
        let newcomer = server.sign_up("New").await;
        newcomer.call(UseInvite { code: code.clone() }).await?;
        alice.expect::<UpdateCommunityMemberCreated>().await;
        if kept.is_some() && greets {
            let greeting: UpdateMessageCreated = alice.expect().await;
            let chat = osmium_testkit::person::channel_chat(community.id, community.voice);
            assert_eq!(greeting.message.unwrap_or_default().chat_ref, Some(chat));
        }
        alice.expect_silence().await?;
        if channel == Some(0) {
            alice
                .call(greetings(&community, Some(community.general), true))
                .await?;
            alice.expect::<UpdateCommunity>().await;
        }
    }
    Ok(())
}

async fn a_listing_comes_and_goes(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let listed = async || -> Checked<Vec<String>> {
        let page = bob.call(GetDiscoverableCommunities::default()).await?;
        Ok(page
            .listings
            .into_iter()
            .map(|listing| listing.invite_code)
            .collect())
    };
    let answer = alice.call(listing(&community, true, info())).await?;
    let said = answer.discovery_listing.unwrap_or_default();
    assert_eq!((said.listed, said.listing), (true, Some(info())));
    let first = listed().await?;
    assert_eq!(first.len(), 1);
    // What it says changes, the invite does not.
    let other = DiscoveryListingInfo {
        categories: Vec::new(),
        ..info()
    };
    alice.call(listing(&community, true, other.clone())).await?;
    assert_eq!(listed().await?, first);
    // Off, it keeps what it said; the invite is gone.
    alice
        .call(listing(&community, false, other.clone()))
        .await?;
    assert!(listed().await?.is_empty());
    let said = settings(&bob, &community)
        .await?
        .discovery_listing
        .unwrap_or_default();
    assert_eq!((said.listed, said.listing), (false, Some(other.clone())));
    let carol = server.sign_up("Carol").await;
    let code = first[0].clone();
    assert_eq!(carol.refused(UseInvite { code }).await, 404);
    // On again, it has another.
    alice.call(listing(&community, true, other)).await?;
    let second = listed().await?;
    assert_ne!(second, first);
    alice.expect_silence().await?;
    carol
        .call(UseInvite {
            code: second[0].clone(),
        })
        .await?;
    Ok(())
}

async fn it_takes_the_permission_to_change_them(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let request = || prefs(&community, NotifPrefs::None as i32);
    assert_eq!(bob.refused(request()).await, 403);
    assert_eq!(
        bob.refused(edit(&community, CommunitySettings::default()))
            .await,
        403
    );
    assert_eq!(carol.refused(request()).await, 404);
    let read = EditSettings {
        community_id: community.id,
        settings: None,
    };
    assert_eq!(carol.refused(read.clone()).await, 404);
    let nowhere = EditSettings {
        community_id: 12345,
        ..read
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    all_are_silent([&mut alice, &mut bob]).await?;
    alice
        .promote(&community, &mut bob, Permissions::MODIFY_COMMUNITY, 1)
        .await?;
    let after = bob.call(request()).await?;
    assert_eq!(after.default_notif_prefs(), NotifPrefs::None);
    Ok(())
}

async fn where_greetings_go_is_a_channel_that_one_sees(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [_carol]) = server.community_of(["Carol"]).await?;
    for (channel, code) in [
        (12345, 404),
        (foreign.general, 404),
        (community.category, 400),
    ] {
        let request = greetings(&community, Some(channel), true);
        assert_eq!(alice.refused(request).await, code);
    }
    // Who does not see it is not told which it is, and cannot choose it.
    alice
        .promote(&community, &mut bob, Permissions::MODIFY_COMMUNITY, 1)
        .await?;
    let nothing = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    alice
        .set_override(&community, community.general, 0, nothing)
        .await?;
    bob.expect::<UpdateChannelDeleted>().await;
    bob.catch_up().await?;
    let said = settings(&bob, &community)
        .await?
        .system_messages
        .unwrap_or_default();
    assert_eq!((said.channel_id, said.join_messages), (None, Some(true)));
    let request = greetings(&community, Some(community.general), true);
    assert_eq!(bob.refused(request).await, 404);
    let said = settings(&alice, &community)
        .await?
        .system_messages
        .unwrap_or_default();
    assert_eq!(said.channel_id, Some(community.general));
    Ok(())
}

async fn what_is_said_has_bounds(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    for bad in [3, 4, -1] {
        assert_eq!(alice.refused(prefs(&community, bad)).await, 400, "{bad}");
    }
    let bad = [
        DiscoveryListingInfo {
            short_description: "x".repeat(201),
            ..info()
        },
        DiscoveryListingInfo {
            long_description: "x".repeat(4001),
            ..info()
        },
        DiscoveryListingInfo {
            long_description: "a\0".to_owned(),
            ..info()
        },
        DiscoveryListingInfo {
            categories: vec!["x".to_owned(); 11],
            ..info()
        },
        DiscoveryListingInfo {
            categories: vec!["x".repeat(101)],
            ..info()
        },
        DiscoveryListingInfo {
            categories: vec![" ".to_owned()],
            ..info()
        },
    ];
    for info in bad {
        assert_eq!(alice.refused(listing(&community, true, info)).await, 400);
    }
    // What is refused in one part changes no other.
    let both = CommunitySettings {
        default_notif_prefs: Some(NotifPrefs::All as i32),
        ..listing(
            &community,
            true,
            DiscoveryListingInfo {
                short_description: "x".repeat(201),
                ..info()
            },
        )
        .settings
        .unwrap_or_default()
    };
    assert_eq!(alice.refused(edit(&community, both)).await, 400);
    let kept = settings(&alice, &community).await?;
    assert_eq!(kept.default_notif_prefs(), NotifPrefs::Mentions);
    alice.expect_silence().await?;
    let longest = DiscoveryListingInfo {
        short_description: "😀".repeat(100),
        long_description: "x".repeat(4000),
        categories: vec!["x".repeat(100); 10],
    };
    alice.call(listing(&community, true, longest)).await?;
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(prefs(&community, 0)).await;
    Ok(())
}
