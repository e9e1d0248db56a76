//! The line to a client, for those who have something for it while its connection waits.

use crate::metrics::Meters;
use bytes::{Bytes, BytesMut};
use osmium_core::session::Pen;
use osmium_wire::{Rendered, Value};
use std::sync::Arc;
use tokio::net::tcp::OwnedWriteHalf;

/// Writes what stands before a message of this length.
pub(crate) type Head = fn(usize, &mut BytesMut);

/// Where messages to a client go, and what stands before each.
pub(crate) struct Line {
    pub(crate) socket: Arc<OwnedWriteHalf>,
    pub(crate) head: Head,
    pub(crate) meters: Arc<Meters>,
}

impl Line {
    /// Sends an update as the next message, as much of it as there is room for now. Gives the rest. (If the other side is
    /// gone, that is all of it: the connection, which writes it next, finds out.)
    pub(crate) fn send(
        &self,
        pen: &mut Pen,
        rendered: &Rendered,
        value: Value,
        scratch: &mut BytesMut,
    ) -> Bytes {
        let update = pen.update(rendered, value);
        let size = update.len();
        scratch.clear();
        (self.head)(size, scratch);
        update.put(scratch);
        self.meters.sent(1, size);
        match self.socket.try_write(scratch) {
            Ok(written) if written == scratch.len() => Bytes::new(),
            written => Bytes::copy_from_slice(&scratch[written.unwrap_or(0)..]),
        }
    }
}
