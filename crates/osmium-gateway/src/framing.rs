//! Messages with lengths, four bytes big-endian, found in bytes however they are cut.

use crate::transport::LARGEST;
use bytes::{Buf, BufMut, Bytes, BytesMut};

/// The size of a length.
const HEAD: usize = 4;

/// What was read of messages that are not whole yet. It grows with the bytes that come, not with the length that
/// was announced; empty, it owns no memory.
#[derive(Debug, Default)]
pub struct Frames {
    bytes: BytesMut,
}

/// A length is over what is read. Nothing can be found after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a message is larger than {LARGEST} bytes")]
pub struct TooLarge;

impl Frames {
    /// Takes bytes that came.
    pub fn extend(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next message, if all of it came.
    pub fn take(&mut self) -> Result<Option<Bytes>, TooLarge> {
        let Some(head) = self.bytes.first_chunk::<HEAD>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_be_bytes(*head)).unwrap_or(usize::MAX);
        if length > LARGEST {
            return Err(TooLarge);
        }
        if self.bytes.len() < HEAD + length {
            return Ok(None);
        }
        self.bytes.advance(HEAD);
        let message = self.bytes.split_to(length).freeze();
        if self.is_empty() {
            self.bytes = BytesMut::new();
        }
        Ok(Some(message))
    }

    /// Whether nothing came after the last message.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// How many bytes came after the last message.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// How many bytes of memory it owns.
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }
}

/// Writes what stands before a message of this length.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no message that we send reaches 1 MiB"
)]
pub(crate) fn head(length: usize, out: &mut BytesMut) {
    out.put_u32(length as u32);
}
