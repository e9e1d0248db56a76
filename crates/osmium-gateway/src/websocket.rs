//! Messages over WebSocket: one binary frame each.
//!
//! Reading and control frames are the library's. Our messages go around its write buffer, which copies each of them
//! and keeps the room of the largest for ever; a server's frame is but a head before the message.

use crate::batch::Batch;
use crate::bounded::Bounded;
use crate::line::Head;
use crate::stream::Stream;
use crate::transport::{LARGEST, LARGEST_OF_STRANGERS, PARTING, Received, Transport, part};
use bytes::{Buf, BufMut, Bytes, BytesMut};
use futures::{SinkExt, StreamExt};
use osmium_core::session::CloseReason;
use std::io;
use std::sync::Arc;
use tokio::io::AsyncWriteExt;
use tokio::net::tcp::OwnedWriteHalf;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

/// The library's defaults take 136 KiB a connection.
const READ_BUFFER: usize = 2048;
/// For control frames alone.
const WRITE_BUFFER: usize = 1024;
/// The first byte of a frame that is a whole binary message.
const BINARY: u8 = 0x82;

/// A WebSocket, after its handshake.
pub(crate) struct WebSocket<S> {
    socket: WebSocketStream<Bounded<S>>,
    /// The library's answer to a ping or a close may wait in its buffer.
    owes_answer: bool,
    outgoing: Batch,
}

impl<S: Stream> WebSocket<S> {
    /// The server's side of this stream, from which these bytes were read already.
    pub(crate) async fn new(stream: S, read: &[u8]) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_write_buffer_size(16 * WRITE_BUFFER)
            .max_message_size(Some(LARGEST))
            .max_frame_size(Some(LARGEST));
        // What is read ahead of the end of a message counts for the next one, and is no more than the buffer.
        let stream = Bounded::new(stream, LARGEST_OF_STRANGERS + READ_BUFFER);
        let (read, role, config) = (read.to_vec(), Role::Server, Some(config));
        let socket = WebSocketStream::from_partially_read(stream, read, role, config).await;
        Self {
            socket,
            owes_answer: false,
            outgoing: Batch::default(),
        }
    }

    async fn say_goodbye(&mut self, reason: Option<CloseReason>) -> io::Result<()> {
        self.flush().await?;
        // The answer to a close of the other side is the library's, and went with this.
        if let Some(reason) = reason {
            let frame = CloseFrame {
                code: reason.code().into(),
                reason: reason.text().into(),
            };
            self.socket
                .close(Some(frame))
                .await
                .map_err(io::Error::other)?;
        }
        part(&mut self.socket.get_mut().stream).await
    }
}

impl<S: Stream> Transport for WebSocket<S> {
    const NAME: &'static str = "websocket";
    const HEAD: Head = head;

    fn writer(&self) -> Option<Arc<OwnedWriteHalf>> {
        self.socket.get_ref().stream.writer()
    }

    async fn receive(&mut self) -> Received {
        match self.socket.next().await {
            Some(Ok(message)) => {
                self.socket.get_mut().begin_anew();
                self.owes_answer |= message.is_ping() || message.is_close();
                received(message)
            }
            Some(Err(error)) => failed(&error),
            None => Received::Lost,
        }
    }

    fn trust(&mut self) {
        self.socket.get_mut().unbind();
    }

    fn queue(&mut self, messages: impl Iterator<Item = Bytes>) {
        self.outgoing.append(messages, Self::HEAD);
    }

    fn queue_rest(&mut self, rest: Bytes) {
        self.outgoing.append_rest(rest);
    }

    fn has_queued(&self) -> bool {
        self.outgoing.has_remaining()
    }

    fn is_clear(&self) -> bool {
        !self.owes_answer && !self.has_queued()
    }

    async fn flush(&mut self) -> io::Result<()> {
        // The library's answer goes first. Between two frames of ours there is none: it comes from reading alone.
        if self.owes_answer {
            self.socket.flush().await.map_err(io::Error::other)?;
            self.owes_answer = false;
        }
        let stream = &mut self.socket.get_mut().stream;
        self.outgoing.write_to(stream).await?;
        stream.flush().await
    }

    async fn close(mut self, reason: Option<CloseReason>) {
        let _ = tokio::time::timeout(PARTING, self.say_goodbye(reason)).await;
    }
}

fn received(message: Message) -> Received {
    match message {
        Message::Binary(message) => Received::Message(message),
        Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => Received::Alive,
        Message::Text(_) => Received::Violation(CloseReason::Text),
        Message::Close(_) => Received::Closing,
    }
}

fn failed(error: &Error) -> Received {
    match error {
        Error::Capacity(_) => Received::Violation(CloseReason::TooLarge),
        Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Received::Violation(CloseReason::TooLarge)
        }
        Error::Utf8(_) => Received::Violation(CloseReason::Text),
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Received::Lost,
        Error::Protocol(_) => Received::Violation(CloseReason::Undecodable),
        _ => Received::Lost,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "each branch has checked what it casts"
)]
fn head(length: usize, out: &mut BytesMut) {
    out.put_u8(BINARY);
    match length {
        0..126 => out.put_u8(length as u8),
        126..0x1_0000 => {
            out.put_u8(126);
            out.put_u16(length as u16);
        }
        _ => {
            out.put_u8(127);
            out.put_u64(length as u64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{DuplexStream, duplex};
    use tokio_tungstenite::tungstenite::protocol::frame::Frame;
    use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};

    async fn pair() -> (WebSocket<DuplexStream>, WebSocketStream<DuplexStream>) {
        let (ours, theirs) = duplex(8 << 20);
        let peer = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
        (WebSocket::new(ours, &[]).await, peer)
    }

    #[tokio::test]
    async fn messages_of_all_sizes_arrive_whole() {
        let (mut socket, mut peer) = pair().await;
        let messages = [0, 1, 125, 126, 1024, 1025, 65_535, 65_536, 1_000_000]
            .map(|size| Bytes::from(vec![5; size]));
        socket.queue(messages.iter().cloned());
        socket.flush().await.expect("sent");
        for message in messages {
            assert_eq!(
                peer.next().await.expect("a frame").expect("no error"),
                Message::Binary(message)
            );
        }
    }

    #[tokio::test]
    async fn a_ping_is_answered_between_messages() {
        let (mut socket, mut peer) = pair().await;
        peer.send(Message::Ping("a".into())).await.expect("sent");
        assert_eq!(socket.receive().await, Received::Alive);
        socket.queue([Bytes::from_static(b"m")].into_iter());
        socket.flush().await.expect("sent");
        assert_eq!(
            peer.next().await.expect("a frame").expect("no error"),
            Message::Pong("a".into())
        );
        assert_eq!(
            peer.next().await.expect("a frame").expect("no error"),
            Message::binary("m")
        );
    }

    #[tokio::test]
    async fn fragments_are_joined() {
        let (mut socket, mut peer) = pair().await;
        let fragment = |part: &'static [u8], data, last| {
            Message::Frame(Frame::message(part, OpCode::Data(data), last))
        };
        peer.send(fragment(b"on", Data::Binary, false))
            .await
            .expect("sent");
        peer.send(fragment(b"e", Data::Continue, true))
            .await
            .expect("sent");
        assert_eq!(socket.receive().await, Received::Message("one".into()));
    }

    async fn closed_with(message: Message) -> u16 {
        let (mut socket, mut peer) = pair().await;
        peer.send(message).await.expect("sent");
        let Received::Violation(reason) = socket.receive().await else {
            panic!("no violation")
        };
        let parting = tokio::spawn(socket.close(Some(reason)));
        let Some(Ok(Message::Close(Some(frame)))) = peer.next().await else {
            panic!("no close frame")
        };
        assert_eq!(frame.reason, reason.text());
        drop(peer);
        parting.await.expect("no panic");
        frame.code.into()
    }

    #[tokio::test]
    async fn violations_are_told_in_the_close_frame() {
        assert_eq!(closed_with(Message::text("hello")).await, 1003);
        assert_eq!(
            closed_with(Message::binary(vec![0; LARGEST + 1])).await,
            1009
        );
    }

    #[tokio::test]
    async fn of_strangers_only_so_much_is_read() {
        let large = Bytes::from(vec![7; 2 * LARGEST_OF_STRANGERS]);
        let (mut socket, mut peer) = pair().await;
        for _ in 0..4 {
            let small = Message::binary(large.slice(..LARGEST_OF_STRANGERS / 2));
            peer.send(small.clone()).await.expect("sent");
            let small = Received::Message(small.into_data());
            assert_eq!(socket.receive().await, small);
        }
        peer.send(Message::binary(large.clone()))
            .await
            .expect("sent");
        let refused = Received::Violation(CloseReason::TooLarge);
        assert_eq!(socket.receive().await, refused);

        let (mut socket, mut peer) = pair().await;
        socket.trust();
        peer.send(Message::binary(large.clone()))
            .await
            .expect("sent");
        assert_eq!(socket.receive().await, Received::Message(large));
    }

    #[tokio::test]
    async fn a_close_is_answered() {
        let (mut socket, mut peer) = pair().await;
        let frame = CloseFrame {
            code: CloseCode::Away,
            reason: "bye".into(),
        };
        peer.close(Some(frame.clone())).await.expect("sent");
        assert_eq!(socket.receive().await, Received::Closing);
        let parting = tokio::spawn(socket.close(None));
        assert_eq!(
            peer.next().await.expect("a frame").expect("no error"),
            Message::Close(Some(frame))
        );
        assert!(peer.next().await.is_none());
        drop(peer);
        parting.await.expect("no panic");
    }
}
