//! Who in this process follows what: the truth that the subscriptions in Redis are brought in line with.

use bytes::Bytes;
use osmium_ports::Queue;
use osmium_ports::Subject;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Names a subscriber within the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SubscriberId(u64);

/// Names a connection; later ones are greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Generation(u64);

impl Generation {
    /// The one after.
    pub(crate) fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Who follows what.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    generation: Generation,
    joined: u64,
    members: HashMap<SubscriberId, Member>,
    followers: HashMap<Subject, Vec<Arc<Queue>>>,
    closed: bool,
}

#[derive(Debug)]
struct Member {
    queue: Arc<Queue>,
    subjects: HashSet<Subject>,
}

impl Routes {
    /// Adds a subscriber that follows nothing yet.
    pub(crate) fn join(&mut self, queue: Arc<Queue>) -> SubscriberId {
        if self.closed {
            queue.close();
        }
        self.joined += 1;
        let id = SubscriberId(self.joined);
        let subjects = HashSet::new();
        self.members.insert(id, Member { queue, subjects });
        id
    }

    /// Removes a subscriber. Gives the subjects that it followed.
    pub(crate) fn leave(&mut self, id: SubscriberId) -> Vec<Subject> {
        let member = self.members.get(&id);
        let subjects = member.map(|member| member.subjects.iter().copied().collect());
        let subjects: Vec<_> = subjects.unwrap_or_default();
        self.unfollow(id, &subjects);
        self.members.remove(&id);
        subjects
    }

    /// Makes a subscriber follow subjects. Gives those that it did not follow before.
    pub(crate) fn follow(&mut self, id: SubscriberId, subjects: &[Subject]) -> Vec<Subject> {
        let Some(member) = self.members.get_mut(&id) else {
            return Vec::new();
        };
        let mut added = subjects.to_vec();
        added.retain(|subject| member.subjects.insert(*subject));
        for subject in &added {
            let followers = self.followers.entry(*subject).or_default();
            followers.push(Arc::clone(&member.queue));
        }
        added
    }

    /// Makes a subscriber follow subjects no longer.
    pub(crate) fn unfollow(&mut self, id: SubscriberId, subjects: &[Subject]) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        for subject in subjects {
            if member.subjects.remove(subject)
                && let Some(followers) = self.followers.get_mut(subject)
            {
                followers.retain(|follower| !Arc::ptr_eq(follower, &member.queue));
                if followers.is_empty() {
                    self.followers.remove(subject);
                }
            }
        }
    }

    /// Whether anybody follows the subject.
    pub(crate) fn is_followed(&self, subject: Subject) -> bool {
        self.followers.contains_key(&subject)
    }

    /// Everything that anybody follows.
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        self.followers.keys().copied().collect()
    }

    /// From now on, only this connection delivers: an older one that revives is too late.
    pub(crate) fn begin(&mut self, generation: Generation) {
        self.generation = generation;
    }

    /// Puts what a connection heard into the followers' queues.
    pub(crate) fn deliver(&self, generation: Generation, subject: Subject, payload: &Bytes) {
        if generation != self.generation {
            return;
        }
        for follower in self.followers.get(&subject).into_iter().flatten() {
            follower.push(subject, payload.clone());
        }
    }

    /// Tells every subscriber that follows anything that messages may be lost.
    pub(crate) fn interrupt(&self) {
        let members = self.members.values();
        for member in members.filter(|member| !member.subjects.is_empty()) {
            member.queue.interrupt();
        }
    }

    /// Tells every subscriber, also later ones, that nothing will ever come.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        for member in self.members.values() {
            member.queue.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::Partition;
    use osmium_ports::BusEvent;
    use osmium_ports::QueueLimits;

    const A: Subject = Subject::Partition(Partition(0));
    const B: Subject = Subject::Partition(Partition(1));

    fn member(routes: &mut Routes) -> (SubscriberId, Arc<Queue>) {
        let queue = Arc::new(Queue::new(QueueLimits::default()));
        (routes.join(Arc::clone(&queue)), queue)
    }

    #[test]
    fn a_subject_is_followed_until_the_last_leaves() {
        let mut routes = Routes::default();
        let (first, _) = member(&mut routes);
        let (second, _) = member(&mut routes);
        assert_eq!(routes.follow(first, &[A, B, A]), [A, B]);
        assert_eq!(routes.follow(first, &[A]), []);
        assert_eq!(routes.follow(second, &[A]), [A]);

        routes.unfollow(first, &[A]);
        assert!(routes.is_followed(A) && routes.is_followed(B));
        assert_eq!(routes.leave(second), [A]);
        assert!(!routes.is_followed(A));
        assert_eq!(routes.subjects(), [B]);
    }

    #[tokio::test]
    async fn only_the_newest_connection_delivers() {
        let mut routes = Routes::default();
        let (id, queue) = member(&mut routes);
        routes.follow(id, &[A]);
        let old = Generation::default();
        let new = old.next();
        routes.begin(new);
        routes.deliver(old, A, &"old".into());
        routes.deliver(new, A, &"new".into());

        let payload = "new".into();
        let heard = BusEvent::Message {
            subject: A,
            payload,
        };
        assert_eq!(queue.next().await, Some(heard));
    }
}
