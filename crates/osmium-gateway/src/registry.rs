//! The open connections of this process, for the day that they all have to go.

use crate::outbox::Outbox;
use osmium_core::session::CloseReason;
use osmium_model::ConnectionId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Open connections, by the outbox of each.
#[derive(Default)]
pub(crate) struct Registry {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: HashMap<ConnectionId, Arc<Outbox>>,
    draining: bool,
}

/// A connection's place, until it is dropped.
pub(crate) struct Registered {
    registry: Arc<Registry>,
    connection: ConnectionId,
}

impl Registry {
    /// Enters a connection. If all are on their way out, so is it.
    pub(crate) fn enter(
        self: &Arc<Self>,
        connection: ConnectionId,
        outbox: &Arc<Outbox>,
    ) -> Registered {
        let mut state = self.state();
        state.open.insert(connection, outbox.clone());
        if state.draining {
            outbox.drain();
        }
        Registered {
            registry: self.clone(),
            connection,
        }
    }

    /// Asks all connections to end, evenly over this time. The map has them in no order, so neither the
    /// oldest nor one transport goes first.
    pub(crate) async fn drain(&self, over: Duration) {
        let outboxes = self.start_draining();
        let count = u32::try_from(outboxes.len()).unwrap_or(u32::MAX).max(1);
        let mut turn = Instant::now();
        for outbox in outboxes {
            tokio::time::sleep_until(turn).await;
            outbox.drain();
            turn += over / count;
        }
    }

    /// Ends all connections at once.
    pub(crate) fn cut(&self) {
        self.state()
            .open
            .values()
            .for_each(|outbox| outbox.cut(CloseReason::Restart));
    }

    fn start_draining(&self) -> Vec<Arc<Outbox>> {
        let mut state = self.state();
        state.draining = true;
        state.open.values().cloned().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.registry.state().open.remove(&self.connection);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drained(outboxes: &[Arc<Outbox>]) -> usize {
        outboxes.iter().filter(|outbox| outbox.take_drain()).count()
    }

    #[tokio::test(start_paused = true)]
    async fn connections_are_drained_evenly() {
        let registry = Arc::new(Registry::default());
        let outboxes: Vec<_> = (0..10).map(|_| Arc::new(Outbox::new(1))).collect();
        let enter = |(id, outbox)| registry.enter(ConnectionId(id), outbox);
        let places: Vec<_> = (0..).zip(&outboxes).map(enter).collect();
        let draining = tokio::spawn({
            let registry = registry.clone();
            async move { registry.drain(Duration::from_secs(10)).await }
        });
        tokio::time::sleep(Duration::from_millis(4500)).await;
        assert_eq!(drained(&outboxes), 5);
        draining.await.expect("no panic");
        assert_eq!(drained(&outboxes), 5);
        drop(places);
        assert!(registry.state().open.is_empty());
    }

    #[tokio::test]
    async fn who_comes_late_leaves_at_once() {
        let registry = Arc::new(Registry::default());
        registry.drain(Duration::ZERO).await;
        let outbox = Arc::new(Outbox::new(1));
        let _place = registry.enter(ConnectionId(1), &outbox);
        assert!(outbox.take_drain());
    }

    #[test]
    fn a_cut_reaches_all() {
        let registry = Arc::new(Registry::default());
        let outbox = Arc::new(Outbox::new(1));
        let _place = registry.enter(ConnectionId(1), &outbox);
        registry.cut();
        assert_eq!(outbox.cut_reason(), Some(CloseReason::Restart));
    }
}
