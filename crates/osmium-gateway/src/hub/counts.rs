//! Unread counts of the users that are here, for the chats in which something happens.
//!
//! What is kept is a chat's counter and the positions of its readers. Both only move forward, so it does not matter in
//! which order news of a chat and of a reader arrive, nor that a look-up in the store may be ahead of both.

use osmium_model::{ChatId, UnreadCounter, UserId};
use osmium_ports::{Store, StoreError};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Chats in which nothing happened for this long are forgotten.
const UNUSED: Duration = Duration::from_mins(10);

/// Counters and positions by chat.
#[derive(Default)]
pub(super) struct Counts {
    chats: Mutex<HashMap<ChatId, Count>>,
}

struct Count {
    counter: UnreadCounter,
    positions: HashMap<UserId, u64>,
    used: Instant,
}

impl Counts {
    /// A message was sent, and its author has read up to it.
    pub(super) fn sent(&self, chat: ChatId, ordinal: u64, author: Option<UserId>) {
        if let Some(count) = self.chats().get_mut(&chat) {
            count.counter.sent(ordinal);
            if let Some(author) = author {
                count.move_to(author, ordinal);
            }
        }
    }

    /// Messages were deleted.
    pub(super) fn deleted(&self, chat: ChatId, ordinals: &[u64]) {
        if let Some(count) = self.chats().get_mut(&chat) {
            for ordinal in ordinals {
                count.counter.deleted(*ordinal);
            }
        }
    }

    /// A user has read.
    pub(super) fn read(&self, chat: ChatId, user: UserId, ordinal: u64) {
        if let Some(count) = self.chats().get_mut(&chat) {
            count.move_to(user, ordinal);
        }
    }

    /// What each of the users has not read, up to the message with this ordinal.
    pub(super) async fn unread(
        &self,
        store: &dyn Store,
        chat: ChatId,
        ordinal: u64,
        users: &[UserId],
    ) -> Result<HashMap<UserId, u32>, StoreError> {
        // Kept before the store is asked: what happens meanwhile is noted in it.
        let unknown: Vec<UserId> = {
            let mut chats = self.chats();
            let count = chats.entry(chat).or_insert_with(Count::new);
            count.used = Instant::now();
            users
                .iter()
                .filter(|user| !count.positions.contains_key(user))
                .copied()
                .collect()
        };
        if !unknown.is_empty() {
            let rows = store.read().await?.counter_rows(chat, &unknown).await?;
            let mut chats = self.chats();
            let count = chats.entry(chat).or_insert_with(Count::new);
            count.counter.sent(rows.last_ordinal);
            for ordinal in rows.deleted {
                count.counter.deleted(ordinal);
            }
            for (user, position) in rows.positions {
                count.move_to(user, position);
            }
        }
        let chats = self.chats();
        let Some(count) = chats.get(&chat) else {
            return Ok(HashMap::new());
        };
        let unread = |user: &UserId| {
            let position = count.positions.get(user).copied().unwrap_or(0);
            (*user, count.counter.unread_up_to(position, ordinal))
        };
        Ok(users.iter().map(unread).collect())
    }

    /// Forgets a user, whose news may not have been heard here.
    pub(super) fn forget(&self, user: UserId) {
        for count in self.chats().values_mut() {
            count.positions.remove(&user);
        }
    }

    /// Forgets chats in which nothing happens.
    pub(super) fn forget_unused(&self) {
        self.chats()
            .retain(|_, count| count.used.elapsed() < UNUSED);
    }

    fn chats(&self) -> MutexGuard<'_, HashMap<ChatId, Count>> {
        self.chats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Count {
    fn new() -> Self {
        Self {
            counter: UnreadCounter::default(),
            positions: HashMap::new(),
            used: Instant::now(),
        }
    }

    fn move_to(&mut self, user: UserId, ordinal: u64) {
        let position = self.positions.entry(user).or_default();
        *position = (*position).max(ordinal);
    }
}
