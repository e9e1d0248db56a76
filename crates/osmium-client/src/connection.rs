//! One connection, as it is: calls, what else the server sends, and how it ended.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use osmium_proto::Request;
use osmium_proto::core::{ClientMessage, RpcResult, ServerMessage, client_message, server_message};
use osmium_proto::updates::Update;
use prost::Message as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

use crate::calls::Calls;
use crate::endpoint::Endpoint;
use crate::error::{CallError, CloseReason, ConnectError, reply};
use crate::queue::{self, Entry};
use crate::transport::{self, Frame, Heard, Reader, Writer};

/// How patient a connection is, and how much it keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionOptions {
    /// How long connecting may take. 10 seconds by default.
    pub connect_timeout: Duration,
    /// How long a call may take. 30 seconds by default.
    pub call_timeout: Duration,
    /// How many bytes of messages, as the server sent them, wait to be read; later ones are dropped
    /// and counted. 8 MiB by default.
    pub queue_bytes: usize,
}

impl Default for ConnectionOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            call_timeout: Duration::from_secs(30),
            queue_bytes: 8 << 20,
        }
    }
}

/// How many frames wait to be sent before a call waits to be sent too.
const OUTGOING: usize = 32;

/// How long the server has to close the connection when it is asked to.
const CLOSING: Duration = Duration::from_secs(5);

/// How long to look for the server's reason when nothing can be sent any more.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What says that a connection is in use: no call. Servers do not answer it.
const HEARTBEAT: ClientMessage = ClientMessage {
    id: 1,
    message: None,
};

/// A connection to a server. It does nothing by itself: it neither signs in nor comes back.
///
/// Clones are the same connection. It ends when the last one is dropped.
#[derive(Clone)]
pub struct Connection {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    outgoing: mpsc::Sender<Frame>,
    call_timeout: Duration,
    task: AbortHandle,
}

/// What a connection shares with its task.
struct Shared {
    calls: Calls,
    incoming: queue::Sender<ServerMessage>,
    closed: watch::Sender<Option<CloseReason>>,
    heard: AtomicU64,
}

/// The answer to a call as the server sent it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The id of the `ServerMessage`, which counts what the server sends.
    pub number: u32,
    /// The result; it may hold an error.
    pub result: RpcResult,
}

/// What a server sends that no call waits for: updates, and results of frames that were sent by hand.
///
/// At most [`ConnectionOptions::queue_bytes`] wait here. When the reader is slower than the server,
/// newer messages are dropped and counted; the connection and its calls go on. When an `Incoming` is
/// dropped, messages are dropped as they come.
pub struct Incoming {
    queue: queue::Receiver<ServerMessage>,
    missed: u64,
}

impl Connection {
    /// Connects to a server.
    pub async fn connect(endpoint: &Endpoint) -> Result<(Self, Incoming), ConnectError> {
        Self::connect_with(endpoint, &ConnectionOptions::default()).await
    }

    /// Connects to a server, with options.
    pub async fn connect_with(
        endpoint: &Endpoint,
        options: &ConnectionOptions,
    ) -> Result<(Self, Incoming), ConnectError> {
        // The handshakes need much room, for a short time.
        let connecting = Box::pin(transport::connect(endpoint));
        let (reader, writer) = timeout(options.connect_timeout, connecting)
            .await
            .map_err(|_| ConnectError::Timeout)??;
        Ok(Self::start(reader, writer, options))
    }

    /// A connection over a stream that is there already, with lengths as on TCP.
    pub fn over<S>(stream: S, options: &ConnectionOptions) -> (Self, Incoming)
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let (reader, writer) = transport::over(Box::new(stream));
        Self::start(reader, writer, options)
    }

    fn start(reader: Reader, writer: Writer, options: &ConnectionOptions) -> (Self, Incoming) {
        let (incoming, queue) = queue::new(options.queue_bytes);
        let (outgoing, frames) = mpsc::channel(OUTGOING);
        let shared = Arc::new(Shared {
            calls: Calls::new(),
            incoming,
            closed: watch::Sender::new(None),
            heard: AtomicU64::new(0),
        });
        let task = tokio::spawn(drive(reader, writer, frames, Arc::clone(&shared)));
        let inner = Arc::new(Inner {
            shared,
            outgoing,
            call_timeout: options.call_timeout,
            task: task.abort_handle(),
        });
        (Self { inner }, Incoming { queue, missed: 0 })
    }

    /// Calls a method and waits for its reply. Many calls may be under way.
    ///
    /// Dropping the future gives up waiting; the server may carry the call out all the same.
    pub async fn call<R: Request>(&self, request: R) -> Result<R::Reply, CallError> {
        reply(self.ask(request.into()).await?.result)
    }

    /// Calls a method and waits for the answer as the server sends it, be it an error.
    pub async fn ask(&self, message: client_message::Message) -> Result<Answer, CallError> {
        timeout(self.inner.call_timeout, self.answer(message))
            .await
            .map_err(|_| CallError::Timeout)?
    }

    async fn answer(&self, message: client_message::Message) -> Result<Answer, CallError> {
        let Some(call) = self.inner.shared.calls.begin() else {
            return Err(self.closed_error());
        };
        let message = ClientMessage {
            id: call.id,
            message: Some(message),
        };
        self.send_message(&message).await?;
        call.answer().await.ok_or_else(|| self.closed_error())
    }

    /// Sends a message without waiting for an answer, which comes as [`Incoming`] unless a call with
    /// the same id is under way.
    pub async fn send_message(&self, message: &ClientMessage) -> Result<(), CallError> {
        self.send(Frame::Message(message.encode_to_vec().into()))
            .await
    }

    /// Sends anything. A frame that the transport does not have ends the connection.
    pub async fn send(&self, frame: Frame) -> Result<(), CallError> {
        let sent = self.inner.outgoing.send(frame).await;
        sent.map_err(|_| self.closed_error())
    }

    /// Tells the server that the connection is still in use. Due every 30 seconds after signing in.
    pub async fn heartbeat(&self) -> Result<(), CallError> {
        self.send_message(&HEARTBEAT).await
    }

    /// Sends a heartbeat, and a ping where the transport has them, unless too much waits to be sent.
    pub(crate) fn knock(&self, ping: bool) {
        let heartbeat = Frame::Message(HEARTBEAT.encode_to_vec().into());
        let ping = ping.then(|| Frame::Ping(Bytes::new()));
        for frame in [Some(heartbeat), ping].into_iter().flatten() {
            // What does not fit, or comes too late, is not missed.
            let _ = self.inner.outgoing.try_send(frame);
        }
    }

    /// Closes the connection in good order, and waits until it is closed.
    pub async fn close(&self) -> CloseReason {
        // If it cannot be sent, it is closed already.
        let _ = self.send(Frame::Close(1000, String::new())).await;
        self.closed().await
    }

    /// Waits until the connection is closed, by whomever.
    pub async fn closed(&self) -> CloseReason {
        let mut closed = self.inner.shared.closed.subscribe();
        let reason = closed.wait_for(Option::is_some).await;
        reason
            .ok()
            .and_then(|reason| reason.clone())
            .unwrap_or_default()
    }

    /// How the connection was closed. `None` while it is open.
    pub fn close_reason(&self) -> Option<CloseReason> {
        self.inner.shared.closed.borrow().clone()
    }

    /// Counts every frame that came, control frames included.
    pub(crate) fn heard(&self) -> u64 {
        self.inner.shared.heard.load(Ordering::Relaxed)
    }

    /// Ends the connection at once.
    pub(crate) fn abort(&self, reason: CloseReason) {
        self.inner.task.abort();
        self.inner.shared.close(reason);
    }

    fn closed_error(&self) -> CallError {
        CallError::Closed(self.close_reason().unwrap_or_default())
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.close_reason();
        f.debug_struct("Connection")
            .field("closed", &reason)
            .finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Incoming {
    /// The next message. `None` when the connection is closed and everything is read.
    pub async fn next(&mut self) -> Option<ServerMessage> {
        loop {
            match self.queue.pop().await? {
                Entry::Item(message) => return Some(message),
                Entry::Missed(count) => self.missed += count,
            }
        }
    }

    /// The next update; results in between are dropped.
    pub async fn next_update(&mut self) -> Option<Update> {
        loop {
            if let Some(server_message::Message::Update(update)) = self.next().await?.message {
                return Some(update);
            }
        }
    }

    /// How many messages were dropped so far before the one that was read last, because the reader
    /// was too slow.
    pub fn missed(&self) -> u64 {
        self.missed
    }
}

impl Shared {
    /// Reads until the connection ends.
    async fn read(&self, mut reader: Reader) -> CloseReason {
        loop {
            let heard = reader.next().await;
            self.heard.fetch_add(1, Ordering::Relaxed);
            let received = match heard {
                Ok(Heard::Message(frame)) => self.receive(frame),
                Ok(Heard::Control) => Ok(()),
                Err(reason) => Err(reason),
            };
            if let Err(reason) = received {
                return reason;
            }
        }
    }

    /// Gives a message to the call that waits for it, or to the reader.
    fn receive(&self, frame: Bytes) -> Result<(), CloseReason> {
        let size = frame.len();
        let message = ServerMessage::decode(frame).map_err(CloseReason::lost)?;
        let number = message.id;
        let message = match message.message {
            Some(server_message::Message::Result(result)) => {
                match self.calls.answer(Answer { number, result }) {
                    None => return Ok(()),
                    Some(answer) => Some(server_message::Message::Result(answer.result)),
                }
            }
            message => message,
        };
        let message = ServerMessage {
            id: number,
            message,
        };
        self.incoming.push(size, message);
        Ok(())
    }

    /// Ends everything that waits for this connection; only the first reason counts.
    fn close(&self, reason: CloseReason) {
        self.closed.send_if_modified(|closed| {
            let first = closed.is_none();
            closed.get_or_insert(reason);
            first
        });
        self.calls.close();
        self.incoming.close();
    }
}

/// Runs a connection until it ends.
async fn drive(reader: Reader, writer: Writer, frames: mpsc::Receiver<Frame>, shared: Arc<Shared>) {
    let reason = tokio::select! {
        reason = shared.read(reader) => reason,
        reason = write(writer, frames) => reason,
    };
    tracing::debug!(%reason, "connection closed");
    shared.close(reason);
}

/// Writes until there is nothing more to write, and gives the reader time to see the end.
async fn write(mut writer: Writer, mut frames: mpsc::Receiver<Frame>) -> CloseReason {
    match write_all(&mut writer, &mut frames).await {
        Ok(()) => {
            sleep(CLOSING).await;
            CloseReason::lost("the server did not close in time")
        }
        Err(error) => {
            sleep(LAST_WORDS).await;
            CloseReason::lost(error)
        }
    }
}

/// Writes frames as they come, up to a close frame: all that wait, then one flush.
async fn write_all(writer: &mut Writer, frames: &mut mpsc::Receiver<Frame>) -> std::io::Result<()> {
    while let Some(mut frame) = frames.recv().await {
        loop {
            let closes = matches!(frame, Frame::Close(..));
            writer.feed(frame).await?;
            if closes {
                return writer.flush().await;
            }
            match frames.try_recv() {
                Ok(next) => frame = next,
                Err(_) => break,
            }
        }
        writer.flush().await?;
    }
    Ok(())
}
