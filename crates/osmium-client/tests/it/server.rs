//! A server that does what the test says.

use std::fmt::Debug;
use std::time::Duration;

use futures::{SinkExt, StreamExt};
use osmium_client::Endpoint;
use osmium_proto::core::client_message::Message as Call;
use osmium_proto::core::{
    ClientMessage, Initialized, RpcError, RpcResult, ServerMessage, rpc_result, server_message,
};
use osmium_proto::updates::{self, Update, update};
use osmium_proto::{Reply, auth, types};
use prost::Message as _;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{WebSocketStream, accept_async};

/// Any socket.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A listening socket on the loopback device.
pub(crate) struct Server {
    listener: TcpListener,
}

/// The server's side of one connection.
pub(crate) struct Peer {
    socket: Socket,
    sent: u32,
}

enum Socket {
    WebSocket(Box<WebSocketStream<Box<dyn Stream>>>),
    Tcp(Box<dyn Stream>),
}

/// Fails the test if something takes longer than any of it should.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(10), future)
        .await
        .expect("this takes too long")
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        Self {
            listener: listener.expect("a free port"),
        }
    }

    pub(crate) fn endpoint(&self, scheme: &str) -> Endpoint {
        let address = self.listener.local_addr().expect("an address");
        let url = format!("{scheme}://localhost:{}/gateway", address.port());
        Endpoint::new(&url).expect("a URL")
    }

    /// The next connection, before anything is said on it.
    pub(crate) async fn accept_raw(&self) -> Box<dyn Stream> {
        let (socket, _) = soon(self.listener.accept()).await.expect("a connection");
        Box::new(socket)
    }

    /// The next connection, of a `ws` or `tcp` endpoint.
    pub(crate) async fn accept(&self, scheme: &str) -> Peer {
        Peer::new(self.accept_raw().await, scheme).await
    }

    /// The next connection, after it has introduced itself.
    pub(crate) async fn accept_initialized(&self, scheme: &str) -> Peer {
        let mut peer = self.accept(scheme).await;
        let (id, call) = peer.call().await;
        assert!(matches!(call, Call::CoreInitialize(_)), "{call:?}");
        peer.reply(id, Initialized::default()).await;
        peer
    }
}

impl Peer {
    pub(crate) async fn new(stream: Box<dyn Stream>, scheme: &str) -> Self {
        let socket = match scheme {
            "ws" | "wss" => Socket::WebSocket(Box::new(
                soon(accept_async(stream)).await.expect("a handshake"),
            )),
            _ => Socket::Tcp(stream),
        };
        Self { socket, sent: 0 }
    }

    /// The next message.
    pub(crate) async fn read(&mut self) -> ClientMessage {
        let bytes = soon(self.read_bytes()).await;
        ClientMessage::decode(bytes.as_slice()).expect("a ClientMessage")
    }

    /// The next message, in a test whose clock does not wait.
    pub(crate) async fn read_paused(&mut self) -> ClientMessage {
        let bytes = self.read_bytes().await;
        ClientMessage::decode(bytes.as_slice()).expect("a ClientMessage")
    }

    async fn read_bytes(&mut self) -> Vec<u8> {
        match &mut self.socket {
            Socket::WebSocket(socket) => loop {
                let message = socket.next().await.expect("a message");
                if let Message::Binary(bytes) = message.expect("a message") {
                    return bytes.into();
                }
            },
            Socket::Tcp(socket) => {
                let length = socket.read_u32().await.expect("a length");
                let mut bytes = vec![0; length.try_into().expect("a length")];
                socket.read_exact(&mut bytes).await.expect("a message");
                bytes
            }
        }
    }

    /// The next call and its id.
    pub(crate) async fn call(&mut self) -> (u32, Call) {
        let message = self.read().await;
        (message.id, message.message.expect("a call"))
    }

    pub(crate) async fn reply(&mut self, req_id: u32, reply: impl Reply) {
        self.result(req_id, reply.into_result()).await;
    }

    pub(crate) async fn error(&mut self, req_id: u32, code: u32) {
        let error = RpcError {
            error_code: code,
            error_message: "no".to_owned(),
        };
        self.result(req_id, Some(rpc_result::Result::Error(error)))
            .await;
    }

    async fn result(&mut self, req_id: u32, result: Option<rpc_result::Result>) {
        let result = RpcResult {
            req_id,
            result,
            trace_id: Some("trace".to_owned()),
        };
        self.send(server_message::Message::Result(result)).await;
    }

    /// Sends an update that tells of a user.
    pub(crate) async fn update(&mut self, user_id: u64) {
        self.send(server_message::Message::Update(user_update(user_id)))
            .await;
    }

    async fn send(&mut self, message: server_message::Message) {
        self.sent += 1;
        let message = ServerMessage {
            id: self.sent,
            message: Some(message),
        };
        self.send_bytes(message.encode_to_vec()).await;
    }

    pub(crate) async fn send_bytes(&mut self, bytes: Vec<u8>) {
        match &mut self.socket {
            Socket::WebSocket(socket) => {
                let sent = socket.send(Message::Binary(bytes.into())).await;
                sent.expect("the client listens");
            }
            Socket::Tcp(socket) => {
                let length = bytes.len().try_into().expect("a length");
                socket.write_u32(length).await.expect("the client listens");
                socket.write_all(&bytes).await.expect("the client listens");
                socket.flush().await.expect("the client listens");
            }
        }
    }

    /// Closes a WebSocket with a code.
    pub(crate) async fn close(self, code: u16, reason: &'static str) {
        let Socket::WebSocket(mut socket) = self.socket else {
            return;
        };
        let frame = CloseFrame {
            code: code.into(),
            reason: reason.into(),
        };
        // The client may have gone first.
        let _ = socket.send(Message::Close(Some(frame))).await;
        while let Some(Ok(_)) = soon(socket.next()).await {}
    }

    /// Waits for the client to close or drop the connection.
    pub(crate) async fn ended(mut self) {
        match &mut self.socket {
            Socket::WebSocket(socket) => while let Some(Ok(_)) = soon(socket.next()).await {},
            Socket::Tcp(socket) => {
                let mut rest = Vec::new();
                // It does not matter how it ends.
                let _ = soon(socket.read_to_end(&mut rest)).await;
            }
        }
    }
}

/// An update that tells of a user.
pub(crate) fn user_update(user_id: u64) -> Update {
    let user = types::User {
        id: user_id,
        name: "Ann".to_owned(),
        ..Default::default()
    };
    Update {
        update: Some(update::Update::User(Box::new(updates::UpdateUser {
            user_id,
            user: Some(user),
        }))),
    }
}

/// What signing in is answered with.
pub(crate) fn signed_in(token: &str) -> auth::Authorization {
    auth::Authorization {
        token: token.to_owned(),
        user: Some(types::User::default()),
        session_id: 5,
    }
}

/// Fails the test unless this is the expected variant.
#[macro_export]
macro_rules! assert_matches {
    ($value:expr, $($pattern:tt)+) => {
        match $value {
            $($pattern)+ => {}
            other => panic!("{other:?} is not {}", stringify!($($pattern)+)),
        }
    };
}

/// Both sides at once; the result of the first.
pub(crate) async fn both<T: Debug>(
    client: impl Future<Output = T>,
    server: impl Future<Output = ()>,
) -> T {
    let (result, ()) = soon(futures::future::join(client, server)).await;
    result
}
