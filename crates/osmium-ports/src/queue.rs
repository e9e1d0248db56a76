//! A subscriber's queue: bounded by count and bytes, and never waited for. For adapters of [`crate::Bus`].

use crate::bus::{BusEvent, Subject};
use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// How much a subscriber may leave unheard. With more, everything unheard is dropped and
/// [`BusEvent::Interrupted`] is heard instead: reading the log catches up faster than a backlog does.
#[derive(Clone, Copy, Debug)]
pub struct QueueLimits {
    /// Messages.
    pub messages: usize,
    /// Bytes of payload.
    pub bytes: usize,
}

impl Default for QueueLimits {
    fn default() -> Self {
        Self {
            messages: 16_384,
            bytes: 32 << 20,
        }
    }
}

/// What one subscriber has yet to hear.
#[derive(Debug)]
pub struct Queue {
    limits: QueueLimits,
    backlog: Mutex<Backlog>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Backlog {
    /// Heard before any message.
    interrupted: bool,
    messages: VecDeque<(Subject, Bytes)>,
    bytes: usize,
    closed: bool,
}

impl Queue {
    /// An empty queue.
    pub fn new(limits: QueueLimits) -> Self {
        Self {
            limits,
            backlog: Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// Appends a message, or interrupts when there is no room.
    pub fn push(&self, subject: Subject, payload: Bytes) {
        let mut backlog = self.backlog();
        if backlog.has_room_for(&payload, self.limits) {
            backlog.push(subject, payload);
        } else {
            backlog.interrupt();
        }
        drop(backlog);
        self.changed.notify_one();
    }

    /// Drops what is unheard and says so.
    pub fn interrupt(&self) {
        self.backlog().interrupt();
        self.changed.notify_one();
    }

    /// Ends the queue after what is unheard.
    pub fn close(&self) {
        self.backlog().closed = true;
        self.changed.notify_one();
    }

    /// Waits for the next event; none after the end. One caller at a time; safe to drop and call again.
    pub async fn next(&self) -> Option<BusEvent> {
        loop {
            {
                let mut backlog = self.backlog();
                if let Some(event) = backlog.pop() {
                    return Some(event);
                }
                if backlog.closed {
                    return None;
                }
            }
            self.changed.notified().await;
        }
    }

    fn backlog(&self) -> MutexGuard<'_, Backlog> {
        self.backlog.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Backlog {
    fn has_room_for(&self, payload: &Bytes, limits: QueueLimits) -> bool {
        self.messages.len() < limits.messages && self.bytes + payload.len() <= limits.bytes
    }

    fn push(&mut self, subject: Subject, payload: Bytes) {
        self.bytes += payload.len();
        self.messages.push_back((subject, payload));
    }

    fn interrupt(&mut self) {
        self.messages = VecDeque::new();
        self.bytes = 0;
        self.interrupted = true;
    }

    fn pop(&mut self) -> Option<BusEvent> {
        if std::mem::take(&mut self.interrupted) {
            return Some(BusEvent::Interrupted);
        }
        let (subject, payload) = self.messages.pop_front()?;
        self.bytes -= payload.len();
        Some(BusEvent::Message { subject, payload })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::Partition;

    const SUBJECT: Subject = Subject::Partition(Partition(0));

    fn message(payload: &'static str) -> BusEvent {
        BusEvent::Message {
            subject: SUBJECT,
            payload: payload.into(),
        }
    }

    async fn rest(queue: &Queue) -> Vec<BusEvent> {
        queue.close();
        let mut events = Vec::new();
        while let Some(event) = queue.next().await {
            events.push(event);
        }
        events
    }

    #[tokio::test]
    async fn too_many_messages_interrupt_once() {
        let queue = Queue::new(QueueLimits {
            messages: 2,
            bytes: 100,
        });
        for payload in ["a", "b", "lost", "c"] {
            queue.push(SUBJECT, payload.into());
        }
        assert_eq!(rest(&queue).await, [BusEvent::Interrupted, message("c")]);
    }

    #[tokio::test]
    async fn too_many_bytes_interrupt() {
        let queue = Queue::new(QueueLimits {
            messages: 100,
            bytes: 4,
        });
        for payload in ["ab", "cd", "e"] {
            queue.push(SUBJECT, payload.into());
        }
        assert_eq!(rest(&queue).await, [BusEvent::Interrupted]);
    }

    #[tokio::test]
    async fn what_is_heard_makes_room() {
        let queue = Queue::new(QueueLimits {
            messages: 1,
            bytes: 1,
        });
        for payload in ["a", "b", "c"] {
            queue.push(SUBJECT, payload.into());
            assert_eq!(queue.next().await, Some(message(payload)));
        }
        assert_eq!(rest(&queue).await, []);
    }
}
