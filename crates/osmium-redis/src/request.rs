//! What subscribers ask of the keeper.

use crate::routes::{Routes, SubscriberId};
use osmium_ports::{BusError, Subject};
use tokio::sync::oneshot;

/// Where the answer goes. Whoever no longer waits for it does not need it.
pub(crate) type Answer = oneshot::Sender<Result<(), BusError>>;

/// Asks for a change of what a subscriber follows.
pub(crate) struct Request {
    pub(crate) subscriber: SubscriberId,
    pub(crate) change: Change,
}

/// A change of what a subscriber follows.
pub(crate) enum Change {
    /// Follows these in addition. Answered when Redis has confirmed them.
    Follow(Vec<Subject>, Answer),
    /// Follows these no longer. Always succeeds.
    Unfollow(Vec<Subject>, Answer),
    /// The subscriber is gone.
    Leave,
}

/// What requests have changed in the routes, and who waits to hear that Redis knows.
#[derive(Default)]
pub(crate) struct Changes {
    /// Subjects that were followed or unfollowed.
    pub(crate) touched: Vec<Subject>,
    added: Vec<(SubscriberId, Vec<Subject>)>,
    waiting: Vec<Answer>,
}

impl Changes {
    /// Changes the routes as requested, in this order.
    pub(crate) fn apply(routes: &mut Routes, requests: impl Iterator<Item = Request>) -> Self {
        let mut changes = Self::default();
        for Request { subscriber, change } in requests {
            match change {
                Change::Follow(subjects, answer) => {
                    let added = routes.follow(subscriber, &subjects);
                    changes.added.push((subscriber, added));
                    changes.touched.extend(subjects);
                    changes.waiting.push(answer);
                }
                Change::Unfollow(subjects, answer) => {
                    routes.unfollow(subscriber, &subjects);
                    changes.touched.extend(subjects);
                    changes.waiting.push(answer);
                }
                Change::Leave => changes.touched.extend(routes.leave(subscriber)),
            }
        }
        changes
    }

    /// Redis knows.
    pub(crate) fn confirm(self) {
        for answer in self.waiting {
            let _ = answer.send(Ok(()));
        }
    }

    /// Redis cannot be told: takes back what was followed.
    pub(crate) fn take_back(self, routes: &mut Routes, error: &BusError) {
        for (subscriber, added) in self.added {
            routes.unfollow(subscriber, &added);
        }
        for answer in self.waiting {
            let _ = answer.send(Err(error.clone()));
        }
    }
}
