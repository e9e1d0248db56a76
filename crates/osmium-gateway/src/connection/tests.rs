//! Connections over memory, with a backend that the test answers for.

use super::*;
use crate::hub::Follower;
use crate::stream::Socket;
use crate::tcp::Tcp;
use crate::testing::{Asked, Questions, Stub, answers, read, shared, sign_in, update};
use crate::websocket::WebSocket;
use bytes::BytesMut;
use futures::{SinkExt, StreamExt};
use osmium_core::Config;
use osmium_proto::core::ServerMessage;
use osmium_proto::types;
use osmium_proto::updates::UpdateMessage;
use osmium_wire::{Rendered, Template, Value};
use prost::Message as _;
use std::io::Read as _;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, duplex};
use tokio::net::{TcpListener, TcpStream};
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
    let socket = WebSocket::new(ours, &[]).await;
    let serving = tokio::spawn(serve(socket, Ipv4Addr::LOCALHOST.into(), shared.clone()));
    let peer = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
    Tested {
        peer,
        questions,
        shared,
        serving,
    }
}

/// The same over a socket, behind which the system keeps what is not read.
async fn over_a_socket(config: Config) -> Tested<TcpStream> {
    let (shared, questions) = prepared(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.expect("an address");
    let address = listener.local_addr().expect("bound");
    let peer = TcpStream::connect(address).await.expect("connected");
    let (ours, address) = listener.accept().await.expect("accepted");
    let transport = Tcp::new(Socket::from(ours));
    let serving = tokio::spawn(serve(transport, address.ip(), shared.clone()));
    Tested {
        peer,
        questions,
        shared,
        serving,
    }
}

async fn send(peer: &mut (impl AsyncWrite + Unpin), message: &[u8]) {
    let length = u32::try_from(message.len()).expect("a small message");
    peer.write_u32(length).await.expect("written");
    peer.write_all(message).await.expect("written");
}

async fn receive(peer: &mut (impl AsyncRead + Unpin)) -> Option<Vec<u8>> {
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
        let follower = tested.sign_in().await;
        (tested, follower)
    }
}

impl Tested<TcpStream> {
    async fn signed_in() -> (Self, Follower) {
        let mut tested = over_a_socket(unlimited()).await;
        let follower = tested.sign_in().await;
        (tested, follower)
    }
}

impl<P: AsyncRead + AsyncWrite + Unpin> Tested<P> {
    async fn sign_in(&mut self) -> Follower {
        for message in sign_in() {
            send(&mut self.peer, &message).await;
        }
        let follower = self.questions.let_in().await;
        self.expect(Some(1)).await;
        self.expect(Some(2)).await;
        follower
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
    let (mut tested, _) = Tested::<DuplexStream>::signed_in(64 * 1024).await;
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
    let (tested, follower) = Tested::<DuplexStream>::signed_in(64 * 1024).await;
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
    let (mut tested, _) = Tested::<DuplexStream>::signed_in(64 * 1024).await;
    send(&mut tested.peer, &read(3)).await;
    let running = tested.questions.run().await;
    tested.has_ended().await;
    assert!(!running.is_abandoned());
}

#[tokio::test(start_paused = true)]
async fn calls_go_on_while_the_other_side_does_not_read() {
    let start = Instant::now();
    let (mut tested, follower) = Tested::<DuplexStream>::signed_in(64).await;
    send(&mut tested.peer, &read(3)).await;
    let running = tested.questions.run().await;
    (0..100).for_each(|_| follower.outbox.push(update()));
    tokio::task::yield_now().await;
    running.end(None).await.expect("it went on to its end");
    for _ in 0..100 {
        tested.expect(None).await;
    }
    tested.expect(Some(3)).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    tested.has_ended().await;
}

#[tokio::test]
async fn who_reads_too_slowly_is_cut() {
    let (mut tested, follower) = Tested::<DuplexStream>::signed_in(1024).await;
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
    let (mut tested, follower) = Tested::<DuplexStream>::signed_in(64).await;
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
    let (mut tested, follower) = Tested::<DuplexStream>::signed_in(64).await;
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

/// An update of about this size, without the push around it.
fn sized_update(size: usize) -> Arc<Rendered> {
    let text = "x".repeat(size);
    let message = types::Message {
        message: text,
        ..types::Message::default()
    };
    let message = Some(message);
    let template = Template::new(8, &UpdateMessage { message });
    Arc::new(Rendered::for_all(template))
}

fn id(message: &[u8]) -> u32 {
    ServerMessage::decode(message).expect("a ServerMessage").id
}

#[tokio::test]
async fn who_waits_is_told_without_being_woken() {
    let (tested, follower) = Tested::<TcpStream>::signed_in().await;
    let mut peer = tested.peer.into_std().expect("a socket");
    peer.set_nonblocking(false).expect("set");
    let scratch = &mut BytesMut::new();
    // This thread runs everything, so nobody but the one who tells can have written what it reads.
    for next in [3, 4] {
        follower.outbox.tell(&sized_update(9), Value::Same, scratch);
        let mut length = [0; 4];
        peer.read_exact(&mut length).expect("told");
        let mut message = vec![0; usize::try_from(u32::from_be_bytes(length)).expect("small")];
        peer.read_exact(&mut message).expect("told");
        assert_eq!(id(&message), next);
    }
}

#[tokio::test]
async fn what_has_no_room_keeps_its_place() {
    let (mut tested, follower) = Tested::<TcpStream>::signed_in().await;
    let scratch = &mut BytesMut::new();
    let update = sized_update(3000);
    let mut told = 0;
    // Until the system's buffers are full, and some are queued behind the one that went in part.
    while follower.outbox.len() < 5 {
        follower.outbox.tell(&update, Value::Same, scratch);
        told += 1;
        tokio::task::yield_now().await;
    }
    follower
        .outbox
        .tell(&sized_update(5000), Value::Same, scratch);
    send(&mut tested.peer, &read(3)).await;
    for next in 0..=told {
        let message = receive(&mut tested.peer).await.expect("a message");
        assert_eq!((answers(&message), id(&message)), (None, 3 + next));
    }
    tested.questions.run().await.finish(None);
    let message = receive(&mut tested.peer).await.expect("a message");
    assert_eq!((answers(&message), id(&message)), (Some(3), 4 + told));
    tested.has_ended().await;
}

#[tokio::test]
async fn a_lost_connection_is_noticed_by_its_task_alone() {
    let (tested, follower) = Tested::<TcpStream>::signed_in().await;
    drop(tested.peer);
    let scratch = &mut BytesMut::new();
    follower.outbox.tell(&sized_update(9), Value::Same, scratch);
    follower.outbox.tell(&sized_update(9), Value::Same, scratch);
    tested.serving.await.expect("no panic");
}
