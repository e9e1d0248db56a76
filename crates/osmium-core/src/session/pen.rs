//! What writes the messages to one client.

use osmium_wire::{Filled, Rendered, Value};

/// The first method of the newest generation of clients: who calls it or a later one understands its updates.
const NEWEST_METHODS: u32 = 104;

/// Numbers the messages to one client, and gives it updates as it understands them.
///
/// Whoever has it writes the next message. It is the session's, which lends it while it waits: see
/// [`Session::lend_pen`](super::Session::lend_pen).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pen {
    /// The id of the last message written.
    written: u32,
    /// The client understands the updates of the newest generation.
    newest: bool,
}

impl Pen {
    /// The next message: an update.
    pub fn update<'a>(&mut self, rendered: &'a Rendered, value: Value) -> Filled<'a> {
        let template = match &rendered.newest {
            Some(newest) if self.newest => newest,
            _ => &rendered.template,
        };
        template.fill(self.next_id(), value)
    }

    /// The id of the next message.
    pub(super) fn next_id(&mut self) -> u32 {
        self.written = self.written.wrapping_add(1);
        self.written
    }

    /// Learns of a method that the client has called, by its number.
    pub(super) fn learn(&mut self, method: u32) {
        self.newest |= method >= NEWEST_METHODS;
    }
}
