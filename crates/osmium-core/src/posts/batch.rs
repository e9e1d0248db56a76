//! A batch: posts on their way into one transaction, checked against what they are built on.

use super::{Post, Posted, next_message};
use crate::error::Result;
use crate::ids::Ids;
use osmium_model::{Chat, Event, Message, MessageKind, Timestamp, Topic};
use osmium_ports::store::{Basis, Draft, Idempotency, NewMessage, Recorded, Wanted};
use std::sync::Arc;

/// What these posts are built on.
pub(super) fn wanted(posts: &[Arc<Post>]) -> Wanted {
    Wanted {
        topics: posts.iter().flat_map(|post| post.kind.topics()).collect(),
        chats: posts.iter().map(|post| post.chat_id).collect(),
        authors: posts.iter().map(|post| post.author_id).collect(),
        keys: posts.iter().filter_map(|post| post.key()).collect(),
    }
}

/// The messages of one transaction.
pub(super) struct Batch {
    /// What the next post is built on: the posts before it included.
    basis: Basis,
    draft: Draft,
}

impl Batch {
    pub(super) fn new(basis: Basis, at: Timestamp) -> Self {
        let draft = Draft {
            at,
            ..Draft::default()
        };
        Self { basis, draft }
    }

    /// Checks a post, and makes it a message if it can be sent.
    pub(super) fn add(&mut self, ids: &Ids, post: &Post) -> Result<Posted> {
        let key = post.key();
        if let Some(id) = key.and_then(|key| self.basis.sent.get(&key)) {
            return Ok(Posted::Sent(*id));
        }
        let topics = post.kind.topics();
        let mut epoch = 0;
        for topic in &topics {
            let Some(state) = self.basis.topics.get(topic) else {
                return Ok(Posted::Gone);
            };
            epoch += state.epoch;
        }
        if post.epoch.is_some_and(|checked| checked != epoch) {
            return Ok(Posted::Stale);
        }
        let Some(author) = self.basis.authors.get(&post.author_id).cloned() else {
            return Ok(Posted::Gone);
        };
        let Some(chat) = self.basis.chats.get_mut(&post.chat_id) else {
            return Ok(Posted::Gone);
        };
        let message = post.next_in(chat, ids)?;
        let (id, chat) = (message.id, *chat);
        for topic in topics {
            let event = Event::MessageCreated {
                chat,
                message: message.clone(),
                author: author.clone(),
                client_id: post.client_id,
                origin: Some(post.origin),
            };
            self.record(topic, event);
        }
        if let Some(key) = key {
            self.basis.sent.insert(key, id);
        }
        self.draft.messages.push(NewMessage {
            message,
            key,
            mentions: post.mentions.clone(),
            terms: Some(post.terms.clone()),
        });
        Ok(Posted::Sent(id))
    }

    /// What there is to write, if there is anything, and what it leaves behind.
    pub(super) fn into_draft(self) -> Option<(Draft, Basis)> {
        (!self.draft.messages.is_empty()).then_some((self.draft, self.basis))
    }

    /// Gives an event the next number of its topic.
    fn record(&mut self, topic: Topic, event: Event) {
        let state = self.basis.topics.entry(topic).or_default();
        self.draft.seen.entry(topic).or_insert(*state);
        state.seq += 1;
        let seq = state.seq;
        self.draft.events.push(Recorded { topic, seq, event });
    }
}

impl Post {
    /// What a repeat of it is recognised by, if its client says.
    pub(crate) fn key(&self) -> Option<Idempotency> {
        let (author_id, chat_id) = (self.author_id, self.chat_id);
        self.client_id.map(|client_id| Idempotency {
            author_id,
            chat_id,
            client_id,
        })
    }

    fn next_in(&self, chat: &mut Chat, ids: &Ids) -> Result<Message> {
        let mut message = next_message(chat, ids, MessageKind::Normal)?;
        message.author_id = self.author_id;
        message.text.clone_from(&self.text);
        message.entities.clone_from(&self.entities);
        message.reply.clone_from(&self.reply);
        message.forwarded = self.forwarded;
        message.bot.clone_from(&self.bot);
        Ok(message)
    }
}
