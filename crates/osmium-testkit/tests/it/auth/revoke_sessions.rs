//! `auth.revokeSessions`.

use osmium_proto::auth::{Authorization, GetSessions, RevokeSessions, SignIn, SignUp};
use osmium_proto::core::{Initialize, rpc_result};
use osmium_proto::updates::{UpdateSessionDeleted, update::Update};
use osmium_testkit::contract::Checked;
use osmium_testkit::line::{Heard, Line};
use osmium_testkit::on_both_stores;
use osmium_testkit::person::initialize;
use osmium_testkit::{Person, Server};

on_both_stores!(
    an_ended_login_is_told_and_its_connections_are_closed,
    the_own_login_ends_after_the_answer,
    all_connections_of_a_login_end,
    those_of_others_are_passed_over,
    there_is_a_limit,
    it_needs_a_sign_in,
);

fn of(session_ids: impl Into<Vec<u64>>) -> RevokeSessions {
    RevokeSessions {
        session_ids: session_ids.into(),
    }
}

/// Ada on two connections, each with a login of its own.
async fn ada_twice(server: &Server) -> Checked<[Person; 2]> {
    let mut desktop = server.anonymous().await;
    let account = SignUp {
        email: Some("ada@example.org".to_owned()),
        password: Some("correct horse".to_owned()),
        name: "Ada".to_owned(),
        email_verification_token: None,
    };
    let authorization = desktop.call(account).await?;
    desktop.signed_in(authorization);
    let mut phone = server.anonymous().await;
    let authorization: Authorization = phone
        .call(SignIn {
            email: "ada@example.org".to_owned(),
            password: "correct horse".to_owned(),
            totp: None,
        })
        .await?;
    phone.signed_in(authorization);
    Ok([desktop, phone])
}

async fn an_ended_login_is_told_and_its_connections_are_closed(server: Server) -> Checked {
    let [desktop, mut phone] = ada_twice(&server).await?;
    let mut tablet = desktop.another_session().await;
    desktop.call(of([phone.session_id])).await?;

    for session in [&mut phone, &mut tablet] {
        let told: UpdateSessionDeleted = session.expect().await;
        assert_ne!(told.session_id, desktop.session_id);
    }
    assert_eq!(phone.connection().closed().await.code, Some(4401));
    tablet.expect_silence().await?;
    let left = desktop.call(GetSessions {}).await?.sessions;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].id, desktop.session_id);
    Ok(())
}

async fn the_own_login_ends_after_the_answer(server: Server) -> Checked {
    let [mut desktop, phone] = ada_twice(&server).await?;
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    line.ask(1, initialize()).await;
    line.result(1).await;
    let token = phone.token().to_owned();
    line.ask(2, osmium_proto::auth::Authorize { token }).await;
    line.result(2).await;

    line.ask(3, of([phone.session_id])).await;
    assert_eq!(line.hear_but_statuses().await, Heard::Result(3, None));
    let told = UpdateSessionDeleted {
        session_id: phone.session_id,
    };
    let told = Heard::Update(Update::SessionDeleted(told));
    assert_eq!(line.hear_but_statuses().await, told);
    assert_eq!(line.hear_but_statuses().await, Heard::Closed(Some(4401)));

    let heard: UpdateSessionDeleted = desktop.expect().await;
    assert_eq!(heard.session_id, phone.session_id);
    desktop.expect_silence().await
}

async fn all_connections_of_a_login_end(server: Server) -> Checked {
    let [desktop, phone] = ada_twice(&server).await?;
    let silent = Initialize {
        no_subscribe: true,
        ..initialize()
    };
    let others = [
        phone.another_session().await,
        phone.another_session_with(silent).await,
    ];
    desktop.call(of([phone.session_id])).await?;
    for connection in others.iter().chain([&phone]) {
        assert_eq!(connection.connection().closed().await.code, Some(4401));
    }
    assert!(desktop.connection().close_reason().is_none());
    Ok(())
}

async fn those_of_others_are_passed_over(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(of([bob.session_id, 0, 12345, u64::MAX])).await?;
    alice.call(of([])).await?;
    bob.call(GetSessions {}).await?;
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn there_is_a_limit(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    assert_eq!(alice.refused(of(vec![1; 101])).await, 413);
    alice.call(of(vec![1; 100])).await?;
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    server.needs_sign_in(of([alice.session_id])).await;
    let answer = alice.connection().ask(GetSessions {}.into()).await?;
    let sessions = answer.result.result;
    assert!(matches!(sessions, Some(rpc_result::Result::Sessions(_))));
    Ok(())
}
