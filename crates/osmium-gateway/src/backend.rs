//! What a connection needs of the rest of the process.

use crate::hub::{Follower, Hub};
use osmium_core::session::{Actor, Call, Finished, Watched};
use osmium_core::{Core, Result, Session};
use osmium_model::ConnectionId;
use osmium_ports::Random;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

/// Runs calls and feeds outboxes.
pub(crate) trait Backend: Send + Sync + 'static {
    /// An id for a connection, and its session.
    fn open(&self, address: IpAddr, now: Instant) -> (ConnectionId, Session);
    /// Runs a call to its end.
    fn run(&self, call: Call) -> impl Future<Output = Finished> + Send;
    /// Has the follower's outbox fed.
    fn follow(&self, follower: Follower) -> impl Future<Output = Result<()>> + Send;
    /// Ends what [`Backend::follow`] began, if it did.
    fn unfollow(&self, connection: ConnectionId);
    /// Has the connection told when the member list that it shows changes.
    fn watch(&self, connection: ConnectionId, list: Watched);
    /// Counts the connection as that of someone who has signed in.
    fn enter(&self, actor: Actor, connection: ConnectionId);
    /// Tells that they are there.
    fn arrive(&self, connection: ConnectionId) -> impl Future<Output = ()> + Send;
    /// Tells that the connection has ended.
    fn depart(&self, connection: ConnectionId) -> impl Future<Output = ()> + Send;
}

/// The core and the hub of this process.
pub(crate) struct Live {
    pub(crate) core: Arc<Core>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) random: Arc<dyn Random>,
}

impl Backend for Live {
    fn open(&self, address: IpAddr, now: Instant) -> (ConnectionId, Session) {
        let connection = ConnectionId(u64::from_ne_bytes(self.random.bytes()));
        (
            connection,
            Session::new(self.core.config(), connection, address, now),
        )
    }

    async fn run(&self, call: Call) -> Finished {
        self.core.run(call).await
    }

    async fn follow(&self, follower: Follower) -> Result<()> {
        self.hub.attach(follower).await
    }

    fn unfollow(&self, connection: ConnectionId) {
        self.hub.detach(connection);
    }

    fn watch(&self, connection: ConnectionId, list: Watched) {
        self.hub.watch(connection, list);
    }

    fn enter(&self, actor: Actor, connection: ConnectionId) {
        self.core.enter(actor, connection);
    }

    async fn arrive(&self, connection: ConnectionId) {
        self.core.arrive(connection).await;
    }

    async fn depart(&self, connection: ConnectionId) {
        self.core.depart(connection).await;
    }
}
