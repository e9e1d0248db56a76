//! One connection: a session, driven over a transport.
//!
//! Whatever happens (a message, an ended call, something in the outbox, the time) is handed to the session; what the
//! session then wants sent is gathered and goes out as one write. While a write is under way nothing is read, so that
//! who does not read is not served either.

use crate::backend::Backend;
use crate::config::GatewayConfig;
use crate::hub::Follower;
use crate::metrics::{self, Meters, Open};
use crate::outbox::Outbox;
use crate::registry::{Registered, Registry};
use crate::transport::{Received, Transport};
use bytes::Bytes;
use osmium_core::session::{Actor, Call, CloseReason, Finished, Input, Output};
use osmium_core::{Error, Result, Session};
use osmium_model::ConnectionId;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinError, JoinHandle, JoinSet};
use tokio::time::{Instant, Sleep};

/// How long the hub may take to follow a user's topics.
const FOLLOW_TIMEOUT: Duration = Duration::from_secs(10);
/// How much is gathered for one write, about: a message may go over it.
const WRITE: usize = 64 * 1024;

/// What all connections of a gateway share.
pub(crate) struct Shared<B> {
    pub(crate) backend: B,
    pub(crate) config: GatewayConfig,
    pub(crate) registry: Arc<Registry>,
    pub(crate) meters: Meters,
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// We close it.
    Closed(CloseReason),
    /// The other side closes it.
    Left,
    /// There is nobody to talk to any more.
    Lost,
}

struct Connection<T, B> {
    id: ConnectionId,
    transport: T,
    session: Session,
    shared: Arc<Shared<B>>,
    outbox: Arc<Outbox>,
    calls: JoinSet<Finished>,
    /// At most one: the hub's work on the session's last sign-in.
    follows: JoinSet<Result<()>>,
    followed: bool,
    arrival: Option<JoinHandle<()>>,
    /// One message is read ahead of what the session wants, since the control frames before it have to be answered.
    ahead: Option<Bytes>,
    /// What is to be sent, and its size.
    sending: Vec<Bytes>,
    size: usize,
    end: Option<End>,
    _registered: Registered,
    _open: Open,
}

/// Serves a connection until it has ended and everything that hung on it is told.
pub(crate) async fn serve<T: Transport, B: Backend>(
    transport: T,
    address: IpAddr,
    shared: Arc<Shared<B>>,
) {
    let mut connection = Connection::new(transport, address, shared);
    let end = connection.run().await;
    Box::pin(connection.leave(end)).await;
}

impl<T: Transport, B: Backend> Connection<T, B> {
    fn new(transport: T, address: IpAddr, shared: Arc<Shared<B>>) -> Self {
        let (id, session) = shared.backend.open(address, Instant::now().into_std());
        let outbox = Arc::new(Outbox::new(shared.config.outbox_limit));
        let _registered = shared.registry.enter(id, &outbox);
        Self {
            id,
            transport,
            session,
            shared,
            outbox,
            calls: JoinSet::new(),
            follows: JoinSet::new(),
            followed: false,
            arrival: None,
            ahead: None,
            sending: Vec::new(),
            size: 0,
            end: None,
            _registered,
            _open: Open::new(T::NAME),
        }
    }

    async fn run(&mut self) -> End {
        let mut timer = std::pin::pin!(tokio::time::sleep_until(self.session.deadline().into()));
        loop {
            self.catch_up();
            if let Err(end) = self.write().await {
                return end;
            }
            if let Some(end) = self.end {
                return end;
            }
            if !self.has_more() {
                self.wait(timer.as_mut()).await;
            }
        }
    }

    /// Takes in whatever is there already, as far as one write goes.
    fn catch_up(&mut self) {
        if let Some(reason) = self.outbox.cut_reason() {
            self.end = Some(End::Closed(reason));
        }
        if self.outbox.take_drain() {
            self.handle(Input::Drain);
        }
        while let Some(finished) = self.calls.try_join_next() {
            self.finished(finished);
        }
        if self.session.wants_frames()
            && let Some(message) = self.ahead.take()
        {
            self.handle(Input::Frame(message));
        }
        while self.may_push()
            && let Some(push) = self.outbox.pop()
        {
            self.handle(Input::Push(push));
        }
    }

    /// Updates wait in the outbox, which is bounded, until they can be sent.
    fn may_push(&self) -> bool {
        self.end.is_none() && self.follows.is_empty() && self.size < WRITE
    }

    fn has_more(&self) -> bool {
        (self.may_push() && !self.outbox.is_empty())
            || (self.ahead.is_some() && self.session.wants_frames())
    }

    /// Waits until something happens, and takes it in.
    async fn wait(&mut self, mut timer: Pin<&mut Sleep>) {
        tokio::select! {
            received = self.transport.receive(), if self.ahead.is_none() => self.received(received),
            () = self.outbox.changed() => {}
            Some(finished) = self.calls.join_next() => self.finished(finished),
            Some(followed) = self.follows.join_next() => self.followed(followed),
            () = timer.as_mut() => {
                if Instant::now() >= self.session.deadline().into() {
                    self.handle(Input::Timer);
                }
                // The deadline moves with every message; the timer only when it fires.
                timer.reset(self.session.deadline().into());
            }
        }
    }

    fn received(&mut self, received: Received) {
        match received {
            Received::Message(message) => {
                self.shared.meters.received(message.len());
                if self.session.wants_frames() {
                    self.handle(Input::Frame(message));
                } else {
                    self.ahead = Some(message);
                    self.handle(Input::Heard);
                }
            }
            Received::Alive => self.handle(Input::Heard),
            Received::Violation(reason) => self.handle(Input::Violation(reason)),
            Received::Closing => self.end = Some(End::Left),
            Received::Lost => self.end = Some(End::Lost),
        }
    }

    fn finished(&mut self, finished: std::result::Result<Finished, JoinError>) {
        match finished {
            Ok(finished) => self.handle(Input::Finished(finished)),
            Err(error) => self.broken(&error),
        }
    }

    fn followed(&mut self, followed: std::result::Result<Result<()>, JoinError>) {
        let followed = followed.unwrap_or_else(|error| {
            self.broken(&error);
            Err(Error::internal())
        });
        let follows = followed.is_ok();
        self.handle(Input::Followed(followed));
        if let (true, Some(actor)) = (follows, self.session.actor()) {
            self.arrive(actor);
        }
    }

    /// A task of ours ended without an outcome: the session would wait for it for ever.
    fn broken(&mut self, error: &JoinError) {
        tracing::error!(%error, "a connection's task failed");
        self.end = Some(End::Lost);
    }

    /// Hands something to the session, and does what it wants done.
    fn handle(&mut self, input: Input) {
        self.session.handle(Instant::now().into_std(), input);
        while let Some(output) = self.session.poll() {
            match output {
                Output::Call(call) => self.call(call),
                Output::Follow { actor, updates } => self.follow(actor, updates),
                Output::Send(message) => {
                    self.size += message.len();
                    self.sending.push(message);
                }
                Output::Close(reason) => self.end = Some(End::Closed(reason)),
            }
        }
    }

    fn call(&mut self, call: Box<Call>) {
        let shared = self.shared.clone();
        self.calls
            .spawn(async move { shared.backend.run(*call).await });
    }

    fn follow(&mut self, actor: Actor, updates: bool) {
        self.followed = true;
        let (shared, connection, outbox) = (self.shared.clone(), self.id, self.outbox.clone());
        self.follows.spawn(async move {
            let follower = Follower {
                connection,
                actor,
                updates,
                outbox,
            };
            let following = tokio::time::timeout(FOLLOW_TIMEOUT, shared.backend.follow(follower));
            let followed = following
                .await
                .unwrap_or_else(|_elapsed| Err(Error::unavailable()));
            if followed.is_err() {
                shared.backend.unfollow(connection).await;
            }
            followed
        });
    }

    /// Tells that someone has signed in, one time after the other, and beside the session: its answer does not wait.
    fn arrive(&mut self, actor: Actor) {
        let (shared, connection, earlier) = (self.shared.clone(), self.id, self.arrival.take());
        self.arrival = Some(tokio::spawn(async move {
            if let Some(earlier) = earlier {
                let _ = earlier.await;
            }
            shared.backend.arrive(actor, connection).await;
        }));
    }

    /// Sends what was gathered, unless the other side takes too long or the hub gives it up.
    async fn write(&mut self) -> std::result::Result<(), End> {
        if self.sending.is_empty() {
            return Ok(());
        }
        let messages = std::mem::take(&mut self.sending);
        self.shared
            .meters
            .sent(messages.len(), std::mem::take(&mut self.size));
        self.transport.queue(messages.into_iter());
        let writing =
            tokio::time::timeout(self.shared.config.write_timeout, self.transport.flush());
        tokio::select! {
            biased;
            written = writing => match written {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_lost)) => Err(End::Lost),
                Err(_elapsed) => Err(End::Closed(CloseReason::TooSlow)),
            },
            reason = self.outbox.severed() => Err(End::Closed(reason)),
        }
    }

    /// Parts from the other side, and tells the rest of the process. Calls in flight go on to their end.
    async fn leave(mut self, end: End) {
        tracing::debug!(
            connection = self.id.0,
            transport = T::NAME,
            ?end,
            "a connection ends"
        );
        self.calls.detach_all();
        let (shared, id) = (self.shared, self.id);
        let (mut follows, arrival) = (self.follows, self.arrival);
        let parting = async {
            match end {
                End::Closed(reason) => self.transport.close(Some(reason)).await,
                End::Left => self.transport.close(None).await,
                End::Lost => drop(self.transport),
            }
        };
        let telling = async {
            // Neither may happen after its opposite.
            follows.shutdown().await;
            if self.followed {
                shared.backend.unfollow(id).await;
            }
            if let Some(arrival) = arrival {
                let _ = arrival.await;
                shared.backend.depart(id).await;
            }
        };
        tokio::join!(parting, telling);
        metrics::closed(if let End::Closed(reason) = end {
            Some(reason)
        } else {
            None
        });
    }
}

#[cfg(test)]
mod tests;
