//! The client that comes back.

use std::time::Duration;

use osmium_client::{Backoff, CallError, Client, ConnectError, Event, Events, Options, State};
use osmium_proto::auth;
use osmium_proto::core::ClientMessage;
use osmium_proto::core::client_message::Message as Call;

use crate::assert_matches;
use crate::server::{Peer, Server, both, signed_in, soon, user_update};

/// Options of a client that comes back at once.
fn options() -> Options {
    Options {
        backoff: Backoff {
            first: Duration::from_millis(1),
            ..Default::default()
        },
        ..Default::default()
    }
}

/// A client with a token, its events, and the server's side of its connection.
async fn signed_in_client(server: &Server, scheme: &str) -> (Client, Events, Peer) {
    let options = Options {
        token: Some("secret".to_owned()),
        ..options()
    };
    let connecting = Client::connect(server.endpoint(scheme), options);
    let (client, peer) = futures::join!(connecting, accept_authorized(server, scheme));
    let (client, events) = client.expect("a client");
    (client, events, peer)
}

/// The next connection, after it has signed in with the token.
async fn accept_authorized(server: &Server, scheme: &str) -> Peer {
    let mut peer = server.accept_initialized(scheme).await;
    let id = expect_authorize(&mut peer).await;
    peer.reply(id, signed_in("secret")).await;
    peer
}

/// The id of the call to sign in with the token, which has to be next.
async fn expect_authorize(peer: &mut Peer) -> u32 {
    let (id, call) = peer.call().await;
    let token = "secret".to_owned();
    assert_eq!(call, Call::AuthAuthorize(auth::Authorize { token }));
    id
}

#[tokio::test]
async fn it_initializes_and_signs_in_by_a_call() {
    let server = Server::start().await;
    let connecting = Client::connect(server.endpoint("ws"), options());
    let (client, mut peer) = futures::join!(connecting, server.accept_initialized("ws"));
    let (client, _events) = client.expect("a client");
    assert_eq!((client.state(), client.token()), (State::Connected, None));
    let call = client.call(auth::SignIn::default());
    let answer = async {
        let (id, _) = peer.call().await;
        peer.reply(id, signed_in("secret")).await;
    };
    assert_matches!(both(call, answer).await, Ok(_));
    assert_eq!(client.state(), State::SignedIn);
    assert_eq!(client.token().as_deref(), Some("secret"));
}

#[tokio::test]
async fn a_sign_in_in_two_steps_is_remembered_too() {
    let server = Server::start().await;
    let connecting = Client::connect(server.endpoint("tcp"), options());
    let (client, mut peer) = futures::join!(connecting, server.accept_initialized("tcp"));
    let (client, _events) = client.expect("a client");
    let call = client.call(auth::BeginSignIn::default());
    let answer = async {
        let (id, _) = peer.call().await;
        let result = auth::sign_in_result::Result::Authorization(signed_in("secret"));
        let result = auth::SignInResult {
            result: Some(result),
        };
        peer.reply(id, result).await;
    };
    assert_matches!(both(call, answer).await, Ok(_));
    assert_eq!(client.token().as_deref(), Some("secret"));
}

#[tokio::test]
async fn it_comes_back_and_signs_in_again() {
    for scheme in ["ws", "tcp"] {
        let server = Server::start().await;
        let (client, mut events, mut peer) = signed_in_client(&server, scheme).await;
        peer.update(1).await;
        assert_eq!(
            soon(events.next()).await,
            Some(Event::Update(user_update(1)))
        );
        drop(peer);
        assert_matches!(soon(events.next()).await, Some(Event::Disconnected(_)));
        let mut peer = accept_authorized(&server, scheme).await;
        assert_eq!(soon(events.next()).await, Some(Event::Connected));
        assert_eq!(client.state(), State::SignedIn);
        peer.update(2).await;
        assert_eq!(soon(events.next_update()).await, Some(user_update(2)));
    }
}

#[tokio::test]
async fn it_tries_again_until_the_server_has_recovered() {
    let server = Server::start().await;
    let (client, mut events, peer) = signed_in_client(&server, "ws").await;
    peer.close(1012, "restart").await;
    drop(server.accept_raw().await);
    let mut peer = server.accept_initialized("ws").await;
    let id = expect_authorize(&mut peer).await;
    peer.error(id, 503).await;
    let _peer = accept_authorized(&server, "ws").await;
    assert_eq!(soon(client.ready()).await, Ok(()));
    assert_matches!(
        soon(events.next()).await,
        Some(Event::Disconnected(reason)) if reason.code == Some(1012)
    );
    assert_eq!(soon(events.next()).await, Some(Event::Connected));
}

#[tokio::test]
async fn a_refused_token_stops_it() {
    let server = Server::start().await;
    let (client, mut events, peer) = signed_in_client(&server, "ws").await;
    drop(peer);
    let mut peer = server.accept_initialized("ws").await;
    let id = expect_authorize(&mut peer).await;
    peer.error(id, 403).await;
    assert_matches!(soon(events.next()).await, Some(Event::Disconnected(_)));
    assert_eq!(soon(events.next()).await, Some(Event::Stopped));
    assert_eq!(soon(events.next()).await, None);
    assert_eq!(client.state(), State::Stopped);
    assert_matches!(client.ready().await, Err(_));
    assert_matches!(
        client.call(auth::GetSessions {}).await,
        Err(CallError::Closed(_))
    );
}

#[tokio::test]
async fn a_token_that_is_refused_at_first_is_an_error() {
    let server = Server::start().await;
    let options = Options {
        token: Some("secret".to_owned()),
        ..options()
    };
    let connecting = Client::connect(server.endpoint("ws"), options);
    let refusing = async {
        let mut peer = server.accept_initialized("ws").await;
        let id = expect_authorize(&mut peer).await;
        peer.error(id, 403).await;
    };
    let (client, ()) = soon(futures::future::join(connecting, refusing)).await;
    assert_matches!(client.map(drop), Err(error) if error.is_permanent());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error() {
    let server = Server::start().await;
    let endpoint = server.endpoint("ws");
    drop(server);
    let client = soon(Client::connect(endpoint, options())).await;
    assert_matches!(client.map(drop), Err(ConnectError::Io(_)));
}

#[tokio::test]
async fn a_dropped_client_leaves_and_stays_away() {
    let server = Server::start().await;
    let (client, mut events, peer) = signed_in_client(&server, "ws").await;
    let other = client.clone();
    drop(client);
    assert_eq!(other.state(), State::SignedIn);
    drop(other);
    peer.ended().await;
    assert_eq!(soon(events.next()).await, None);
}

#[tokio::test]
async fn it_heartbeats_every_30_seconds() {
    let server = Server::start().await;
    let (_client, _events, mut peer) = signed_in_client(&server, "tcp").await;
    tokio::time::pause();
    let heartbeat = ClientMessage {
        id: 1,
        message: None,
    };
    for beats in 1..=2 {
        let before = tokio::time::Instant::now();
        assert_eq!(peer.read_paused().await, heartbeat);
        let pause = before.elapsed().as_secs();
        assert!(
            (29..=31).contains(&pause),
            "{pause} seconds before beat {beats}"
        );
    }
}

#[tokio::test]
async fn a_silent_server_is_left() {
    let server = Server::start().await;
    let (_client, mut events, _peer) = signed_in_client(&server, "ws").await;
    tokio::time::pause();
    assert_matches!(
        events.next().await,
        Some(Event::Disconnected(reason)) if reason.reason == "the server fell silent"
    );
}
