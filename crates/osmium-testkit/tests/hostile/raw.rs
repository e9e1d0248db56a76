//! A socket without any client on it: bytes out, and bytes in until the end.

use osmium_client::Endpoint;
use osmium_proto::core::{ClientMessage, client_message};
use osmium_testkit::cluster::Gateway;
use prost::Message;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long to wait for what has to come, before the test has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The head of a request for a WebSocket, in good order.
pub(crate) const UPGRADE: &str = "GET /gateway HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n\
    Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A connected socket.
pub(crate) struct Raw {
    stream: TcpStream,
}

impl Raw {
    /// Connects to where messages with lengths are spoken.
    pub(crate) async fn tcp(gateway: &Gateway) -> Self {
        Self::connect(&gateway.tcp_endpoint()).await
    }

    /// Connects to where HTTP is spoken.
    pub(crate) async fn http(gateway: &Gateway) -> Self {
        Self::connect(&gateway.endpoint()).await
    }

    /// Connects, and becomes a WebSocket.
    pub(crate) async fn websocket(gateway: &Gateway) -> Self {
        let mut raw = Self::http(gateway).await;
        assert_eq!(raw.upgrade().await, 101);
        raw
    }

    /// Connects to an endpoint.
    pub(crate) async fn connect(endpoint: &Endpoint) -> Self {
        let stream = TcpStream::connect(address(endpoint)).await;
        Self {
            stream: stream.expect("the server listens"),
        }
    }

    /// Asks for a WebSocket; gives the status.
    pub(crate) async fn upgrade(&mut self) -> u16 {
        self.write(UPGRADE.as_bytes()).await.expect("written");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.extend(self.read(1).await);
        }
        status(&head).expect("an answer of HTTP")
    }

    /// Sends bytes.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await
    }

    /// Sends bytes that may come too late: what has been said before was enough to be cut.
    pub(crate) async fn attempt(&mut self, bytes: &[u8]) {
        let _ = self.write(bytes).await;
    }

    /// Receives exactly so many bytes.
    pub(crate) async fn read(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        let read = timeout(PATIENCE, self.stream.read_exact(&mut bytes)).await;
        read.expect("something is due, and nothing comes")
            .expect("the connection is open");
        bytes
    }

    /// One message with its length before it.
    pub(crate) async fn message(&mut self) -> Vec<u8> {
        let head = self.read(4).await.try_into().expect("four bytes");
        self.read(u32::from_be_bytes(head) as usize).await
    }

    /// One message, as the transport frames it.
    pub(crate) async fn hear(&mut self, is_websocket: bool) -> Vec<u8> {
        if !is_websocket {
            return self.message().await;
        }
        let length = match self.read(2).await[1] {
            126 => u16::from_be_bytes(self.read(2).await.try_into().expect("two bytes")).into(),
            length => usize::from(length),
        };
        self.read(length).await
    }

    /// Says nothing more; gives what comes until the server ends the connection too.
    pub(crate) async fn end(mut self) -> Vec<u8> {
        // Whoever is cut already cannot say that.
        let _ = self.stream.shutdown().await;
        self.rest().await
    }

    /// What comes until the server ends the connection, in good order or not.
    pub(crate) async fn rest(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // A reset is an end too.
        let _ = timeout(PATIENCE, self.stream.read_to_end(&mut bytes))
            .await
            .expect("the connection is to be ended");
        bytes
    }

    /// Whether the server ends the connection before this time has passed.
    pub(crate) async fn ends_within(&mut self, time: Duration) -> bool {
        timeout(time, self.stream.read_u8())
            .await
            .is_ok_and(|read| read.is_err())
    }
}

fn address(endpoint: &Endpoint) -> SocketAddr {
    let url = endpoint.to_string();
    let address = url.split('/').nth(2).expect("a host");
    address.parse().expect("an address")
}

/// The bytes of a request.
pub(crate) fn request(id: u32, message: impl Into<client_message::Message>) -> Vec<u8> {
    let message = Some(message.into());
    ClientMessage { id, message }.encode_to_vec()
}

/// A message with its length before it.
pub(crate) fn with_length(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).expect("a small message");
    [&length.to_be_bytes(), message].concat()
}

/// The status of an answer of HTTP, if it is one.
pub(crate) fn status(answer: &[u8]) -> Option<u16> {
    let answer = std::str::from_utf8(answer.strip_prefix(b"HTTP/1.1 ")?.get(..3)?);
    answer.ok()?.parse().ok()
}

/// A frame of a WebSocket client: its first byte, and its payload under a mask.
pub(crate) fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    const MASK: [u8; 4] = [0x9a, 0x5c, 0x31, 0xee];
    let mut frame = head(first, payload.len(), 0x80);
    frame.extend(MASK);
    let hidden = payload.iter().zip(MASK.iter().cycle());
    frame.extend(hidden.map(|(byte, mask)| byte ^ mask));
    frame
}

/// The same without a mask, as only servers may send it.
pub(crate) fn unmasked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = head(first, payload.len(), 0);
    frame.extend(payload);
    frame
}

/// The head of a frame up to its length.
pub(crate) fn head(first: u8, length: usize, mask_bit: u8) -> Vec<u8> {
    let small = u8::try_from(length).unwrap_or(u8::MAX);
    if small < 126 {
        return vec![first, mask_bit | small];
    }
    let mut frame = vec![first, mask_bit | 127];
    frame.extend((length as u64).to_be_bytes());
    frame
}

/// The frames that a server sent: the first byte and the payload of each. What is cut off is left out.
pub(crate) fn frames(mut bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let mut frames = Vec::new();
    while let Some((first, payload, rest)) = split_frame(bytes) {
        frames.push((first, payload));
        bytes = rest;
    }
    frames
}

fn split_frame(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[first, length], rest) = bytes.split_first_chunk()?;
    let (length, rest) = match length {
        126 => {
            let (length, rest) = rest.split_first_chunk()?;
            (u64::from(u16::from_be_bytes(*length)), rest)
        }
        127 => {
            let (length, rest) = rest.split_first_chunk()?;
            (u64::from_be_bytes(*length), rest)
        }
        length => (length.into(), rest),
    };
    let (payload, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    Some((first, payload, rest))
}

/// The code of the close frame that came last, if one did.
pub(crate) fn close_code(bytes: &[u8]) -> Option<u16> {
    let (first, payload) = *frames(bytes).last()?;
    let code = payload.first_chunk().filter(|_| first == 0x88)?;
    Some(u16::from_be_bytes(*code))
}
