//! What runs beside a connection: its calls, the hub's work on its sign-in, and the news of its user's arrival.

use crate::backend::Backend;
use crate::connection::Shared;
use crate::hub::Follower;
use crate::outbox::Outbox;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use osmium_core::session::{Actor, Call, Finished, Input};
use osmium_core::{Error, Result};
use osmium_model::ConnectionId;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinError, JoinHandle, JoinSet};

/// How long the hub may take to follow a user's topics.
const FOLLOW_TIMEOUT: Duration = Duration::from_secs(10);

/// The work of one connection. Idle, it is a few empty lists.
pub(crate) struct Work<B> {
    connection: ConnectionId,
    shared: Arc<Shared<B>>,
    /// They run within the connection's own task: no other has to wake, neither for a call nor for its outcome.
    calls: FuturesUnordered<BoxFuture<'static, Finished>>,
    /// Those that ended during a write.
    ended: VecDeque<Finished>,
    /// At most one: that of the session's last sign-in.
    follows: JoinSet<Result<()>>,
    /// Whose topics were followed last.
    followed: Option<Actor>,
    arrival: Option<JoinHandle<()>>,
}

impl<B: Backend> Work<B> {
    /// Nothing runs yet.
    pub(crate) fn new(connection: ConnectionId, shared: Arc<Shared<B>>) -> Self {
        Self {
            connection,
            shared,
            calls: FuturesUnordered::new(),
            ended: VecDeque::new(),
            follows: JoinSet::new(),
            followed: None,
            arrival: None,
        }
    }

    /// Begins a call. It runs whenever an outcome is asked for, and during writes, so that it never waits for the other side.
    pub(crate) fn call(&mut self, call: Call) {
        let shared = self.shared.clone();
        self.calls
            .push(Box::pin(async move { shared.backend.run(call).await }));
    }

    /// Has the hub feed this outbox.
    pub(crate) fn follow(&mut self, actor: Actor, updates: bool, outbox: Arc<Outbox>) {
        self.followed = Some(actor);
        let (shared, connection) = (self.shared.clone(), self.connection);
        self.follows.spawn(async move {
            let follower = Follower {
                connection,
                actor,
                updates,
                outbox,
            };
            let following = tokio::time::timeout(FOLLOW_TIMEOUT, shared.backend.follow(follower));
            let outcome = following
                .await
                .unwrap_or_else(|_elapsed| Err(Error::unavailable()));
            if outcome.is_err() {
                shared.backend.unfollow(connection);
            }
            outcome
        });
    }

    /// Whose topics were followed has signed in. It is told one after the other, and without the answer to them waiting
    /// for it.
    pub(crate) fn arrive(&mut self) {
        let Some(actor) = self.followed else { return };
        let (shared, connection) = (self.shared.clone(), self.connection);
        shared.backend.enter(actor, connection);
        let earlier = self.arrival.take();
        self.arrival = Some(tokio::spawn(async move {
            if let Some(earlier) = earlier {
                let _ = earlier.await;
            }
            shared.backend.arrive(connection).await;
        }));
    }

    /// Whether the hub is at work on a sign-in.
    pub(crate) fn is_following(&self) -> bool {
        !self.follows.is_empty()
    }

    /// A call that has ended already. Those that can go on do so first.
    pub(crate) fn try_next(&mut self) -> Option<Input> {
        if let Some(ended) = self.ended.pop_front() {
            return Some(Input::Finished(ended));
        }
        if self.calls.is_empty() {
            return None;
        }
        let ended = self.calls.next().now_or_never().flatten();
        ended.map(Input::Finished)
    }

    /// Waits for an outcome, for ever if nothing runs. Fails if a task ended without one.
    pub(crate) async fn next(&mut self) -> std::result::Result<Input, JoinError> {
        if let Some(ended) = self.ended.pop_front() {
            return Ok(Input::Finished(ended));
        }
        tokio::select! {
            Some(ended) = self.calls.next(), if !self.calls.is_empty() => Ok(Input::Finished(ended)),
            Some(ended) = self.follows.join_next() => ended.map(Input::Followed),
            else => std::future::pending().await,
        }
    }

    /// Goes on with the calls, for ever.
    pub(crate) async fn go_on(&mut self) -> ! {
        while let Some(ended) = self.calls.next().await {
            self.ended.push_back(ended);
        }
        std::future::pending().await
    }

    /// The connection has ended: undoes and tells what there is to undo and tell. Calls in flight go on to their end.
    pub(crate) async fn end(mut self) {
        if !self.calls.is_empty() {
            tokio::spawn(self.calls.for_each(|_unheard| async {}));
        }
        // What is undone or told here must not come before what it undoes.
        self.follows.shutdown().await;
        if self.followed.is_some() {
            self.shared.backend.unfollow(self.connection);
        }
        if let Some(arrival) = self.arrival {
            let _ = arrival.await;
            self.shared.backend.depart(self.connection).await;
        }
    }
}
