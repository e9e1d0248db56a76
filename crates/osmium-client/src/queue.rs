//! A queue between a socket and a reader who may be slow: it is bounded by bytes, never makes the
//! socket wait, and says where it dropped something.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// What a reader gets.
#[derive(Debug, PartialEq)]
pub(crate) enum Entry<T> {
    /// An item that was pushed.
    Item(T),
    /// Here as many items were dropped, because the queue was full.
    Missed(u64),
}

/// A queue; `limit` is in bytes.
pub(crate) fn new<T>(limit: usize) -> (Sender<T>, Receiver<T>) {
    let queue = Arc::new(Queue {
        limit,
        state: Mutex::new(State {
            entries: VecDeque::new(),
            bytes: 0,
            open: true,
        }),
        changed: Notify::new(),
    });
    (Sender(Arc::clone(&queue)), Receiver(queue))
}

/// The end where items come in. When it is dropped, the reader gets what is left, then the end.
pub(crate) struct Sender<T>(Arc<Queue<T>>);

/// The end where items go out. When it is dropped, items are dropped as they come.
pub(crate) struct Receiver<T>(Arc<Queue<T>>);

struct Queue<T> {
    limit: usize,
    state: Mutex<State<T>>,
    changed: Notify,
}

struct State<T> {
    entries: VecDeque<(usize, Entry<T>)>,
    bytes: usize,
    open: bool,
}

impl<T> Queue<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        self.state().open = false;
        self.changed.notify_one();
    }
}

impl<T> State<T> {
    fn push(&mut self, limit: usize, size: usize, item: T) {
        if self.bytes.saturating_add(size) <= limit {
            self.bytes += size;
            self.entries.push_back((size, Entry::Item(item)));
        } else if let Some((_, Entry::Missed(count))) = self.entries.back_mut() {
            *count += 1;
        } else {
            self.entries.push_back((0, Entry::Missed(1)));
        }
    }

    fn pop(&mut self) -> Option<Entry<T>> {
        let (size, entry) = self.entries.pop_front()?;
        self.bytes -= size;
        Some(entry)
    }
}

impl<T> Sender<T> {
    /// Adds an item of a size in bytes, or counts it as missed. One of size 0 always fits.
    pub(crate) fn push(&self, size: usize, item: T) {
        let mut state = self.0.state();
        if state.open {
            state.push(self.0.limit, size, item);
            self.0.changed.notify_one();
        }
    }

    /// Ends the queue before all senders are dropped.
    pub(crate) fn close(&self) {
        self.0.close();
    }
}

impl<T> Receiver<T> {
    /// The next entry; `None` at the end. Nothing is lost if the future is dropped.
    pub(crate) async fn pop(&mut self) -> Option<Entry<T>> {
        loop {
            {
                let mut state = self.0.state();
                if let Some(entry) = state.pop() {
                    return Some(entry);
                }
                if !state.open {
                    return None;
                }
            }
            self.0.changed.notified().await;
        }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.close();
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.open = false;
        state.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn items_come_out_in_order_and_then_the_end() {
        let (sender, mut receiver) = new(100);
        sender.push(1, 'a');
        sender.push(1, 'b');
        drop(sender);
        assert_eq!(receiver.pop().await, Some(Entry::Item('a')));
        assert_eq!(receiver.pop().await, Some(Entry::Item('b')));
        assert_eq!(receiver.pop().await, None);
    }

    #[tokio::test]
    async fn what_does_not_fit_is_counted_where_it_is_missing() {
        let (sender, mut receiver) = new(10);
        for item in ['a', 'b', 'c', 'd'] {
            sender.push(5, item);
        }
        sender.push(0, 'e');
        assert_eq!(receiver.pop().await, Some(Entry::Item('a')));
        sender.push(5, 'f');
        drop(sender);
        assert_eq!(receiver.pop().await, Some(Entry::Item('b')));
        assert_eq!(receiver.pop().await, Some(Entry::Missed(2)));
        assert_eq!(receiver.pop().await, Some(Entry::Item('e')));
        assert_eq!(receiver.pop().await, Some(Entry::Item('f')));
        assert_eq!(receiver.pop().await, None);
    }

    #[tokio::test]
    async fn a_waiting_reader_is_woken() {
        let (sender, mut receiver) = new(10);
        let reader = tokio::spawn(async move { receiver.pop().await });
        tokio::task::yield_now().await;
        sender.push(1, 'a');
        assert_eq!(
            reader.await.expect("the reader ends"),
            Some(Entry::Item('a'))
        );
    }

    #[test]
    fn without_a_reader_nothing_is_kept() {
        let (sender, receiver) = new(10);
        sender.push(1, 'a');
        drop(receiver);
        sender.push(1, 'b');
        assert!(sender.0.state().entries.is_empty());
    }
}
