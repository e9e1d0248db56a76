//! The calls of a connection that wait for their answers.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::connection::Answer;

/// The calls that are under way, by their ids.
pub(crate) struct Calls(Mutex<State>);

struct State {
    open: bool,
    last_id: u32,
    waiting: HashMap<u32, oneshot::Sender<Answer>>,
}

/// A call that is under way. When it is dropped, its answer is no longer waited for.
pub(crate) struct Call<'a> {
    calls: &'a Calls,
    /// The id to send with it.
    pub(crate) id: u32,
    answer: oneshot::Receiver<Answer>,
}

impl Calls {
    /// No calls; ids will begin with 1.
    pub(crate) fn new() -> Self {
        Self(Mutex::new(State {
            open: true,
            last_id: 0,
            waiting: HashMap::new(),
        }))
    }

    /// Begins a call. `None` if the connection is closed.
    pub(crate) fn begin(&self) -> Option<Call<'_>> {
        let mut state = self.state();
        if !state.open {
            return None;
        }
        let id = state.unused_id();
        let (sender, answer) = oneshot::channel();
        state.waiting.insert(id, sender);
        Some(Call {
            calls: self,
            id,
            answer,
        })
    }

    /// Gives an answer to its call, or back if nobody waits for it.
    pub(crate) fn answer(&self, answer: Answer) -> Option<Answer> {
        match self.state().waiting.remove(&answer.result.req_id) {
            Some(call) => call.send(answer).err(),
            None => Some(answer),
        }
    }

    /// Ends all calls, and lets none begin.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.open = false;
        state.waiting.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The next id that is neither 0 nor in use.
    fn unused_id(&mut self) -> u32 {
        loop {
            self.last_id = self.last_id.wrapping_add(1);
            if self.last_id != 0 && !self.waiting.contains_key(&self.last_id) {
                return self.last_id;
            }
        }
    }
}

impl Call<'_> {
    /// The answer. `None` if the connection closes first.
    pub(crate) async fn answer(mut self) -> Option<Answer> {
        (&mut self.answer).await.ok()
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.calls.state().waiting.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use osmium_proto::core::RpcResult;

    use super::*;

    fn answer(number: u32, req_id: u32) -> Answer {
        let result = RpcResult {
            req_id,
            ..Default::default()
        };
        Answer { number, result }
    }

    #[tokio::test]
    async fn answers_find_their_calls_in_any_order() {
        let calls = Calls::new();
        let (one, two) = (calls.begin().expect("open"), calls.begin().expect("open"));
        assert_eq!((one.id, two.id), (1, 2));
        assert_eq!(calls.answer(answer(10, 2)), None);
        assert_eq!(calls.answer(answer(11, 1)), None);
        assert_eq!(one.answer().await, Some(answer(11, 1)));
        assert_eq!(two.answer().await, Some(answer(10, 2)));
    }

    #[tokio::test]
    async fn an_answer_is_given_once() {
        let calls = Calls::new();
        let call = calls.begin().expect("open");
        assert_eq!(calls.answer(answer(1, call.id)), None);
        assert_eq!(calls.answer(answer(2, call.id)), Some(answer(2, call.id)));
        assert_eq!(calls.answer(answer(3, 99)), Some(answer(3, 99)));
    }

    #[test]
    fn ids_wrap_around_those_in_use() {
        let calls = Calls::new();
        let _first = calls.begin().expect("open");
        calls.state().last_id = u32::MAX - 1;
        let last = calls.begin().expect("open");
        let next = calls.begin().expect("open");
        assert_eq!((last.id, next.id), (u32::MAX, 2));
    }

    #[test]
    fn a_dropped_call_is_forgotten() {
        let calls = Calls::new();
        drop(calls.begin());
        assert!(calls.state().waiting.is_empty());
    }

    #[tokio::test]
    async fn closing_ends_what_waits_and_lets_nothing_begin() {
        let calls = Calls::new();
        let call = calls.begin().expect("open");
        calls.close();
        assert_eq!(call.answer().await, None);
        assert!(calls.begin().is_none());
    }
}
