//! What is to be sent on one connection: filled by the hub, emptied by the connection when it can write.
//!
//! A connection that waits, and has nothing left to write, leaves its line here. Whoever has an update for it then sends it
//! without waking the connection's task, which costs as much as the rest of telling ([`Outbox::tell`]).

use crate::line::Line;
use bytes::{Bytes, BytesMut};
use osmium_core::session::{CloseReason, Pen, Push};
use osmium_wire::{Rendered, Value};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// What a push takes beside its bytes, about.
const OVERHEAD: usize = 64;
/// A queue that grew beyond this is given back to the allocator once it is empty.
const KEPT: usize = 8;
/// What is larger than this is left to the connection, which shares its bytes and does not copy them.
const SMALL: usize = 4096;

/// The queue of one connection, bounded by bytes. Whoever fills it never waits: a connection that does not empty it
/// in time loses everything queued, and is cut.
///
/// An idle outbox owns no memory of its own.
pub struct Outbox {
    limit: usize,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    pushes: VecDeque<Push>,
    bytes: usize,
    drain: bool,
    cut: Option<CloseReason>,
    lent: Option<Lent>,
}

/// What a connection leaves here while it waits.
pub(crate) struct Lent {
    pub(crate) line: Line,
    pub(crate) pen: Pen,
    /// What is left of an update that was sent with it, and has to go before anything else.
    pub(crate) rest: Bytes,
}

impl Outbox {
    /// An empty outbox for this many bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            state: Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// Queues something. Over the limit, everything queued is dropped and the connection is cut as too slow; what
    /// comes after a cut is dropped too.
    pub fn push(&self, push: Push) {
        self.queue(self.state(), push);
    }

    /// Sends an update at once, if the connection waits and has nothing to write; else queues it. `scratch` is for what is
    /// sent, and used again for the next.
    pub(crate) fn tell(&self, rendered: &Arc<Rendered>, value: Value, scratch: &mut BytesMut) {
        let mut state = self.state();
        match state.idle_line() {
            Some(lent) if rendered.template.size() <= SMALL => {
                lent.rest = lent.line.send(&mut lent.pen, rendered, value, scratch);
                if !lent.rest.is_empty() {
                    drop(state);
                    self.changed.notify_one();
                }
            }
            _ => self.queue(state, Push::Update(rendered.clone(), value)),
        }
    }

    fn queue(&self, mut state: MutexGuard<'_, State>, push: Push) {
        if state.cut.is_some() {
            return;
        }
        state.bytes += size(&push);
        state.pushes.push_back(push);
        if state.bytes > self.limit {
            let dropped = state.pushes.len();
            state.sever(CloseReason::TooSlow);
            drop(state);
            crate::metrics::updates_dropped(dropped);
            self.changed.notify_one();
        } else if state.pushes.len() == 1 {
            drop(state);
            self.changed.notify_one();
        }
    }

    /// Leaves the line here, while the connection waits.
    pub(crate) fn lend(&self, lent: Lent) {
        self.state().lent = Some(lent);
    }

    /// Takes the line back, if it is here.
    pub(crate) fn take_back(&self) -> Option<Lent> {
        self.state().lent.take()
    }

    /// Ends the connection at once, without what is queued. The first reason stands.
    pub fn cut(&self, reason: CloseReason) {
        let mut state = self.state();
        if state.cut.is_none() {
            state.sever(reason);
        }
        drop(state);
        self.changed.notify_one();
    }

    /// Asks the connection to end once its calls are answered, because the process shuts down.
    pub(crate) fn drain(&self) {
        self.state().drain = true;
        self.changed.notify_one();
    }

    /// Why the connection was cut, if it was.
    pub(crate) fn cut_reason(&self) -> Option<CloseReason> {
        self.state().cut
    }

    /// Whether the connection was asked to drain; true once.
    pub(crate) fn take_drain(&self) -> bool {
        std::mem::take(&mut self.state().drain)
    }

    /// Whether the connection was asked to drain and has not taken note.
    pub(crate) fn wants_drain(&self) -> bool {
        self.state().drain
    }

    /// Whether nothing is queued.
    pub(crate) fn is_empty(&self) -> bool {
        self.state().pushes.is_empty()
    }

    /// How many things are queued.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.state().pushes.len()
    }

    /// The oldest thing queued.
    pub(crate) fn pop(&self) -> Option<Push> {
        let mut state = self.state();
        let push = state.pushes.pop_front()?;
        state.bytes -= size(&push);
        if state.pushes.is_empty() && state.pushes.capacity() > KEPT {
            state.pushes = VecDeque::new();
        }
        Some(push)
    }

    /// Waits for a change since the last wait. Only the first push into an empty outbox is one, so whoever waits has
    /// looked into it before.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Waits until the connection is cut. Uses up the changes meanwhile: look into the outbox after it.
    pub(crate) async fn severed(&self) -> CloseReason {
        loop {
            if let Some(reason) = self.cut_reason() {
                return reason;
            }
            self.changed.notified().await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The line, if an update may be sent on it now.
    fn idle_line(&mut self) -> Option<&mut Lent> {
        let is_next = self.pushes.is_empty() && self.cut.is_none();
        let lent = self.lent.as_mut().filter(|_| is_next);
        lent.filter(|lent| lent.rest.is_empty())
    }

    fn sever(&mut self, reason: CloseReason) {
        self.cut = Some(reason);
        self.pushes = VecDeque::new();
        self.bytes = 0;
    }
}

fn size(push: &Push) -> usize {
    let rendered = match push {
        Push::Update(rendered, _) => Some(rendered),
        Push::End(_, last) => last.as_ref(),
    };
    rendered.map_or(0, |rendered| rendered.template.size()) + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_proto::updates::UpdateSessionDeleted;
    use osmium_wire::{Rendered, Template, Value};
    use std::sync::Arc;

    fn update() -> Push {
        let template = Template::new(14, &UpdateSessionDeleted { session_id: 9 });
        Push::Update(Arc::new(Rendered::for_all(template)), Value::Same)
    }

    #[tokio::test]
    async fn what_is_pushed_comes_out_in_order() {
        let outbox = Outbox::new(1 << 20);
        outbox.push(update());
        outbox.push(Push::End(CloseReason::SignedOut, None));
        outbox.changed().await;
        assert!(matches!(outbox.pop(), Some(Push::Update(..))));
        assert!(matches!(
            outbox.pop(),
            Some(Push::End(CloseReason::SignedOut, None))
        ));
        assert!(outbox.pop().is_none() && outbox.is_empty());
    }

    #[tokio::test]
    async fn an_overflow_drops_everything_and_cuts() {
        let outbox = Outbox::new(5 * size(&update()));
        (0..5).for_each(|_| outbox.push(update()));
        assert_eq!(outbox.cut_reason(), None);
        outbox.push(update());
        assert_eq!(outbox.severed().await, CloseReason::TooSlow);
        outbox.push(update());
        assert!(outbox.is_empty());
    }

    #[test]
    fn what_was_taken_makes_room() {
        let outbox = Outbox::new(2 * size(&update()));
        for _ in 0..100 {
            outbox.push(update());
            outbox.push(update());
            assert!(outbox.pop().is_some() && outbox.pop().is_some());
        }
        assert_eq!(outbox.cut_reason(), None);
    }

    #[test]
    fn the_first_reason_stands() {
        let outbox = Outbox::new(1);
        outbox.cut(CloseReason::Behind);
        outbox.cut(CloseReason::Restart);
        outbox.push(update());
        assert_eq!(outbox.cut_reason(), Some(CloseReason::Behind));
    }

    #[test]
    fn a_large_queue_is_given_back() {
        let outbox = Outbox::new(1 << 20);
        (0..100).for_each(|_| outbox.push(update()));
        while outbox.pop().is_some() {}
        assert_eq!(outbox.state().pushes.capacity(), 0);
    }
}
