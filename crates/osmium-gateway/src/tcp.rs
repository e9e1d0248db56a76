//! Messages over a plain stream: each after its length, four bytes big-endian, both ways.

use crate::batch::Batch;
use crate::framing::{Frames, TooLarge, head};
use crate::line::Head;
use crate::stream::Stream;
use crate::transport::{LARGEST_OF_STRANGERS, PARTING, Received, Transport, part};
use bytes::{Buf, Bytes};
use osmium_core::session::CloseReason;
use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncWriteExt, ReadBuf};
use tokio::net::tcp::OwnedWriteHalf;

/// How much is read at once. On the stack: an idle connection has no read buffer.
const CHUNK: usize = 16 * 1024;

/// A stream of messages with lengths.
pub(crate) struct Tcp<S> {
    stream: S,
    incoming: Frames,
    /// How much is kept of a message that is not whole.
    most: usize,
    outgoing: Batch,
}

impl<S: Stream> Tcp<S> {
    /// Messages over this stream.
    pub(crate) fn new(stream: S) -> Self {
        Self {
            stream,
            incoming: Frames::default(),
            most: LARGEST_OF_STRANGERS,
            outgoing: Batch::default(),
        }
    }

    /// Reads what there is; tells how much.
    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut chunk = [MaybeUninit::uninit(); CHUNK];
        let mut chunk = ReadBuf::uninit(&mut chunk);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut chunk))?;
        self.incoming.extend(chunk.filled());
        Poll::Ready(Ok(chunk.filled().len()))
    }
}

impl<S: Stream> Transport for Tcp<S> {
    const NAME: &'static str = "tcp";
    const HEAD: Head = head;

    fn writer(&self) -> Option<Arc<OwnedWriteHalf>> {
        self.stream.writer()
    }

    async fn receive(&mut self) -> Received {
        loop {
            match self.incoming.take() {
                Ok(Some(message)) => return Received::Message(message),
                Ok(None) if self.incoming.len() <= self.most => {}
                Ok(None) | Err(TooLarge) => return Received::Violation(CloseReason::TooLarge),
            }
            match std::future::poll_fn(|context| self.poll_read(context)).await {
                Ok(0) if self.incoming.is_empty() => return Received::Closing,
                Ok(0) | Err(_) => return Received::Lost,
                Ok(_) => {}
            }
        }
    }

    fn trust(&mut self) {
        self.most = usize::MAX;
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

    async fn flush(&mut self) -> io::Result<()> {
        self.outgoing.write_to(&mut self.stream).await?;
        self.stream.flush().await
    }

    async fn close(mut self, _: Option<CloseReason>) {
        let parting = async {
            self.flush().await?;
            part(&mut self.stream).await
        };
        let _ = tokio::time::timeout(PARTING, parting).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, DuplexStream, duplex};

    fn pair() -> (Tcp<DuplexStream>, DuplexStream) {
        let (ours, theirs) = duplex(64 * 1024);
        (Tcp::new(ours), theirs)
    }

    fn message(bytes: &[u8]) -> Received {
        Received::Message(Bytes::copy_from_slice(bytes))
    }

    #[tokio::test]
    async fn messages_are_found_however_they_are_cut() {
        let (mut tcp, mut peer) = pair();
        for piece in [&b"\0"[..], b"\0\0\x03o", b"ne\0\0\0\0\0\0\0", b"\x03two"] {
            peer.write_all(piece).await.expect("written");
            tokio::task::yield_now().await;
        }
        assert_eq!(tcp.receive().await, message(b"one"));
        assert_eq!(tcp.receive().await, message(b""));
        assert_eq!(tcp.receive().await, message(b"two"));
        assert_eq!(tcp.incoming.capacity(), 0);
    }

    #[tokio::test]
    async fn a_length_over_the_limit_is_a_violation() {
        let (mut tcp, mut peer) = pair();
        peer.write_all(b"\0\x40\0\x01").await.expect("written");
        assert_eq!(
            tcp.receive().await,
            Received::Violation(CloseReason::TooLarge)
        );
    }

    #[tokio::test]
    async fn a_length_alone_allocates_nothing() {
        let (mut tcp, mut peer) = pair();
        peer.write_all(b"\0\x40\0\0abc").await.expect("written");
        drop(peer);
        assert_eq!(tcp.receive().await, Received::Lost);
        assert!(tcp.incoming.capacity() < 1024);
    }

    #[tokio::test]
    async fn of_strangers_only_so_much_is_kept() {
        let large = vec![7; 2 * LARGEST_OF_STRANGERS];
        for trusted in [false, true] {
            let (mut tcp, mut peer) = pair();
            if trusted {
                tcp.trust();
            }
            let sent = large.clone();
            let sending = tokio::spawn(async move {
                let _ = peer
                    .write_u32(u32::try_from(sent.len()).expect("small"))
                    .await;
                let _ = peer.write_all(&sent).await;
            });
            let expected = if trusted {
                message(&large)
            } else {
                Received::Violation(CloseReason::TooLarge)
            };
            assert_eq!(tcp.receive().await, expected);
            drop(tcp);
            sending.await.expect("no panic");
        }
    }

    #[tokio::test]
    async fn an_end_between_messages_is_a_close() {
        let (mut tcp, mut peer) = pair();
        peer.write_all(b"\0\0\0\x01x").await.expect("written");
        drop(peer);
        assert_eq!(tcp.receive().await, message(b"x"));
        assert_eq!(tcp.receive().await, Received::Closing);
    }

    #[tokio::test]
    async fn what_is_queued_is_sent_before_the_end() {
        let (mut tcp, mut peer) = pair();
        tcp.queue([Bytes::from_static(b"one"), Bytes::from(vec![7; 5000])].into_iter());
        let parting = tokio::spawn(tcp.close(Some(CloseReason::Idle)));
        let mut sent = Vec::new();
        peer.read_to_end(&mut sent).await.expect("read");
        assert_eq!(sent.len(), 7 + 4 + 5000);
        assert_eq!(sent[..11], *b"\0\0\0\x03one\0\0\x13\x88");
        drop(peer);
        parting.await.expect("no panic");
    }
}
