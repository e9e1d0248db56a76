//! Presence of this process's connections: set when they sign in, kept while they live, ended with a grace.

use crate::error::{Error, Result};
use crate::run::Core;
use crate::session::Actor;
use osmium_model::event::Passing;
use osmium_model::{ConnectionId, Status, Timestamp, Topic, UserId};
use osmium_ports::{PresenceError, StatusChange};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

/// How many connections are renewed at a time.
const CHUNK: usize = 1000;

/// The connections that this process keeps present, and what each says of its user.
#[derive(Default)]
pub struct PresenceLease {
    present: Mutex<HashMap<ConnectionId, (UserId, Status)>>,
}

impl PresenceLease {
    fn present(&self) -> MutexGuard<'_, HashMap<ConnectionId, (UserId, Status)>> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a connection says now, and of whom; none if it has departed.
    fn says(&self, connection: ConnectionId) -> Option<(UserId, Status)> {
        self.present().get(&connection).cloned()
    }
}

/// Renews the presence of a core's connections, for as long as the core lives.
pub(crate) async fn keep(core: Weak<Core>, every: Duration) {
    let mut ticks = tokio::time::interval(every);
    loop {
        ticks.tick().await;
        let Some(core) = core.upgrade() else { return };
        core.renew_all().await;
    }
}

impl Core {
    /// A connection has signed in: from here on it counts as its user's, and may say what its status is.
    pub fn enter(&self, actor: Actor, connection: ConnectionId) {
        let online = || (actor.user_id, Status::default());
        self.lease
            .present()
            .entry(connection)
            .or_insert_with(online);
    }

    /// Tells that the user of a connection that entered is there. What cannot be told now is told by the next renewal.
    pub async fn arrive(&self, connection: ConnectionId) {
        if let Err(error) = self.tell_status(connection).await {
            tracing::debug!(%error, "presence is told later");
        }
    }

    /// A connection has closed: it counts for a grace longer.
    pub async fn depart(&self, connection: ConnectionId) {
        let Some((user, _)) = self.lease.present().remove(&connection) else {
            return;
        };
        if let Err(error) = self.grant_grace(&[(user, connection)]).await {
            tracing::debug!(%error, "presence ends with its lease");
        }
    }

    /// What a connection says of its user from now on.
    pub(crate) async fn set_status(&self, connection: ConnectionId, status: Status) -> Result<()> {
        match self.lease.present().get_mut(&connection) {
            Some((_, said)) => *said = status,
            // It has departed.
            None => return Err(Error::unavailable()),
        }
        self.tell_status(connection).await.map_err(|error| {
            tracing::warn!(%error, "a status could not be set");
            Error::unavailable()
        })
    }

    /// Sets what a connection says of its user. What it says meanwhile stands in the end, whichever of the two is set
    /// last; if it departs meanwhile, it counts for a grace longer.
    async fn tell_status(&self, connection: ConnectionId) -> Result<(), PresenceError> {
        let mut told = None;
        loop {
            match (self.lease.says(connection), told) {
                (says, told) if says == told => return Ok(()),
                (None, Some((user, _))) => return self.grant_grace(&[(user, connection)]).await,
                (says, _) => told = says,
            }
            if let Some((user, status)) = &told {
                self.set_present(*user, connection, status).await?;
            }
        }
    }

    async fn grant_grace(&self, departed: &[(UserId, ConnectionId)]) -> Result<(), PresenceError> {
        let end = self.ports.clock.now().plus(self.config.presence_grace);
        self.ports.presence.extend(departed, end).await.map(drop)
    }

    /// Renews the presence of this process's connections once.
    async fn renew_all(&self) {
        let present: Vec<_> = {
            let present = self.lease.present();
            present
                .iter()
                .map(|(connection, (user, _))| (*user, *connection))
                .collect()
        };
        for chunk in present.chunks(CHUNK) {
            if let Err(error) = self.renew(chunk).await {
                tracing::debug!(%error, "presence is renewed later");
            }
        }
    }

    async fn renew(&self, chunk: &[(UserId, ConnectionId)]) -> Result<(), PresenceError> {
        let gone = self.ports.presence.extend(chunk, self.lease_end()).await?;
        for (_, connection) in gone {
            self.tell_status(connection).await?;
        }
        // Those that departed meanwhile were given more than their grace.
        let departed = |(_, connection): &(_, ConnectionId)| self.lease.says(*connection).is_none();
        let departed: Vec<_> = chunk.iter().copied().filter(departed).collect();
        if departed.is_empty() {
            return Ok(());
        }
        self.grant_grace(&departed).await
    }

    async fn set_present(
        &self,
        user: UserId,
        connection: ConnectionId,
        status: &Status,
    ) -> Result<(), PresenceError> {
        let change = self
            .ports
            .presence
            .set(user, connection, status, self.lease_end())
            .await?;
        self.tell(&change).await;
        Ok(())
    }

    /// Has others told of a change, if they see one.
    async fn tell(&self, change: &StatusChange) {
        let topic = Topic::User(change.user_id);
        let Some(note) = change.idle_note() else {
            return self.announcer.passing(topic, Passing::Status);
        };
        let told = self.ports.presence.told(topic.partition(), &[note]).await;
        if let Err(error) = told {
            tracing::debug!(%error, "what shows to nobody is told all the same");
        }
    }

    fn lease_end(&self) -> Timestamp {
        self.ports.clock.now().plus(self.config.presence_lease)
    }

    /// What others see of users: their statuses, in the order asked for. Without presence, everyone is offline.
    pub(crate) async fn statuses(&self, users: &[UserId]) -> Vec<Option<Status>> {
        match self.ports.presence.statuses(users).await {
            Ok(statuses) => statuses,
            Err(error) => {
                tracing::debug!(%error, "statuses are left out");
                vec![None; users.len()]
            }
        }
    }
}
