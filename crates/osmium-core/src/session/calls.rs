//! The calls of one session: which run, which wait, and in which order.

use crate::dispatch;
use crate::method::Order;
use osmium_proto::core::client_message::Message;
use std::collections::VecDeque;

/// A call that a client asked for.
#[derive(Debug)]
pub(super) struct Request {
    /// What the client calls it. Not unique: 0 and repeated ids are legal.
    pub(super) id: u32,
    /// What is called.
    pub(super) message: Message,
}

/// What is left of a request whose call has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ended {
    /// What the client calls it.
    pub(super) id: u32,
    /// Whether it was `auth.authorize`.
    pub(super) authorizes: bool,
}

/// Running and waiting calls.
pub(super) struct Calls {
    limit: usize,
    next_key: u64,
    running: Vec<Running>,
    waiting: VecDeque<Request>,
}

struct Running {
    key: u64,
    order: Order,
    /// For someone else to answer.
    waits: bool,
    ended: Ended,
}

impl Calls {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            next_key: 0,
            running: Vec::new(),
            waiting: VecDeque::new(),
        }
    }

    /// Whether fewer than the limit run or wait.
    pub(super) fn has_room(&self) -> bool {
        self.running.len() + self.waiting.len() < self.limit
    }

    /// Whether none runs and none is about to, but for those that someone else may answer much later.
    pub(super) fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.has_paused()
    }

    /// Whether nothing runs but what someone else may answer much later.
    fn has_paused(&self) -> bool {
        self.running.iter().all(|running| running.waits)
    }

    /// Takes a request; it waits until [`Calls::start`] gives it out.
    pub(super) fn ask(&mut self, request: Request) {
        self.waiting.push_back(request);
    }

    /// The next call that may run now, with the key for its end.
    pub(super) fn start(&mut self) -> Option<(u64, Message)> {
        let place = self.next_to_start()?;
        let request = self.waiting.remove(place)?;
        let order = dispatch::order(&request.message);
        let waits = dispatch::waits(&request.message);
        let authorizes = matches!(request.message, Message::AuthAuthorize(_));
        let key = self.next_key;
        self.next_key += 1;
        self.running.push(Running {
            key,
            order,
            waits,
            ended: Ended {
                id: request.id,
                authorizes,
            },
        });
        Some((key, request.message))
    }

    fn next_to_start(&self) -> Option<usize> {
        let runs = |order| self.running.iter().any(|running| running.order == order);
        if runs(Order::Alone) {
            return None;
        }
        let mut write_before = runs(Order::AfterWrites);
        for (place, request) in self.waiting.iter().enumerate() {
            match dispatch::order(&request.message) {
                Order::Free => return Some(place),
                Order::AfterWrites if !write_before => return Some(place),
                Order::AfterWrites => write_before = true,
                Order::Alone => return (place == 0 && self.has_paused()).then_some(place),
            }
        }
        None
    }

    /// Forgets what waits.
    pub(super) fn forget_waiting(&mut self) {
        self.waiting.clear();
    }

    /// A call has ended; none if there is no such call.
    pub(super) fn end(&mut self, key: u64) -> Option<Ended> {
        let place = self.running.iter().position(|running| running.key == key)?;
        Some(self.running.swap_remove(place).ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_proto::{auth, chats, messages};

    fn ask(calls: &mut Calls, id: u32, message: impl Into<Message>) {
        calls.ask(Request {
            id,
            message: message.into(),
        });
    }

    fn started(calls: &mut Calls) -> Vec<u32> {
        let keys: Vec<u64> = std::iter::from_fn(|| calls.start().map(|(key, _)| key)).collect();
        let of = |key: &u64| {
            calls
                .running
                .iter()
                .find(|r| r.key == *key)
                .map(|r| r.ended.id)
        };
        keys.iter().filter_map(of).collect()
    }

    fn end(calls: &mut Calls, id: u32) {
        let key = calls
            .running
            .iter()
            .find(|r| r.ended.id == id)
            .map(|r| r.key);
        assert!(calls.end(key.expect("a running call")).is_some());
    }

    #[test]
    fn writes_run_one_after_another_and_reads_pass_them() {
        let mut calls = Calls::new(8);
        ask(&mut calls, 1, messages::SendMessage::default());
        ask(&mut calls, 2, messages::SendMessage::default());
        ask(&mut calls, 3, chats::GetChats::default());
        assert_eq!(started(&mut calls), [1, 3]);
        end(&mut calls, 1);
        assert_eq!(started(&mut calls), [2]);
    }

    #[test]
    fn signing_in_runs_alone() {
        let mut calls = Calls::new(8);
        ask(&mut calls, 1, chats::GetChats::default());
        ask(&mut calls, 2, auth::Authorize::default());
        ask(&mut calls, 3, chats::GetChats::default());
        assert_eq!(started(&mut calls), [1]);
        end(&mut calls, 1);
        assert_eq!(started(&mut calls), [2]);
        end(&mut calls, 2);
        assert_eq!(started(&mut calls), [3]);
    }

    #[test]
    fn what_waits_for_others_holds_nothing_up() {
        let mut calls = Calls::new(2);
        ask(&mut calls, 1, messages::SubmitInteraction::default());
        ask(&mut calls, 2, messages::SendMessage::default());
        assert_eq!(started(&mut calls), [1, 2]);
        assert!(!calls.has_room() && !calls.is_idle());
        end(&mut calls, 2);
        assert!(calls.has_room() && calls.is_idle());
        ask(&mut calls, 3, auth::Authorize::default());
        assert_eq!(started(&mut calls), [3]);
    }

    #[test]
    fn there_is_room_for_as_many_as_the_limit() {
        let mut calls = Calls::new(2);
        ask(&mut calls, 7, chats::GetChats::default());
        ask(&mut calls, 7, chats::GetChats::default());
        assert!(!calls.has_room());
        assert_eq!(started(&mut calls), [7, 7]);
        end(&mut calls, 7);
        assert!(calls.has_room() && !calls.is_idle());
        assert_eq!(calls.end(99), None);
    }
}
