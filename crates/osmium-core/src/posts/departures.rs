//! When posts that wait go, and with whom. It has no task and no clock: whoever drives it says what happens, and when.
//!
//! A transaction costs about the same for one post as for many, so those of one moment go together. Whoever was answered a moment
//! ago may be about to post again, and would come just too late and wait for a whole transaction: so those that are ready wait a
//! moment for as many as went last time. Alone, nobody waits.

use super::Waiting;
use super::queue::{self, Queue};
use osmium_model::Topic;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::time::Duration;
use tokio::time::Instant;

/// How many share a transaction at most.
const BATCH: usize = 128;
/// How many are enough for one to go without those who may be about to post.
const ENOUGH: usize = 32;
/// How long a transaction waits at most for those who may be about to post.
const LONGEST_MOMENT: Duration = Duration::from_millis(5);

/// Posts that wait, and the transactions of others, each under the name that it was given when it began.
pub(super) struct Departures<T> {
    at_once: usize,
    queue: Queue,
    /// How many went at about the same time, when some went last.
    usual: usize,
    /// How long they wait for more: as long as the last transaction took, which is what whoever comes too late for one waits.
    moment: Duration,
    /// When those that are ready go, however few they are.
    departure: Option<Instant>,
    under_way: HashMap<T, Transaction>,
}

/// A transaction under way.
struct Transaction {
    topics: BTreeSet<Topic>,
    posts: usize,
    since: Instant,
}

impl<T: Eq + Hash> Departures<T> {
    /// Nothing waits; so many transactions may be under way at a time, but at least one.
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            at_once: at_once.max(1),
            queue: Queue::default(),
            usual: 1,
            moment: Duration::ZERO,
            departure: None,
            under_way: HashMap::new(),
        }
    }

    /// Adds a post, behind those of its topics that came before it.
    pub(super) fn push(&mut self, waiting: Waiting) {
        self.queue.push(waiting);
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// When to let depart those that are ready, if nothing else happens before.
    pub(super) fn next(&self) -> Option<Instant> {
        self.departure.filter(|_| self.may_begin())
    }

    /// Begins transactions with those that are ready, if they are as many as went at about the same time before, or enough, or
    /// have waited a moment.
    pub(super) fn depart(&mut self, now: Instant, mut begin: impl FnMut(Vec<Waiting>) -> T) {
        while self.queue.ready() > 0 && self.may_begin() {
            let departure = *self.departure.get_or_insert(now + self.moment);
            if self.queue.ready() < self.usual.min(ENOUGH) && now < departure {
                return;
            }
            self.departure = None;
            let posts = self.queue.take(BATCH);
            self.usual = posts.len() + self.just_gone(now);
            let transaction = Transaction {
                topics: queue::topics_of(&posts),
                posts: posts.len(),
                since: now,
            };
            self.under_way.insert(begin(posts), transaction);
        }
    }

    /// A transaction has ended, well or not: posts of its topics may go again.
    pub(super) fn ended(&mut self, name: &T, now: Instant) {
        if let Some(Transaction { topics, since, .. }) = self.under_way.remove(name) {
            self.moment = (now - since).min(LONGEST_MOMENT);
            self.queue.return_topics(&topics);
        }
    }

    fn may_begin(&self) -> bool {
        self.under_way.len() < self.at_once
    }

    /// How many went a moment ago: they are answered at about the same time as who goes now. If they then go together, they are
    /// fewer transactions.
    fn just_gone(&self, now: Instant) -> usize {
        let all = self.under_way.values();
        let recent = all.filter(|transaction| now - transaction.since < self.moment);
        recent.map(|transaction| transaction.posts).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::testing;
    use osmium_model::UserId;
    use std::sync::Arc;
    use tokio::sync::oneshot;

    const MS: Duration = Duration::from_millis(1);

    /// Departures that are driven by hand, from a time that stands still until it is moved.
    struct Station {
        departures: Departures<usize>,
        now: Instant,
        /// How many were in each transaction, in the order in which they began.
        begun: Vec<usize>,
    }

    impl Station {
        fn new(at_once: usize) -> Self {
            Self {
                departures: Departures::new(at_once),
                now: Instant::now(),
                begun: Vec::new(),
            }
        }

        /// Each of these users posts, in a chat of their own. Tells how many are in each transaction that begins now.
        fn post(&mut self, authors: impl IntoIterator<Item = u64>) -> Vec<usize> {
            for author in authors {
                let post = testing::post(UserId(author), UserId(author));
                let waiting = (Arc::new(post), oneshot::channel().0);
                self.departures.push(waiting);
            }
            self.depart()
        }

        fn depart(&mut self) -> Vec<usize> {
            let before = self.begun.len();
            let begun = &mut self.begun;
            self.departures.depart(self.now, |posts| {
                begun.push(posts.len());
                begun.len() - 1
            });
            self.begun[before..].to_vec()
        }

        fn after(&mut self, time: Duration) -> Vec<usize> {
            self.now += time;
            self.depart()
        }

        /// This transaction ends.
        fn end(&mut self, which: usize) -> Vec<usize> {
            self.departures.ended(&which, self.now);
            self.depart()
        }
    }

    /// Where so many went together, and it took this long.
    fn used_to(users: u64, took: Duration) -> Station {
        let mut station = Station::new(1);
        assert_eq!(station.post([0]), [1]);
        assert_eq!(station.post(1..=users), []);
        let together = usize::try_from(users).expect("few");
        assert_eq!(station.end(0), [together]);
        assert_eq!(station.after(took), []);
        assert_eq!(station.end(1), []);
        station.departures.at_once = 4;
        station
    }

    #[test]
    fn alone_nobody_waits() {
        let mut station = Station::new(1);
        for number in 0..3 {
            assert_eq!(station.post([1]), [1]);
            assert_eq!(station.after(MS), []);
            assert_eq!(station.end(number), []);
        }
    }

    #[test]
    fn what_comes_meanwhile_goes_together() {
        let mut station = Station::new(4);
        assert_eq!(station.post([7]), [1]);
        assert_eq!(station.post([7; 10]), [], "their topic is away");
        assert_eq!(station.end(0), [10]);
    }

    #[test]
    fn who_went_together_is_waited_for() {
        let mut station = used_to(3, MS);
        assert_eq!(station.post([1]), []);
        assert_eq!(station.after(MS / 2), []);
        assert_eq!(station.post([2]), []);
        assert_eq!(station.post([3]), [3]);
    }

    #[test]
    fn nobody_waits_longer_than_a_transaction_takes() {
        let mut station = used_to(3, MS);
        assert_eq!(station.post([1, 2]), []);
        assert_eq!(station.departures.next(), Some(station.now + MS));
        assert_eq!(station.after(MS), [2]);
        assert_eq!(station.departures.next(), None);
    }

    #[test]
    fn nobody_waits_longer_than_the_longest_moment() {
        let mut station = used_to(3, Duration::from_secs(1));
        assert_eq!(station.post([1]), []);
        assert_eq!(station.after(LONGEST_MOMENT), [1]);
    }

    #[test]
    fn enough_wait_for_nobody() {
        let mut station = used_to(100, MS);
        assert_eq!(station.post(1..32), []);
        assert_eq!(station.post([32]), [32]);
    }

    #[test]
    fn who_went_a_moment_ago_is_waited_for_too() {
        let mut station = used_to(2, 2 * MS);
        assert_eq!(station.post([1, 2]), [2]);
        assert_eq!(station.after(MS), []);
        assert_eq!(station.post([3, 4]), [2], "beside those that went just now");
        assert_eq!(station.after(MS), []);
        assert_eq!((station.end(2), station.end(3)), (vec![], vec![]));
        assert_eq!(
            station.post([1, 2, 3]),
            [],
            "four went at about the same time"
        );
        assert_eq!(station.post([4]), [4]);
    }

    #[test]
    fn who_went_long_ago_is_not_waited_for() {
        let mut station = used_to(2, MS);
        assert_eq!(station.post([1, 2]), [2]);
        assert_eq!(station.after(MS), []);
        assert_eq!(station.post([3, 4]), [2]);
        station.end(3);
        assert_eq!(station.post([3, 4]), [2]);
    }

    #[test]
    fn a_transaction_has_room_for_so_many() {
        let mut station = Station::new(2);
        assert_eq!(station.post(1..=200), [BATCH, 200 - BATCH]);
    }

    #[test]
    fn so_many_are_under_way_at_a_time() {
        let mut station = Station::new(2);
        assert_eq!(station.post([1]), [1]);
        assert_eq!(station.post([2]), [1]);
        assert_eq!(station.post([3, 4]), []);
        assert_eq!(station.departures.next(), None, "only an end can help");
        assert_eq!(station.end(1), [2]);
    }
}
