//! The hub: the sessions of this process, the topics that they follow, and what they hear.
//!
//! For each followed topic there is one [`feed::Feed`] with a cursor: the number of the last event that was told. The
//! next one is told, an old one is dropped, and a hole is filled from the log before anything newer goes out. What
//! the bus loses is found by comparing cursors with the positions of the log: whenever the bus was interrupted, when something
//! was told as this release does not tell it, and now and then.
//!
//! A session follows first and reads positions second, so that nothing falls between.

mod changes;
mod counts;
mod feed;
mod heard;
mod lists;
mod reactions;
mod tell;

use crate::outbox::Outbox;
use counts::Counts;
use feed::{Feed, Item};
use futures::future::try_join_all;
use heard::Heard;
use lists::Lists;
use osmium_core::rosters::Rosters;
use osmium_core::session::{Actor, Watched};
use osmium_core::{Error, Interactions, Result, Views};
use osmium_model::{ConnectionId, Topic, UserId};
use osmium_ports::store::{Position, in_time};
use osmium_ports::{Bus, BusEvent, Presence, Store, Subject, Subscriber};
use osmium_wire::Delivery;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::AbortHandle;

/// How often all topics are compared with the log, whether or not anything seems lost.
const CHECK_EVERY: Duration = Duration::from_secs(30);
/// How long to wait at least between two comparisons, while a fan-out of another release tells what cannot be read.
const CHECK_PAUSE: Duration = Duration::from_secs(1);
/// How many topics are compared in one query.
const CHECKED_AT_A_TIME: usize = 1000;
/// How long to wait before asking the store again.
const RETRY: Duration = Duration::from_millis(200);

/// A session that follows the topics of its user.
pub struct Follower {
    /// Its connection.
    pub connection: ConnectionId,
    /// Who is signed in on it.
    pub actor: Actor,
    /// Whether it wants updates; without, it is told only of the end of its login.
    pub updates: bool,
    /// Where what it hears is put.
    pub outbox: Arc<Outbox>,
}

/// The hub of one process. Its tasks end when it is dropped.
pub struct Hub {
    inner: Arc<Inner>,
    tasks: Vec<AbortHandle>,
}

impl Hub {
    /// Starts a hub without sessions.
    pub fn start(
        store: Arc<dyn Store>,
        bus: &dyn Bus,
        presence: Arc<dyn Presence>,
        views: Arc<Views>,
        rosters: Arc<Rosters>,
        interactions: Arc<Interactions>,
    ) -> Arc<Self> {
        let (idle, idle_topics) = mpsc::unbounded_channel();
        let inner = Arc::new(Inner {
            store,
            presence,
            views,
            rosters,
            interactions,
            lists: Lists::default(),
            subscriber: bus.subscriber(),
            feeds: Mutex::default(),
            sessions: Mutex::default(),
            following: tokio::sync::Mutex::default(),
            idle,
            counts: Counts::default(),
            heard: Heard::default(),
            unread: Notify::new(),
        });
        let tasks = vec![
            tokio::spawn(inner.clone().hear()).abort_handle(),
            tokio::spawn(inner.clone().leave_idle(idle_topics)).abort_handle(),
            tokio::spawn(inner.clone().check_now_and_then()).abort_handle(),
        ];
        Arc::new(Self { inner, tasks })
    }

    /// Follows the user's topics for a session. When this returns, everything that happens in them from here on
    /// is put into its outbox.
    pub async fn attach(&self, follower: Follower) -> Result<()> {
        self.inner.attach(Arc::new(follower)).await
    }

    /// A session shows a member list, and is to be told when it changes.
    pub fn watch(&self, connection: ConnectionId, list: Watched) {
        self.inner.watch(connection, list);
    }

    /// A session is gone.
    pub fn detach(&self, connection: ConnectionId) {
        self.inner.detach(connection);
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

struct Inner {
    store: Arc<dyn Store>,
    presence: Arc<dyn Presence>,
    views: Arc<Views>,
    rosters: Arc<Rosters>,
    interactions: Arc<Interactions>,
    lists: Lists,
    subscriber: Box<dyn Subscriber>,
    feeds: Mutex<HashMap<Topic, Arc<Feed>>>,
    sessions: Mutex<HashMap<ConnectionId, Vec<Topic>>>,
    /// Held while what is followed on the bus changes.
    following: tokio::sync::Mutex<()>,
    /// Topics that may have nobody left.
    idle: mpsc::UnboundedSender<Topic>,
    counts: Counts,
    heard: Heard,
    /// Wakes the next comparison: something was told that cannot be read.
    unread: Notify,
}

impl Inner {
    async fn attach(self: &Arc<Self>, follower: Arc<Follower>) -> Result<()> {
        let user = follower.actor.user_id;
        let mut pinned = self.follow(&[Topic::User(user)]).await?;
        // What was known of a user without sessions here may be old.
        self.counts.forget(user);
        let positions = loop {
            let positions = self.followed_by(&follower).await?;
            let missing: Vec<Topic> = positions
                .iter()
                .map(|position| position.topic)
                .filter(|topic| pinned.iter().all(|pin| pin.feed.topic != *topic))
                .collect();
            if missing.is_empty() {
                break positions;
            }
            pinned.extend(self.follow(&missing).await?);
        };
        let topics = positions.iter().map(|position| position.topic).collect();
        self.sessions().insert(follower.connection, topics);
        let joins = positions.iter().filter_map(|position| {
            let pin = pinned.iter().find(|pin| pin.feed.topic == position.topic)?;
            Some(self.join(&pin.feed, follower.clone(), position.seq))
        });
        try_join_all(joins).await?;
        self.check_login(follower.actor).await
    }

    async fn followed_by(&self, follower: &Follower) -> Result<Vec<Position>> {
        let mut positions = in_time(self.store.followed(follower.actor.user_id)).await?;
        if positions.is_empty() {
            return Err(Error::forbidden("Invalid token"));
        }
        if !follower.updates {
            positions.truncate(1);
        }
        Ok(positions)
    }

    /// A login that ended before its topic was followed is not told of.
    async fn check_login(&self, actor: Actor) -> Result<()> {
        let found = in_time(async {
            let mut reader = self.store.read().await?;
            reader.find_login(actor.login_id).await
        });
        match found.await? {
            Some(_) => Ok(()),
            None => Err(Error::forbidden("Invalid token")),
        }
    }

    fn detach(&self, connection: ConnectionId) {
        self.lists.forget(connection);
        self.interactions.leave(connection);
        let topics = self.sessions().remove(&connection).unwrap_or_default();
        for topic in topics {
            let feed = self.feeds().get(&topic).cloned();
            if feed.is_some_and(|feed| feed.leave(connection)) {
                // The receiver lives as long as the hub.
                let _ = self.idle.send(topic);
            }
        }
    }

    /// Follows topics on the bus, and keeps them followed while the pins are held.
    async fn follow(self: &Arc<Self>, topics: &[Topic]) -> Result<Vec<Pin>> {
        let _turn = self.following.lock().await;
        let missing: Vec<Topic> = {
            let feeds = self.feeds();
            topics
                .iter()
                .filter(|topic| !feeds.contains_key(topic))
                .copied()
                .collect()
        };
        if !missing.is_empty() {
            // Before the bus is asked: what is heard from then on needs a place.
            self.feeds().extend(
                missing
                    .iter()
                    .map(|topic| (*topic, Arc::new(Feed::new(*topic)))),
            );
            let subjects: Vec<Subject> = missing.iter().copied().map(Subject::Topic).collect();
            if let Err(error) = self.subscriber.follow(&subjects).await {
                tracing::warn!(%error, "topics cannot be followed");
                let mut feeds = self.feeds();
                for topic in &missing {
                    feeds.remove(topic);
                }
                return Err(Error::unavailable());
            }
        }
        let feeds = self.feeds();
        Ok(topics
            .iter()
            .filter_map(|topic| Pin::new(feeds.get(topic)?.clone(), self))
            .collect())
    }

    /// Adds a follower to a feed, in turn with what the feed tells: it hears what comes after this number.
    async fn join(
        self: &Arc<Self>,
        feed: &Arc<Feed>,
        follower: Arc<Follower>,
        after: u64,
    ) -> Result<()> {
        let (done, joined) = oneshot::channel();
        let join = Item::Join {
            follower,
            after,
            done,
        };
        self.offer(feed, [join]);
        joined.await.map_err(|_| Error::unavailable())
    }

    /// Has a feed tell what its log has up to a number, in turn with what else it tells.
    async fn catch_up(self: &Arc<Self>, feed: &Arc<Feed>, seq: u64) {
        let (done, told) = oneshot::channel();
        self.offer(feed, [Item::CatchUp { seq, done }]);
        // Without an answer, the hub is about to end.
        let _ = told.await;
    }

    /// The user became a member of a community or group: a session follows its topic from then on.
    async fn join_later(
        self: &Arc<Self>,
        follower: Arc<Follower>,
        topic: Topic,
        after: u64,
    ) -> Result<()> {
        let pinned = self.follow(&[topic]).await?;
        let Some(pin) = pinned.first() else {
            return Ok(());
        };
        let position = in_time(self.store.positions(&[topic])).await?.pop();
        let Some(position) = position else {
            return Ok(());
        };
        match self.sessions().get_mut(&follower.connection) {
            Some(topics) if !topics.contains(&topic) => topics.push(topic),
            Some(_) => {}
            None => return Ok(()),
        }
        self.join(&pin.feed, follower, after).await?;
        // What was published between the number and the subscription was not heard.
        let position = Delivery::Position { seq: position.seq };
        self.offer(&pin.feed, [Item::Delivery(position)]);
        Ok(())
    }

    /// Stops following topics that nobody follows here any more.
    async fn leave_idle(self: Arc<Self>, mut idle: mpsc::UnboundedReceiver<Topic>) {
        let mut topics = Vec::new();
        while idle.recv_many(&mut topics, CHECKED_AT_A_TIME).await > 0 {
            let _turn = self.following.lock().await;
            let left: Vec<Subject> = {
                let mut feeds = self.feeds();
                let mut left = |topic: Topic| {
                    feeds.get(&topic).filter(|feed| feed.is_idle())?;
                    feeds.remove(&topic).map(|_| Subject::Topic(topic))
                };
                topics.drain(..).filter_map(&mut left).collect()
            };
            if !left.is_empty() {
                self.subscriber.unfollow(&left).await;
            }
        }
    }

    async fn hear(self: Arc<Self>) {
        while let Some(event) = self.subscriber.next().await {
            match event {
                BusEvent::Message {
                    subject: Subject::Topic(topic),
                    payload,
                } => {
                    let feed = self.feeds().get(&topic).cloned();
                    if let Some(feed) = feed {
                        let deliveries = Delivery::decode(&payload);
                        if deliveries.is_empty() {
                            metrics::counter!("osmium_hub_unread_total").increment(1);
                            self.unread.notify_one();
                        }
                        self.offer(&feed, deliveries.into_iter().map(Item::Delivery));
                    }
                }
                BusEvent::Message {
                    subject: Subject::Partition(_),
                    ..
                } => {}
                BusEvent::Interrupted => {
                    metrics::counter!("osmium_hub_interruptions_total").increment(1);
                    tokio::spawn(self.clone().check_until_done());
                }
            }
        }
    }

    /// Hands things to a feed, in order; a task tells them.
    fn offer(self: &Arc<Self>, feed: &Arc<Feed>, items: impl IntoIterator<Item = Item>) {
        if feed.offer(items) {
            let (hub, feed) = (self.clone(), feed.clone());
            tokio::spawn(async move {
                while let Some(item) = feed.take() {
                    hub.handle(&feed, item).await;
                }
            });
        }
    }

    async fn check_now_and_then(self: Arc<Self>) {
        loop {
            // Either way it is time.
            let _ = tokio::time::timeout(CHECK_EVERY, self.unread.notified()).await;
            if let Err(error) = self.check().await {
                tracing::debug!(%error, "positions are compared later");
            }
            self.counts.forget_unused();
            tokio::time::sleep(CHECK_PAUSE).await;
        }
    }

    async fn check_until_done(self: Arc<Self>) {
        while let Err(error) = self.check().await {
            tracing::debug!(%error, "positions are compared later");
            tokio::time::sleep(RETRY).await;
        }
    }

    /// Compares every cursor with the log, and has the feeds read what they missed.
    async fn check(self: &Arc<Self>) -> std::result::Result<(), osmium_ports::StoreError> {
        let topics: Vec<Topic> = self.feeds().keys().copied().collect();
        for topics in topics.chunks(CHECKED_AT_A_TIME) {
            for Position { topic, seq } in in_time(self.store.positions(topics)).await? {
                let feed = self.feeds().get(&topic).cloned();
                if let Some(feed) = feed.filter(|feed| feed.cursor().is_some_and(|at| at < seq)) {
                    self.offer(&feed, [Item::Delivery(Delivery::Position { seq })]);
                }
            }
        }
        Ok(())
    }

    fn feeds(&self) -> MutexGuard<'_, HashMap<Topic, Arc<Feed>>> {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<ConnectionId, Vec<Topic>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps a feed while someone is about to join it.
struct Pin {
    feed: Arc<Feed>,
    idle: mpsc::UnboundedSender<Topic>,
}

impl Pin {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "reads as one step of a filter_map"
    )]
    fn new(feed: Arc<Feed>, hub: &Inner) -> Option<Self> {
        feed.pin();
        Some(Self {
            feed,
            idle: hub.idle.clone(),
        })
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        if self.feed.unpin() {
            let _ = self.idle.send(self.feed.topic);
        }
    }
}

/// The users of followers, each once.
fn users_of<'a>(followers: impl IntoIterator<Item = &'a Arc<Follower>>) -> Vec<UserId> {
    let users = followers.into_iter().map(|follower| follower.actor.user_id);
    let mut users: Vec<_> = users.collect();
    users.sort_unstable();
    users.dedup();
    users
}
