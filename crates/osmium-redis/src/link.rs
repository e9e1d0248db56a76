//! The link: the process's one connection, as the ports use it.

use crate::dial::{Dialer, Ears};
use crate::keeper::Keeper;
use crate::keys::Keys;
use crate::known::KnownStatuses;
use crate::lock::lock;
use crate::request::Request;
use crate::routes::{Routes, SubscriberId};
use osmium_ports::{Queue, QueueLimits};
use redis::aio::MultiplexedConnection;
use redis::{ConnectionInfo, ErrorKind, RedisError, RedisResult};
use std::sync::{Arc, Mutex};
use tokio::sync::{mpsc, watch};

/// How the link is.
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// The first attempt after the start or a break is under way: worth waiting for.
    Connecting,
    /// An attempt has failed; others follow.
    Away,
    /// Redis answers.
    Up(MultiplexedConnection),
}

/// A handle on the link. The link ends when its handle is dropped.
#[derive(Debug)]
pub(crate) struct Link {
    keys: Keys,
    limits: QueueLimits,
    state: watch::Receiver<State>,
    routes: Arc<Mutex<Routes>>,
    known: Arc<KnownStatuses>,
    /// The only lasting sender: the keeper stops when it is gone.
    requests: mpsc::UnboundedSender<Request>,
}

impl Link {
    /// Starts to connect, in the background.
    pub(crate) fn start(
        info: ConnectionInfo,
        keys: Keys,
        limits: QueueLimits,
    ) -> RedisResult<Self> {
        let (routes, known) = (Arc::default(), Arc::default());
        let ears = Ears {
            keys: keys.clone(),
            routes: Arc::clone(&routes),
            known: Arc::clone(&known),
        };
        let dialer = Dialer::new(info, ears)?;
        let (changes, state) = watch::channel(State::Connecting);
        let (requests, inbox) = mpsc::unbounded_channel();
        let keeper = Keeper::new(dialer, keys.clone(), Arc::clone(&routes), changes, inbox);
        tokio::spawn(keeper.run());
        Ok(Self {
            keys,
            limits,
            state,
            routes,
            known,
            requests,
        })
    }

    /// The names of keys and channels.
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The statuses that were read on it.
    pub(crate) fn known(&self) -> &KnownStatuses {
        &self.known
    }

    /// The connection. Fails at once when Redis is known to be away.
    pub(crate) async fn connection(&self) -> RedisResult<MultiplexedConnection> {
        if let State::Up(connection) = &*self.state.borrow() {
            return Ok(connection.clone());
        }
        let mut state = self.state.clone();
        let decided = state
            .wait_for(|state| !matches!(state, State::Connecting))
            .await;
        match decided.as_deref() {
            Ok(State::Up(connection)) => Ok(connection.clone()),
            _ => Err(RedisError::from((ErrorKind::Io, "not connected"))),
        }
    }

    /// A new subscriber: its name, what it hears, and where to ask for subjects.
    pub(crate) fn join(&self) -> (SubscriberId, Arc<Queue>, mpsc::WeakUnboundedSender<Request>) {
        let queue = Arc::new(Queue::new(self.limits));
        let id = lock(&self.routes).join(Arc::clone(&queue));
        (id, queue, self.requests.downgrade())
    }
}
