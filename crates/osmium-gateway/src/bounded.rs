//! A stream of which only so much is read at a time.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream that fails with [`io::ErrorKind::FileTooLarge`] once more was read of it than it may be. Whoever reads says when to count
/// anew. The WebSocket library has one limit for the whole life of a connection; this one may change.
pub(crate) struct Bounded<S> {
    pub(crate) stream: S,
    read: usize,
    most: usize,
}

impl<S> Bounded<S> {
    /// A stream of which about this much may be read.
    pub(crate) fn new(stream: S, most: usize) -> Self {
        let read = 0;
        Self { stream, read, most }
    }

    /// From now on, as much again may be read.
    pub(crate) fn begin_anew(&mut self) {
        self.read = 0;
    }

    /// From now on, anything may be read.
    pub(crate) fn unbind(&mut self) {
        self.most = usize::MAX;
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, into))?;
        self.read = self.read.saturating_add(into.filled().len() - before);
        Poll::Ready(if self.read > self.most {
            Err(io::ErrorKind::FileTooLarge.into())
        } else {
            Ok(())
        })
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
