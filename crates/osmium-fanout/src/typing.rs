//! Who is typing where: typing ends by itself after a while, and when the typist sends.

use osmium_model::event::Event;
use osmium_model::{ChatKind, Timestamp, Topic, UserId};
use std::collections::HashMap;
use std::time::Duration;

/// How long typing lasts without another sign of it.
const LASTS: Duration = Duration::from_secs(8);
/// How many typists are remembered; more simply do not end by themselves.
const REMEMBERED: usize = 100_000;

/// The typists of one partition's topics.
#[derive(Default)]
pub(crate) struct Typists {
    ends: HashMap<(Topic, ChatKind, UserId), Timestamp>,
}

impl Typists {
    /// Someone types, or stops.
    pub(crate) fn heard(
        &mut self,
        topic: Topic,
        chat: ChatKind,
        user: UserId,
        typing: bool,
        now: Timestamp,
    ) {
        if !typing {
            self.ends.remove(&(topic, chat, user));
        } else if self.ends.len() < REMEMBERED {
            self.ends.insert((topic, chat, user), now.plus(LASTS));
        }
    }

    /// Whose typing an event ends: the author's, where they sent.
    pub(crate) fn ended_by(&mut self, topic: Topic, event: &Event) -> Option<(ChatKind, UserId)> {
        let Event::MessageCreated { chat, author, .. } = event else {
            return None;
        };
        self.ends
            .remove(&(topic, chat.kind, author.id))
            .map(|_| (chat.kind, author.id))
    }

    /// Whose typing is over by now.
    pub(crate) fn over(&mut self, now: Timestamp) -> Vec<(Topic, ChatKind, UserId)> {
        self.ends
            .extract_if(|_, end| *end <= now)
            .map(|(typist, _)| typist)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_ends_by_itself() {
        let at = Timestamp::from_millis;
        let (topic, chat, user) = (
            Topic::User(UserId(2)),
            ChatKind::Direct(UserId(1), UserId(2)),
            UserId(1),
        );
        let mut typists = Typists::default();
        typists.heard(topic, chat, user, true, at(0));
        typists.heard(topic, chat, user, true, at(5_000));
        assert_eq!(typists.over(at(8_000)), []);
        assert_eq!(typists.over(at(13_000)), [(topic, chat, user)]);
        assert_eq!(typists.over(at(99_000)), []);
        typists.heard(topic, chat, user, true, at(0));
        typists.heard(topic, chat, user, false, at(1));
        assert_eq!(typists.over(at(99_000)), []);
    }
}
