//! One followed topic: its cursor, its followers, and what waits to be told to them.

use super::Follower;
use osmium_core::View;
use osmium_model::{ConnectionId, Topic};
use osmium_wire::Delivery;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// What a feed does, one after another.
pub(super) enum Item {
    /// Tell its followers.
    Delivery(Delivery),
    /// Tell what the log has up to this number.
    CatchUp {
        /// The number.
        seq: u64,
        /// Told when it is done.
        done: oneshot::Sender<()>,
    },
    /// Add a follower, who hears what comes after this number.
    Join {
        /// Who.
        follower: Arc<Follower>,
        /// The number.
        after: u64,
        /// Told when it is done.
        done: oneshot::Sender<()>,
    },
}

/// A topic that someone here follows, or is about to.
pub(super) struct Feed {
    /// Which.
    pub(super) topic: Topic,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The number of the last event that was told; none before the first follower joined.
    cursor: Option<u64>,
    /// The number of the last event that was heard of before.
    beyond: Option<u64>,
    /// The oldest epoch of the community's rules under which anything may still be told.
    epoch: u64,
    /// Of a community: the rules that the followers were told of.
    told_view: Option<Arc<View>>,
    followers: HashMap<ConnectionId, Arc<Follower>>,
    waiting: VecDeque<Item>,
    /// A task is taking what waits.
    busy: bool,
    pins: usize,
}

impl Feed {
    pub(super) fn new(topic: Topic) -> Self {
        Self {
            topic,
            state: Mutex::default(),
        }
    }

    /// Adds things to do. True: a task has to be started that takes them.
    pub(super) fn offer(&self, items: impl IntoIterator<Item = Item>) -> bool {
        let mut state = self.state();
        for item in items {
            match item {
                // Nobody is here to be told yet. How far the topic goes is told to whoever joins.
                Item::Delivery(delivery) if state.cursor.is_none() && state.waiting.is_empty() => {
                    state.beyond = state.beyond.max(delivery.seq());
                }
                item => state.waiting.push_back(item),
            }
        }
        !state.waiting.is_empty() && !std::mem::replace(&mut state.busy, true)
    }

    /// The next thing to do; with none, the task ends.
    pub(super) fn take(&self) -> Option<Item> {
        let mut state = self.state();
        let item = state.waiting.pop_front();
        state.busy = item.is_some();
        item
    }

    /// Whether there is more to do.
    pub(super) fn has_more(&self) -> bool {
        !self.state().waiting.is_empty()
    }

    pub(super) fn cursor(&self) -> Option<u64> {
        self.state().cursor
    }

    pub(super) fn told(&self, seq: u64) {
        self.state().cursor = Some(seq);
    }

    pub(super) fn epoch(&self) -> u64 {
        self.state().epoch
    }

    pub(super) fn raise_epoch(&self, epoch: u64) {
        let mut state = self.state();
        state.epoch = state.epoch.max(epoch);
    }

    /// Adds a follower.
    pub(super) fn join(&self, follower: Arc<Follower>) {
        self.state().followers.insert(follower.connection, follower);
    }

    /// The number of the last event that was heard of before the first follower joined. Given once.
    pub(super) fn take_beyond(&self) -> Option<u64> {
        self.state().beyond.take()
    }

    /// Removes a follower. True: nobody may be left.
    pub(super) fn leave(&self, connection: ConnectionId) -> bool {
        let mut state = self.state();
        state.followers.remove(&connection);
        state.is_idle()
    }

    /// Removes the followers for whom this holds, and gives them.
    pub(super) fn expel(&self, leaves: impl Fn(&Follower) -> bool) -> Vec<Arc<Follower>> {
        let mut state = self.state();
        let expelled: Vec<_> = state
            .followers
            .values()
            .filter(|follower| leaves(follower))
            .cloned()
            .collect();
        for follower in &expelled {
            state.followers.remove(&follower.connection);
        }
        expelled
    }

    /// The rules that the followers were told of; none of what is no community, or before the first joined.
    pub(super) fn told_view(&self) -> Option<Arc<View>> {
        self.state().told_view.clone()
    }

    pub(super) fn set_told_view(&self, view: Arc<View>) {
        self.state().told_view = Some(view);
    }

    pub(super) fn has(&self, connection: ConnectionId) -> bool {
        self.state().followers.contains_key(&connection)
    }

    pub(super) fn follower(&self, connection: ConnectionId) -> Option<Arc<Follower>> {
        self.state().followers.get(&connection).cloned()
    }

    /// Who follows now.
    pub(super) fn followers(&self) -> Vec<Arc<Follower>> {
        self.state().followers.values().cloned().collect()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.state().is_idle()
    }

    pub(super) fn pin(&self) {
        self.state().pins += 1;
    }

    /// True: nobody may be left.
    pub(super) fn unpin(&self) -> bool {
        let mut state = self.state();
        state.pins -= 1;
        state.is_idle()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_idle(&self) -> bool {
        self.followers.is_empty() && self.pins == 0
    }
}
