//! Frames on their way out, as one write: small ones are copied together, large ones are shared.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use std::collections::VecDeque;
use std::io::{self, IoSlice};
use tokio::io::{AsyncWrite, AsyncWriteExt};

/// Frames up to this size are copied: cheaper than a slice of their own.
const COPIED: usize = 1024;
/// The longest head of a frame.
const HEAD: usize = 10;

/// Bytes that are yet to be written. What was written is gone from it, so that a write that was given up can be
/// taken up again.
#[derive(Default)]
pub(crate) struct Batch {
    parts: VecDeque<Bytes>,
}

impl Batch {
    /// Appends messages, each after the head that `head` writes for its length.
    pub(crate) fn append(
        &mut self,
        messages: impl Iterator<Item = Bytes>,
        head: impl Fn(usize, &mut BytesMut),
    ) {
        let mut copied = BytesMut::new();
        for message in messages {
            copied.reserve(HEAD + message.len().min(COPIED));
            head(message.len(), &mut copied);
            if message.len() <= COPIED {
                copied.put_slice(&message);
            } else {
                self.parts.push_back(copied.split().freeze());
                self.parts.push_back(message);
            }
        }
        if !copied.is_empty() {
            self.parts.push_back(copied.freeze());
        }
    }

    /// Appends bytes as they are.
    pub(crate) fn append_rest(&mut self, rest: Bytes) {
        self.parts.push_back(rest);
    }

    /// Writes all of it. Given up half-way, it goes on where it stopped.
    pub(crate) async fn write_to(
        &mut self,
        stream: &mut (impl AsyncWrite + Unpin),
    ) -> io::Result<()> {
        // Most often it is one part, which a plain write takes to the kernel at less than a gathered one.
        if let [part] = self.parts.as_slices().0 {
            match stream.write(part).await? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                written => self.advance(written),
            }
        }
        stream.write_all_buf(self).await
    }
}

impl Buf for Batch {
    fn remaining(&self) -> usize {
        self.parts.iter().map(Bytes::len).sum()
    }

    fn chunk(&self) -> &[u8] {
        self.parts.front().map_or(&[], Bytes::as_ref)
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        let filled = slices.iter_mut().zip(&self.parts);
        filled
            .map(|(slice, part)| *slice = IoSlice::new(part))
            .count()
    }

    fn advance(&mut self, mut count: usize) {
        while let Some(part) = self.parts.front_mut() {
            if count < part.len() {
                return part.advance(count);
            }
            count -= part.len();
            self.parts.pop_front();
        }
        // Most batches are small and rare: nothing is kept for the next.
        self.parts = VecDeque::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(length: usize, out: &mut BytesMut) {
        out.put_u32(u32::try_from(length).expect("a small message"));
    }

    #[test]
    fn small_and_large_messages_keep_their_order() {
        let messages = [vec![1; 3], vec![], vec![2; COPIED + 1], vec![3; 5]].map(Bytes::from);
        let mut batch = Batch::default();
        batch.append(messages.iter().cloned(), head);
        let mut expected = BytesMut::new();
        for message in &messages {
            head(message.len(), &mut expected);
            expected.put_slice(message);
        }
        assert_eq!(batch.parts.len(), 3);
        assert_eq!(batch.copy_to_bytes(batch.remaining()), expected);
        assert!(!batch.has_remaining());
    }

    #[test]
    fn it_goes_on_where_a_write_stopped() {
        let mut batch = Batch::default();
        batch.append([Bytes::from(vec![7; COPIED + 1])].into_iter(), head);
        let mut slices = [IoSlice::new(&[]); 4];
        assert_eq!(batch.chunks_vectored(&mut slices), 2);
        batch.advance(6);
        assert_eq!((batch.remaining(), batch.chunk()[0]), (COPIED - 1, 7));
    }
}
