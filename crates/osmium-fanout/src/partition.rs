//! One held partition: up to where each of its topics is published.

use crate::plan::plan_typing;
use crate::typing::Typists;
use osmium_model::{Event, Timestamp, Topic};
use osmium_wire::Delivery;
use std::collections::HashMap;

/// What a fan-out knows of a partition that it holds.
pub(crate) struct Held {
    /// Events recorded before this (by the database's clock) are published: where a sweep begins.
    pub(crate) swept_to: Option<Timestamp>,
    /// Who types.
    pub(crate) typists: Typists,
    published: HashMap<Topic, Published>,
}

struct Published {
    seq: u64,
    at: Timestamp,
}

/// What to do about an event that was announced or found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It was published already.
    Done,
    /// It is the next one, or the first one heard of.
    Publish,
    /// Events after this one come before it.
    FillAfter(u64),
}

impl Held {
    /// A partition that was just gained: nothing of it is known.
    pub(crate) fn gained() -> Self {
        Self {
            swept_to: None,
            typists: Typists::default(),
            published: HashMap::new(),
        }
    }

    /// What to do about a topic's event.
    pub(crate) fn next(&self, topic: Topic, seq: u64) -> Next {
        match self.published.get(&topic) {
            Some(published) if seq <= published.seq => Next::Done,
            Some(published) if seq > published.seq + 1 => Next::FillAfter(published.seq),
            Some(_) | None => Next::Publish,
        }
    }

    /// Up to where a topic is published, if that is known.
    pub(crate) fn published(&self, topic: Topic) -> Option<u64> {
        self.published.get(&topic).map(|published| published.seq)
    }

    /// A topic is published up to a number.
    pub(crate) fn publish(&mut self, topic: Topic, seq: u64, now: Timestamp) {
        self.published.insert(topic, Published { seq, at: now });
    }

    /// What is told when an event ends its author's typing.
    pub(crate) fn typing_ended_by(
        &mut self,
        topic: Topic,
        event: &Event,
    ) -> Option<(Topic, Delivery)> {
        let (chat, user) = self.typists.ended_by(topic, event)?;
        let body = plan_typing(topic, chat, user, None);
        Some((topic, Delivery::Passing(body)))
    }

    /// Something was not published after all: the next sweep starts anew.
    pub(crate) fn doubt(&mut self) {
        self.published.clear();
        self.swept_to = None;
    }

    /// Forgets topics that have been quiet since `before`: a sweep does not look that far back.
    pub(crate) fn forget_quiet(&mut self, before: Timestamp) {
        self.published.retain(|_, published| published.at >= before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::UserId;

    #[test]
    fn events_are_published_in_order_and_once() {
        let (topic, now) = (Topic::User(UserId(1)), Timestamp::default());
        let mut held = Held::gained();
        assert_eq!(held.next(topic, 7), Next::Publish);
        held.publish(topic, 7, now);
        assert_eq!(held.next(topic, 7), Next::Done);
        assert_eq!(held.next(topic, 8), Next::Publish);
        assert_eq!(held.next(topic, 10), Next::FillAfter(7));
    }

    #[test]
    fn quiet_topics_are_forgotten() {
        let mut held = Held::gained();
        held.publish(Topic::User(UserId(1)), 7, Timestamp::from_millis(10));
        held.publish(Topic::User(UserId(2)), 7, Timestamp::from_millis(20));
        held.forget_quiet(Timestamp::from_millis(15));
        assert_eq!(held.published(Topic::User(UserId(1))), None);
        assert_eq!(held.published(Topic::User(UserId(2))), Some(7));
    }
}
