//! Presence within one process.

use crate::lock::lock;
use async_trait::async_trait;
use osmium_model::{ConnectionId, Partition, Status, Timestamp, Topic, UserId};
use osmium_ports::{Note, Presence, PresenceError, StatusChange};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;

/// Statuses of the sessions of one process. An entry counts until it is swept.
#[derive(Debug)]
pub struct LocalPresence {
    shares: Vec<Mutex<Share>>,
}

impl LocalPresence {
    /// Nobody is there yet.
    pub fn new() -> Self {
        Self {
            shares: Partition::all().map(|_| Mutex::default()).collect(),
        }
    }

    fn share_of(&self, user: UserId) -> &Mutex<Share> {
        self.share(Topic::User(user).partition())
    }

    fn share(&self, partition: Partition) -> &Mutex<Share> {
        &self.shares[usize::from(partition.0) % self.shares.len()]
    }
}

impl Default for LocalPresence {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Presence for LocalPresence {
    async fn set(
        &self,
        user: UserId,
        connection: ConnectionId,
        status: &Status,
        end: Timestamp,
    ) -> Result<StatusChange, PresenceError> {
        let mut share = lock(self.share_of(user));
        Ok(share.change(user, |share| {
            share.set(user, connection, status.clone(), end);
        }))
    }

    async fn extend(
        &self,
        connections: &[(UserId, ConnectionId)],
        end: Timestamp,
    ) -> Result<Vec<(UserId, ConnectionId)>, PresenceError> {
        let gone = connections.iter().filter(|(user, connection)| {
            !lock(self.share_of(*user)).extend(*user, *connection, end)
        });
        Ok(gone.copied().collect())
    }

    async fn sweep(
        &self,
        partition: Partition,
        now: Timestamp,
    ) -> Result<Vec<StatusChange>, PresenceError> {
        Ok(lock(self.share(partition)).sweep(now))
    }

    async fn untold(&self, partition: Partition, limit: u32) -> Result<Vec<Note>, PresenceError> {
        let share = lock(self.share(partition));
        let notes = share.notes.iter().take(limit as usize);
        let notes = notes.map(|(&user_id, &mark)| Note { user_id, mark });
        Ok(notes.collect())
    }

    async fn told(&self, partition: Partition, notes: &[Note]) -> Result<(), PresenceError> {
        let mut share = lock(self.share(partition));
        for note in notes {
            if share.notes.get(&note.user_id) == Some(&note.mark) {
                share.notes.remove(&note.user_id);
            }
        }
        Ok(())
    }

    async fn statuses(&self, users: &[UserId]) -> Result<Vec<Option<Status>>, PresenceError> {
        let statuses = users
            .iter()
            .map(|user| lock(self.share_of(*user)).status(*user));
        Ok(statuses.collect())
    }
}

/// What the users of one partition say.
#[derive(Debug, Default)]
struct Share {
    users: HashMap<UserId, BTreeMap<ConnectionId, Entry>>,
    /// The same entries by their ends.
    ends: BTreeSet<(Timestamp, UserId, ConnectionId)>,
    /// Of whom something changed and was not told, with the mark of the latest change.
    notes: BTreeMap<UserId, u64>,
    /// The latest mark.
    marks: u64,
}

#[derive(Debug)]
struct Entry {
    status: Status,
    end: Timestamp,
}

impl Share {
    fn status(&self, user: UserId) -> Option<Status> {
        let entries = self.users.get(&user)?;
        Status::merge(entries.values().map(|entry| &entry.status))
    }

    fn set(&mut self, user: UserId, connection: ConnectionId, status: Status, end: Timestamp) {
        let entries = self.users.entry(user).or_default();
        if let Some(old) = entries.insert(connection, Entry { status, end }) {
            self.ends.remove(&(old.end, user, connection));
        }
        self.ends.insert((end, user, connection));
    }

    /// Whether there is such an entry.
    fn extend(&mut self, user: UserId, connection: ConnectionId, end: Timestamp) -> bool {
        let entries = self.users.get_mut(&user);
        let Some(entry) = entries.and_then(|entries| entries.get_mut(&connection)) else {
            return false;
        };
        self.ends.remove(&(entry.end, user, connection));
        entry.end = end;
        self.ends.insert((end, user, connection));
        true
    }

    fn sweep(&mut self, now: Timestamp) -> Vec<StatusChange> {
        self.take_ended(now)
            .into_iter()
            .map(|(user_id, connections)| {
                self.change(user_id, |share| share.remove(user_id, &connections))
            })
            .collect()
    }

    /// Changes a user's entries, and notes it.
    fn change(&mut self, user_id: UserId, change: impl FnOnce(&mut Self)) -> StatusChange {
        let before = self.status(user_id);
        change(self);
        self.marks += 1;
        StatusChange {
            user_id,
            before,
            after: self.status(user_id),
            mark: self.marks,
            noted_before: self.notes.insert(user_id, self.marks).is_some(),
        }
    }

    fn take_ended(&mut self, now: Timestamp) -> BTreeMap<UserId, Vec<ConnectionId>> {
        let living = self.ends.split_off(&(now, UserId(0), ConnectionId(0)));
        let ended = std::mem::replace(&mut self.ends, living);
        let mut by_user = BTreeMap::<_, Vec<_>>::new();
        for (_, user, connection) in ended {
            by_user.entry(user).or_default().push(connection);
        }
        by_user
    }

    fn remove(&mut self, user: UserId, connections: &[ConnectionId]) {
        let Some(entries) = self.users.get_mut(&user) else {
            return;
        };
        entries.retain(|connection, _| !connections.contains(connection));
        if entries.is_empty() {
            self.users.remove(&user);
        }
    }
}
