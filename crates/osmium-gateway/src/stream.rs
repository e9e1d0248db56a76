//! Bytes both ways, and the socket under them.

use socket2::SockRef;
use std::io::{self, IoSlice};
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio_rustls::server::TlsStream;

/// Bytes both ways: a socket, or TLS over one.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static {
    /// What takes bytes for the other side as they are, also from outside of the connection's task; none if they have to be
    /// encrypted first.
    fn writer(&self) -> Option<Arc<OwnedWriteHalf>> {
        None
    }
}

/// A TCP socket.
pub(crate) struct Socket {
    reading: OwnedReadHalf,
    writing: Arc<OwnedWriteHalf>,
}

impl From<TcpStream> for Socket {
    fn from(stream: TcpStream) -> Self {
        let (reading, writing) = stream.into_split();
        Self {
            reading,
            writing: Arc::new(writing),
        }
    }
}

impl Socket {
    /// Writes as soon as there is room.
    fn poll_with(
        &self,
        context: &mut Context<'_>,
        write: impl Fn(&OwnedWriteHalf) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            match write(&self.writing) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => return Poll::Ready(written),
            }
            ready!((*self.writing).as_ref().poll_write_ready(context))?;
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.reading).poll_read(context, into)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_with(context, |writing| writing.try_write(bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_with(context, |writing| writing.try_write_vectored(slices))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        let socket: &TcpStream = (*self.writing).as_ref();
        Poll::Ready(SockRef::from(socket).shutdown(Shutdown::Write))
    }
}

impl Stream for Socket {
    fn writer(&self) -> Option<Arc<OwnedWriteHalf>> {
        Some(self.writing.clone())
    }
}

impl Stream for TlsStream<Socket> {}

#[cfg(test)]
impl Stream for tokio::io::DuplexStream {}
