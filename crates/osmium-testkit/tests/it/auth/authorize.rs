//! `auth.authorize`.

use osmium_model::{LoginId, UserId};
use osmium_proto::auth::{Authorize, GetSessions, RevokeSessions};
use osmium_proto::core::{Initialize, rpc_result};
use osmium_proto::types::user_status::Status;
use osmium_testkit::contract::Checked;
use osmium_testkit::line::{Heard, Line};
use osmium_testkit::on_both_stores;
use osmium_testkit::person::initialize;
use osmium_testkit::{Person, Server};

on_both_stores!(
    it_goes_on_with_a_login,
    a_bad_token_ends_the_connection,
    a_token_is_bound_to_its_client,
    an_ended_login_is_no_login,
    who_is_shut_out_stays_out,
    it_may_be_repeated_for_the_same_user,
    what_is_pipelined_behind_it_waits,
);

fn by(token: &str) -> Authorize {
    Authorize {
        token: token.to_owned(),
    }
}

async fn it_goes_on_with_a_login(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let phone = Initialize {
        device_type: "ios".to_owned(),
        device_version: "26".to_owned(),
        app_version: "7".to_owned(),
        ..initialize()
    };
    let other = server.connection().await;
    other.call(phone).await?;
    let authorization = other.call(by(alice.token())).await?;
    assert_eq!(authorization.token, alice.token());
    assert_eq!(authorization.session_id, alice.session_id);
    let user = authorization.user.unwrap_or_default();
    assert_eq!((user.id, user.name.as_str()), (alice.user_id, "Alice"));
    assert_eq!(user.status.map(|s| s.status()), Some(Status::Online));

    // No new login: the same one, last used on the other device.
    let sessions = alice.call(GetSessions {}).await?.sessions;
    let [session] = &sessions[..] else {
        panic!("one login is due: {sessions:?}");
    };
    assert_eq!(session.device_type, "ios");
    assert_eq!(session.device_version, "26");
    assert_eq!(session.app_version, "7");
    Ok(())
}

/// Presents a token on a connection of its own; gives the code of the error after which it is closed for good.
async fn refused(server: &Server, initialize: Initialize, token: &str) -> (u32, String) {
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    line.ask(1, initialize).await;
    line.result(1).await;
    // A client in use presents its token under the id 0.
    line.ask(0, by(token)).await;
    let Some(rpc_result::Result::Error(error)) = line.result(0).await else {
        panic!("a refusal is due");
    };
    assert_eq!(line.hear().await, Heard::Closed(Some(4403)));
    (error.error_code, error.error_message)
}

async fn a_bad_token_ends_the_connection(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let (login, secret) = alice.token().split_once('.').expect("two parts");
    let bob = server.sign_up("Bob").await;
    let (other_login, _) = bob.token().split_once('.').expect("two parts");
    for token in [
        "",
        "x",
        login,
        secret,
        &format!("{login}.{login}"),
        &format!("{other_login}.{secret}"),
        &format!("AAAAAAAAAAA.{secret}"),
    ] {
        let (code, _) = refused(&server, initialize(), token).await;
        assert_eq!(code, 403);
    }
    alice.call(GetSessions {}).await?;
    Ok(())
}

async fn a_token_is_bound_to_its_client(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let other = Initialize {
        client_id: initialize().client_id + 1,
        ..initialize()
    };
    let refusal = refused(&server, other, alice.token()).await;
    assert_eq!(refusal, (403, "Invalid client".to_owned()));
    Ok(())
}

async fn an_ended_login_is_no_login(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let token = alice.token().to_owned();
    let session_ids = vec![alice.session_id];
    alice.call(RevokeSessions { session_ids }).await?;
    assert_eq!(refused(&server, initialize(), &token).await.0, 403);
    Ok(())
}

async fn who_is_shut_out_stays_out(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let mut tx = server.store().begin(&[]).await?;
    tx.set_disabled(UserId(alice.user_id), true).await?;
    tx.commit().await?;
    assert_eq!(refused(&server, initialize(), alice.token()).await.0, 403);
    let mut reader = server.store().read().await?;
    let login = reader.find_login(LoginId(alice.session_id)).await?;
    assert!(login.is_some(), "it may be let in again");
    Ok(())
}

async fn it_may_be_repeated_for_the_same_user(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let bob = server.sign_up("Bob").await;
    let again = alice.call(by(alice.token())).await?;
    assert_eq!(again.session_id, alice.session_id);
    // Updates flow on, once.
    let community = alice.create_community("Here").await?;
    alice.call(by(alice.token())).await?;
    let id = alice.send(community.general(), "hello").await?;
    let told: osmium_proto::updates::UpdateMessageCreated = alice.expect().await;
    assert_eq!(told.message.unwrap_or_default().message_id, id);
    alice.expect_silence().await?;

    let refusal = alice.refusal(by(bob.token())).await;
    assert_eq!(refusal.code, 400);
    let reason = alice.connection().closed().await;
    assert_eq!(reason.code, Some(1013));
    Ok(())
}

async fn what_is_pipelined_behind_it_waits(server: Server) -> Checked {
    let alice: Person = server.sign_up("Alice").await;
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    line.ask(1, initialize()).await;
    line.ask(2, by(alice.token())).await;
    line.ask(3, GetSessions {}).await;
    line.result(1).await;
    line.result(2).await;
    let sessions = line.result(3).await;
    assert!(matches!(sessions, Some(rpc_result::Result::Sessions(_))));
    Ok(())
}
