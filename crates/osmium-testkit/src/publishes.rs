//! Counting what is published of what is not in the log (statuses, typing), so that a test can say how much that may be.

use async_trait::async_trait;
use bytes::Bytes;
use osmium_model::Topic;
use osmium_ports::{Bus, BusError, Subject, Subscriber};
use osmium_wire::Delivery;
use std::sync::{Arc, Mutex, PoisonError};

/// A bus that notes the topics of such publishes, in their order.
pub struct Publishes {
    bus: Arc<dyn Bus>,
    topics: Mutex<Vec<Topic>>,
}

impl Publishes {
    /// Notes what goes over this bus from now on.
    pub fn over(bus: Arc<dyn Bus>) -> Self {
        Self {
            bus,
            topics: Mutex::default(),
        }
    }

    /// Takes what was noted until now.
    pub fn take(&self) -> Vec<Topic> {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *topics)
    }

    fn note(&self, subject: Subject, payload: &[u8]) {
        let Subject::Topic(topic) = subject else {
            return;
        };
        let passing = Delivery::decode(payload)
            .into_iter()
            .filter(|delivery| matches!(delivery, Delivery::Passing(_)));
        let topics = self.topics.lock();
        topics
            .unwrap_or_else(PoisonError::into_inner)
            .extend(passing.map(|_| topic));
    }
}

#[async_trait]
impl Bus for Publishes {
    async fn publish_all(&self, messages: Vec<(Subject, Bytes)>) -> Result<(), BusError> {
        for (subject, payload) in &messages {
            self.note(*subject, payload);
        }
        self.bus.publish_all(messages).await
    }

    fn subscriber(&self) -> Box<dyn Subscriber> {
        self.bus.subscriber()
    }

    async fn ping(&self) -> Result<(), BusError> {
        self.bus.ping().await
    }
}
