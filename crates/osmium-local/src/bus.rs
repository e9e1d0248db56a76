//! The bus within one process: publishing puts the payload into each follower's queue.

use crate::lock::{lock, read, write};
use async_trait::async_trait;
use bytes::Bytes;
use osmium_ports::{Bus, BusError, BusEvent, Subject, Subscriber};
use osmium_ports::{Queue, QueueLimits};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, RwLock, Weak};

/// Publishing and following contend only within one of these shares of all subjects.
const SHARDS: usize = 64;

/// A bus within one process. Dropping it ends what its subscribers hear.
#[derive(Debug)]
pub struct LocalBus {
    routes: Arc<Routes>,
    limits: QueueLimits,
    queues: Mutex<Vec<Weak<Queue>>>,
}

impl LocalBus {
    /// A bus whose subscribers may leave this much unheard.
    pub fn new(limits: QueueLimits) -> Self {
        Self {
            routes: Arc::default(),
            limits,
            queues: Mutex::default(),
        }
    }
}

impl Default for LocalBus {
    fn default() -> Self {
        Self::new(QueueLimits::default())
    }
}

impl Drop for LocalBus {
    fn drop(&mut self) {
        for queue in lock(&self.queues).iter().filter_map(Weak::upgrade) {
            queue.close();
        }
    }
}

#[async_trait]
impl Bus for LocalBus {
    async fn publish_all(&self, messages: Vec<(Subject, Bytes)>) -> Result<(), BusError> {
        for (subject, payload) in messages {
            for follower in self.routes.followers(subject).iter() {
                follower.push(subject, payload.clone());
            }
        }
        Ok(())
    }

    fn subscriber(&self) -> Box<dyn Subscriber> {
        let queue = Arc::new(Queue::new(self.limits));
        let mut queues = lock(&self.queues);
        queues.retain(|queue| queue.strong_count() > 0);
        queues.push(Arc::downgrade(&queue));
        Box::new(LocalSubscriber {
            routes: Arc::clone(&self.routes),
            queue,
            followed: Mutex::default(),
        })
    }

    async fn ping(&self) -> Result<(), BusError> {
        Ok(())
    }
}

struct LocalSubscriber {
    routes: Arc<Routes>,
    queue: Arc<Queue>,
    followed: Mutex<HashSet<Subject>>,
}

#[async_trait]
impl Subscriber for LocalSubscriber {
    async fn follow(&self, subjects: &[Subject]) -> Result<(), BusError> {
        let mut followed = lock(&self.followed);
        for &subject in subjects {
            if followed.insert(subject) {
                self.routes.add(subject, &self.queue);
            }
        }
        Ok(())
    }

    async fn unfollow(&self, subjects: &[Subject]) {
        let mut followed = lock(&self.followed);
        for subject in subjects {
            if followed.remove(subject) {
                self.routes.remove(*subject, &self.queue);
            }
        }
    }

    async fn next(&self) -> Option<BusEvent> {
        self.queue.next().await
    }
}

impl Drop for LocalSubscriber {
    fn drop(&mut self) {
        for &subject in lock(&self.followed).iter() {
            self.routes.remove(subject, &self.queue);
        }
    }
}

type Followers = Arc<[Arc<Queue>]>;

/// Who follows what. Followers are replaced as a whole, so that publishing holds no lock while it delivers.
#[derive(Debug)]
struct Routes {
    hasher: RandomState,
    shards: [RwLock<HashMap<Subject, Followers>>; SHARDS],
}

impl Default for Routes {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            shards: std::array::from_fn(|_| RwLock::default()),
        }
    }
}

impl Routes {
    fn shard(&self, subject: Subject) -> &RwLock<HashMap<Subject, Followers>> {
        let hash = self.hasher.hash_one(subject) % SHARDS as u64;
        &self.shards[usize::try_from(hash).unwrap_or(0)]
    }

    fn followers(&self, subject: Subject) -> Followers {
        read(self.shard(subject))
            .get(&subject)
            .cloned()
            .unwrap_or_default()
    }

    fn add(&self, subject: Subject, queue: &Arc<Queue>) {
        let mut shard = write(self.shard(subject));
        let followers = shard.entry(subject).or_default();
        *followers = followers.iter().chain([queue]).cloned().collect();
    }

    fn remove(&self, subject: Subject, queue: &Arc<Queue>) {
        let mut shard = write(self.shard(subject));
        let Some(followers) = shard.get_mut(&subject) else {
            return;
        };
        *followers = followers
            .iter()
            .filter(|follower| !Arc::ptr_eq(follower, queue))
            .cloned()
            .collect();
        if followers.is_empty() {
            shard.remove(&subject);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::Partition;

    const SUBJECT: Subject = Subject::Partition(Partition(0));

    #[tokio::test]
    async fn nobody_left_costs_nothing() {
        let bus = LocalBus::default();
        let (leaves, drops) = (bus.subscriber(), bus.subscriber());
        leaves.follow(&[SUBJECT]).await.unwrap();
        drops.follow(&[SUBJECT]).await.unwrap();
        assert_eq!(bus.routes.followers(SUBJECT).len(), 2);

        leaves.unfollow(&[SUBJECT]).await;
        drop(drops);
        assert!(bus.routes.shards.iter().all(|shard| read(shard).is_empty()));
    }

    #[tokio::test]
    async fn a_dropped_bus_ends_its_subscribers() {
        let bus = LocalBus::default();
        let subscriber = bus.subscriber();
        drop(bus);
        assert_eq!(subscriber.next().await, None);
    }
}
