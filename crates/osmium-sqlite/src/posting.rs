//! Posting. Nobody else writes meanwhile, so every topic is held.

use crate::session::Session;
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{ChatId, Topic, UserId};
use osmium_ports::Transaction;
use osmium_ports::store::{
    Basis, ChatReads, Draft, Idempotency, MessageReads, MessageWrites, Posting, Recorded, Result,
    UserReads, Wanted,
};

#[async_trait]
impl Posting for Session<Writer> {
    async fn basis(&mut self, wanted: &Wanted) -> Result<Basis> {
        let topics: Vec<Topic> = wanted.topics.iter().copied().collect();
        let chats: Vec<ChatId> = wanted.chats.iter().copied().collect();
        let authors: Vec<UserId> = wanted.authors.iter().copied().collect();
        let sent = self.sent(&wanted.keys).await?;
        let chats = self.chats(&chats).await?.into_iter();
        let authors = self.users(&authors).await?.into_iter();
        Ok(Basis {
            topics: self.connection.hold(&topics).await?,
            chats: chats.map(|chat| (chat.id, chat)).collect(),
            authors: authors.map(|author| (author.id, author)).collect(),
            sent: sent.into_iter().collect(),
        })
    }

    async fn post(mut self: Box<Self>, draft: Draft) -> Result<Option<Vec<Recorded>>> {
        let topics: Vec<Topic> = draft.seen.keys().copied().collect();
        let keys: Vec<Idempotency> = draft.messages.iter().filter_map(|new| new.key).collect();
        self.connection.hold(&topics).await?;
        let stand = self.connection.stands_at(&draft.seen);
        if !stand || !self.sent(&keys).await?.is_empty() {
            return Ok(None);
        }
        self.insert_messages(&draft.messages, draft.at).await?;
        for Recorded { topic, event, .. } in draft.events {
            self.record(topic, event);
        }
        self.commit().await.map(Some)
    }
}
