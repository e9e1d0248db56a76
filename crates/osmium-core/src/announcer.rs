//! Announces on the bus what was committed, so that the fan-out need not look for it.
//!
//! An announcement is a hint: the log has the event. So announcing never holds up a call, and when the bus is away
//! or too slow, announcements are dropped.

use osmium_model::event::{Announcement, Passing};
use osmium_model::{Partition, Topic};
use osmium_ports::{Bus, Subject, store::Recorded};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::mpsc;

/// How many announcements may wait.
const WAITING: usize = 16_384;
/// How many are taken at a time.
const BATCH: usize = 256;

/// Hands announcements to the task that publishes them.
#[derive(Clone)]
pub(crate) struct Announcer {
    waiting: mpsc::Sender<Announcement>,
}

impl Announcer {
    /// An announcer, and the task that publishes until every announcer is gone.
    pub(crate) fn new(bus: Arc<dyn Bus>) -> (Self, impl Future<Output = ()> + Send) {
        let (waiting, taken) = mpsc::channel(WAITING);
        (Self { waiting }, publish_all(bus, taken))
    }

    /// Announces committed events.
    pub(crate) fn recorded(&self, recorded: Vec<Recorded>) {
        for Recorded { topic, seq, event } in recorded {
            self.announce(Announcement::Recorded {
                topic,
                seq,
                event: Box::new(event),
            });
        }
    }

    /// Announces something that is not kept.
    pub(crate) fn passing(&self, topic: Topic, passing: Passing) {
        self.announce(Announcement::Passing { topic, passing });
    }

    fn announce(&self, announcement: Announcement) {
        if self.waiting.try_send(announcement).is_err() {
            metrics::counter!("osmium_announcements_dropped_total").increment(1);
        }
    }
}

async fn publish_all(bus: Arc<dyn Bus>, mut waiting: mpsc::Receiver<Announcement>) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let count = waiting.recv_many(&mut batch, BATCH).await;
        if count == 0 {
            return;
        }
        let mut by_partition = BTreeMap::<Partition, Vec<Announcement>>::new();
        for announcement in batch.drain(..) {
            let partition = announcement.topic().partition();
            by_partition
                .entry(partition)
                .or_default()
                .push(announcement);
        }
        let messages = by_partition.into_iter().map(|(partition, announcements)| {
            let payload = Announcement::encode(&announcements).into();
            (Subject::Partition(partition), payload)
        });
        if let Err(error) = bus.publish_all(messages.collect()).await {
            tracing::debug!(%error, "announcements were lost; the fan-outs' sweeps find them");
            metrics::counter!("osmium_announcements_dropped_total").increment(count as u64);
        }
    }
}
