//! Statuses that were read before, until Redis says that they may have changed.
//!
//! Redis tells a connection of changes to what was read on it, in their order among all else that it hears there. So whoever
//! hears of something that was published after a change no longer finds here what was true before it.

use crate::lock::lock;
use crate::routes::Generation;
use osmium_model::{Status, UserId};
use std::collections::HashMap;
use std::sync::Mutex;

/// How many users are remembered. All are forgotten when there are more.
const CAPACITY: usize = 32_768;

/// Users' merged statuses; none is offline.
pub(crate) type Statuses = HashMap<UserId, Option<Status>>;

/// A number for the time between two changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Era(u64);

/// What was read on the connection that changes are told on.
#[derive(Debug, Default)]
pub(crate) struct KnownStatuses {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The connection that changes are told on, if there is one.
    told_on: Option<Generation>,
    era: u64,
    statuses: Statuses,
}

impl KnownStatuses {
    /// Changes are told on this connection from here on.
    pub(crate) fn begin(&self, connection: Generation) {
        lock(&self.state).start(Some(connection));
    }

    /// Nothing more is told on this connection.
    pub(crate) fn end(&self, connection: Generation) {
        let mut state = lock(&self.state);
        if state.told_on == Some(connection) {
            state.start(None);
        }
    }

    /// A user's status may have changed, or, without a user, everyone's.
    pub(crate) fn changed(&self, connection: Generation, user: Option<UserId>) {
        let mut state = lock(&self.state);
        if state.told_on != Some(connection) {
            return;
        }
        state.era += 1;
        match user {
            Some(user) => drop(state.statuses.remove(&user)),
            None => state.statuses.clear(),
        }
    }

    /// What is remembered of these users, and when it is so; none if nothing can be remembered now.
    pub(crate) fn recall(&self, users: &[UserId]) -> Option<(Statuses, Era)> {
        let state = lock(&self.state);
        state.told_on?;
        let found = users.iter().filter_map(|user| {
            let status = state.statuses.get(user)?;
            Some((*user, status.clone()))
        });
        Some((found.collect(), Era(state.era)))
    }

    /// Remembers what was read since then, if no change was told meanwhile, which might have been of these.
    pub(crate) fn keep(&self, since: Era, read: Statuses) {
        let mut state = lock(&self.state);
        if Era(state.era) != since || state.told_on.is_none() {
            return;
        }
        if state.statuses.len() >= CAPACITY {
            state.statuses.clear();
        }
        state.statuses.extend(read);
    }
}

impl State {
    fn start(&mut self, told_on: Option<Generation>) {
        self.told_on = told_on;
        self.era += 1;
        self.statuses.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: UserId = UserId(1);
    const BOB: UserId = UserId(2);

    fn recall(known: &KnownStatuses) -> Option<[bool; 2]> {
        let (found, _) = known.recall(&[ADA, BOB])?;
        Some([ADA, BOB].map(|user| found.contains_key(&user)))
    }

    fn era(known: &KnownStatuses) -> Era {
        known.recall(&[]).expect("it remembers").1
    }

    /// Where both are known, and the connection.
    fn both() -> (KnownStatuses, Generation) {
        let (known, connection) = (KnownStatuses::default(), Generation::default().next());
        known.begin(connection);
        known.keep(era(&known), [(ADA, None), (BOB, None)].into());
        assert_eq!(recall(&known), Some([true, true]));
        (known, connection)
    }

    #[test]
    fn what_changed_is_forgotten() {
        let (known, connection) = both();
        known.changed(connection, Some(ADA));
        assert_eq!(recall(&known), Some([false, true]));
        known.changed(connection, None);
        assert_eq!(recall(&known), Some([false, false]));
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept() {
        let (known, connection) = both();
        let before = era(&known);
        known.changed(connection, Some(ADA));
        known.keep(before, [(ADA, None)].into());
        assert_eq!(recall(&known), Some([false, true]));
    }

    #[test]
    fn nothing_is_remembered_where_no_changes_are_told() {
        let (known, connection) = both();
        let before = era(&known);
        known.end(connection);
        assert_eq!(recall(&known), None);
        known.keep(before, [(ADA, None)].into());
        known.begin(connection.next());
        assert_eq!(recall(&known), Some([false, false]));
    }

    #[test]
    fn an_earlier_connection_has_no_say() {
        let (known, connection) = both();
        let next = connection.next();
        known.begin(next);
        known.keep(era(&known), [(ADA, None), (BOB, None)].into());
        known.end(connection);
        known.changed(connection, None);
        assert_eq!(recall(&known), Some([true, true]));
    }
}
