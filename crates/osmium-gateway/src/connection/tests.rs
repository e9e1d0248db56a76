//! Connections over memory, with a backend that the test answers for.

use super::*;
use crate::hub::Follower;
use crate::tcp::Tcp;
use crate::testing::{Asked, Questions, Stub, answers, read, shared, sign_in, update};
use crate::transport::Stream;
use crate::websocket::WebSocket;
use futures::{SinkExt, StreamExt};
use osmium_core::Config;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

struct Tested<P> {
    peer: P,
    questions: Questions,
    shared: Arc<Shared<Stub>>,
    serving: JoinHandle<()>,
}

fn prepared(config: Config) -> (Arc<Shared<Stub>>, Questions) {
    let (stub, questions) = Stub::new(config);
    let config = GatewayConfig {
        outbox_limit: 64 * 1024,
        ..GatewayConfig::default()
    };
    (shared(config, stub), questions)
}

fn unlimited() -> Config {
    Config {
        rates: None,
        ..Config::default()
    }
}

/// A TCP connection whose two directions hold this many bytes.
fn over_tcp(config: Config, room: usize) -> Tested<DuplexStream> {
    let (shared, questions) = prepared(config);
    let (ours, peer) = duplex(room);
    let serving = tokio::spawn(serve(
        Tcp::new(ours),
        Ipv4Addr::LOCALHOST.into(),
        shared.clone(),
    ));
    Tested {
        peer,
        questions,
        shared,
        serving,
    }
}

async fn over_websocket(config: Config) -> Tested<WebSocketStream<DuplexStream>> {
    let (shared, questions) = prepared(config);
    let (ours, theirs) = duplex(64 * 1024);
    let socket = WebSocket::new(ours).await;
    let serving = tokio::spawn(serve(socket, Ipv4Addr::LOCALHOST.into(), shared.clone()));
    let peer = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
    Tested {
        peer,
        questions,
        shared,
        serving,
    }
}

async fn send(peer: &mut impl Stream, message: &[u8]) {
    let length = u32::try_from(message.len()).expect("a small message");
    peer.write_u32(length).await.expect("written");
    peer.write_all(message).await.expect("written");
}

async fn receive(peer: &mut impl Stream) -> Option<Vec<u8>> {
    let length = peer.read_u32().await.ok()?;
    let mut message = vec![0; usize::try_from(length).expect("a small message")];
    peer.read_exact(&mut message).await.ok()?;
    Some(message)
}

impl<P> Tested<P> {
    /// The other side is gone, and so is the connection.
    async fn has_ended(self) -> Questions {
        drop(self.peer);
        self.serving.await.expect("no panic");
        self.questions
    }
}

impl Tested<DuplexStream> {
    async fn signed_in(room: usize) -> (Self, Follower) {
        let mut tested = over_tcp(unlimited(), room);
        for message in sign_in() {
            send(&mut tested.peer, &message).await;
        }
        let follower = tested.questions.let_in().await;
        tested.expect(Some(1)).await;
        tested.expect(Some(2)).await;
        (tested, follower)
    }

    async fn expect(&mut self, answer: Option<u32>) {
        let message = receive(&mut self.peer).await.expect("a message");
        assert_eq!(answers(&message), answer);
    }
}

impl Tested<WebSocketStream<DuplexStream>> {
    async fn send(&mut self, message: Vec<u8>) {
        self.peer
            .send(Message::binary(message))
            .await
            .expect("sent");
    }

    async fn next(&mut self) -> Message {
        self.peer.next().await.expect("a frame").expect("no error")
    }

    async fn expect_close(&mut self, code: u16) {
        match self.next().await {
            Message::Close(Some(frame)) => assert_eq!(u16::from(frame.code), code),
            other => panic!("not a close frame: {other:?}"),
        }
    }
}

#[tokio::test]
async fn calls_run_beside_each_other() {
    let (mut tested, _) = Tested::signed_in(64 * 1024).await;
    send(&mut tested.peer, &read(3)).await;
    send(&mut tested.peer, &read(4)).await;
    let (first, second) = (tested.questions.run().await, tested.questions.run().await);
    let (first, second) = if first.call.key < second.call.key {
        (first, second)
    } else {
        (second, first)
    };
    second.finish(None);
    tested.expect(Some(4)).await;
    first.finish(None);
    tested.expect(Some(3)).await;
}

#[tokio::test]
async fn updates_come_after_the_answer_to_the_sign_in() {
    let mut tested = over_tcp(unlimited(), 64 * 1024);
    for message in sign_in() {
        send(&mut tested.peer, &message).await;
    }
    let (follower, answer) = tested.questions.nearly_let_in().await;
    follower.outbox.push(update());
    tested.expect(Some(1)).await;
    answer.send(Ok(())).expect("the connection waits");
    tested.expect(Some(2)).await;
    tested.expect(None).await;
}

#[tokio::test]
async fn the_end_is_told_after_the_arrival() {
    let (tested, follower) = Tested::signed_in(64 * 1024).await;
    let mut questions = tested.has_ended().await;
    assert!(matches!(questions.next().await, Asked::Unfollow));
    assert!(matches!(questions.next().await, Asked::Depart));
    assert_eq!(Arc::strong_count(&follower.outbox), 1);
}

#[tokio::test]
async fn a_follow_that_is_under_way_is_undone() {
    let mut tested = over_tcp(unlimited(), 64 * 1024);
    for message in sign_in() {
        send(&mut tested.peer, &message).await;
    }
    let (_follower, answer) = tested.questions.nearly_let_in().await;
    let mut questions = tested.has_ended().await;
    assert!(answer.is_closed());
    assert!(matches!(questions.next().await, Asked::Unfollow));
}

#[tokio::test]
async fn calls_in_flight_outlive_their_connection() {
    let (mut tested, _) = Tested::signed_in(64 * 1024).await;
    send(&mut tested.peer, &read(3)).await;
    let running = tested.questions.run().await;
    tested.has_ended().await;
    assert!(!running.is_abandoned());
}

#[tokio::test]
async fn calls_go_on_while_the_other_side_does_not_read() {
    let (mut tested, follower) = Tested::signed_in(64).await;
    send(&mut tested.peer, &read(3)).await;
    let running = tested.questions.run().await;
    (0..100).for_each(|_| follower.outbox.push(update()));
    tokio::task::yield_now().await;
    running.end(None).await.expect("it went on to its end");
    for _ in 0..100 {
        tested.expect(None).await;
    }
    tested.expect(Some(3)).await;
    tested.has_ended().await;
}

#[tokio::test]
async fn who_reads_too_slowly_is_cut() {
    let (mut tested, follower) = Tested::signed_in(1024).await;
    while follower.outbox.cut_reason().is_none() {
        follower.outbox.push(update());
        tokio::task::yield_now().await;
    }
    assert_eq!(follower.outbox.cut_reason(), Some(CloseReason::TooSlow));
    assert!(matches!(tested.questions.next().await, Asked::Unfollow));
    let mut heard = 0;
    while receive(&mut tested.peer).await.is_some() {
        heard += 1;
    }
    assert!(heard > 0);
    tested.has_ended().await;
}

#[tokio::test(start_paused = true)]
async fn a_write_has_its_time() {
    let (mut tested, follower) = Tested::signed_in(64).await;
    let start = Instant::now();
    (0..100).for_each(|_| follower.outbox.push(update()));
    assert!(matches!(tested.questions.next().await, Asked::Unfollow));
    assert_eq!(
        start.elapsed().as_secs(),
        tested.shared.config.write_timeout.as_secs()
    );
    tested.has_ended().await;
}

#[tokio::test]
async fn control_frames_are_noticed_while_calls_have_no_room() {
    let mut tested = over_websocket(Config {
        calls_in_flight: 1,
        ..unlimited()
    })
    .await;
    tested.send(read(1)).await;
    let running = tested.questions.run().await;
    tested
        .peer
        .send(Message::Ping("a".into()))
        .await
        .expect("sent");
    assert_eq!(tested.next().await, Message::Pong("a".into()));
    tested.send(read(2)).await;
    running.finish(None);
    assert_eq!(answers(&tested.next().await.into_data()), Some(1));
    assert_eq!(tested.questions.run().await.call.key, 1);
    tested.peer.close(None).await.expect("sent");
    assert!(matches!(tested.next().await, Message::Close(_)));
    tested.has_ended().await;
}

#[tokio::test]
async fn a_drain_answers_what_is_in_flight() {
    let mut tested = over_websocket(unlimited()).await;
    tested.send(read(1)).await;
    let running = tested.questions.run().await;
    tested.shared.registry.drain(Duration::ZERO).await;
    tokio::task::yield_now().await;
    running.finish(None);
    assert_eq!(answers(&tested.next().await.into_data()), Some(1));
    tested.expect_close(1012).await;
    tested.has_ended().await;
}

#[tokio::test(start_paused = true)]
async fn a_drain_during_a_write_is_not_missed() {
    let (mut tested, follower) = Tested::signed_in(64).await;
    let start = Instant::now();
    (0..100).for_each(|_| follower.outbox.push(update()));
    tokio::task::yield_now().await;
    tested.shared.registry.drain(Duration::ZERO).await;
    tokio::task::yield_now().await;
    for _ in 0..100 {
        tested.expect(None).await;
    }
    assert_eq!(receive(&mut tested.peer).await, None);
    assert!(start.elapsed() < Duration::from_secs(1));
    tested.has_ended().await;
}

#[tokio::test(start_paused = true)]
async fn silence_ends_a_connection() {
    let mut tested = over_websocket(unlimited()).await;
    let start = Instant::now();
    tested.expect_close(4408).await;
    assert_eq!(
        start.elapsed().as_secs(),
        unlimited().handshake_timeout.as_secs()
    );
    tested.has_ended().await;
}

#[tokio::test(start_paused = true)]
async fn a_ping_is_a_sign_of_life() {
    let mut tested = over_websocket(unlimited()).await;
    let start = Instant::now();
    for message in sign_in() {
        tested.send(message).await;
    }
    tested.questions.let_in().await;
    tokio::time::sleep(Duration::from_mins(1)).await;
    tested
        .peer
        .send(Message::Ping("a".into()))
        .await
        .expect("sent");
    while !matches!(tested.next().await, Message::Pong(_)) {}
    tested.expect_close(4408).await;
    assert_eq!(start.elapsed().as_secs(), 150);
}

#[tokio::test]
async fn what_is_no_message_is_told() {
    let mut tested = over_websocket(unlimited()).await;
    tested.send(vec![0xff; 3]).await;
    tested.expect_close(1007).await;
}

#[tokio::test]
async fn a_cut_reaches_a_connection_that_follows_nothing_yet() {
    let mut tested = over_websocket(unlimited()).await;
    tested.send(read(1)).await;
    let _running = tested.questions.run().await;
    tested.shared.registry.cut();
    tested.expect_close(1012).await;
}
