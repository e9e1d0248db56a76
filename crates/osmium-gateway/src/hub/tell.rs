//! Telling: what a delivery does to the hub's own knowledge, who of the followers hears it, and what is personal.

use super::feed::{Feed, Item};
use super::reactions::Told;
use super::{Follower, Inner, RETRY, users_of};
use bytes::BytesMut;
use osmium_core::View;
use osmium_core::session::{CloseReason, Push};
use osmium_fanout::{plan, statuses_of};
use osmium_model::{ChannelId, CommunityId, LoginId, Member, RoleId, Topic, UserId};
use osmium_ports::StoreError;
use osmium_ports::store::{LogEntry, in_time};
use osmium_wire::community::Standing;
use osmium_wire::{Audience, Body, Delivery, Effect, Personal, Rendered, Value, update};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::task::JoinSet;

/// How many events are read from the log at a time.
const PAGE: u32 = 500;
/// How many connections are told by one task.
const TOLD_AT_A_TIME: usize = 64;

/// Members of a community, with the rules that hold for them.
pub(super) struct Standings {
    pub(super) view: Arc<View>,
    pub(super) members: HashMap<UserId, Arc<Member>>,
}

impl Inner {
    /// Does one thing of a feed.
    pub(super) async fn handle(self: &Arc<Self>, feed: &Arc<Feed>, item: Item) {
        match item {
            Item::Join {
                follower,
                after,
                done,
            } => {
                self.add(feed, follower, after).await;
                // Whoever waited may have given up.
                let _ = done.send(());
            }
            Item::CatchUp { seq, done } => {
                self.read_up_to(feed, seq).await;
                // Whoever waited may have given up.
                let _ = done.send(());
            }
            Item::Delivery(Delivery::Passing(body)) => {
                self.tell(feed, &body, feed.followers()).await;
                self.relist_for(feed, &body);
            }
            Item::Delivery(Delivery::Position { seq }) => self.read_up_to(feed, seq).await,
            Item::Delivery(Delivery::Event { seq, body }) => {
                let Some(cursor) = feed.cursor() else { return };
                if seq == cursor + 1 {
                    self.tell_next(feed, seq, &body).await;
                } else {
                    self.read_up_to(feed, seq).await;
                }
            }
        }
    }

    /// Adds a follower to a feed, who hears what comes after a number. What up to it is not told yet goes to the others
    /// first; what after it is told already, to the follower alone.
    async fn add(self: &Arc<Self>, feed: &Arc<Feed>, follower: Arc<Follower>, after: u64) {
        self.read_up_to(feed, after).await;
        let cursor = feed.cursor().unwrap_or_else(|| {
            feed.told(after);
            after
        });
        let mut heard = after;
        while heard < cursor {
            let entries = self.events(feed, heard).await;
            let Some(entries) = entries.filter(|entries| !entries.is_empty()) else {
                break;
            };
            for (seq, body) in self.planned(feed.topic, entries).await {
                if seq > heard && seq <= cursor {
                    if parts(&body, follower.actor.user_id) {
                        tell_parted(feed, &[&follower]);
                        return;
                    }
                    self.tell_before_joined(&body).await;
                    let alone = [follower.clone()];
                    self.tell(feed, &body, alone.to_vec()).await;
                    Box::pin(self.follow_joined(&body, &alone)).await;
                }
                heard = heard.max(seq);
            }
        }
        self.note_rules(feed, &follower).await;
        feed.join(follower);
        if let Some(beyond) = feed.take_beyond() {
            self.read_up_to(feed, beyond).await;
        }
    }

    async fn tell_next(self: &Arc<Self>, feed: &Arc<Feed>, seq: u64, body: &Body) {
        self.apply(feed, &body.effects).await;
        self.tell_before_joined(body).await;
        self.tell(feed, body, feed.followers()).await;
        self.follow_joined(body, &feed.followers()).await;
        self.relist_for(feed, body);
        feed.told(seq);
    }

    fn relist_for(self: &Arc<Self>, feed: &Feed, body: &Body) {
        if let Topic::Community(community) = feed.topic
            && body.relists
        {
            self.relist(community);
        }
    }

    /// Tells what the log has after the cursor, up to a number.
    async fn read_up_to(self: &Arc<Self>, feed: &Arc<Feed>, last: u64) {
        while let Some(cursor) = feed.cursor().filter(|cursor| *cursor < last) {
            let Some(entries) = self.events(feed, cursor).await else {
                return;
            };
            metrics::counter!("osmium_hub_filled_total").increment(entries.len() as u64);
            match entries.first() {
                Some(first) if first.seq == cursor + 1 => {}
                // Pruned, or the log is not what it was.
                _ => {
                    cut(feed);
                    return feed.told(last);
                }
            }
            for (seq, body) in self.planned(feed.topic, entries).await {
                self.tell_next(feed, seq, &body).await;
            }
        }
    }

    /// A page of the log, however long it takes; none if nobody is left to be told.
    async fn events(&self, feed: &Feed, after: u64) -> Option<Vec<LogEntry>> {
        let read = || self.store.events(feed.topic, after, PAGE);
        until_it_works(feed, read).await
    }

    async fn planned(&self, topic: Topic, entries: Vec<LogEntry>) -> Vec<(u64, Body)> {
        let events = entries.iter().filter_map(|entry| entry.event.as_ref());
        let statuses = statuses_of(&*self.presence, events).await;
        let body = |entry: &LogEntry| match &entry.event {
            Some(event) => plan(topic, event, &statuses),
            None => Body::default(),
        };
        entries
            .iter()
            .map(|entry| (entry.seq, body(entry)))
            .collect()
    }

    /// Applies what a delivery changes in what the hub knows, and tells what follows from that alone.
    async fn apply(&self, feed: &Feed, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Sent {
                    chat,
                    ordinal,
                    author,
                } => self.counts.sent(*chat, *ordinal, *author),
                Effect::Deleted { chat, ordinals } => self.counts.deleted(*chat, ordinals),
                Effect::Read {
                    user,
                    chat,
                    ordinal,
                } => self.counts.read(*chat, *user, *ordinal),
                Effect::Rules { epoch } => {
                    feed.raise_epoch(*epoch);
                    self.tell_changes(feed, *epoch).await;
                }
                Effect::Members { epoch, changed } => {
                    self.change_members(feed, *epoch, changed).await;
                }
                Effect::Answered {
                    interaction,
                    message,
                } => self.interactions.answer(*interaction, message.clone()),
                Effect::Left { users } => self.part(feed, |user| users.contains(&user)),
                Effect::Ended => self.part(feed, |_| true),
                // With their updates, below.
                Effect::Joined { .. } | Effect::LoginEnded { .. } => {}
            }
        }
    }

    async fn change_members(&self, feed: &Feed, epoch: u64, changed: &[(UserId, Option<Member>)]) {
        if let Topic::Community(community) = feed.topic {
            let changed: Vec<_> = changed
                .iter()
                .map(|(user, member)| (*user, member.clone().map(Arc::new)))
                .collect();
            self.views.members_changed(community, epoch, &changed);
        }
        feed.raise_epoch(epoch);
        self.tell_changes(feed, epoch).await;
    }

    /// Parts users from a community or group that they are in no more.
    fn part(&self, feed: &Feed, leaves: impl Fn(UserId) -> bool) {
        let parted = feed.expel(|follower| leaves(follower.actor.user_id));
        tell_parted(feed, &parted.iter().collect::<Vec<_>>());
        for user in users_of(&parted) {
            self.counts.forget(user);
        }
        if feed.is_idle() {
            // The receiver lives as long as the hub.
            let _ = self.idle.send(feed.topic);
        }
    }

    /// Sees to it that whoever was in a community or group before is told of their parting before they are told that
    /// they joined again: the two are of different topics.
    async fn tell_before_joined(self: &Arc<Self>, body: &Body) {
        for effect in &body.effects {
            if let Effect::Joined { topic, after } = effect {
                let feed = self.feeds().get(topic).cloned();
                if let Some(feed) = feed {
                    self.catch_up(&feed, *after).await;
                }
            }
        }
    }

    /// Who was told that their user joined a community or group hears what happens there from then on.
    async fn follow_joined(self: &Arc<Self>, body: &Body, told: &[Arc<Follower>]) {
        for effect in &body.effects {
            if let Effect::Joined { topic, after } = effect {
                self.follow_later(told, *topic, *after).await;
            }
        }
    }

    async fn follow_later(self: &Arc<Self>, followers: &[Arc<Follower>], topic: Topic, after: u64) {
        for follower in followers.iter().filter(|follower| follower.updates) {
            let joined = Box::pin(self.join_later(follower.clone(), topic, after)).await;
            if let Err(error) = joined {
                tracing::debug!(%error, "a session has to connect again to follow a topic");
                follower.outbox.cut(CloseReason::Behind);
            }
        }
    }

    /// Tells followers what a delivery says, each what they may hear and what is theirs.
    async fn tell(&self, feed: &Feed, body: &Body, mut followers: Vec<Arc<Follower>>) {
        if let Some(once) = body.once {
            let before = self.heard.note(once, feed.topic);
            let feeds: Vec<_> = {
                let feeds = self.feeds();
                before
                    .iter()
                    .filter_map(|topic| feeds.get(topic).cloned())
                    .collect()
            };
            let told = |connection| feeds.iter().any(|feed| feed.has(connection));
            followers.retain(|follower| !told(follower.connection));
        }
        let ended = body.effects.iter().find_map(|effect| match effect {
            Effect::LoginEnded { login } => Some(*login),
            _ => None,
        });
        for rendered in &body.updates {
            self.tell_one(feed, rendered, &followers, ended).await;
        }
    }

    async fn tell_one(
        &self,
        feed: &Feed,
        rendered: &Rendered,
        followers: &[Arc<Follower>],
        ended: Option<LoginId>,
    ) {
        let rendered = Arc::new(rendered.clone());
        if let Some(login) = ended {
            end(login, followers, &rendered);
        }
        let lives = |follower: &Arc<Follower>| ended != Some(follower.actor.login_id);
        let mut hear: Vec<&Arc<Follower>> = followers
            .iter()
            .filter(|follower| follower.updates && lives(follower))
            .filter(|follower| passes(&rendered.audience, follower))
            .collect();
        if hear.is_empty() {
            return;
        }
        let needs_standings =
            rendered.audience.channel.is_some() || rendered.personal == Personal::Standing;
        let standings = match feed.topic {
            Topic::Community(_) if needs_standings => {
                let Some(standings) = self.standings(feed, &hear).await else {
                    return;
                };
                Some(standings)
            }
            _ => None,
        };
        if let (Some(channel), Some(standings)) = (rendered.audience.channel, &standings) {
            standings.retain_viewers(channel, &mut hear);
        }
        if let Some(told) = Told::in_update(&rendered) {
            return self.tell_reactions(feed, &rendered, &told, &hear).await;
        }
        let Some(values) = self
            .values(feed, &rendered, &hear, standings.as_ref())
            .await
        else {
            return;
        };
        metrics::counter!("osmium_updates_told_total").increment(hear.len() as u64);
        let telling = Telling {
            rendered,
            values: Arc::new(values),
            // If more is to come, it goes out together.
            at_once: !feed.has_more(),
        };
        telling.tell_all(&hear).await;
    }

    /// Those of the followers who see a channel now.
    pub(super) async fn viewing(
        &self,
        feed: &Feed,
        channel: ChannelId,
        followers: &[Arc<Follower>],
    ) -> Vec<Arc<Follower>> {
        let mut viewing: Vec<_> = followers.iter().collect();
        let Some(standings) = self.standings(feed, &viewing).await else {
            return Vec::new();
        };
        standings.retain_viewers(channel, &mut viewing);
        viewing.into_iter().cloned().collect()
    }

    /// The members among these followers, and the rules that hold for them now.
    pub(super) async fn standings(
        &self,
        feed: &Feed,
        followers: &[&Arc<Follower>],
    ) -> Option<Standings> {
        let Topic::Community(community) = feed.topic else {
            return None;
        };
        let users = users_of(followers.iter().copied());
        let read = || async {
            if let Some(standings) = self.known_standings(community, feed.epoch(), &users) {
                return Ok(Some(standings));
            }
            let mut reader = self.store.read().await?;
            let view = self
                .views
                .at_least(&mut *reader, community, feed.epoch())
                .await?;
            let Some(view) = view else { return Ok(None) };
            let members = view.members(&mut *reader, &users).await?;
            let members = members
                .into_iter()
                .map(|member| (member.user_id, member))
                .collect();
            Ok(Some(Standings { view, members }))
        };
        until_it_works(feed, read).await.flatten()
    }

    /// The same without asking the store, if all of it is known.
    fn known_standings(
        &self,
        community: CommunityId,
        epoch: u64,
        users: &[UserId],
    ) -> Option<Standings> {
        let view = self.views.kept(community, epoch)?;
        let members = view.known_members(users)?;
        Some(Standings { view, members })
    }

    /// What is personal, for each of these followers.
    async fn values(
        &self,
        feed: &Feed,
        rendered: &Rendered,
        followers: &[&Arc<Follower>],
        standings: Option<&Standings>,
    ) -> Option<Values> {
        match rendered.personal {
            // Reactions are told apart from the rest.
            Personal::Same | Personal::Reactions { .. } => Some(Values::Same),
            Personal::Unread {
                chat,
                ordinal,
                author,
                client_id,
            } => {
                let users = users_of(followers.iter().copied());
                let read = || self.counts.unread(&*self.store, chat, ordinal, &users);
                let counts = until_it_works(feed, read).await?;
                Some(Values::Unread {
                    counts,
                    author,
                    client_id,
                })
            }
            Personal::Standing => {
                let standings = standings?;
                let standing = |(user, member): (&UserId, &Arc<Member>)| {
                    let owner = standings.view.rules().owner_id == *user;
                    let permissions = standings.view.in_community(member);
                    let notif_prefs = member.notif_prefs;
                    (
                        *user,
                        Standing {
                            owner,
                            permissions,
                            notif_prefs,
                        },
                    )
                };
                Some(Values::Standing(
                    standings.members.iter().map(standing).collect(),
                ))
            }
            Personal::GroupOwner { owner } => Some(Values::GroupOwner(owner)),
        }
    }
}

impl Standings {
    /// Keeps those of these followers who see a channel. Decided once for each set of roles.
    fn retain_viewers(&self, channel: ChannelId, followers: &mut Vec<&Arc<Follower>>) {
        let mut decided: HashMap<&[RoleId], bool> = HashMap::new();
        followers.retain(|follower| {
            let user = follower.actor.user_id;
            let Some(member) = self.members.get(&user) else {
                return false;
            };
            let sees = || self.view.sees(member, channel);
            if user == self.view.rules().owner_id {
                return sees();
            }
            *decided.entry(&member.role_ids).or_insert_with(sees)
        });
    }
}

/// What is personal in an update, by user.
enum Values {
    Same,
    Unread {
        counts: HashMap<UserId, u32>,
        author: UserId,
        client_id: Option<u64>,
    },
    Standing(HashMap<UserId, Standing>),
    GroupOwner(UserId),
}

impl Values {
    fn get(&self, follower: &Follower) -> Value {
        let user = follower.actor.user_id;
        match self {
            Self::Same => Value::Same,
            Self::Unread {
                author, client_id, ..
            } if *author == user => Value::Unread {
                count: 0,
                client_id: *client_id,
            },
            Self::Unread { counts, .. } => Value::Unread {
                count: counts.get(&user).copied().unwrap_or(0),
                client_id: None,
            },
            Self::Standing(standings) => {
                Value::Standing(standings.get(&user).copied().unwrap_or(Standing::OUTSIDER))
            }
            Self::GroupOwner(owner) => Value::GroupOwner(*owner == user),
        }
    }
}

/// An update on its way to followers.
#[derive(Clone)]
struct Telling {
    rendered: Arc<Rendered>,
    values: Arc<Values>,
    /// Whether it is sent now, where it can be, or left to the connections, which gather what they send.
    at_once: bool,
}

impl Telling {
    /// Tells them in groups, beside each other: where there are many, one thread would take long.
    async fn tell_all(self, followers: &[&Arc<Follower>]) {
        if followers.len() <= TOLD_AT_A_TIME {
            return self.tell(followers.iter().copied());
        }
        let mut groups = JoinSet::new();
        for group in followers.chunks(TOLD_AT_A_TIME) {
            let group: Vec<_> = group.iter().copied().cloned().collect();
            let telling = self.clone();
            groups.spawn(async move { telling.tell(&group) });
        }
        groups.join_all().await;
    }

    fn tell<'a>(&self, followers: impl IntoIterator<Item = &'a Arc<Follower>>) {
        let mut scratch = BytesMut::new();
        for follower in followers {
            let value = self.values.get(follower);
            if self.at_once {
                follower.outbox.tell(&self.rendered, value, &mut scratch);
            } else {
                let push = Push::Update(self.rendered.clone(), value);
                follower.outbox.push(push);
            }
        }
    }
}

/// Tells followers that they are in a community no more. (Of a group they are told in their own topics, with the group as
/// it is then.)
fn tell_parted(feed: &Feed, parted: &[&Arc<Follower>]) {
    let Topic::Community(community) = feed.topic else {
        return;
    };
    let rendered = Arc::new(Rendered::for_all(update::community_deleted(community)));
    for follower in parted.iter().filter(|follower| follower.updates) {
        follower
            .outbox
            .push(Push::Update(rendered.clone(), Value::Same));
    }
}

/// Whether a user is parted from the topic by this.
fn parts(body: &Body, user: UserId) -> bool {
    body.effects.iter().any(|effect| match effect {
        Effect::Left { users } => users.contains(&user),
        Effect::Ended => true,
        _ => false,
    })
}

fn passes(audience: &Audience, follower: &Follower) -> bool {
    let user = follower.actor.user_id;
    audience.only.is_none_or(|only| only == user)
        && audience.except.is_none_or(|except| except != user)
        && audience
            .except_connection
            .is_none_or(|except| except != follower.connection)
}

/// Ends the sessions of a login; the update is the last thing that they are told.
fn end(login: LoginId, followers: &[Arc<Follower>], rendered: &Arc<Rendered>) {
    for follower in followers
        .iter()
        .filter(|follower| follower.actor.login_id == login)
    {
        follower
            .outbox
            .push(Push::End(CloseReason::SignedOut, Some(rendered.clone())));
    }
}

/// Ends all sessions that follow a feed: what they missed can no longer be told.
fn cut(feed: &Feed) {
    tracing::warn!("a topic's log does not go back far enough; its followers are cut");
    for follower in feed.followers() {
        follower.outbox.cut(CloseReason::Behind);
    }
}

/// Asks the store until it answers, since what is not told now would be lost; none once nobody is left to be told.
pub(super) async fn until_it_works<T, F>(feed: &Feed, mut ask: impl FnMut() -> F) -> Option<T>
where
    F: Future<Output = Result<T, StoreError>>,
{
    loop {
        match in_time(ask()).await {
            Ok(answer) => return Some(answer),
            Err(error) => tracing::debug!(%error, "the hub asks the store again"),
        }
        tokio::time::sleep(RETRY).await;
        if feed.is_idle() {
            return None;
        }
    }
}
