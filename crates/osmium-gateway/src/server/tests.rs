//! Whole gateways on the loopback, with a backend that the test answers for.

use super::*;
use crate::testing::{Questions, Stub, answers, read};
use futures::{SinkExt, StreamExt};
use osmium_core::Config;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

struct Running {
    websocket: SocketAddr,
    tcp: SocketAddr,
    questions: Questions,
    shutdown: CancellationToken,
    serving: JoinHandle<()>,
}

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

fn config() -> GatewayConfig {
    GatewayConfig {
        websocket: ANY,
        tcp: Some(ANY),
        drain: Duration::ZERO,
        ..GatewayConfig::default()
    }
}

fn start(config: GatewayConfig) -> Running {
    let (stub, questions) = Stub::new(Config {
        rates: None,
        ..Config::default()
    });
    let (health, _) = Stub::new(Config::default());
    let server = Server::bind(config, stub, Arc::new(health), None).expect("bound");
    let (websocket, tcp) = (
        server.websocket_address,
        server.tcp.as_ref().expect("a listener").1,
    );
    let shutdown = CancellationToken::new();
    let serving = tokio::spawn(server.serve(shutdown.clone()));
    Running {
        websocket,
        tcp,
        questions,
        shutdown,
        serving,
    }
}

impl Running {
    async fn connect(&self, path: &str) -> Result<WebSocketStream<TcpStream>, Error> {
        self.connect_for(path, None).await
    }

    async fn connect_for(
        &self,
        path: &str,
        client: Option<&str>,
    ) -> Result<WebSocketStream<TcpStream>, Error> {
        let mut request = format!("ws://{}{path}", self.websocket).into_client_request()?;
        if let Some(client) = client {
            request
                .headers_mut()
                .insert("x-forwarded-for", client.parse().expect("a header"));
        }
        let stream = TcpStream::connect(self.websocket).await.expect("connected");
        client_async(request, stream)
            .await
            .map(|(socket, _)| socket)
    }

    async fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.websocket).await.expect("connected");
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("written");
        let mut response = String::new();
        stream.read_to_string(&mut response).await.expect("read");
        response
    }

    async fn ends(self) {
        self.shutdown.cancel();
        self.serving.await.expect("no panic");
    }
}

fn status<T>(outcome: Result<T, Error>) -> u16 {
    match outcome {
        Ok(_) => 101,
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("no answer: {error}"),
    }
}

#[tokio::test]
async fn any_path_becomes_a_websocket() {
    let mut running = start(config());
    for path in ["", "/", "/gateway", "/healthz"] {
        let mut socket = running.connect(path).await.expect("a websocket");
        socket.send(Message::binary(read(7))).await.expect("sent");
        running.questions.run().await.finish(None);
        let message = socket.next().await.expect("a frame").expect("no error");
        assert_eq!(answers(&message.into_data()), Some(7));
    }
    running.ends().await;
}

#[tokio::test]
async fn other_requests_are_answered() {
    let running = start(config());
    assert!(running.get("/healthz").await.starts_with("HTTP/1.1 200"));
    assert!(running.get("/readyz").await.ends_with("ready\n"));
    assert!(running.get("/elsewhere").await.starts_with("HTTP/1.1 404"));
    running.ends().await;
}

#[tokio::test]
async fn tcp_carries_the_same() {
    let mut running = start(config());
    let mut stream = TcpStream::connect(running.tcp).await.expect("connected");
    let message = read(7);
    stream
        .write_u32(u32::try_from(message.len()).expect("small"))
        .await
        .expect("written");
    stream.write_all(&message).await.expect("written");
    running.questions.run().await.finish(None);
    let mut answer =
        vec![0; usize::try_from(stream.read_u32().await.expect("read")).expect("small")];
    stream.read_exact(&mut answer).await.expect("read");
    assert_eq!(answers(&answer), Some(7));
    running.shutdown.cancel();
    assert_eq!(stream.read(&mut [0]).await.expect("read"), 0);
    drop(stream);
    running.ends().await;
}

#[tokio::test]
async fn an_address_has_its_limit() {
    let running = start(GatewayConfig {
        connections_per_address: 1,
        ..config()
    });
    let first = running.connect("/").await.expect("a websocket");
    assert_eq!(status(running.connect("/").await), 429);
    let mut stream = TcpStream::connect(running.tcp).await.expect("connected");
    assert_eq!(stream.read(&mut [0]).await.unwrap_or(0), 0);
    drop(first);
    running.ends().await;
}

#[tokio::test]
async fn behind_a_proxy_the_client_has_the_limit() {
    let trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    let running = start(GatewayConfig {
        connections_per_address: 1,
        trusted_proxies,
        ..config()
    });
    let _first = running
        .connect_for("/", Some("192.0.2.1"))
        .await
        .expect("a websocket");
    let _other = running
        .connect_for("/", Some("192.0.2.2"))
        .await
        .expect("a websocket");
    assert_eq!(
        status(running.connect_for("/", Some("192.0.2.1")).await),
        429
    );
    running.ends().await;
}

#[tokio::test]
async fn the_address_reaches_the_calls() {
    let trusted_proxies = vec!["127.0.0.1".parse().expect("a network")];
    let mut running = start(GatewayConfig {
        trusted_proxies,
        ..config()
    });
    let mut socket = running
        .connect_for("/", Some("192.0.2.1"))
        .await
        .expect("a websocket");
    socket.send(Message::binary(read(7))).await.expect("sent");
    let asked = running.questions.run().await;
    assert_eq!(asked.call.caller.address.to_string(), "192.0.2.1");
    asked.finish(None);
    running.ends().await;
}

/// A gateway that has trusted proxies on this machine say for whom they connect by TCP, one connection for each.
fn start_behind_proxy() -> Running {
    let trusted_proxies = vec!["127.0.0.1".parse().expect("a network")];
    start(GatewayConfig {
        connections_per_address: 1,
        trusted_proxies,
        tcp_proxy_protocol: true,
        ..config()
    })
}

/// What a proxy says when this client connects, and then a call of theirs.
async fn connect_tcp_for(running: &Running, client: &str) -> TcpStream {
    let mut stream = TcpStream::connect(running.tcp).await.expect("connected");
    let header = format!("PROXY TCP4 {client} 198.51.100.1 4711 8081\r\n");
    stream.write_all(header.as_bytes()).await.expect("written");
    let message = read(7);
    let length = u32::try_from(message.len()).expect("small");
    stream.write_u32(length).await.expect("written");
    stream.write_all(&message).await.expect("written");
    stream
}

#[tokio::test]
async fn behind_a_proxy_tcp_clients_have_their_addresses() {
    let mut running = start_behind_proxy();
    let mut connected = Vec::new();
    for client in ["192.0.2.1", "192.0.2.2"] {
        connected.push(connect_tcp_for(&running, client).await);
        let asked = running.questions.run().await;
        assert_eq!(asked.call.caller.address.to_string(), client);
        asked.finish(None);
    }
    let mut third = connect_tcp_for(&running, "192.0.2.1").await;
    assert_eq!(third.read(&mut [0]).await.unwrap_or(0), 0);
    running.ends().await;
}

#[tokio::test]
async fn a_proxy_that_does_not_say_for_whom_is_refused() {
    let running = start_behind_proxy();
    let mut stream = TcpStream::connect(running.tcp).await.expect("connected");
    let message = read(7);
    let length = u32::try_from(message.len()).expect("small");
    stream.write_u32(length).await.expect("written");
    stream.write_all(&message).await.expect("written");
    stream.write_all(&[b'\n'; 100]).await.expect("written");
    assert_eq!(stream.read(&mut [0]).await.unwrap_or(0), 0);
    running.ends().await;
}

#[tokio::test]
async fn who_is_not_trusted_speaks_for_nobody() {
    let trusted_proxies = vec!["192.0.2.9".parse().expect("a network")];
    let running = start(GatewayConfig {
        trusted_proxies,
        tcp_proxy_protocol: true,
        ..config()
    });
    // "PROX" is a length that no message has.
    let mut stream = connect_tcp_for(&running, "192.0.2.1").await;
    assert_eq!(stream.read(&mut [0]).await.unwrap_or(0), 0);
    running.ends().await;
}

#[tokio::test]
async fn a_full_gateway_refuses() {
    let running = start(GatewayConfig {
        connections: 1,
        ..config()
    });
    let _first = running.connect("/").await.expect("a websocket");
    assert!(running.connect("/").await.is_err());
    running.ends().await;
}

#[tokio::test]
async fn a_drain_closes_all_and_ends() {
    let running = start(config());
    let mut socket = running.connect("/").await.expect("a websocket");
    running.shutdown.cancel();
    match socket.next().await.expect("a frame").expect("no error") {
        Message::Close(Some(frame)) => assert_eq!(u16::from(frame.code), 1012),
        other => panic!("not a close frame: {other:?}"),
    }
    drop(socket);
    assert!(TcpStream::connect(running.websocket).await.is_err());
    running.ends().await;
}

#[tokio::test]
async fn both_listeners_speak_tls() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a certificate");
    let tls = TlsConfig {
        certificate: made.cert.pem().into_bytes(),
        key: made.signing_key.serialize_pem().into_bytes(),
    };
    let mut running = start(GatewayConfig {
        tls: Some(tls),
        ..config()
    });
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(client));
    let connect = async |address| {
        let stream = TcpStream::connect(address).await.expect("connected");
        connector
            .connect("localhost".try_into().expect("a name"), stream)
            .await
            .expect("TLS")
    };

    let (mut socket, _) = client_async("ws://localhost/", connect(running.websocket).await)
        .await
        .expect("a websocket");
    socket.send(Message::binary(read(7))).await.expect("sent");
    running.questions.run().await.finish(None);
    assert!(socket.next().await.expect("a frame").is_ok());

    let mut stream = connect(running.tcp).await;
    let message = read(8);
    stream
        .write_u32(u32::try_from(message.len()).expect("small"))
        .await
        .expect("written");
    stream.write_all(&message).await.expect("written");
    running.questions.run().await.finish(None);
    assert!(stream.read_u32().await.expect("read") > 0);
    drop((socket, stream));
    running.ends().await;
}

#[tokio::test]
async fn a_bad_certificate_is_refused() {
    let tls = TlsConfig {
        certificate: b"none".to_vec(),
        key: b"none".to_vec(),
    };
    let (stub, _) = Stub::new(Config::default());
    let (health, _) = Stub::new(Config::default());
    let config = GatewayConfig {
        tls: Some(tls),
        ..config()
    };
    let error = Server::bind(config, stub, Arc::new(health), None)
        .map(|_| ())
        .map_err(|error| error.kind());
    assert_eq!(error, Err(io::ErrorKind::InvalidData));
}
