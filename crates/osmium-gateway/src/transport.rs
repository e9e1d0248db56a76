//! What a socket has to do to carry a session, whatever its framing.

use crate::line::Head;
use crate::stream::Stream;
use bytes::Bytes;
use osmium_core::session::CloseReason;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::tcp::OwnedWriteHalf;

/// The largest message that is read.
pub(crate) const LARGEST: usize = 4 << 20;
/// How much of a message is kept of who has not signed in, about: until it is whole, a stranger could have others pay for as many
/// as there are connections. What leads to signing in is shorter.
pub(crate) const LARGEST_OF_STRANGERS: usize = 64 << 10;
/// How long saying goodbye may take, and the other side's answer to it.
pub(crate) const PARTING: Duration = Duration::from_secs(1);

/// What came from the other side.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Received {
    /// A whole message.
    Message(Bytes),
    /// A control frame.
    Alive,
    /// Something that breaks the rules of the transport. Nothing more can be read.
    Violation(CloseReason),
    /// The other side closes. It wants to be answered.
    Closing,
    /// The connection is lost.
    Lost,
}

/// A connection that carries messages.
pub(crate) trait Transport: Send + 'static {
    /// What it is called in metrics.
    const NAME: &'static str;

    /// Writes what stands before a message of this length.
    const HEAD: Head;

    /// What takes frames from outside of the connection's task, if anything does.
    fn writer(&self) -> Option<Arc<OwnedWriteHalf>>;

    /// The next thing that comes. Nothing is lost if it is not waited for to the end.
    fn receive(&mut self) -> impl Future<Output = Received> + Send;

    /// The other side has signed in: a message may be as large as any. Before, only [`LARGEST_OF_STRANGERS`] of it are read.
    fn trust(&mut self);

    /// Takes messages that the next [`Transport::flush`] sends.
    fn queue(&mut self, messages: impl Iterator<Item = Bytes>);

    /// Takes what is left of a frame, which goes next.
    fn queue_rest(&mut self, rest: Bytes);

    /// Whether messages, or the rest of one, are left to be sent.
    fn has_queued(&self) -> bool;

    /// Whether nothing is left to be sent, not even the answer to a ping.
    fn is_clear(&self) -> bool {
        !self.has_queued()
    }

    /// Sends what is queued. Given up half-way, it goes on where it stopped. Nothing may be read in between.
    fn flush(&mut self) -> impl Future<Output = io::Result<()>> + Send;

    /// Sends what is queued, says goodbye as the transport does it, and waits a moment for the other side to part.
    /// Without a reason, it was the other side who closed.
    fn close(self, reason: Option<CloseReason>) -> impl Future<Output = ()> + Send;
}

/// Ends our direction and waits for the end of the other: a socket that is dropped while bytes come in resets the
/// connection, and what was said last is lost.
pub(crate) async fn part<S: Stream>(stream: &mut S) -> io::Result<()> {
    stream.shutdown().await?;
    tokio::io::copy(stream, &mut tokio::io::sink())
        .await
        .map(|_| ())
}
