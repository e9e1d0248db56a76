//! `auth.getSessions`.

use osmium_model::{App, ClientId, UserId};
use osmium_proto::auth::{GetSessions, SignIn, SignUp};
use osmium_proto::core::Initialize;
use osmium_testkit::Server;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::{CLIENT_ID, initialize};
use std::time::Duration;

on_both_stores!(
    each_login_is_listed_and_which_this_is,
    a_login_is_listed_under_its_application,
    others_have_lists_of_their_own,
    it_needs_a_sign_in,
);

async fn each_login_is_listed_and_which_this_is(server: Server) -> Checked {
    let desktop = server.anonymous().await;
    let account = SignUp {
        email: Some("ada@example.org".to_owned()),
        password: Some("correct horse".to_owned()),
        name: "Ada".to_owned(),
        email_verification_token: None,
    };
    let desktop_login = desktop.call(account).await?.session_id;
    server.clock().advance(Duration::from_secs(10));
    let phone = server.connection().await;
    let described = Initialize {
        device_type: "ios".to_owned(),
        device_version: "26".to_owned(),
        app_version: "7".to_owned(),
        ..initialize()
    };
    phone.call(described).await?;
    let sign_in = SignIn {
        email: "ada@example.org".to_owned(),
        password: "correct horse".to_owned(),
        totp: None,
    };
    let phone_login = phone.call(sign_in).await?.session_id;

    let listed = desktop.call(GetSessions {}).await?;
    assert_eq!(listed.current, desktop_login);
    let ids: Vec<u64> = listed.sessions.iter().map(|session| session.id).collect();
    assert_eq!(ids, [phone_login, desktop_login], "the one used last first");
    let session = &listed.sessions[0];
    assert_eq!(session.client_id, CLIENT_ID);
    assert_eq!(session.device_type, "ios");
    assert_eq!(session.device_version, "26");
    assert_eq!(session.app_version, "7");
    // Milliseconds.
    let apart = session.last_active - listed.sessions[1].last_active;
    assert!((10_000..20_000).contains(&apart), "{apart}");

    assert_eq!(phone.call(GetSessions {}).await?.current, phone_login);
    Ok(())
}

async fn a_login_is_listed_under_its_application(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let name = |listed: osmium_proto::auth::Sessions| listed.sessions[0].app_name.clone();
    assert_eq!(name(alice.call(GetSessions {}).await?), "");
    let mut tx = server.store().begin(&[]).await?;
    tx.insert_app(&App {
        client_id: ClientId(CLIENT_ID),
        name: "Reference".to_owned(),
        owner_id: UserId(alice.user_id),
        bot_id: UserId(alice.user_id),
    })
    .await?;
    tx.commit().await?;
    assert_eq!(name(alice.call(GetSessions {}).await?), "Reference");
    Ok(())
}

async fn others_have_lists_of_their_own(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    for person in [alice, bob] {
        let listed = person.call(GetSessions {}).await?;
        assert_eq!(listed.sessions.len(), 1);
        assert_eq!(listed.sessions[0].id, person.session_id);
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(GetSessions {}).await;
    Ok(())
}
