//! Leases within one process. Several holders work, such as two fan-outs in a test.

use crate::lock::lock;
use async_trait::async_trait;
use osmium_model::{Partition, Timestamp, Topic};
use osmium_ports::{Clock, LeaseError, Leases};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Shares the partitions among the holders of one process.
pub struct LocalLeases {
    clock: Arc<dyn Clock>,
    shares: Mutex<Shares>,
}

impl LocalLeases {
    /// Nobody holds anything yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            shares: Mutex::default(),
        }
    }
}

#[async_trait]
impl Leases for LocalLeases {
    async fn renew(&self, holder: &str, ttl: Duration) -> Result<Vec<Partition>, LeaseError> {
        let now = self.clock.now();
        Ok(lock(&self.shares).renew(holder, now, now.plus(ttl)))
    }

    async fn release(&self, holder: &str) -> Result<(), LeaseError> {
        lock(&self.shares).release(holder);
        Ok(())
    }
}

#[derive(Default)]
struct Shares {
    /// Living holders and when they end; all that they hold ends with them.
    ends: HashMap<String, Timestamp>,
    /// Who holds what; free partitions are absent.
    holders: BTreeMap<Partition, String>,
}

impl Shares {
    fn renew(&mut self, holder: &str, now: Timestamp, end: Timestamp) -> Vec<Partition> {
        self.ends.insert(holder.to_owned(), end);
        self.bury(now);
        let mut held = self.held_by(holder);
        let share = usize::from(Topic::PARTITIONS).div_ceil(self.ends.len());
        for surplus in held.drain(share.min(held.len())..) {
            self.holders.remove(&surplus);
        }
        for free in self.free().take(share - held.len()).collect::<Vec<_>>() {
            self.holders.insert(free, holder.to_owned());
            held.push(free);
        }
        held
    }

    fn release(&mut self, holder: &str) {
        self.ends.remove(holder);
        self.holders.retain(|_, other| other != holder);
    }

    fn bury(&mut self, now: Timestamp) {
        let Self { ends, holders } = self;
        ends.retain(|_, end| *end > now);
        holders.retain(|_, holder| ends.contains_key(holder));
    }

    fn held_by(&self, holder: &str) -> Vec<Partition> {
        let held = self.holders.iter().filter(|(_, other)| *other == holder);
        held.map(|(partition, _)| *partition).collect()
    }

    fn free(&self) -> impl Iterator<Item = Partition> {
        Partition::all().filter(|partition| !self.holders.contains_key(partition))
    }
}
