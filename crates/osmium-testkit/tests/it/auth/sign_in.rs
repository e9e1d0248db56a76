//! `auth.signIn`.

use osmium_model::UserId;
use osmium_proto::auth::{GetSessions, SignIn, SignUp};
use osmium_proto::types::user_status::Status;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::{Person, Server};

on_both_stores!(
    it_makes_a_login,
    an_address_has_no_case,
    what_is_wrong_is_not_told,
    who_is_shut_out_stays_out,
    it_comes_after_initialize_and_once,
);

fn by(email: &str, password: &str) -> SignIn {
    SignIn {
        email: email.to_owned(),
        password: password.to_owned(),
        totp: None,
    }
}

/// Ada, with an account.
async fn ada(server: &Server) -> Checked<Person> {
    let mut ada = server.anonymous().await;
    let request = SignUp {
        email: Some("ada@example.org".to_owned()),
        password: Some("correct horse".to_owned()),
        name: "Ada".to_owned(),
        email_verification_token: None,
    };
    let authorization = ada.call(request).await?;
    ada.signed_in(authorization);
    Ok(ada)
}

async fn it_makes_a_login(server: Server) -> Checked {
    let ada = ada(&server).await?;
    let other = server.anonymous().await;
    let authorization = other.call(by("ada@example.org", "correct horse")).await?;
    assert_ne!(authorization.token, ada.token());
    assert_ne!(authorization.session_id, ada.session_id);
    let user = authorization.user.unwrap_or_default();
    assert_eq!((user.id, user.name.as_str()), (ada.user_id, "Ada"));
    assert_eq!(user.status.map(|s| s.status()), Some(Status::Online));
    let sessions = other.call(GetSessions {}).await?;
    assert_eq!(sessions.current, authorization.session_id);
    assert_eq!(sessions.sessions.len(), 2);
    Ok(())
}

async fn an_address_has_no_case(server: Server) -> Checked {
    ada(&server).await?;
    let other = server.anonymous().await;
    other.call(by(" ADA@Example.org ", "correct horse")).await?;
    Ok(())
}

async fn what_is_wrong_is_not_told(server: Server) -> Checked {
    ada(&server).await?;
    let other = server.anonymous().await;
    let wrong_password = other.refusal(by("ada@example.org", "battery staple")).await;
    assert_eq!(wrong_password.code, 401);
    for request in [
        by("bob@example.org", "correct horse"),
        by("ada@example.org", ""),
        by("", ""),
        by("ada@example.org", &"x".repeat(129)),
        by(&"x".repeat(255), "correct horse"),
    ] {
        let refusal = other.refusal(request).await;
        assert_eq!(
            (refusal.code, &refusal.message),
            (401, &wrong_password.message)
        );
    }
    // The connection stays, and may try again.
    other.call(by("ada@example.org", "correct horse")).await?;
    Ok(())
}

async fn who_is_shut_out_stays_out(server: Server) -> Checked {
    let ada = ada(&server).await?;
    let mut tx = server.store().begin(&[]).await?;
    tx.set_disabled(UserId(ada.user_id), true).await?;
    tx.commit().await?;
    let other = server.anonymous().await;
    let request = by("ada@example.org", "correct horse");
    assert_eq!(other.refused(request).await, 403);
    // Only who knows the password is told.
    let request = by("ada@example.org", "battery staple");
    assert_eq!(other.refused(request).await, 401);
    Ok(())
}

async fn it_comes_after_initialize_and_once(server: Server) -> Checked {
    let ada = ada(&server).await?;
    let request = by("ada@example.org", "correct horse");
    assert_eq!(
        server.connection().await.refused(request.clone()).await,
        400
    );
    assert_eq!(ada.refused(request).await, 400);
    Ok(())
}
