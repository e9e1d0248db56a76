//! Presence on Redis: a hash of entries for each user; for each partition a sorted set of their ends, and a hash of notes.
//!
//! Entries are read and written by scripts, so each operation is atomic; merging is done here.

use crate::keys::KEY_TTL;
use crate::known::Statuses;
use crate::link::Link;
use async_trait::async_trait;
use futures::future::try_join_all;
use osmium_model::{ConnectionId, Partition, Status, Timestamp, Topic, UserId};
use osmium_ports::{Note, Presence, PresenceError, StatusChange};
use redis::aio::MultiplexedConnection;
use redis::{Pipeline, RedisError, Script, ScriptInvocation};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most entries that one script looks at, so that Redis is not held up for long.
const ENTRIES_A_SCRIPT: usize = 1000;

/// What the connections of one user say, as stored.
type Entries = BTreeMap<u64, String>;
/// A user, their entries before a sweep, the connections that ended, and whether the user was noted already.
type Swept = (u64, Entries, Vec<u64>, bool);

/// Presence on Redis. An entry counts until it is swept.
#[derive(Debug)]
pub struct RedisPresence {
    link: Arc<Link>,
    set: Script,
    extend: Script,
    sweep: Script,
    told: Script,
}

impl RedisPresence {
    pub(crate) fn new(link: Arc<Link>) -> Self {
        Self {
            link,
            set: Script::new(include_str!("scripts/presence_set.lua")),
            extend: Script::new(include_str!("scripts/presence_extend.lua")),
            sweep: Script::new(include_str!("scripts/presence_sweep.lua")),
            told: Script::new(include_str!("scripts/presence_told.lua")),
        }
    }

    async fn connection(&self) -> Result<MultiplexedConnection, PresenceError> {
        let connection = self.link.connection().await;
        connection.map_err(|error| cannot_reach(&error))
    }

    async fn run<T: redis::FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, PresenceError> {
        let mut connection = self.connection().await?;
        let outcome = script.invoke_async(&mut connection).await;
        outcome.map_err(|error| cannot_reach(&error))
    }

    /// Reads statuses, of whose next change Redis then tells.
    async fn read_and_be_told(
        &self,
        users: &[UserId],
    ) -> Result<Vec<Option<Status>>, PresenceError> {
        let mut read = redis::pipe();
        for &user in users {
            read.cmd("CLIENT").arg("CACHING").arg("YES").ignore();
            read.hgetall(self.link.keys().presence(user));
        }
        self.read(&read).await
    }

    async fn read(&self, entries: &Pipeline) -> Result<Vec<Option<Status>>, PresenceError> {
        let mut connection = self.connection().await?;
        let outcome = entries.query_async(&mut connection).await;
        let entries: Vec<Entries> = outcome.map_err(|error| cannot_reach(&error))?;
        Ok(entries.iter().map(merged).collect())
    }

    /// Moves the ends of connections whose users are all of one partition.
    async fn extend_some(
        &self,
        partition: Partition,
        connections: &[(UserId, ConnectionId)],
        end: Timestamp,
    ) -> Result<Vec<(UserId, ConnectionId)>, PresenceError> {
        let mut script = self.extend.prepare_invoke();
        script.key(self.link.keys().presence_ends(partition));
        script.arg(end.millis()).arg(KEY_TTL.as_secs());
        for &(user, connection) in connections {
            script.key(self.link.keys().presence(user));
            script.arg(connection.0).arg(member(user, connection));
        }
        let gone: Vec<usize> = self.run(&script).await?;
        let gone = gone.into_iter().filter_map(|index| connections.get(index));
        Ok(gone.copied().collect())
    }

    async fn sweep_some(
        &self,
        partition: Partition,
        now: Timestamp,
    ) -> Result<(usize, u64, Vec<Swept>), PresenceError> {
        let keys = self.link.keys();
        let mut script = self.sweep.key(keys.presence_ends(partition));
        script.key(keys.presence_notes(partition));
        script
            .arg(now.millis())
            .arg(ENTRIES_A_SCRIPT)
            .arg(keys.presence_of(partition))
            .arg(KEY_TTL.as_secs());
        self.run(&script).await
    }
}

#[async_trait]
impl Presence for RedisPresence {
    async fn set(
        &self,
        user: UserId,
        connection: ConnectionId,
        status: &Status,
        end: Timestamp,
    ) -> Result<StatusChange, PresenceError> {
        let status = serde_json::to_string(status);
        let status = status.map_err(|error| PresenceError(error.to_string()))?;
        let (keys, partition) = (self.link.keys(), Topic::User(user).partition());
        let mut script = self.set.key(keys.presence(user));
        script.key(keys.presence_ends(partition));
        script.key(keys.presence_notes(partition));
        script
            .arg(connection.0)
            .arg(&status)
            .arg(member(user, connection));
        script.arg(end.millis()).arg(KEY_TTL.as_secs()).arg(user.0);

        let (mut entries, mark, noted_before): (Entries, _, _) = self.run(&script).await?;
        let before = merged(&entries);
        entries.insert(connection.0, status);
        Ok(StatusChange {
            user_id: user,
            before,
            after: merged(&entries),
            mark,
            noted_before,
        })
    }

    async fn extend(
        &self,
        connections: &[(UserId, ConnectionId)],
        end: Timestamp,
    ) -> Result<Vec<(UserId, ConnectionId)>, PresenceError> {
        let mut by_partition = BTreeMap::<_, Vec<_>>::new();
        for &(user, connection) in connections {
            let partition = Topic::User(user).partition();
            by_partition
                .entry(partition)
                .or_default()
                .push((user, connection));
        }
        let gone = try_join_all(by_partition.iter().flat_map(|(partition, connections)| {
            let chunks = connections.chunks(ENTRIES_A_SCRIPT);
            chunks.map(|chunk| self.extend_some(*partition, chunk, end))
        }));
        Ok(gone.await?.concat())
    }

    async fn sweep(
        &self,
        partition: Partition,
        now: Timestamp,
    ) -> Result<Vec<StatusChange>, PresenceError> {
        let mut changes = Vec::new();
        loop {
            let (ended, mark, swept) = self.sweep_some(partition, now).await?;
            changes.extend(swept.into_iter().map(|swept| change(swept, mark)));
            if ended < ENTRIES_A_SCRIPT {
                return Ok(changes);
            }
        }
    }

    async fn untold(&self, partition: Partition, limit: u32) -> Result<Vec<Note>, PresenceError> {
        let mut connection = self.connection().await?;
        let mut read = redis::cmd("HRANDFIELD");
        read.arg(self.link.keys().presence_notes(partition))
            .arg(limit)
            .arg("WITHVALUES");
        let notes = read.query_async(&mut connection).await;
        let notes: Vec<(u64, u64)> = notes.map_err(|error| cannot_reach(&error))?;
        let notes = notes.into_iter().map(|(user, mark)| Note {
            user_id: UserId(user),
            mark,
        });
        Ok(notes.collect())
    }

    async fn told(&self, partition: Partition, notes: &[Note]) -> Result<(), PresenceError> {
        let mut script = self.told.prepare_invoke();
        script.key(self.link.keys().presence_notes(partition));
        for note in notes {
            script.arg(note.user_id.0).arg(note.mark);
        }
        self.run(&script).await
    }

    async fn statuses(&self, users: &[UserId]) -> Result<Vec<Option<Status>>, PresenceError> {
        if users.is_empty() {
            return Ok(Vec::new());
        }
        let mut read = redis::pipe();
        for &user in users {
            read.hgetall(self.link.keys().presence(user));
        }
        self.read(&read).await
    }

    async fn known_statuses(&self, users: &[UserId]) -> Result<Vec<Option<Status>>, PresenceError> {
        let Some((mut known, era)) = self.link.known().recall(users) else {
            return self.statuses(users).await;
        };
        let unknown = users.iter().filter(|user| !known.contains_key(user));
        let unknown: Vec<UserId> = unknown.copied().collect();
        if !unknown.is_empty() {
            let read = self.read_and_be_told(&unknown).await?;
            let read: Statuses = unknown.into_iter().zip(read).collect();
            self.link.known().keep(era, read.clone());
            known.extend(read);
        }
        let known = users.iter().map(|user| known.get(user).cloned().flatten());
        Ok(known.collect())
    }
}

/// How a connection is named in the sorted set of its partition.
fn member(user: UserId, connection: ConnectionId) -> String {
    format!("{user}:{connection}")
}

/// Entries that cannot be read, such as those of another version, count as absent.
fn merged(entries: &Entries) -> Option<Status> {
    let statuses = entries.values().map(|entry| serde_json::from_str(entry));
    Status::merge(&statuses.filter_map(Result::ok).collect::<Vec<_>>())
}

fn change((user, mut entries, ended, noted_before): Swept, mark: u64) -> StatusChange {
    let before = merged(&entries);
    entries.retain(|connection, _| !ended.contains(connection));
    StatusChange {
        user_id: UserId(user),
        before,
        after: merged(&entries),
        mark,
        noted_before,
    }
}

fn cannot_reach(error: &RedisError) -> PresenceError {
    PresenceError(error.to_string())
}
