//! What a change of a community's rules is to each of its members here: channels that appear, change or vanish, and
//! what they may do in those that stay.
//!
//! The feed keeps the rules that its followers were told of, and compares them with those of now. So it does not matter
//! how many changes lie between: whoever saw the one state is told what leads to the other.

use super::feed::Feed;
use super::{Follower, Inner};
use osmium_core::View;
use osmium_core::session::Push;
use osmium_model::access::{CommunityRules, Grants};
use osmium_model::{Channel, ChannelId, ChannelKind, Topic};
use osmium_wire::{Rendered, Value, update};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What someone was granted, and is now.
type Turn = (Arc<Grants>, Arc<Grants>);

impl Inner {
    /// Sees to it that the rules are known which a new follower is about to see, so that later changes can be told.
    pub(super) async fn note_rules(&self, feed: &Feed, follower: &Arc<Follower>) {
        let Topic::Community(_) = feed.topic else {
            return;
        };
        if !follower.updates {
            return;
        }
        let Some(standings) = self.standings(feed, &[follower]).await else {
            return;
        };
        match feed.told_view() {
            None => feed.set_told_view(standings.view),
            // The user may not have been here when that view was made.
            Some(told) if told.known_member(follower.actor.user_id).is_none() => {
                let member = standings.members.into_values();
                member.for_each(|member| told.keep_member(member));
            }
            Some(_) => {}
        }
    }

    /// Tells the followers what changed for them up to this epoch.
    pub(super) async fn tell_changes(&self, feed: &Feed, epoch: u64) {
        let Some(before) = feed.told_view().filter(|told| told.epoch() < epoch) else {
            return;
        };
        let followers = feed.followers();
        let listening: Vec<&Arc<Follower>> = followers
            .iter()
            .filter(|follower| follower.updates)
            .collect();
        let Some(after) = self.standings(feed, &listening).await else {
            return;
        };
        let mut alike: HashMap<Turn, Vec<&Arc<Follower>>> = HashMap::new();
        for follower in listening {
            let user = follower.actor.user_id;
            let Some(now) = after.members.get(&user) else {
                continue;
            };
            let then = before.known_member(user).unwrap_or_else(|| now.clone());
            let grants = (before.grants(&then), after.view.grants(now));
            alike.entry(grants).or_default().push(follower);
        }
        let mut changes = Changes::between(&before, &after.view);
        for ((then, now), followers) in alike {
            let told = changes.for_grants(&then, &now);
            for follower in followers {
                for rendered in &told {
                    let push = Push::Update(rendered.clone(), Value::Same);
                    follower.outbox.push(push);
                }
            }
        }
        feed.set_told_view(after.view);
    }
}

/// The channels of two states of a community, and the updates that lead from one to the other.
struct Changes<'a> {
    before: &'a CommunityRules,
    after: &'a CommunityRules,
    /// Those of either, a category before what stands in it.
    channels: Vec<ChannelId>,
    /// Encoded once for all who are told.
    appeared: HashMap<ChannelId, Arc<Rendered>>,
    vanished: HashMap<ChannelId, Arc<Rendered>>,
}

impl<'a> Changes<'a> {
    fn between(before: &'a View, after: &'a View) -> Self {
        let (before, after) = (before.rules(), after.rules());
        let order = |rules: &'a CommunityRules| {
            rules.channels.values().map(|rules| {
                let channel = &rules.channel;
                let within = channel.kind != ChannelKind::Category;
                (within, channel.position, channel.id)
            })
        };
        let gone = order(before).filter(|(.., id)| !after.channels.contains_key(id));
        let channels: BTreeSet<_> = gone.chain(order(after)).collect();
        Self {
            before,
            after,
            channels: channels.into_iter().map(|(.., id)| id).collect(),
            appeared: HashMap::new(),
            vanished: HashMap::new(),
        }
    }

    /// What is told to whoever was granted the one and is granted the other now.
    fn for_grants(&mut self, then: &Grants, now: &Grants) -> Vec<Arc<Rendered>> {
        let mut told = Vec::new();
        for id in self.channels.clone() {
            let (saw, sees) = (self.before.sees(then, id), self.after.sees(now, id));
            let channel = self.after.channels.get(&id).map(|rules| &rules.channel);
            match (saw, channel.filter(|_| sees)) {
                (true, None) => told.push(self.vanished(id)),
                (false, None) => {}
                (_, Some(channel)) => {
                    let known = self.before.channels.get(&id).filter(|_| saw);
                    if known.map(|rules| &rules.channel) != Some(channel) {
                        told.push(self.appeared(channel));
                    }
                    let overrides = |rules: &CommunityRules, grants| {
                        let grant = rules.grant(grants, id);
                        (grant.allow, grant.deny)
                    };
                    let were = known.map(|_| overrides(self.before, then));
                    let are = overrides(self.after, now);
                    if channel.has_messages() && were.unwrap_or_default() != are {
                        let community = self.after.community_id;
                        let template = update::conversation_permissions(community, id, are);
                        told.push(Arc::new(Rendered::for_all(template)));
                    }
                }
            }
        }
        told
    }

    fn appeared(&mut self, channel: &Channel) -> Arc<Rendered> {
        let rendered = || Arc::new(Rendered::for_all(update::channel(channel)));
        self.appeared
            .entry(channel.id)
            .or_insert_with(rendered)
            .clone()
    }

    fn vanished(&mut self, channel: ChannelId) -> Arc<Rendered> {
        let community = self.before.community_id;
        let rendered = || {
            Arc::new(Rendered::for_all(update::channel_deleted(
                community, channel,
            )))
        };
        self.vanished
            .entry(channel)
            .or_insert_with(rendered)
            .clone()
    }
}
