//! What an operator does, as those who are connected see it.

use crate::osmium::{osmium, run};
use crate::service::Service;
use osmium_client::{Client, Endpoint, Event, Options};
use osmium_proto::auth;
use osmium_proto::messages::{ReportMessage, SendMessage};
use osmium_proto::refs::{ChatRef, RefSelf, chat_ref::Ref};
use std::path::Path;
use tempfile::tempdir;

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "correct horse";

fn create_ada(folder: &Path) {
    let create = [
        "admin",
        "user",
        "create",
        "--name",
        "Ada",
        "--email",
        EMAIL,
        "--password-stdin",
    ];
    assert_eq!(run(&mut osmium(folder, &create), PASSWORD).code, Some(0));
}

fn endpoint(server: &Service) -> Endpoint {
    Endpoint::new(&server.url()).expect("an endpoint")
}

#[tokio::test]
async fn a_disabled_user_is_put_out_and_stays_out() {
    let folder = tempdir().expect("a folder");
    let server = Service::by_itself(folder.path());
    server.until_ready();
    create_ada(folder.path());
    let (client, mut events) = Client::connect(endpoint(&server), Options::default())
        .await
        .expect("a client");
    let sign_in = auth::SignIn {
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        totp: None,
    };
    client
        .call(sign_in.clone())
        .await
        .expect("an authorization");

    let disabled = run(
        &mut osmium(folder.path(), &["admin", "user", "disable", EMAIL]),
        "",
    );
    assert!(disabled.out.ends_with("1 logins ended.\n"), "{disabled:?}");
    while !matches!(events.next().await, Some(Event::Disconnected(_))) {}

    let (client, _events) = Client::connect(endpoint(&server), Options::default())
        .await
        .expect("a client");
    let refused = client.call(sign_in).await.expect_err("no authorization");
    assert!(refused.to_string().contains("disabled"), "{refused}");
}

#[tokio::test]
async fn a_bot_authorizes_with_its_token_under_its_client_id_alone() {
    let folder = tempdir().expect("a folder");
    let server = Service::by_itself(folder.path());
    server.until_ready();
    create_ada(folder.path());
    let create = [
        "admin", "bot", "create", "--owner", EMAIL, "--name", "Helper",
    ];
    let made = run(&mut osmium(folder.path(), &create), "").out;
    let value = |key: &str| {
        made.lines()
            .find_map(|line| line.strip_prefix(key))
            .expect("a value")
    };
    let token = value("token: ").to_owned();

    let mut options = Options::default();
    let (client, _events) = Client::connect(endpoint(&server), options.clone())
        .await
        .expect("a client");
    let stranger = client
        .call(auth::Authorize {
            token: token.clone(),
        })
        .await;
    assert!(
        stranger
            .expect_err("refused")
            .to_string()
            .contains("Invalid client")
    );

    options.initialize.client_id = value("client_id: ").parse().expect("a number");
    let (client, _events) = Client::connect(endpoint(&server), options)
        .await
        .expect("a client");
    let authorized = client
        .call(auth::Authorize { token })
        .await
        .expect("an authorization");
    assert_eq!(
        authorized.user.map(|user| user.name),
        Some("Helper".to_owned())
    );
}

#[tokio::test]
async fn what_is_reported_is_listed_on_a_line_of_its_own() {
    let folder = tempdir().expect("a folder");
    let server = Service::by_itself(folder.path());
    server.until_ready();
    create_ada(folder.path());
    let list = || run(&mut osmium(folder.path(), &["admin", "report", "list"]), "").out;
    let head = "time\treporter\tchat\tmessage\tauthor\treason\ttext\n";
    assert_eq!(list(), head);
    let (client, _events) = Client::connect(endpoint(&server), Options::default())
        .await
        .expect("a client");
    let sign_in = auth::SignIn {
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        totp: None,
    };
    let ada = client.call(sign_in).await.expect("an authorization");
    let own = ChatRef {
        r#ref: Some(Ref::Self_(RefSelf {})),
    };
    let send = SendMessage {
        chat_ref: Some(own),
        message: "buy\tnow\u{1b}[2J".to_owned(),
        ..SendMessage::default()
    };
    let message_id = client.call(send).await.expect("a message").message_id;
    let report = ReportMessage {
        message_id,
        chat_ref: Some(own),
        reason: "one\ntwo".to_owned(),
    };
    client.call(report).await.expect("it is reported");

    let listed = list();
    let line = listed.strip_prefix(head).expect("the head comes first");
    let fields: Vec<&str> = line.trim_end().split('\t').collect();
    let id = ada.user.map(|user| user.id).unwrap_or_default().to_string();
    assert_eq!(fields.len(), 7, "{line}");
    assert_eq!((fields[1], fields[4]), (&*id, &*id));
    assert_eq!(fields[3], message_id.to_string());
    assert_eq!(fields[5..], ["one\\ntwo", "buy\\tnow\\u{1b}[2J"]);
}
