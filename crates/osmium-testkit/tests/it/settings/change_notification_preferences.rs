//! `settings.changeNotificationPreferences`, of communities and of chats.

use osmium_proto::auth::UseInvite;
use osmium_proto::communities::{GetCommunities, LeaveCommunity};
use osmium_proto::refs::ChatRef;
use osmium_proto::settings::ChangeNotificationPreferences;
use osmium_proto::settings::change_notification_preferences::Scope;
use osmium_proto::types::{Conversation, NotifPrefs};
use osmium_proto::updates::{UpdateChat, UpdateCommunity, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::group_chat;
use osmium_testkit::rules::{all_are_silent, all_catch_up};
use osmium_testkit::{Community, Person, Server, on_both_stores};

on_both_stores!(
    the_other_sessions_of_the_caller_are_told,
    they_end_with_the_membership,
    they_change_nothing_else,
    a_chat_is_told_to_the_other_sessions,
    those_of_a_channel_end_with_the_membership,
    what_is_unknown_is_refused,
    what_one_does_not_see_is_not_found,
    it_needs_a_sign_in,
);

fn prefer(community: &Community, prefs: NotifPrefs) -> ChangeNotificationPreferences {
    ChangeNotificationPreferences {
        prefs: prefs as i32,
        scope: Some(Scope::CommunityId(community.id)),
    }
}

async fn preferred(person: &Person) -> Checked<NotifPrefs> {
    let listed = person.call(GetCommunities {}).await?.communities;
    Ok(listed[0].notif_prefs())
}

async fn the_other_sessions_of_the_caller_are_told(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut phone = bob.another_session().await;
    for prefs in [
        NotifPrefs::None,
        NotifPrefs::All,
        NotifPrefs::Mentions,
        NotifPrefs::Default,
    ] {
        bob.call(prefer(&community, prefs)).await?;
        assert_eq!(preferred(&bob).await?, prefs);
        let told: UpdateCommunity = phone.expect().await;
        let seen = told.community.unwrap_or_default();
        assert_eq!((seen.id, seen.notif_prefs()), (community.id, prefs));
        assert_eq!((seen.owner, seen.permissions), (false, 4398));
        assert_eq!(seen.name, "Lounge");
        // The same again is no news.
        bob.call(prefer(&community, prefs)).await?;
        all_are_silent([&mut alice, &mut bob, &mut phone]).await?;
    }
    assert_eq!(preferred(&alice).await?, NotifPrefs::Default);
    Ok(())
}

async fn they_end_with_the_membership(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let code = alice.invite(&community).await?;
    bob.call(prefer(&community, NotifPrefs::None)).await?;
    let community_id = community.id;
    bob.call(LeaveCommunity { community_id }).await?;
    bob.call(UseInvite { code }).await?;
    assert_eq!(preferred(&bob).await?, NotifPrefs::Default);
    Ok(())
}

async fn they_change_nothing_else(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let nothing = osmium_model::Permissions::empty();
    let role = alice.promote(&community, &mut bob, nothing, 1).await?;
    bob.call(prefer(&community, NotifPrefs::None)).await?;
    let request = osmium_proto::communities::GetMembers {
        community_id: community.id,
        member_ids: vec![bob.user_id],
    };
    let members = alice.call(request).await?.members;
    assert_eq!(members[0].role_ids, [role]);
    // Messages come as before: what rings is the client's.
    alice.send(community.general(), "hello").await?;
    bob.expect::<UpdateMessageCreated>().await;
    Ok(())
}

async fn what_is_unknown_is_refused(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    for prefs in [4, -1] {
        let request = ChangeNotificationPreferences {
            prefs,
            ..prefer(&community, NotifPrefs::All)
        };
        assert_eq!(alice.refused(request).await, 400);
    }
    let nowhere = ChangeNotificationPreferences {
        prefs: 0,
        scope: None,
    };
    assert_eq!(alice.refused(nowhere).await, 400);
    Ok(())
}

async fn what_one_does_not_see_is_not_found(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    let bob = server.sign_up("Bob").await;
    assert_eq!(bob.refused(prefer(&community, NotifPrefs::All)).await, 404);
    let nowhere = ChangeNotificationPreferences {
        prefs: 0,
        scope: Some(Scope::CommunityId(12345)),
    };
    assert_eq!(bob.refused(nowhere).await, 404);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server
        .needs_sign_in(prefer(&community, NotifPrefs::All))
        .await;
    Ok(())
}

fn prefer_in(chat: ChatRef, prefs: NotifPrefs) -> ChangeNotificationPreferences {
    ChangeNotificationPreferences {
        prefs: prefs as i32,
        scope: Some(Scope::ChatRef(chat)),
    }
}

async fn a_chat_is_told_to_the_other_sessions(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let group = alice.create_group("Trip", &[&bob]).await?;
    bob.send(alice.chat(), "hello").await?;
    let mut phone = bob.another_session().await;
    for chat in [community.general(), group_chat(group), alice.chat()] {
        alice
            .send(
                if chat == alice.chat() {
                    bob.chat()
                } else {
                    chat
                },
                "news",
            )
            .await?;
        all_catch_up([&mut alice, &mut bob, &mut phone]).await?;
        let before = bob.conversation(chat).await?;
        assert_ne!(before.notif_prefs(), NotifPrefs::None);
        bob.call(prefer_in(chat, NotifPrefs::None)).await?;
        let after = bob.conversation(chat).await?;
        let expected = Conversation {
            notif_prefs: NotifPrefs::None as i32,
            ..before
        };
        assert_eq!(after, expected);
        let told: UpdateChat = phone.expect().await;
        assert_eq!(told.chat.and_then(|chat| chat.chat), Some(expected));
        // The same again is no news, and nothing of it is anyone else's.
        bob.call(prefer_in(chat, NotifPrefs::None)).await?;
        all_are_silent([&mut alice, &mut bob, &mut phone]).await?;
    }
    Ok(())
}

async fn those_of_a_channel_end_with_the_membership(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    bob.call(prefer_in(general, NotifPrefs::All)).await?;
    bob.call(LeaveCommunity {
        community_id: community.id,
    })
    .await?;
    assert_eq!(bob.refused(prefer_in(general, NotifPrefs::All)).await, 404);
    let code = alice.invite(&community).await?;
    bob.catch_up().await?;
    bob.call(UseInvite { code }).await?;
    let conversation = bob.conversation(general).await?;
    assert_eq!(conversation.notif_prefs(), NotifPrefs::Default);
    // A direct chat that has not begun has nothing to be set.
    assert_eq!(
        bob.refused(prefer_in(alice.chat(), NotifPrefs::All)).await,
        404
    );
    Ok(())
}
