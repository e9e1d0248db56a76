//! One connection: a session, driven over a transport.
//!
//! Whatever happens (a message, an ended call, something in the outbox, the time) is handed to the session; what the
//! session then wants sent is gathered and goes out as one write. While a write is under way nothing is read, so that
//! who does not read is not served either. While the connection waits, whoever has an update for it sends it on its line: see
//! [`crate::outbox`].

use crate::backend::Backend;
use crate::config::GatewayConfig;
use crate::line::Line;
use crate::metrics::{self, Meters, Open};
use crate::outbox::{Lent, Outbox};
use crate::registry::{Registered, Registry};
use crate::transport::{Received, Transport};
use crate::work::Work;
use bytes::Bytes;
use futures::FutureExt;
use osmium_core::Session;
use osmium_core::session::{CloseReason, Input, Output};
use osmium_model::ConnectionId;
use std::future::poll_fn;
use std::io;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use tokio::task::JoinError;
use tokio::time::{Instant, Sleep};

/// How much is gathered for one write, about: a message may go over it.
const WRITE: usize = 64 * 1024;

/// What all connections of a gateway share.
pub(crate) struct Shared<B> {
    pub(crate) backend: B,
    pub(crate) config: GatewayConfig,
    pub(crate) registry: Arc<Registry>,
    pub(crate) meters: Arc<Meters>,
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

/// What a connection waits for.
enum Event {
    /// There is something in the outbox.
    Changed,
    /// Something came from the other side.
    Received(Received),
    /// A call, or the hub's work on a sign-in, has ended.
    Ended(Result<Input, JoinError>),
    /// The deadline may have come.
    TimeUp,
}

struct Connection<T, B> {
    id: ConnectionId,
    transport: T,
    session: Session,
    work: Work<B>,
    shared: Arc<Shared<B>>,
    outbox: Arc<Outbox>,
    /// Where others may send updates while this waits.
    line: Option<Line>,
    /// One message is read ahead of what the session wants: control frames before it have to be answered.
    ahead: Option<Bytes>,
    /// What is to be sent, and its size.
    sending: Vec<Bytes>,
    size: usize,
    end: Option<End>,
    /// Nobody has signed in yet.
    is_strange: bool,
    /// Where a shutdown finds it, and as what it is counted.
    places: (Registered, Open),
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
        let line = transport.writer().map(|socket| Line {
            socket,
            head: T::HEAD,
            meters: shared.meters.clone(),
        });
        let places = (shared.registry.enter(id, &outbox), Open::new(T::NAME));
        let work = Work::new(id, shared.clone());
        let (ahead, sending, size, end) = (None, Vec::new(), 0, None);
        Self {
            id,
            transport,
            session,
            work,
            shared,
            outbox,
            line,
            ahead,
            sending,
            size,
            end,
            is_strange: true,
            places,
        }
    }

    async fn run(&mut self) -> End {
        let deadline = self.session.deadline().into();
        let mut timer = pin!(tokio::time::sleep_until(deadline));
        loop {
            self.catch_up();
            if let Err(end) = self.write().await {
                return end;
            }
            if let Some(end) = self.end {
                return end;
            }
            if !self.has_more() {
                let event = self.wait(timer.as_mut()).await;
                self.take_in(event, timer.as_mut());
            }
        }
    }

    /// Takes in whatever is there already, as far as one write goes.
    fn catch_up(&mut self) {
        if let Some(reason) = self.outbox.cut_reason() {
            self.end = Some(End::Closed(reason));
            return;
        }
        if self.outbox.take_drain() {
            self.handle(Input::Drain);
        }
        while let Some(outcome) = self.work.try_next() {
            self.handle(outcome);
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
        self.end.is_none() && !self.work.is_following() && self.size < WRITE
    }

    /// Whether something came during the write, whose notice the write has used up.
    fn has_more(&self) -> bool {
        let push = self.may_push() && !self.outbox.is_empty();
        let message = self.ahead.is_some() && self.session.wants_frames();
        push || message || self.outbox.wants_drain()
    }

    /// Waits until something happens. Whenever this task sleeps meanwhile, whoever has an update may send it.
    async fn wait(&mut self, timer: Pin<&mut Sleep>) -> Event {
        let mut lent = self.lend();
        let outbox = self.outbox.clone();
        let event = {
            let mut event = pin!(self.event(timer));
            poll_fn(|context| {
                // The transport may answer what it reads: not while others write.
                lent = outbox.take_back().or_else(|| lent.take());
                let event = event.as_mut().poll(context);
                if event.is_pending()
                    && let Some(lent) = lent.take()
                {
                    outbox.lend(lent);
                }
                event
            })
            .await
        };
        if let Some(lent) = lent {
            self.take_back(lent);
        }
        event
    }

    async fn event(&mut self, timer: Pin<&mut Sleep>) -> Event {
        tokio::select! {
            // What comes most often first. The others have their turn when the outbox is empty.
            biased;
            () = self.outbox.changed() => Event::Changed,
            received = self.transport.receive(), if self.ahead.is_none() => Event::Received(received),
            outcome = self.work.next() => Event::Ended(outcome),
            () = timer => Event::TimeUp,
        }
    }

    /// What others need to send updates, if they may: what they send is the next thing that goes out.
    fn lend(&mut self) -> Option<Lent> {
        if self.work.is_following() || !self.transport.is_clear() {
            return None;
        }
        let line = self.line.take()?;
        let Some(pen) = self.session.lend_pen() else {
            self.line = Some(line);
            return None;
        };
        let rest = Bytes::new();
        Some(Lent { line, pen, rest })
    }

    fn take_back(&mut self, Lent { line, pen, rest }: Lent) {
        self.line = Some(line);
        self.session.return_pen(pen);
        if !rest.is_empty() {
            self.transport.queue_rest(rest);
        }
    }

    fn take_in(&mut self, event: Event, mut timer: Pin<&mut Sleep>) {
        match event {
            Event::Changed => {}
            Event::Received(received) => self.received(received),
            Event::Ended(outcome) => self.done(outcome),
            Event::TimeUp => {
                if Instant::now() >= self.session.deadline().into() {
                    self.handle(Input::Timer);
                }
                // The deadline moves with every message; the timer only when it fires.
                timer.as_mut().reset(self.session.deadline().into());
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

    fn done(&mut self, outcome: Result<Input, JoinError>) {
        match outcome {
            Ok(outcome) => {
                // Before the calls that waited for it run.
                if matches!(outcome, Input::Followed(Ok(()))) {
                    self.work.arrive();
                }
                self.handle(outcome);
            }
            Err(error) => {
                // The session would wait for the outcome for ever.
                tracing::error!(%error, "a connection's task failed");
                self.end = Some(End::Lost);
            }
        }
    }

    /// Hands something to the session, and does what it wants done.
    fn handle(&mut self, input: Input) {
        self.session.handle(Instant::now().into_std(), input);
        while let Some(output) = self.session.poll() {
            match output {
                Output::Call(call) => self.work.call(*call),
                Output::Follow { actor, updates } => {
                    self.work.follow(actor, updates, self.outbox.clone());
                }
                Output::Watch(list) => self.shared.backend.watch(self.id, list),
                Output::Send(message) => {
                    self.size += message.len();
                    self.sending.push(message);
                }
                Output::Close(reason) => self.end = Some(End::Closed(reason)),
            }
        }
        if self.is_strange && self.session.actor().is_some() {
            self.is_strange = false;
            self.transport.trust();
        }
    }

    /// Sends what was gathered, unless the other side takes too long or the hub gives it up.
    async fn write(&mut self) -> Result<(), End> {
        if !self.sending.is_empty() {
            let (messages, size) = (
                std::mem::take(&mut self.sending),
                std::mem::take(&mut self.size),
            );
            self.shared.meters.sent(messages.len(), size);
            self.transport.queue(messages.into_iter());
        }
        if self.transport.is_clear() {
            return Ok(());
        }
        // Most often there is room for it at once.
        let written = match self.transport.flush().now_or_never() {
            Some(written) => written,
            // Who pings and does not read may go on: the answer to the next one serves as well.
            None if !self.transport.has_queued() => return Ok(()),
            None => self.write_on().await?,
        };
        written.map_err(|_lost| End::Lost)
    }

    /// Goes on with a write for which there was no room.
    async fn write_on(&mut self) -> Result<io::Result<()>, End> {
        let timeout = self.shared.config.write_timeout;
        tokio::select! {
            biased;
            written = tokio::time::timeout(timeout, self.transport.flush()) => {
                written.map_err(|_elapsed| End::Closed(CloseReason::TooSlow))
            }
            reason = self.outbox.severed() => Err(End::Closed(reason)),
            never = self.work.go_on() => never,
        }
    }

    /// Parts from the other side, and tells the rest of the process.
    async fn leave(self, end: End) {
        let (connection, transport) = (self.id, T::NAME);
        tracing::debug!(%connection, transport, ?end, "a connection ends");
        // So that the socket ends with the transport.
        drop(self.line);
        let parting = async {
            match end {
                End::Closed(reason) => self.transport.close(Some(reason)).await,
                End::Left => self.transport.close(None).await,
                End::Lost => drop(self.transport),
            }
        };
        tokio::join!(parting, self.work.end());
        metrics::closed(if let End::Closed(reason) = end {
            Some(reason)
        } else {
            None
        });
        drop(self.places);
    }
}

#[cfg(test)]
mod tests;
