//! The posts that wait: those that may go now, and those whose topic is in a transaction already.
//!
//! A topic is in one transaction of this process at a time. What is posted in it meanwhile goes with the next one, in
//! the order in which it came.

use super::Waiting;
use osmium_model::Topic;
use std::collections::BTreeSet;

/// Posts that wait for a transaction.
#[derive(Default)]
pub(super) struct Queue {
    ready: Vec<Waiting>,
    /// Behind a post or a transaction of one of their topics.
    behind: Vec<Waiting>,
    /// The topics of those.
    blocked: BTreeSet<Topic>,
    /// The topics that are in a transaction.
    away: BTreeSet<Topic>,
}

impl Queue {
    /// Adds a post, behind those of its topics that came before it.
    pub(super) fn push(&mut self, waiting: Waiting) {
        let topics = waiting.0.kind.topics();
        let is_held_up = |topic| self.away.contains(topic) || self.blocked.contains(topic);
        if topics.iter().any(is_held_up) {
            self.blocked.extend(topics);
            self.behind.push(waiting);
        } else {
            self.ready.push(waiting);
        }
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.ready.len() + self.behind.len()
    }

    /// How many may go now.
    pub(super) fn ready(&self) -> usize {
        self.ready.len()
    }

    /// Takes those that may go now, so many at most, for one transaction; their topics are away until
    /// [`Queue::return_topics`].
    pub(super) fn take(&mut self, most: usize) -> Vec<Waiting> {
        let rest = self.ready.split_off(most.min(self.ready.len()));
        let taken = std::mem::replace(&mut self.ready, rest);
        self.away.extend(topics_of(&taken));
        self.sort();
        taken
    }

    /// Says that a transaction has ended.
    pub(super) fn return_topics(&mut self, topics: &BTreeSet<Topic>) {
        self.away.retain(|topic| !topics.contains(topic));
        self.sort();
    }

    /// Finds out anew who may go. Of one topic, those that were ready came before those behind.
    fn sort(&mut self) {
        let waiting = std::mem::take(&mut self.ready).into_iter();
        let waiting = waiting.chain(std::mem::take(&mut self.behind));
        self.blocked.clear();
        waiting.for_each(|waiting| self.push(waiting));
    }
}

/// The topics of posts.
pub(super) fn topics_of(posts: &[Waiting]) -> BTreeSet<Topic> {
    posts
        .iter()
        .flat_map(|(post, _)| post.kind.topics())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::{Post, testing};
    use osmium_model::UserId;
    use std::sync::Arc;
    use tokio::sync::oneshot;

    /// A post whose text is its number, between two users.
    fn post(number: u64, a: u64, b: u64) -> Waiting {
        let post = Post {
            text: number.to_string(),
            ..testing::post(UserId(a), UserId(b))
        };
        (Arc::new(post), oneshot::channel().0)
    }

    fn queue(posts: impl IntoIterator<Item = Waiting>) -> Queue {
        let mut queue = Queue::default();
        posts.into_iter().for_each(|post| queue.push(post));
        queue
    }

    fn take(queue: &mut Queue, most: usize) -> (String, BTreeSet<Topic>) {
        let taken = queue.take(most);
        let texts: Vec<_> = taken.iter().map(|(post, _)| &*post.text).collect();
        (texts.join(" "), topics_of(&taken))
    }

    #[test]
    fn those_of_one_moment_go_together() {
        let mut queue = queue([post(1, 1, 2), post(2, 1, 2), post(3, 4, 4)]);
        assert_eq!(take(&mut queue, 9).0, "1 2 3");
        assert_eq!(queue.ready(), 0);
    }

    #[test]
    fn a_topic_is_in_one_transaction_at_a_time() {
        let mut queue = queue([post(1, 1, 1)]);
        let (_, first) = take(&mut queue, 9);
        queue.push(post(2, 1, 2));
        queue.push(post(3, 3, 3));
        assert_eq!(take(&mut queue, 9).0, "3");
        queue.return_topics(&first);
        assert_eq!(take(&mut queue, 9).0, "2");
    }

    #[test]
    fn whoever_waits_keeps_the_order_of_each_topic() {
        let mut queue = queue([post(1, 1, 1)]);
        let (_, first) = take(&mut queue, 9);
        // The second waits for the first, and the third, in a topic of the second, for that.
        queue.push(post(2, 1, 2));
        queue.push(post(3, 2, 2));
        assert_eq!(queue.ready(), 0);
        queue.return_topics(&first);
        assert_eq!(take(&mut queue, 9).0, "2 3");
    }

    #[test]
    fn those_for_whom_there_is_no_room_go_next() {
        let mut queue = queue([post(1, 1, 1), post(2, 2, 2), post(3, 1, 1), post(4, 3, 3)]);
        let (taken, first) = take(&mut queue, 2);
        assert_eq!(taken, "1 2");
        queue.push(post(5, 1, 1));
        assert_eq!(take(&mut queue, 2).0, "4");
        queue.return_topics(&first);
        assert_eq!(take(&mut queue, 2).0, "3 5");
    }
}
