//! Presence: whether a user is there, and what they are up to.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The activities of a merged status: it stands beside its user wherever they are shown.
const MERGED_ACTIVITIES: usize = 8;

/// What a session says of its user. The numbers are the wire's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[repr(u8)]
pub enum Availability {
    /// There.
    #[default]
    Online = 0,
    /// There, but away from the keyboard.
    Idle = 1,
    /// There, and looks offline to others.
    Invisible = 5,
}

impl Availability {
    /// The availability with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        [Self::Online, Self::Idle, Self::Invisible]
            .into_iter()
            .find(|status| *status as i32 == number)
    }
}

/// What an activity is. The numbers are the wire's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum ActivityKind {
    /// A text of one's own.
    Custom = 0,
    /// Playing a game.
    Playing = 1,
    /// Listening.
    Listening = 2,
    /// Watching.
    Watching = 3,
}

impl ActivityKind {
    /// The kind with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        [Self::Custom, Self::Playing, Self::Listening, Self::Watching]
            .into_iter()
            .find(|kind| *kind as i32 == number)
    }
}

/// Something a user is doing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Activity {
    /// Such as the name of a game, or the custom text.
    pub title: String,
    /// What it is.
    pub kind: ActivityKind,
    /// Since when.
    pub started_at: Timestamp,
    /// Until when.
    pub ends_at: Option<Timestamp>,
    /// More of it, such as the song.
    pub state: Option<String>,
}

/// What one session says, or all sessions of a user merged. No status at all is offline.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Status {
    /// Whether the user is there.
    pub availability: Availability,
    /// What they are doing.
    pub activities: Vec<Activity>,
}

impl Status {
    /// The status of a user with these sessions: invisible if one is (hiding wins), else online if one is,
    /// else idle; nothing without sessions. Activities are gathered, each once.
    pub fn merge<'a>(sessions: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        sessions.into_iter().fold(None, |merged, session| {
            Some(match merged {
                None => session.clone(),
                Some(merged) => merged.with(session),
            })
        })
    }

    fn with(mut self, other: &Self) -> Self {
        self.availability = match (self.availability, other.availability) {
            (Availability::Invisible, _) | (_, Availability::Invisible) => Availability::Invisible,
            (Availability::Online, _) | (_, Availability::Online) => Availability::Online,
            (Availability::Idle, Availability::Idle) => Availability::Idle,
        };
        for activity in &other.activities {
            if self.activities.len() < MERGED_ACTIVITIES && !self.activities.contains(activity) {
                self.activities.push(activity.clone());
            }
        }
        self
    }

    /// What others see: an invisible user is offline.
    pub fn seen_by_others(merged: Option<&Self>) -> Option<&Self> {
        merged.filter(|status| status.availability != Availability::Invisible)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(availability: Availability) -> Status {
        Status {
            availability,
            activities: Vec::new(),
        }
    }

    #[test]
    fn sessions_merge() {
        use Availability::{Idle, Invisible, Online};
        for (sessions, merged) in [
            (vec![], None),
            (vec![Idle], Some(Idle)),
            (vec![Idle, Online], Some(Online)),
            (vec![Online, Invisible, Idle], Some(Invisible)),
        ] {
            let sessions: Vec<_> = sessions.into_iter().map(status).collect();
            assert_eq!(Status::merge(&sessions).map(|s| s.availability), merged);
        }
    }

    #[test]
    fn the_invisible_look_offline() {
        assert_eq!(
            Status::seen_by_others(Some(&status(Availability::Invisible))),
            None
        );
        assert!(Status::seen_by_others(Some(&status(Availability::Idle))).is_some());
    }
}
