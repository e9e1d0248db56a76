//! What posts left behind: as long as nobody else moves a chat's topics, the next posts in it are built on that, and need no
//! look at the store.
//!
//! It is never relied on: a write tells if a topic is not where it was left. It is used only for topics that were found twice
//! in a row where this process had left them, so that gateways which are busy in one community do not overtake each other
//! more often than when they look.

use super::Post;
use hashlink::LruCache;
use osmium_model::{Chat, ChatId, Topic, User, UserId};
use osmium_ports::store::{Basis, TopicState};
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many topics are remembered, how many chats, and how many authors of chats.
const CAPACITY: usize = 32_768;

/// What posts left behind, of those topics, chats and authors that were in use lately.
pub(super) struct Memory {
    // Every transaction of posts reads and writes some rows of it, and few transactions run at a time: one lock is shorter than
    // what maps that many may write to at once would do for each row.
    rows: Mutex<Rows>,
}

struct Rows {
    topics: LruCache<Topic, Left>,
    chats: LruCache<ChatId, Known<Chat>>,
    authors: LruCache<(ChatId, UserId), Known<User>>,
    next_era: Era,
}

/// Where a topic was left.
#[derive(Clone, Copy)]
struct Left {
    state: TopicState,
    era: Era,
    /// It was found where it had been left before.
    undisturbed: bool,
}

/// A number for the time since someone else moved a topic; a later one is greater. The era of a chat is the latest of its
/// topics'.
type Era = u64;

/// A row, as it is as long as its chat's era lasts.
struct Known<T> {
    row: T,
    era: Era,
}

impl Memory {
    pub(super) fn new() -> Self {
        let rows = Rows {
            topics: LruCache::new(CAPACITY),
            chats: LruCache::new(CAPACITY),
            authors: LruCache::new(CAPACITY),
            next_era: 0,
        };
        Self {
            rows: Mutex::new(rows),
        }
    }

    /// What posts are built on, if all of it is remembered, and nothing speaks against sending them.
    pub(super) fn recall(&self, posts: &[Arc<Post>]) -> Option<Basis> {
        let mut basis = Basis::default();
        let mut rows = self.rows();
        for post in posts {
            rows.recall(post, &mut basis)?;
        }
        Some(basis)
    }

    /// This is what posts are built on, as it was read just now.
    pub(super) fn looked(&self, posts: &[Arc<Post>], basis: &Basis) {
        let mut rows = self.rows();
        for (topic, state) in &basis.topics {
            rows.saw(*topic, *state);
        }
        for post in posts {
            rows.keep(post, basis);
        }
    }

    /// Posts that were built on what was recalled, or read just now, are committed, and left this.
    pub(super) fn left(&self, basis: &Basis) {
        let mut rows = self.rows();
        for (topic, state) in &basis.topics {
            if let Some(left) = rows.topics.get_mut(topic) {
                left.state = *state;
            }
        }
        for (id, row) in &basis.chats {
            if let Some(known) = rows.chats.get_mut(id) {
                known.row = *row;
            }
        }
    }

    /// Posts in these topics were overtaken.
    pub(super) fn forget<'a>(&self, topics: impl Iterator<Item = &'a Topic>) {
        let mut rows = self.rows();
        for topic in topics {
            rows.topics.remove(topic);
        }
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rows {
    fn recall(&mut self, post: &Post, basis: &mut Basis) -> Option<()> {
        let (mut era, mut epoch) = (0, 0);
        for topic in post.kind.topics() {
            let left = self.topics.get(&topic).filter(|left| left.undisturbed)?;
            (era, epoch) = (left.era.max(era), epoch + left.state.epoch);
            basis.topics.insert(topic, left.state);
        }
        if post.epoch.is_some_and(|checked| checked != epoch) {
            return None;
        }
        let chat = self.chats.get(&post.chat_id)?.in_era(era)?;
        basis.chats.insert(post.chat_id, *chat);
        if let Entry::Vacant(author) = basis.authors.entry(post.author_id) {
            let known = self.authors.get(&(post.chat_id, post.author_id))?;
            author.insert(known.in_era(era)?.clone());
        }
        Some(())
    }

    fn saw(&mut self, topic: Topic, state: TopicState) {
        match self.topics.get_mut(&topic) {
            Some(left) if left.state == state => left.undisturbed = true,
            _ => {
                let era = self.next_era;
                self.next_era += 1;
                let left = Left {
                    state,
                    era,
                    undisturbed: false,
                };
                self.topics.insert(topic, left);
            }
        }
    }

    fn keep(&mut self, post: &Post, basis: &Basis) -> Option<()> {
        let era = self.era_of(post)?;
        let row = *basis.chats.get(&post.chat_id)?;
        self.chats.insert(post.chat_id, Known { row, era });
        let row = basis.authors.get(&post.author_id)?.clone();
        let author = (post.chat_id, post.author_id);
        self.authors.insert(author, Known { row, era });
        Some(())
    }

    fn era_of(&self, post: &Post) -> Option<Era> {
        let mut latest = None;
        for topic in post.kind.topics() {
            latest = latest.max(Some(self.topics.peek(&topic)?.era));
        }
        latest
    }
}

impl<T> Known<T> {
    fn in_era(&self, era: Era) -> Option<&T> {
        (self.era == era).then_some(&self.row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::testing;

    const ADA: UserId = UserId(1);
    const BOB: UserId = UserId(2);
    const CY: UserId = UserId(3);

    fn post(author_id: UserId, to: UserId) -> Arc<Post> {
        Arc::new(testing::post(author_id, to))
    }

    /// What this post is built on, where its topics have so many events and its chat so many messages.
    fn basis(post: &Post, events: u64, messages: u64) -> Basis {
        let state = TopicState {
            seq: events,
            epoch: 1,
        };
        let chat = Chat {
            id: post.chat_id,
            kind: post.kind,
            last_ordinal: messages,
            last_message_id: None,
            highest_id: messages,
        };
        let author = User {
            id: post.author_id,
            name: "Ada".to_owned(),
            username: None,
            bot: false,
            icon: None,
            color: None,
        };
        let topics = post.kind.topics().into_iter().map(|topic| (topic, state));
        Basis {
            topics: topics.collect(),
            chats: [(chat.id, chat)].into(),
            authors: [(author.id, author)].into(),
            ..Basis::default()
        }
    }

    fn recall(memory: &Memory, post: &Arc<Post>) -> Option<Basis> {
        memory.recall(std::slice::from_ref(post))
    }

    /// A memory in which a post's topics were found undisturbed with one event, and left with two.
    fn memory(post: &Arc<Post>) -> Memory {
        let memory = Memory::new();
        for _ in 0..2 {
            assert_eq!(recall(&memory, post), None);
            memory.looked(std::slice::from_ref(post), &basis(post, 1, 1));
        }
        memory.left(&basis(post, 2, 2));
        memory
    }

    #[test]
    fn what_was_left_is_built_on_where_nobody_disturbs() {
        let post = post(ADA, BOB);
        let memory = memory(&post);
        assert_eq!(recall(&memory, &post), Some(basis(&post, 2, 2)));
    }

    #[test]
    fn what_someone_else_moved_is_looked_at_until_it_is_quiet() {
        let post = post(ADA, BOB);
        let (memory, posts) = (memory(&post), [post.clone()]);
        memory.looked(&posts, &basis(&post, 3, 3));
        assert_eq!(recall(&memory, &post), None);
        memory.looked(&posts, &basis(&post, 3, 3));
        assert_eq!(recall(&memory, &post), Some(basis(&post, 3, 3)));
    }

    #[test]
    fn a_chat_is_forgotten_with_one_of_its_topics() {
        let (post, other) = (post(ADA, BOB), post(CY, BOB));
        let memory = memory(&post);
        for _ in 0..2 {
            memory.looked(std::slice::from_ref(&other), &basis(&other, 9, 9));
        }
        assert_eq!(recall(&memory, &other), Some(basis(&other, 9, 9)));
        assert_eq!(recall(&memory, &post), None);
    }

    #[test]
    fn one_who_did_not_post_before_is_looked_at() {
        let memory = memory(&post(ADA, BOB));
        assert_eq!(recall(&memory, &post(BOB, ADA)), None);
    }

    #[test]
    fn other_rules_than_the_author_was_checked_by_are_looked_at() {
        let post = post(ADA, ADA);
        let memory = memory(&post);
        let checked = |epoch| {
            Arc::new(Post {
                epoch: Some(epoch),
                ..Post::clone(&post)
            })
        };
        assert_eq!(recall(&memory, &checked(2)), None);
        assert!(recall(&memory, &checked(1)).is_some());
    }

    #[test]
    fn where_a_post_was_overtaken_nothing_is_remembered() {
        let post = post(ADA, BOB);
        let memory = memory(&post);
        memory.forget([&Topic::User(BOB)].into_iter());
        assert_eq!(recall(&memory, &post), None);
    }
}
