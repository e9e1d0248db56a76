//! What is told on several topics and heard once.

use osmium_model::Topic;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many are remembered: far more than arrive while the copies of one are on their way.
const REMEMBERED: usize = 4096;

/// On which topics what was told lately.
#[derive(Default)]
pub(super) struct Heard {
    lately: Mutex<VecDeque<(u64, Vec<Topic>)>>,
}

impl Heard {
    /// Notes that this is told on a topic now, and tells on which others it was before.
    pub(super) fn note(&self, once: u64, topic: Topic) -> Vec<Topic> {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, topics)) = lately.iter_mut().rev().find(|(number, _)| *number == once) {
            let before = topics.clone();
            topics.push(topic);
            return before;
        }
        if lately.len() == REMEMBERED {
            lately.pop_front();
        }
        lately.push_back((once, vec![topic]));
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::UserId;

    #[test]
    fn copies_are_known_again() {
        let (heard, topic) = (Heard::default(), |id| Topic::User(UserId(id)));
        assert_eq!(heard.note(7, topic(1)), []);
        assert_eq!(heard.note(8, topic(1)), []);
        assert_eq!(heard.note(7, topic(2)), [topic(1)]);
        assert_eq!(heard.note(7, topic(3)), [topic(1), topic(2)]);
    }
}
