//! The member lists that connections show, and telling them when those change.
//!
//! Whatever may change a list only says so; a moment later the lists are made anew, and those that are different are told.
//! Of very large communities the moment is longer, so that making lists takes no more than a small part of a processor.

use super::feed::Feed;
use super::{Follower, Inner, RETRY};
use osmium_core::rosters::fingerprint;
use osmium_core::session::{Push, Watched};
use osmium_model::{ChannelId, CommunityId, ConnectionId, Topic};
use osmium_ports::StoreError;
use osmium_ports::store::in_time;
use osmium_wire::{Rendered, Value, update};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long changes of lists are gathered.
const MOMENT: Duration = Duration::from_secs(2);
/// How many times as long as it took to make lists nothing is made after it.
const REST: u32 = 20;

/// Which connection shows which list.
#[derive(Default)]
pub(super) struct Lists {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    shown: HashMap<ConnectionId, Watched>,
    communities: HashMap<CommunityId, Community>,
}

/// The lists of one community.
#[derive(Default)]
struct Community {
    watchers: BTreeSet<ConnectionId>,
    /// They are about to be made.
    due: bool,
    /// How long it took the last time.
    took: Duration,
}

impl Lists {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection shows this list from now on.
    fn watch(&self, connection: ConnectionId, list: Watched) {
        self.forget(connection);
        let mut state = self.state();
        state.shown.insert(connection, list);
        let community = state.communities.entry(list.community).or_default();
        community.watchers.insert(connection);
    }

    /// A connection shows no list any more.
    pub(super) fn forget(&self, connection: ConnectionId) {
        let mut state = self.state();
        let Some(list) = state.shown.remove(&connection) else {
            return;
        };
        if let Some(community) = state.communities.get_mut(&list.community) {
            community.watchers.remove(&connection);
            if community.watchers.is_empty() {
                state.communities.remove(&list.community);
            }
        }
    }

    /// When the lists of a community are to be made, unless they are about to be already or nobody shows one.
    fn schedule(&self, community: CommunityId) -> Option<Duration> {
        let mut state = self.state();
        let community = state.communities.get_mut(&community)?;
        let due = std::mem::replace(&mut community.due, true);
        (!due).then(|| MOMENT.max(community.took * REST))
    }

    /// Who shows lists of a community, by channel. What changes from here on needs another look.
    fn begin(&self, community: CommunityId) -> HashMap<ChannelId, Vec<ConnectionId>> {
        let mut state = self.state();
        let mut by_channel: HashMap<ChannelId, Vec<ConnectionId>> = HashMap::new();
        if let Some(found) = state.communities.get_mut(&community) {
            found.due = false;
        }
        for (connection, list) in &state.shown {
            if list.community == community {
                by_channel
                    .entry(list.channel)
                    .or_default()
                    .push(*connection);
            }
        }
        by_channel
    }

    fn end(&self, community: CommunityId, took: Duration) {
        if let Some(community) = self.state().communities.get_mut(&community) {
            community.took = took;
        }
    }

    /// Notes that a connection is told a list; false if it was told that already, or shows another one.
    fn is_news(&self, connection: ConnectionId, channel: ChannelId, list: u64) -> bool {
        let mut state = self.state();
        match state.shown.get_mut(&connection) {
            Some(shown) if shown.channel == channel => {
                std::mem::replace(&mut shown.told, list) != list
            }
            _ => false,
        }
    }
}

impl Inner {
    /// A connection shows a list. It may have changed since it was made for it.
    pub(super) fn watch(self: &Arc<Self>, connection: ConnectionId, list: Watched) {
        let feed = self.feeds().get(&Topic::Community(list.community)).cloned();
        let follower = feed.and_then(|feed| feed.follower(connection));
        if follower.is_some_and(|follower| follower.updates) {
            self.lists.watch(connection, list);
            self.relist(list.community);
        }
    }

    /// Something changed that may be seen in the lists of a community.
    pub(super) fn relist(self: &Arc<Self>, community: CommunityId) {
        let Some(moment) = self.lists.schedule(community) else {
            return;
        };
        let hub = Arc::downgrade(self);
        tokio::spawn(async move {
            tokio::time::sleep(moment).await;
            let Some(hub) = hub.upgrade() else { return };
            let started = Instant::now();
            if let Err(error) = in_time(hub.tell_lists(community)).await {
                tracing::debug!(%error, "member lists are told later");
                tokio::time::sleep(RETRY).await;
                hub.relist(community);
            }
            hub.lists.end(community, started.elapsed());
        });
    }

    async fn tell_lists(&self, community: CommunityId) -> Result<(), StoreError> {
        let watchers = self.lists.begin(community);
        let Some(feed) = self.feeds().get(&Topic::Community(community)).cloned() else {
            return Ok(());
        };
        let view = {
            let mut reader = self.store.read().await?;
            self.views
                .at_least(&mut *reader, community, feed.epoch())
                .await?
        };
        let Some(view) = view else { return Ok(()) };
        self.rosters.forget_statuses(community).await;
        for (channel, connections) in watchers {
            let entries = self.rosters.list(&view, channel).await?;
            let list = fingerprint(&entries);
            let template = update::member_list(community, channel, entries);
            let rendered = Arc::new(Rendered::for_all(template));
            // Once the list is made: who lost sight of the channel meanwhile is not told.
            for follower in self.watching(&feed, channel, &connections).await {
                if self.lists.is_news(follower.connection, channel, list) {
                    let push = Push::Update(rendered.clone(), Value::Same);
                    follower.outbox.push(push);
                }
            }
        }
        Ok(())
    }

    /// Those of the connections that are still here and see the channel. The others show its list no more.
    async fn watching(
        &self,
        feed: &Feed,
        channel: ChannelId,
        connections: &[ConnectionId],
    ) -> Vec<Arc<Follower>> {
        let here: Vec<Arc<Follower>> = connections
            .iter()
            .filter_map(|connection| feed.follower(*connection))
            .collect();
        let here = self.viewing(feed, channel, &here).await;
        for connection in connections {
            if here
                .iter()
                .all(|follower| follower.connection != *connection)
            {
                self.lists.forget(*connection);
            }
        }
        here
    }
}
