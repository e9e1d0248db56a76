//! The fan-out service: holds partitions, and publishes what happens in them.
//!
//! Whatever is committed is published at least once, also if its announcement was lost or its writer died: a sweep
//! looks at what was recorded lately. Two fan-outs may hold a partition for a moment; hubs drop what they have heard.

use crate::partition::{Held, Next};
use crate::plan::{plan, plan_typing};
use crate::status::{status_news, statuses_of};
use futures::FutureExt;
use osmium_model::event::{Announcement, Passing};
use osmium_model::{Partition, Timestamp, Topic};
use osmium_ports::store::{LogEntry, TopicRange, in_time};
use osmium_ports::{
    Bus, BusEvent, Clock, Leases, Note, Presence, PresenceError, StatusChange, Store, StoreError,
    Subject, Subscriber,
};
use osmium_wire::{Body, Delivery};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many events are read from the log at a time.
const PAGE: u32 = 500;
/// How many announcements are gathered before they are published, about.
const AT_A_TIME: usize = 256;
/// A hole of more events than this is left to the hubs: they are told how far the topic goes.
const FILLED: u64 = 2_000;
/// A sweep finds also what is recorded under an earlier time than it should, where the clock of the database is set back
/// by less than this.
const SET_BACK: Duration = Duration::from_secs(2);
/// How many users' statuses are told at a time.
const STATUSES: u32 = 100;
/// How many events a pruning deletes at a time.
const PRUNED: u32 = 10_000;

/// What a fan-out needs from the world.
#[derive(Clone)]
pub struct Ports {
    /// The log.
    pub store: Arc<dyn Store>,
    /// Announcements in, deliveries out.
    pub bus: Arc<dyn Bus>,
    /// Which partitions it holds.
    pub leases: Arc<dyn Leases>,
    /// Who is there.
    pub presence: Arc<dyn Presence>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
}

/// How often, and how long.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How often leases are renewed, and what was never announced is looked for.
    pub sweep_every: Duration,
    /// How long a dead fan-out keeps its partitions.
    pub lease: Duration,
    /// The longest that a transaction takes from recording an event to its commit.
    pub longest_transaction: Duration,
    /// How often it is written down up to where everything is published.
    pub checkpoint_every: Duration,
    /// How long events are kept.
    pub keep_events: Duration,
    /// Direct chats whose other side hears of a changed status: the latest ones.
    pub watched_direct_chats: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sweep_every: Duration::from_secs(1),
            lease: Duration::from_secs(3),
            longest_transaction: Duration::from_secs(20),
            checkpoint_every: Duration::from_secs(5),
            keep_events: Duration::from_hours(24),
            watched_direct_chats: 1000,
        }
    }
}

/// A fan-out.
pub struct Fanout {
    ports: Ports,
    settings: Settings,
    holder: String,
    subscriber: Box<dyn Subscriber>,
    held: BTreeMap<Partition, Held>,
    /// When the leases were last known to be held.
    renewed: Timestamp,
    checkpointed: Timestamp,
    pruned: Timestamp,
    /// The latest number given to news that goes to many topics.
    once: u64,
}

impl Fanout {
    /// A fan-out that holds nothing yet. `holder` names it among all fan-outs.
    pub fn new(ports: Ports, settings: Settings, holder: impl Into<String>) -> Self {
        let subscriber = ports.bus.subscriber();
        let now = ports.clock.now();
        Self {
            settings,
            holder: holder.into(),
            subscriber,
            held: BTreeMap::new(),
            renewed: now,
            checkpointed: now,
            pruned: now,
            // Unlike those of other fan-outs, and of this one before a restart.
            once: now.millis() << 20 | (u64::from(std::process::id()) & 0xf) << 16,
            ports,
        }
    }

    /// Publishes until it is told to stop; then gives its partitions up.
    pub async fn run(mut self, shutdown: CancellationToken) {
        let mut ticks = tokio::time::interval(self.settings.sweep_every);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                _ = ticks.tick() => self.tick().await,
                event = self.subscriber.next() => match event {
                    Some(event) => self.hear(event).await,
                    None => break,
                },
            }
        }
        if let Err(error) = self.ports.leases.release(&self.holder).await {
            tracing::debug!(%error, "partitions are free when their leases end");
        }
    }

    async fn tick(&mut self) {
        self.renew().await;
        self.sweep().await;
        self.end_typing().await;
        self.sweep_presence().await;
        self.prune().await;
        metrics::gauge!("osmium_fanout_partitions").set(self.held.len() as f64);
    }

    /// Publishes what was announced, together with what else was by now.
    async fn hear(&mut self, event: BusEvent) {
        let mut announcements = self.announcements_in(&event);
        let mut is_interrupted = event == BusEvent::Interrupted;
        while !is_interrupted
            && announcements.len() < AT_A_TIME
            && let Some(Some(event)) = self.subscriber.next().now_or_never()
        {
            announcements.extend(self.announcements_in(&event));
            is_interrupted = event == BusEvent::Interrupted;
        }
        self.announced(announcements).await;
        if is_interrupted {
            // Publishes before this may have reached nobody.
            self.held.values_mut().for_each(Held::doubt);
            self.sweep().await;
        }
    }

    /// What an event announces of the partitions that it holds.
    fn announcements_in(&self, event: &BusEvent) -> Vec<Announcement> {
        match event {
            BusEvent::Message {
                subject: Subject::Partition(partition),
                payload,
            } if self.held.contains_key(partition) => Announcement::decode(payload),
            _ => Vec::new(),
        }
    }

    /// Renews leases, and follows what was gained.
    async fn renew(&mut self) {
        let now = self.ports.clock.now();
        let holds = match self
            .ports
            .leases
            .renew(&self.holder, self.settings.lease)
            .await
        {
            Ok(holds) => holds.into_iter().collect::<BTreeSet<_>>(),
            Err(error) => {
                tracing::debug!(%error, "leases are not renewed");
                if now.since(self.renewed) > self.settings.lease {
                    self.held.clear();
                }
                return;
            }
        };
        self.renewed = now;
        let lost: Vec<_> = self
            .held
            .keys()
            .filter(|held| !holds.contains(held))
            .copied()
            .collect();
        if !lost.is_empty() {
            self.subscriber.unfollow(&subjects(&lost)).await;
            self.held.retain(|partition, _| holds.contains(partition));
        }
        let gained: Vec<_> = holds
            .into_iter()
            .filter(|p| !self.held.contains_key(p))
            .collect();
        if !gained.is_empty() && self.subscriber.follow(&subjects(&gained)).await.is_ok() {
            tracing::debug!(gained = gained.len(), "gained partitions");
            self.held.extend(
                gained
                    .into_iter()
                    .map(|partition| (partition, Held::gained())),
            );
        }
    }

    /// Publishes what was announced of topics of the partitions that it holds.
    async fn announced(&mut self, announcements: Vec<Announcement>) {
        let events = announcements
            .iter()
            .filter_map(|announcement| match announcement {
                Announcement::Recorded { event, .. } => Some(&**event),
                Announcement::Passing { .. } => None,
            });
        let statuses = statuses_of(&*self.ports.presence, events).await;
        let mut out = Vec::with_capacity(announcements.len());
        let mut untold = BTreeSet::new();
        for announcement in announcements {
            let partition = announcement.topic().partition();
            let Some(held) = self.held.get_mut(&partition) else {
                continue;
            };
            match announcement {
                Announcement::Recorded { topic, seq, event } => {
                    match held.next(topic, seq) {
                        Next::Done => {}
                        Next::FillAfter(after) => {
                            // Those before come first, on their own; the log has this one too.
                            self.publish(std::mem::take(&mut out)).await;
                            self.publish_from_log(topic, after, seq).await;
                        }
                        Next::Publish => {
                            held.publish(topic, seq, self.ports.clock.now());
                            let body = plan(topic, &event, &statuses);
                            out.push((topic, Delivery::Event { seq, body }));
                            out.extend(held.typing_ended_by(topic, &event));
                        }
                    }
                }
                Announcement::Passing { topic, passing } => match passing {
                    Passing::Typing {
                        chat,
                        user_id,
                        action,
                    } => {
                        let now = self.ports.clock.now();
                        held.typists
                            .heard(topic, chat, user_id, action.is_some(), now);
                        let body = plan_typing(topic, chat, user_id, action);
                        out.push((topic, Delivery::Passing(body)));
                    }
                    Passing::Status => {
                        untold.insert(partition);
                    }
                },
            }
        }
        self.publish(out).await;
        for partition in untold {
            self.tell_statuses(partition).await;
        }
    }

    /// Tells of users whose statuses changed and were not told yet. What fails is told by a later sweep.
    async fn tell_statuses(&mut self, partition: Partition) {
        if let Err(error) = self.try_tell_statuses(partition).await {
            tracing::debug!(%error, "statuses are told later");
        }
    }

    async fn try_tell_statuses(&mut self, partition: Partition) -> Result<(), PresenceError> {
        let presence = self.ports.presence.clone();
        let (mut out, mut told) = (Vec::new(), Vec::new());
        for note in presence.untold(partition, STATUSES).await? {
            self.once += 1;
            let direct_chats = self.settings.watched_direct_chats;
            match status_news(&self.ports, note.user_id, direct_chats, self.once).await {
                Ok(news) => {
                    out.extend(news);
                    told.push(note);
                }
                Err(error) => tracing::debug!(%error, "a status is told later"),
            }
        }
        if !told.is_empty() && self.publish(out).await {
            presence.told(partition, &told).await?;
        }
        Ok(())
    }

    /// Looks for what was recorded lately and not published.
    async fn sweep(&mut self) {
        if self.held.is_empty() {
            return;
        }
        if let Err(error) = self.try_sweep().await {
            tracing::debug!(%error, "a sweep failed; the next one makes up for it");
        }
    }

    async fn try_sweep(&mut self) -> Result<(), osmium_ports::StoreError> {
        let longest = self.settings.longest_transaction;
        let settled = in_time(self.ports.store.settled(longest)).await?;
        let mut by_start = BTreeMap::<Timestamp, Vec<Partition>>::new();
        for (partition, held) in &self.held {
            let since = match held.swept_to {
                Some(time) => time,
                None => in_time(self.ports.store.checkpoint(*partition)).await?,
            };
            by_start.entry(since).or_default().push(*partition);
        }
        for (since, partitions) in by_start {
            for range in in_time(self.ports.store.recent(&partitions, since)).await? {
                self.found(range).await;
            }
        }
        let now = self.ports.clock.now();
        for held in self.held.values_mut() {
            held.swept_to = Some(settled.minus(SET_BACK));
            held.forget_quiet(now.minus(longest * 4));
        }
        self.checkpoint(now, settled.minus(longest)).await
    }

    /// Writes down from where another begins, which looks back further: what was published last may have reached nobody.
    async fn checkpoint(
        &mut self,
        now: Timestamp,
        published_to: Timestamp,
    ) -> Result<(), osmium_ports::StoreError> {
        if now.since(self.checkpointed) >= self.settings.checkpoint_every {
            let partitions: Vec<Partition> = self.held.keys().copied().collect();
            let checkpoints = self.ports.store.set_checkpoints(&partitions, published_to);
            in_time(checkpoints).await?;
            self.checkpointed = now;
        }
        Ok(())
    }

    /// A topic has events in the log up to `range.last`.
    async fn found(&mut self, range: TopicRange) {
        let TopicRange { topic, last, .. } = range;
        let Some(held) = self.held.get(&topic.partition()) else {
            return;
        };
        match held.published(topic) {
            Some(published) if published >= last => {}
            Some(published) if last - published <= FILLED => {
                metrics::counter!("osmium_fanout_unannounced_total").increment(last - published);
                self.publish_from_log(topic, published, last).await;
            }
            _ => self.publish_position(topic, last).await,
        }
    }

    async fn publish_position(&mut self, topic: Topic, seq: u64) {
        self.note_published(topic, seq);
        self.publish(vec![(topic, Delivery::Position { seq })])
            .await;
    }

    /// Notes that a topic is published up to a number.
    fn note_published(&mut self, topic: Topic, seq: u64) {
        let now = self.ports.clock.now();
        if let Some(held) = self.held.get_mut(&topic.partition()) {
            held.publish(topic, seq, now);
        }
    }

    /// Publishes a topic's events after `after` up to `last`, as the log has them.
    async fn publish_from_log(&mut self, topic: Topic, mut after: u64, last: u64) {
        while after < last {
            let entries = match in_time(self.ports.store.events(topic, after, PAGE)).await {
                Ok(entries) if !entries.is_empty() => entries,
                Ok(_) => return self.publish_position(topic, last).await,
                Err(error) => {
                    tracing::debug!(%error, "a hole is filled later");
                    return self.doubt(topic);
                }
            };
            let reached = entries.last().map_or(last, |entry| entry.seq);
            let out = self.planned(topic, entries).await;
            self.note_published(topic, reached);
            self.publish(out).await;
            after = reached;
        }
    }

    async fn planned(&mut self, topic: Topic, entries: Vec<LogEntry>) -> Vec<(Topic, Delivery)> {
        let events = entries.iter().filter_map(|entry| entry.event.as_ref());
        let statuses = statuses_of(&*self.ports.presence, events).await;
        let mut out = Vec::with_capacity(entries.len());
        for LogEntry { seq, event, .. } in entries {
            let plan = |event| plan(topic, event, &statuses);
            let body = event.as_ref().map_or_else(Body::default, plan);
            out.push((topic, Delivery::Event { seq, body }));
            let held = self.held.get_mut(&topic.partition());
            out.extend(
                held.zip(event)
                    .and_then(|(held, event)| held.typing_ended_by(topic, &event)),
            );
        }
        out
    }

    /// Publishes, in order for each topic, and gives whether all went out. What fails is found again by the next sweep.
    async fn publish(&mut self, out: Vec<(Topic, Delivery)>) -> bool {
        metrics::counter!("osmium_deliveries_published_total").increment(out.len() as u64);
        let mut by_topic = BTreeMap::<Topic, Vec<Delivery>>::new();
        for (topic, delivery) in out {
            by_topic.entry(topic).or_default().push(delivery);
        }
        let messages = by_topic.iter().map(|(topic, deliveries)| {
            let payload = Delivery::encode(deliveries);
            (Subject::Topic(*topic), payload)
        });
        let published = self.ports.bus.publish_all(messages.collect()).await;
        if let Err(error) = &published {
            tracing::debug!(%error, "deliveries were not published; the next sweep makes up for it");
            for topic in by_topic.into_keys() {
                self.doubt(topic);
            }
        }
        published.is_ok()
    }

    fn doubt(&mut self, topic: Topic) {
        if let Some(held) = self.held.get_mut(&topic.partition()) {
            held.doubt();
        }
    }

    async fn end_typing(&mut self) {
        let now = self.ports.clock.now();
        let partitions: Vec<Partition> = self.held.keys().copied().collect();
        for partition in partitions {
            let Some(held) = self.held.get_mut(&partition) else {
                continue;
            };
            let over = held
                .typists
                .over(now)
                .into_iter()
                .map(|(topic, chat, user)| {
                    (
                        topic,
                        Delivery::Passing(plan_typing(topic, chat, user, None)),
                    )
                });
            let over = over.collect();
            self.publish(over).await;
        }
    }

    /// Tells of users whose last connection ended, since its grace is over or its gateway is dead; and of those of whom something
    /// is untold, since nobody was there to hear it, or whoever heard it died.
    async fn sweep_presence(&mut self) {
        let now = self.ports.clock.now();
        let partitions: Vec<Partition> = self.held.keys().copied().collect();
        for partition in partitions {
            let changes = match self.ports.presence.sweep(partition, now).await {
                Ok(changes) => changes,
                Err(error) => return tracing::debug!(%error, "presence is swept later"),
            };
            let idle: Vec<Note> = changes.iter().filter_map(StatusChange::idle_note).collect();
            if !idle.is_empty()
                && let Err(error) = self.ports.presence.told(partition, &idle).await
            {
                tracing::debug!(%error, "what shows to nobody is told all the same");
            }
            self.tell_statuses(partition).await;
        }
    }

    /// Whoever holds the first partition forgets old events for all.
    async fn prune(&mut self) {
        let now = self.ports.clock.now();
        if !self.held.contains_key(&Partition(0))
            || now.since(self.pruned) < Duration::from_secs(10)
        {
            return;
        }
        match in_time(self.prune_once()).await {
            // There may be more.
            Ok(pruned) if pruned >= u64::from(PRUNED) => {}
            Ok(_) => self.pruned = now,
            Err(error) => tracing::debug!(%error, "the log is pruned later"),
        }
    }

    /// Deletes the oldest of what is not kept any longer, and tells how many events.
    async fn prune_once(&self) -> Result<u64, StoreError> {
        let store = &self.ports.store;
        let before = store.now().await?.minus(self.settings.keep_events);
        store.prune(before, PRUNED).await
    }
}

fn subjects(partitions: &[Partition]) -> Vec<Subject> {
    partitions.iter().copied().map(Subject::Partition).collect()
}
