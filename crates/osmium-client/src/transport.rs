//! One socket, split into a reader and a writer of messages: WebSocket, or any stream with lengths.

use std::io;

use bytes::Bytes;
use futures::stream::{SplitSink, SplitStream};
use futures::{SinkExt, StreamExt};
use tokio::io::{
    AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, BufWriter, ReadHalf, WriteHalf, split,
};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async_with_config};

use crate::endpoint::Endpoint;
use crate::error::{CloseReason, ConnectError};
use crate::framing;

/// Something to send that is not a call: what a test of a server's manners needs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Frame {
    /// One message, framed as the transport does it.
    Message(Bytes),
    /// A WebSocket text frame.
    Text(String),
    /// A WebSocket ping.
    Ping(Bytes),
    /// A WebSocket close frame with a code; on TCP, the end of what is sent.
    Close(u16, String),
    /// Bytes as they are, with no length before them. Not for WebSocket.
    Raw(Bytes),
}

/// Small, because one process may hold thousands of connections.
const BUFFER: usize = 4096;

type Socket = MaybeTlsStream<TcpStream>;
type WebSocket = WebSocketStream<Socket>;

/// What a stream has to be to carry messages.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// What a reader saw.
pub(crate) enum Heard {
    /// A message.
    Message(Bytes),
    /// A sign of life: a ping, which is answered already, or a pong.
    Control,
}

/// The half of a socket that messages come from.
pub(crate) enum Reader {
    WebSocket(SplitStream<WebSocket>),
    Stream(BufReader<ReadHalf<Box<dyn Stream>>>),
}

/// The half of a socket that frames go to.
pub(crate) enum Writer {
    WebSocket(SplitSink<WebSocket, Message>),
    Stream(BufWriter<WriteHalf<Box<dyn Stream>>>),
}

/// Connects to a server.
pub(crate) async fn connect(endpoint: &Endpoint) -> Result<(Reader, Writer), ConnectError> {
    let socket = endpoint.open().await?;
    if !endpoint.is_websocket() {
        return Ok(over(Box::new(socket)));
    }
    let (websocket, _) = client_async_with_config(endpoint.uri(), socket, Some(websocket_config()))
        .await
        .map_err(|error| ConnectError::Handshake(Box::new(error)))?;
    let (sink, stream) = websocket.split();
    Ok((Reader::WebSocket(stream), Writer::WebSocket(sink)))
}

/// Messages with lengths over any stream.
pub(crate) fn over(stream: Box<dyn Stream>) -> (Reader, Writer) {
    let (read, write) = split(stream);
    (
        Reader::Stream(BufReader::with_capacity(BUFFER, read)),
        Writer::Stream(BufWriter::with_capacity(BUFFER, write)),
    )
}

fn websocket_config() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(8 << 20)
        .max_message_size(Some(framing::LONGEST))
        .max_frame_size(Some(framing::LONGEST))
}

impl Reader {
    /// The next thing that the server sends, or how the connection ended.
    pub(crate) async fn next(&mut self) -> Result<Heard, CloseReason> {
        match self {
            Self::WebSocket(stream) => next_of_websocket(stream).await,
            Self::Stream(stream) => match framing::read(stream).await {
                Ok(Some(message)) => Ok(Heard::Message(message)),
                Ok(None) => Err(CloseReason::lost("the server closed the connection")),
                Err(error) => Err(CloseReason::lost(error)),
            },
        }
    }
}

async fn next_of_websocket(stream: &mut SplitStream<WebSocket>) -> Result<Heard, CloseReason> {
    loop {
        match stream.next().await {
            Some(Ok(Message::Binary(message))) => return Ok(Heard::Message(message)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(Heard::Control),
            Some(Ok(Message::Close(frame))) => {
                // Reading on sends the answer to it.
                let _ = stream.next().await;
                return Err(frame.as_ref().map(close_reason).unwrap_or_default());
            }
            // No server sends these.
            Some(Ok(Message::Text(_) | Message::Frame(_))) => {}
            Some(Err(error)) => return Err(CloseReason::lost(error)),
            None => return Err(CloseReason::lost("the server closed the connection")),
        }
    }
}

fn close_reason(frame: &CloseFrame) -> CloseReason {
    CloseReason {
        code: Some(frame.code.into()),
        reason: frame.reason.to_string(),
    }
}

impl Writer {
    /// Takes a frame, which may stay in a buffer until [`flush`](Self::flush).
    pub(crate) async fn feed(&mut self, frame: Frame) -> io::Result<()> {
        match self {
            Self::WebSocket(sink) => {
                let message = websocket_message(frame)?;
                sink.feed(message).await.map_err(io_error)
            }
            Self::Stream(stream) => feed_stream(stream, frame).await,
        }
    }

    /// Sends what is in the buffer.
    pub(crate) async fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::WebSocket(sink) => sink.flush().await.map_err(io_error),
            Self::Stream(stream) => stream.flush().await,
        }
    }
}

fn websocket_message(frame: Frame) -> io::Result<Message> {
    Ok(match frame {
        Frame::Message(message) => Message::Binary(message),
        Frame::Text(text) => Message::text(text),
        Frame::Ping(data) => Message::Ping(data),
        Frame::Close(code, reason) => Message::Close(Some(CloseFrame {
            code: CloseCode::from(code),
            reason: Utf8Bytes::from(reason),
        })),
        Frame::Raw(_) => return Err(unsupported()),
    })
}

async fn feed_stream<S>(stream: &mut S, frame: Frame) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    match frame {
        Frame::Message(message) => framing::write(stream, &message).await,
        Frame::Raw(bytes) => stream.write_all(&bytes).await,
        Frame::Close(..) => stream.shutdown().await,
        Frame::Text(_) | Frame::Ping(_) => Err(unsupported()),
    }
}

fn unsupported() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "this transport has no such frame",
    )
}

fn io_error(error: tungstenite::Error) -> io::Error {
    match error {
        tungstenite::Error::Io(error) => error,
        error => io::Error::other(error),
    }
}
