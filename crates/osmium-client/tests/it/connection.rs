//! One connection: calls and answers, what else comes, and the end.

use std::time::Duration;

use osmium_client::{CallError, CloseReason, Connection, ConnectionOptions, Frame, RpcError};
use osmium_proto::core::client_message::Message as Call;
use osmium_proto::core::{ClientMessage, server_message};
use osmium_proto::{auth, chats, users};

use crate::assert_matches;
use crate::server::{Peer, Server, both, soon, user_update};

/// Connects a client, with or without WebSocket.
async fn connect(scheme: &str) -> (Connection, osmium_client::Incoming, Peer) {
    let server = Server::start().await;
    let endpoint = server.endpoint(scheme);
    let (client, peer) = futures::join!(Connection::connect(&endpoint), server.accept(scheme));
    let (connection, incoming) = client.expect("a connection");
    (connection, incoming, peer)
}

fn lookup(username: &str) -> users::LookupUsername {
    users::LookupUsername {
        username: username.to_owned(),
    }
}

#[tokio::test]
async fn answers_reach_their_calls_in_any_order() {
    for scheme in ["ws", "tcp"] {
        let (connection, _incoming, mut peer) = connect(scheme).await;
        let calls = async {
            futures::join!(
                connection.call(auth::GetSessions {}),
                connection.call(auth::LookupInvite::default()),
            )
        };
        let server = async {
            let (first, second) = (peer.call().await, peer.call().await);
            assert_eq!((first.0, second.0), (1, 2));
            let preview = auth::InvitePreview {
                code: "abc".to_owned(),
                ..Default::default()
            };
            peer.reply(second.0, preview).await;
            peer.reply(
                first.0,
                auth::Sessions {
                    current: 7,
                    ..Default::default()
                },
            )
            .await;
        };
        let (sessions, preview) = both(calls, server).await;
        assert_eq!(sessions.expect("an answer").current, 7);
        assert_eq!(preview.expect("an answer").code, "abc");
    }
}

#[tokio::test]
async fn an_error_is_an_error() {
    let (connection, _incoming, mut peer) = connect("ws").await;
    let call = connection.call(lookup("ann"));
    let server = async {
        let (id, call) = peer.call().await;
        assert_matches!(call, Call::UsersLookupUsername(_));
        peer.error(id, 404).await;
    };
    let error = RpcError {
        code: 404,
        message: "no".to_owned(),
        trace_id: Some("trace".to_owned()),
    };
    assert_eq!(both(call, server).await, Err(CallError::Rpc(error)));
}

#[tokio::test]
async fn an_answer_of_another_method_is_unexpected() {
    let (connection, _incoming, mut peer) = connect("tcp").await;
    let call = connection.call(chats::SetTyping::default());
    let server = async {
        let (id, _) = peer.call().await;
        peer.reply(id, auth::Sessions::default()).await;
    };
    assert_matches!(both(call, server).await, Err(CallError::Unexpected(_)));
}

#[tokio::test]
async fn updates_and_other_results_come_with_their_numbers() {
    let (connection, mut incoming, mut peer) = connect("ws").await;
    let message = ClientMessage {
        id: 0,
        message: Some(auth::GetSessions {}.into()),
    };
    connection.send_message(&message).await.expect("open");
    assert_eq!(peer.read().await, message);
    peer.update(1).await;
    peer.reply(0, auth::Sessions::default()).await;
    peer.update(2).await;
    let update = soon(incoming.next()).await.expect("an update");
    assert_eq!(update.id, 1);
    assert_eq!(
        update.message,
        Some(server_message::Message::Update(user_update(1)))
    );
    let result = soon(incoming.next()).await.expect("a result");
    assert_eq!(result.id, 2);
    assert_matches!(result.message, Some(server_message::Message::Result(_)));
    assert_eq!(soon(incoming.next_update()).await, Some(user_update(2)));
}

#[tokio::test]
async fn an_answer_shows_its_number_and_trace_id() {
    let (connection, _incoming, mut peer) = connect("tcp").await;
    let call = connection.ask(auth::GetSessions {}.into());
    let server = async {
        let (id, _) = peer.call().await;
        peer.update(1).await;
        peer.reply(id, auth::Sessions::default()).await;
    };
    let answer = both(call, server).await.expect("an answer");
    assert_eq!(answer.number, 2);
    assert_eq!(answer.result.trace_id.as_deref(), Some("trace"));
}

#[tokio::test]
async fn a_close_code_ends_calls_and_updates() {
    let (connection, mut incoming, mut peer) = connect("ws").await;
    let call = connection.call(auth::GetSessions {});
    let server = async {
        peer.call().await;
        peer.update(1).await;
        peer.close(1008, "policy").await;
    };
    let reason = CloseReason {
        code: Some(1008),
        reason: "policy".to_owned(),
    };
    let closed = Err(CallError::Closed(reason.clone()));
    assert_eq!(both(call, server).await, closed);
    assert_eq!(connection.close_reason(), Some(reason));
    assert_eq!(connection.call(auth::GetSessions {}).await, closed);
    assert_eq!(soon(incoming.next_update()).await, Some(user_update(1)));
    assert_eq!(soon(incoming.next()).await, None);
}

#[tokio::test]
async fn a_lost_connection_has_no_code() {
    for scheme in ["ws", "tcp"] {
        let (connection, _incoming, peer) = connect(scheme).await;
        drop(peer);
        let reason = soon(connection.closed()).await;
        assert_eq!(reason.code, None);
        assert!(!reason.reason.is_empty());
    }
}

#[tokio::test]
async fn nonsense_from_the_server_ends_the_connection() {
    for scheme in ["ws", "tcp"] {
        let (connection, _incoming, mut peer) = connect(scheme).await;
        peer.send_bytes(vec![0xff; 3]).await;
        assert_eq!(soon(connection.closed()).await.code, None);
    }
}

#[tokio::test]
async fn closing_is_in_good_order() {
    for scheme in ["ws", "tcp"] {
        let (connection, _incoming, peer) = connect(scheme).await;
        let reason = both(connection.close(), peer.ended()).await;
        assert_ne!(reason.reason, "the server did not close in time");
    }
}

#[tokio::test]
async fn a_dropped_connection_is_closed() {
    for scheme in ["ws", "tcp"] {
        let (connection, mut incoming, peer) = connect(scheme).await;
        drop(connection);
        peer.ended().await;
        assert_eq!(soon(incoming.next()).await, None);
    }
}

#[tokio::test]
async fn a_frame_that_the_transport_lacks_ends_the_connection() {
    let (connection, _incoming, _peer) = connect("tcp").await;
    let sent = connection.send(Frame::Text("hello".to_owned())).await;
    assert_eq!(sent, Ok(()));
    let reason = soon(connection.closed()).await;
    assert_eq!(reason.reason, "this transport has no such frame");
}

#[tokio::test]
async fn raw_bytes_go_as_they_are() {
    let (connection, _incoming, mut peer) = connect("tcp").await;
    let bytes = b"\0\0\0\x02\x08\x07".as_slice();
    connection
        .send(Frame::Raw(bytes.into()))
        .await
        .expect("open");
    let message = ClientMessage {
        id: 7,
        message: None,
    };
    assert_eq!(peer.read().await, message);
}

#[tokio::test]
async fn what_a_slow_reader_misses_is_counted() {
    let server = Server::start().await;
    let endpoint = server.endpoint("tcp");
    let options = ConnectionOptions {
        queue_bytes: 32,
        ..Default::default()
    };
    let connecting = Connection::connect_with(&endpoint, &options);
    let (client, mut peer) = futures::join!(connecting, server.accept("tcp"));
    let (connection, mut incoming) = client.expect("a connection");
    for user_id in 1..=5 {
        peer.update(user_id).await;
    }
    drop(peer);
    soon(connection.closed()).await;
    assert_eq!(incoming.next_update().await, Some(user_update(1)));
    assert_eq!(incoming.next_update().await, None);
    assert_eq!(incoming.missed(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_call_is_given_up_in_the_end() {
    let (ours, _theirs) = tokio::io::duplex(1024);
    let options = ConnectionOptions {
        call_timeout: Duration::from_secs(3),
        ..Default::default()
    };
    let (connection, _incoming) = Connection::over(ours, &options);
    let before = tokio::time::Instant::now();
    let reply = connection.call(auth::GetSessions {}).await;
    assert_eq!(reply, Err(CallError::Timeout));
    assert_eq!(before.elapsed(), Duration::from_secs(3));
}
