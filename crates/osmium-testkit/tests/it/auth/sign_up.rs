//! `auth.signUp`.

use osmium_core::{Config, Registration};
use osmium_model::{CommunityId, InviteTarget, Topic};
use osmium_ports::Store;
use osmium_proto::auth::{GetSessions, LookupInvite, SignIn, SignUp};
use osmium_proto::types::user_status::Status;
use osmium_testkit::contract::Checked;
use osmium_testkit::contract::store::seed;
use osmium_testkit::on_both_stores;
use osmium_testkit::{Database, Server, builders};
use std::sync::Arc;

on_both_stores!(
    a_guest_has_a_name_alone,
    an_account_can_sign_in_again,
    an_address_is_used_once,
    a_name_is_required_and_bounded,
    an_address_and_a_password_come_together,
    it_comes_after_initialize_and_once,
    registration_can_be_closed,
    registration_can_be_by_invite,
    guests_can_be_kept_out,
);

fn guest(name: &str) -> SignUp {
    SignUp {
        name: name.to_owned(),
        ..SignUp::default()
    }
}

fn account(email: &str, password: &str) -> SignUp {
    SignUp {
        email: Some(email.to_owned()),
        password: Some(password.to_owned()),
        ..guest("Ada")
    }
}

async fn a_guest_has_a_name_alone(server: Server) -> Checked {
    let person = server.anonymous().await;
    let authorization = person.call(guest("  Ada ")).await?;
    assert!(!authorization.token.is_empty());
    assert_ne!(authorization.session_id, 0);
    let user = authorization.user.unwrap_or_default();
    assert_ne!(user.id, 0);
    assert_eq!(user.name, "Ada");
    assert_eq!(user.username, None);
    assert!(!user.bot);
    let status = user.status.map(|status| status.status());
    assert_eq!(status, Some(Status::Online));

    let sessions = person.call(GetSessions {}).await?;
    assert_eq!(sessions.current, authorization.session_id);
    assert_eq!(sessions.sessions.len(), 1);
    // Nothing to sign in with.
    let other = server.anonymous().await;
    assert_eq!(other.refused(SignIn::default()).await, 401);
    Ok(())
}

async fn an_account_can_sign_in_again(server: Server) -> Checked {
    let person = server.anonymous().await;
    let request = account(" Ada@Example.ORG ", "correct horse");
    let user = person.call(request).await?.user.unwrap_or_default();
    let sign_in = SignIn {
        email: "ada@example.org".to_owned(),
        password: "correct horse".to_owned(),
        totp: None,
    };
    let again = server.anonymous().await.call(sign_in).await?;
    assert_eq!(again.user.unwrap_or_default().id, user.id);
    Ok(())
}

async fn an_address_is_used_once(server: Server) -> Checked {
    let first = server.anonymous().await;
    first
        .call(account("ada@example.org", "correct horse"))
        .await?;
    let second = server.anonymous().await;
    let taken = account("ADA@example.org", "battery staple");
    assert_eq!(second.refused(taken).await, 409);
    // The connection is as it was.
    second
        .call(account("bob@example.org", "battery staple"))
        .await?;
    Ok(())
}

async fn a_name_is_required_and_bounded(server: Server) -> Checked {
    let person = server.anonymous().await;
    for name in ["", " \t ", "A\u{7}a", "A\0", &"x".repeat(65)] {
        assert_eq!(person.refused(guest(name)).await, 400, "{name:?}");
    }
    // Each emoji is two UTF-16 code units.
    assert_eq!(person.refused(guest(&"😀".repeat(33))).await, 400);
    person.call(guest(&"😀".repeat(32))).await?;
    Ok(())
}

async fn an_address_and_a_password_come_together(server: Server) -> Checked {
    let person = server.anonymous().await;
    let good = account("ada@example.org", "correct horse");
    for request in [
        SignUp {
            email: None,
            ..good.clone()
        },
        SignUp {
            password: None,
            ..good.clone()
        },
        account("no address", "correct horse"),
        account("ada@example.org", "7 chars"),
        account("ada@example.org", &"x".repeat(129)),
    ] {
        assert_eq!(person.refused(request.clone()).await, 400, "{request:?}");
    }
    person.call(good).await?;
    Ok(())
}

async fn it_comes_after_initialize_and_once(server: Server) -> Checked {
    let person = server.connection().await;
    assert_eq!(person.refused(guest("Ada")).await, 400);
    let alice = server.sign_up("Alice").await;
    assert_eq!(alice.refused(guest("Ada")).await, 400);
    Ok(())
}

async fn registration_can_be_closed(database: Database) -> Checked {
    let close = |config: &mut Config| config.registration = Registration::Closed;
    let server = Server::with(database, close).await;
    let person = server.anonymous().await;
    assert_eq!(person.refused(guest("Ada")).await, 403);
    let request = account("ada@example.org", "correct horse");
    assert_eq!(person.refused(request).await, 403);
    Ok(())
}

async fn registration_can_be_by_invite(database: Database) -> Checked {
    let by_invite = |config: &mut Config| config.registration = Registration::Invite;
    let store = database.store();
    let server = Server::with(database, by_invite).await;
    let code = invite_to_something(&store).await?;
    let person = server.anonymous().await;
    assert_eq!(person.refused(guest("Ada")).await, 403);
    let unknown = LookupInvite {
        code: "AAAAAAAAAAAAAAAA".to_owned(),
    };
    assert_eq!(person.refused(unknown).await, 404);
    assert_eq!(person.refused(guest("Ada")).await, 403);
    person.call(LookupInvite { code }).await?;
    person.call(guest("Ada")).await?;
    // Another connection has looked up nothing.
    let other = server.anonymous().await;
    assert_eq!(other.refused(guest("Ada")).await, 403);
    Ok(())
}

/// What someone made before registration was restricted; gives the code.
async fn invite_to_something(store: &Arc<dyn Store>) -> Checked<String> {
    seed::users(store, [1]).await?;
    seed::community(store, 2, 1, [3]).await?;
    let target = InviteTarget::Community(CommunityId(2));
    let invite = builders::invite(1, 1, target);
    let mut tx = store.begin(&[Topic::Community(CommunityId(2))]).await?;
    tx.insert_invite(&invite, builders::NOON).await?;
    tx.commit().await?;
    Ok(invite.code.as_str().to_owned())
}

async fn guests_can_be_kept_out(database: Database) -> Checked {
    let server = Server::with(database, |config| config.guests = false).await;
    let person = server.anonymous().await;
    assert_eq!(person.refused(guest("Ada")).await, 403);
    let request = account("ada@example.org", "correct horse");
    person.call(request).await?;
    Ok(())
}
