//! What never answers and never ends: connections to the database that die without a word, and clients that do not read.

use crate::deployment::Place;
use crate::forwarder::Forwarder;
use crate::quickstart::{Meeting, Person};
use crate::service::Service;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// How long people may have to try again: as long as an answer of the database is waited for, a few times over.
const PATIENCE: Duration = Duration::from_secs(60);

// Waiting for a process takes a thread; clients have others.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn people_talk_on_when_connections_to_postgresql_fall_silent() {
    let Some(mut place) = Place::new().await else {
        eprintln!("skipped: silence (fast)");
        return;
    };
    place.migrate();
    let forwarder = Forwarder::start(place.database_address()).await;
    place.reach_database_at(&forwarder.address);
    let mut gateway = place.gateway("127.0.0.1:0", "127.0.0.1:0");
    let mut fanout = place.fanout();
    gateway.until_ready();
    fanout.until_ready();
    let ann = Person::sign_up(&gateway.url(), "Ann").await.expect("Ann");
    let bob = Person::sign_up(&gateway.url(), "Bob").await.expect("Bob");
    let mut meeting = Meeting::arrange(ann, bob).await.expect("a meeting");
    meeting.talk().await.expect("all is well");

    let before = forwarder.connections();
    forwarder.forget();
    let began = Instant::now();
    while let Err(error) = meeting.talk().await {
        assert!(began.elapsed() < PATIENCE, "{error}");
    }
    assert!(forwarder.connections() > before);

    forwarder.forget();
    assert_eq!(gateway.end("TERM"), Some(0));
    assert_eq!(fanout.end("TERM"), Some(0));
}

#[test]
fn who_asks_and_does_not_read_keeps_no_service_from_ending() {
    let folder = tempdir().expect("a folder");
    let mut server = Service::by_itself(folder.path());
    server.until_ready();
    let mut stream = TcpStream::connect(&server.address).expect("a connection");
    stream
        .set_write_timeout(Some(Duration::from_millis(200)))
        .expect("a socket");
    // Until there is no room, not even for more questions.
    while stream
        .write_all(b"GET /metrics HTTP/1.1\r\nhost: osmium\r\n\r\n")
        .is_ok()
    {}
    assert_eq!(server.end("TERM"), Some(0));
    drop(stream);
}

#[tokio::test]
async fn who_asks_by_half_keeps_no_service_from_ending() {
    let Some(place) = Place::new().await else {
        eprintln!("skipped: silence (fast)");
        return;
    };
    place.migrate();
    let mut fanout = place.fanout();
    fanout.until_ready();
    let mut stream = TcpStream::connect(&fanout.address).expect("a connection");
    let half = b"GET /healthz HTTP/1.1\r\nhost: osmium\r\nx-a:";
    stream.write_all(half).expect("half a question");
    assert_eq!(fanout.end("TERM"), Some(0));
    assert_eq!(stream.read(&mut [0]).unwrap_or(0), 0);
}
