//! `settings.editUserSettings`.

use osmium_core::Config;
use osmium_proto::settings::user_settings::{CommunityOrder, EmailPreferences};
use osmium_proto::settings::{EditUserSettings, UserSettings};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Database, Person, Server, on_both_stores};

on_both_stores!(
    they_begin_empty_and_are_kept,
    parts_are_replaced,
    an_order_names_each_once,
    an_order_is_bounded,
    it_needs_a_sign_in,
);

async fn edit(person: &Person, settings: Option<UserSettings>) -> Checked<UserSettings> {
    Ok(person.call(EditUserSettings { settings }).await?)
}

fn order(ids: &[u64]) -> UserSettings {
    UserSettings {
        community_order: Some(CommunityOrder {
            community_ids: ids.to_vec(),
        }),
        email_preferences: None,
    }
}

fn emails(communication: Option<bool>, announcements: Option<bool>) -> UserSettings {
    UserSettings {
        community_order: None,
        email_preferences: Some(EmailPreferences {
            communication_emails: communication,
            announcement_emails: announcements,
        }),
    }
}

async fn they_begin_empty_and_are_kept(server: Server) -> Checked {
    let (mut alice, bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    let nothing = UserSettings::default();
    assert_eq!(edit(&alice, None).await?, nothing);
    assert_eq!(edit(&alice, Some(nothing.clone())).await?, nothing);
    let phone = alice.another_session().await;
    assert_eq!(edit(&alice, Some(order(&[3, 1]))).await?, order(&[3, 1]));
    assert_eq!(edit(&phone, None).await?, order(&[3, 1]));
    assert_eq!(edit(&bob, None).await?, nothing, "another's are another's");
    alice.expect_silence().await
}

async fn parts_are_replaced(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    edit(&alice, Some(order(&[2, 1]))).await?;
    let both = |mails: UserSettings| UserSettings {
        email_preferences: mails.email_preferences,
        ..order(&[2, 1])
    };
    for mails in [
        emails(Some(true), Some(false)),
        emails(None, Some(true)),
        emails(None, None),
    ] {
        assert_eq!(
            edit(&alice, Some(mails.clone())).await?,
            both(mails.clone())
        );
        assert_eq!(edit(&alice, None).await?, both(mails));
    }
    let emptied = edit(&alice, Some(order(&[]))).await?;
    assert_eq!(emptied.community_order, Some(CommunityOrder::default()));
    assert_eq!(edit(&alice, None).await?, emptied);
    Ok(())
}

async fn an_order_names_each_once(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let said = order(&[u64::MAX, 5, u64::MAX, 5, 7]);
    assert_eq!(edit(&alice, Some(said)).await?, order(&[u64::MAX, 5, 7]));
    assert_eq!(edit(&alice, None).await?, order(&[u64::MAX, 5, 7]));
    Ok(())
}

async fn an_order_is_bounded(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.communities_per_user = 2;
    let server = Server::with(database, few).await;
    let alice = server.sign_up("Alice").await;
    let request = EditUserSettings {
        settings: Some(order(&[1, 2, 3])),
    };
    assert_eq!(alice.refused(request).await, 413);
    edit(&alice, Some(order(&[1, 2, 1, 2]))).await?;
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server
        .needs_sign_in(EditUserSettings { settings: None })
        .await;
    Ok(())
}
