//! The keeper: the task that keeps the link alive and the subscriptions in Redis in line with the routes.
//!
//! It alone changes either, so the two cannot part: what fails half way breaks the link, and a new link starts
//! from the routes.

use crate::bus::cannot_reach;
use crate::dial::{Dialed, Dialer};
use crate::keys::Keys;
use crate::link::State;
use crate::lock::lock;
use crate::request::{Changes, Request};
use crate::routes::{Generation, Routes};
use osmium_ports::Subject;
use redis::aio::MultiplexedConnection;
use redis::{ErrorKind, RedisError, RedisResult};
use std::collections::HashSet;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::MissedTickBehavior;

/// The pause after a first failure; it doubles with each.
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
/// The longest pause between attempts to connect.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// How often a quiet link is asked whether it still answers.
const PING_INTERVAL: Duration = Duration::from_secs(2);
/// The most channels in one command, so that Redis is not held up for long.
const CHANNELS_A_COMMAND: usize = 500;
/// The most requests that are served together.
const REQUESTS_A_BATCH: usize = 1024;

/// Keeps the link alive.
pub(crate) struct Keeper {
    dialer: Dialer,
    keys: Keys,
    routes: Arc<Mutex<Routes>>,
    state: watch::Sender<State>,
    requests: mpsc::UnboundedReceiver<Request>,
    generation: Generation,
    /// Before the next attempt to connect.
    pause: Duration,
    /// What the present connection is subscribed to.
    subscribed: HashSet<Subject>,
    /// Whether the log says that Redis cannot be reached.
    reported_lost: bool,
}

impl Keeper {
    /// Connected to nothing yet.
    pub(crate) fn new(
        dialer: Dialer,
        keys: Keys,
        routes: Arc<Mutex<Routes>>,
        state: watch::Sender<State>,
        requests: mpsc::UnboundedReceiver<Request>,
    ) -> Self {
        Self {
            dialer,
            keys,
            routes,
            state,
            requests,
            generation: Generation::default(),
            pause: Duration::ZERO,
            subscribed: HashSet::new(),
            reported_lost: false,
        }
    }

    /// Keeps the link alive until nobody needs it any more.
    pub(crate) async fn run(mut self) {
        while let Some(dialed) = self.connect().await {
            let Err(error) = self.hold(dialed).await else {
                break;
            };
            self.report_lost(&error);
            self.state.send_replace(State::Connecting);
        }
        self.routes().close();
    }

    /// Connects, however often it takes; none when nobody needs it any more.
    async fn connect(&mut self) -> Option<Dialed> {
        loop {
            self.generation = self.generation.next();
            let attempt = dial_after(self.pause, self.dialer.clone(), self.generation);
            match self.refuse_during(attempt).await? {
                Ok(dialed) => return Some(dialed),
                Err(error) => {
                    self.report_lost(&error);
                    self.pause = longer(self.pause);
                    self.state.send_replace(State::Away);
                }
            }
        }
    }

    /// Refuses requests while Redis is away. During a first attempt they wait for its outcome.
    async fn refuse_during<T>(&mut self, attempt: impl Future<Output = T>) -> Option<T> {
        let away = matches!(*self.state.borrow(), State::Away);
        let mut attempt = pin!(attempt);
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                outcome = &mut attempt => return Some(outcome),
                count = self.requests.recv_many(&mut batch, REQUESTS_A_BATCH), if away => {
                    if count == 0 {
                        return None;
                    }
                    let changes = Changes::apply(&mut self.routes(), batch.drain(..));
                    changes.take_back(&mut self.routes(), &cannot_reach(&not_connected()));
                }
            }
        }
    }

    /// Serves requests over a connection until it breaks, or until nobody needs it any more.
    async fn hold(&mut self, dialed: Dialed) -> RedisResult<()> {
        let mut connection = dialed.connection;
        self.resume(&mut connection, dialed.generation).await?;
        let mut ping = tokio::time::interval(PING_INTERVAL);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                biased;
                () = dialed.broken.notified() => return Err(not_connected()),
                _ = ping.tick() => redis::cmd("PING").exec_async(&mut connection).await?,
                count = self.requests.recv_many(&mut batch, REQUESTS_A_BATCH) => {
                    if count == 0 {
                        return Ok(());
                    }
                    self.serve(&mut connection, batch.drain(..)).await?;
                }
            }
        }
    }

    /// Subscribes a new connection to all that is followed, and only then tells that messages may be lost.
    async fn resume(
        &mut self,
        connection: &mut MultiplexedConnection,
        generation: Generation,
    ) -> RedisResult<()> {
        self.subscribed.clear();
        self.routes().begin(generation);
        self.state.send_replace(State::Up(connection.clone()));
        // Unless all goes well, the next attempt must not follow at once.
        self.pause = longer(self.pause);
        let subjects = self.routes().subjects();
        self.align(connection, &subjects).await?;
        self.pause = Duration::ZERO;
        self.routes().interrupt();
        self.report_connected();
        Ok(())
    }

    async fn serve(
        &mut self,
        connection: &mut MultiplexedConnection,
        requests: impl Iterator<Item = Request>,
    ) -> RedisResult<()> {
        let changes = Changes::apply(&mut self.routes(), requests);
        let outcome = self.align(connection, &changes.touched).await;
        match &outcome {
            Ok(()) => changes.confirm(),
            Err(error) => changes.take_back(&mut self.routes(), &cannot_reach(error)),
        }
        outcome
    }

    /// Brings the subscriptions to these subjects in line with the routes. Returns when Redis has confirmed.
    async fn align(
        &mut self,
        connection: &mut MultiplexedConnection,
        subjects: &[Subject],
    ) -> RedisResult<()> {
        let (missing, surplus) = self.differences(subjects);
        for chunk in surplus.chunks(CHANNELS_A_COMMAND) {
            connection.unsubscribe(self.channels(chunk)).await?;
        }
        for chunk in missing.chunks(CHANNELS_A_COMMAND) {
            connection.subscribe(self.channels(chunk)).await?;
        }
        Ok(())
    }

    /// Subjects to subscribe to, and to unsubscribe from; noted as done, because failing breaks the link.
    fn differences(&mut self, subjects: &[Subject]) -> (Vec<Subject>, Vec<Subject>) {
        let routes = lock(&self.routes);
        let (mut missing, mut surplus) = (Vec::new(), Vec::new());
        for &subject in subjects {
            if routes.is_followed(subject) {
                if self.subscribed.insert(subject) {
                    missing.push(subject);
                }
            } else if self.subscribed.remove(&subject) {
                surplus.push(subject);
            }
        }
        (missing, surplus)
    }

    fn channels(&self, subjects: &[Subject]) -> Vec<String> {
        let channels = subjects.iter().map(|subject| self.keys.channel(*subject));
        channels.collect()
    }

    fn routes(&self) -> MutexGuard<'_, Routes> {
        lock(&self.routes)
    }

    fn report_lost(&mut self, error: &RedisError) {
        if !std::mem::replace(&mut self.reported_lost, true) {
            tracing::warn!(%error, "Redis cannot be reached");
        }
    }

    fn report_connected(&mut self) {
        self.reported_lost = false;
        tracing::info!("connected to Redis");
    }
}

async fn dial_after(
    pause: Duration,
    dialer: Dialer,
    generation: Generation,
) -> RedisResult<Dialed> {
    tokio::time::sleep(pause).await;
    dialer.dial(generation).await
}

fn longer(pause: Duration) -> Duration {
    (pause * 2).clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
}

fn not_connected() -> RedisError {
    RedisError::from((ErrorKind::Io, "not connected"))
}
