//! Messages over a plain stream: each after its length, four bytes big-endian.

use std::io;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The longest message that is read. Servers keep theirs under a quarter of it.
pub(crate) const LONGEST: usize = 4 << 20;

/// Reads one message. `None` if the stream ends between messages.
pub(crate) async fn read<R>(stream: &mut R) -> io::Result<Option<Bytes>>
where
    R: AsyncRead + Unpin + ?Sized,
{
    let mut length = [0; 4];
    if stream.read(&mut length[..1]).await? == 0 {
        return Ok(None);
    }
    stream.read_exact(&mut length[1..]).await?;
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > LONGEST {
        let text = format!("a message of {length} bytes is too long");
        return Err(io::Error::new(io::ErrorKind::InvalidData, text));
    }
    let mut message = vec![0; length];
    stream.read_exact(&mut message).await?;
    Ok(Some(message.into()))
}

/// Writes one message, without flushing.
pub(crate) async fn write<W>(stream: &mut W, message: &[u8]) -> io::Result<()>
where
    W: AsyncWrite + Unpin + ?Sized,
{
    let length = u32::try_from(message.len())
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "the message is too long"))?;
    stream.write_all(&length.to_be_bytes()).await?;
    stream.write_all(message).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn messages_come_back_as_they_went() -> io::Result<()> {
        let mut stream = Vec::new();
        let long = vec![7; 70_000];
        for message in [b"one".as_slice(), b"", &long] {
            write(&mut stream, message).await?;
        }
        assert_eq!(stream[..7], *b"\0\0\0\x03one");
        let mut stream = stream.as_slice();
        assert_eq!(read(&mut stream).await?.as_deref(), Some(b"one".as_slice()));
        assert_eq!(read(&mut stream).await?.as_deref(), Some(b"".as_slice()));
        assert_eq!(read(&mut stream).await?.as_deref(), Some(long.as_slice()));
        assert_eq!(read(&mut stream).await?, None);
        Ok(())
    }

    #[tokio::test]
    async fn a_stream_that_ends_within_a_message_is_an_error() {
        for mut stream in [b"\0\0".as_slice(), b"\0\0\0\x03on"] {
            let error = read(&mut stream).await.map_err(|error| error.kind());
            assert_eq!(error, Err(io::ErrorKind::UnexpectedEof));
        }
    }

    #[tokio::test]
    async fn nothing_is_allocated_for_a_length_that_lies() {
        let error = read(&mut b"\xff\xff\xff\xff".as_slice()).await;
        let error = error.map_err(|error| error.kind());
        assert_eq!(error, Err(io::ErrorKind::InvalidData));
    }
}
