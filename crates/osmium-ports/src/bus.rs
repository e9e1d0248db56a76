//! The bus: hints between the processes of a deployment.
//!
//! What is published reaches those who follow its subject at that moment, at most once, and in order for
//! one publisher and one subject. It may be lost: the log is the truth, and a follower that was told
//! [`BusEvent::Interrupted`] reads there what it missed.

use async_trait::async_trait;
use bytes::Bytes;
use osmium_model::{Partition, Topic};

/// What is published about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Deliveries of a topic, from its fan-out to the gateways.
    Topic(Topic),
    /// Announcements of committed events, from gateways to the partition's fan-out.
    Partition(Partition),
}

/// The bus could not be reached. What was to be said is lost; the log still has it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the bus cannot be reached: {0}")]
pub struct BusError(pub String);

/// What a subscriber hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BusEvent {
    /// Something was published on a followed subject.
    Message {
        /// About what.
        subject: Subject,
        /// What.
        payload: Bytes,
    },
    /// Messages may have been lost before this point, on any subject (the link broke, or this subscriber was
    /// too slow). All subjects are followed again by the time this is heard.
    Interrupted,
}

/// The bus, as one process sees it. One connection serves the whole process.
#[async_trait]
pub trait Bus: Send + Sync + 'static {
    /// Publishes payloads in their order, each to whoever follows its subject now. When this returns, the bus has taken them;
    /// if it fails, any of them may be lost.
    async fn publish_all(&self, messages: Vec<(Subject, Bytes)>) -> Result<(), BusError>;

    /// Publishes one payload.
    async fn publish(&self, subject: Subject, payload: Bytes) -> Result<(), BusError> {
        self.publish_all(vec![(subject, payload)]).await
    }

    /// A subscriber of its own that follows nothing yet.
    fn subscriber(&self) -> Box<dyn Subscriber>;

    /// Whether the bus can be reached now.
    async fn ping(&self) -> Result<(), BusError>;
}

/// Follows subjects. Following and hearing are separate halves, so that one task can hear while others
/// follow.
#[async_trait]
pub trait Subscriber: Send + Sync + 'static {
    /// Follows subjects, in addition. When this returns, whatever is published on them is heard. While the bus
    /// cannot be reached this fails; the subjects are then not followed.
    async fn follow(&self, subjects: &[Subject]) -> Result<(), BusError>;

    /// Follows subjects no longer. A few messages already on their way may still be heard.
    async fn unfollow(&self, subjects: &[Subject]);

    /// The next thing heard; none when the bus has shut down for good. Safe to drop and call again. Only one
    /// caller at a time.
    async fn next(&self) -> Option<BusEvent>;
}
