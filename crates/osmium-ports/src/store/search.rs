//! Searching messages.

use super::Result;
use async_trait::async_trait;
use osmium_model::search::Words;
use osmium_model::{Chat, ChatId, Message, MessageId, MessageKind, SearchQuery, UserId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Which part of what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchPage {
    /// The newest.
    Newest,
    /// The newest of those with a lower id.
    Before(MessageId),
    /// The oldest of those with a higher id.
    Since(MessageId),
}

/// Searching.
#[async_trait]
pub trait SearchReads {
    /// A page of the messages in these chats, as they were read before, that have the words of a query, the newest first. What
    /// the server itself says, as that someone joined, is not found.
    async fn search(
        &mut self,
        chats: &[Chat],
        query: &SearchQuery,
        page: SearchPage,
        limit: u32,
    ) -> Result<Vec<Message>>;

    /// The direct chats, saved messages and groups of a user, those with the latest messages first.
    async fn latest_chats_of(&mut self, user: UserId, limit: u32) -> Result<Vec<ChatId>>;
}

/// What an index keeps of a message, as [`terms_of`] gives it. None: it is not found.
pub fn terms(message: &Message) -> Option<String> {
    (message.kind == MessageKind::Normal).then(|| terms_of(message.chat_id, &message.text))
}

/// What an index keeps of a text that someone wrote in a chat, in terms with spaces between: [`term_of`] the chat, and the words.
pub fn terms_of(chat: ChatId, text: &str) -> String {
    let mut terms = term_of(chat);
    for word in Words::of(text).sorted() {
        terms.push(' ');
        terms.push_str(word);
    }
    terms
}

/// The term of a chat, which is no word.
pub fn term_of(chat: ChatId) -> String {
    format!("#{}", chat.0)
}

/// How many chats are walked through at a time: those in which the next message may be nearest.
const CHATS_AT_ONCE: usize = 8;
/// How many messages of a chat are looked at in a step at least.
const FEWEST: usize = 8;
/// How many messages the first step looks at. Each next one looks at twice as many, as long as the page is not full.
const FIRST_STEP: usize = 512;

/// A walk through chats, from where a page begins, that looks at one message after another: so a page of what is common is
/// full before an index has even listed where it is. What is rare is left to the index: the walk ends after so many messages.
///
/// It is told what was seen, and says where to look next; it does not read.
#[derive(Debug)]
pub struct Walk {
    page: SearchPage,
    limit: usize,
    /// How many messages may be looked at still.
    left: usize,
    step: usize,
    /// Chats in which there may be more, and up to where they were walked through.
    open: BTreeMap<ChatId, MessageId>,
    /// In the order of the page.
    found: Vec<(ChatId, MessageId)>,
}

/// Where to look next: at the messages of a chat beyond one of them, which may not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The chat.
    pub chat: ChatId,
    /// Messages before this one, or since, as the page is.
    pub from: MessageId,
    /// How many.
    pub length: usize,
}

impl Walk {
    /// A walk through chats that looks at `budget` messages, about.
    pub fn new(chats: &[Chat], page: SearchPage, limit: u32, budget: usize) -> Self {
        let begin = |chat: &Chat| {
            let last = chat.last_message_id?;
            let beyond = MessageId(last.0.saturating_add(1));
            Some((
                chat.id,
                match page {
                    SearchPage::Newest => beyond,
                    SearchPage::Before(id) => id.min(beyond),
                    SearchPage::Since(id) => id,
                },
            ))
        };
        Self {
            page,
            limit: limit as usize,
            left: budget,
            step: FIRST_STEP,
            open: chats.iter().filter_map(begin).collect(),
            found: Vec::new(),
        }
    }

    /// Where to look next; nowhere if the page is there, or enough was looked at.
    pub fn ahead(&mut self) -> Vec<Stretch> {
        let mut open: Vec<(ChatId, MessageId)> = self.wanted().collect();
        open.sort_unstable_by_key(|(_, from)| self.place(*from));
        open.truncate(CHATS_AT_ONCE);
        if open.is_empty() || self.left == 0 {
            return Vec::new();
        }
        let length = (self.step.min(self.left) / open.len()).max(FEWEST);
        if self.found.len() < self.limit {
            self.step *= 2;
        }
        let stretch = |(chat, from)| Stretch { chat, from, length };
        open.into_iter().map(stretch).collect()
    }

    /// What was seen on a stretch: how many messages, of which the one farthest away, and which of them are found.
    pub fn saw(
        &mut self,
        stretch: Stretch,
        messages: usize,
        farthest: Option<MessageId>,
        found: impl IntoIterator<Item = MessageId>,
    ) {
        self.left = self.left.saturating_sub(messages);
        match farthest {
            Some(id) if messages == stretch.length => self.open.insert(stretch.chat, id),
            _ => self.open.remove(&stretch.chat),
        };
        let found = found.into_iter().map(|id| (stretch.chat, id));
        self.found.extend(found);
        let page = self.page;
        self.found.sort_unstable_by_key(|(_, id)| place(page, *id));
        self.found.truncate(self.limit);
    }

    /// The page in its order, if the walk has come far enough to know it.
    pub fn page(self) -> Option<Vec<(ChatId, MessageId)>> {
        let is_known = self.wanted().next().is_none();
        is_known.then_some(self.found)
    }

    /// The chats in which there may be something nearer than what fills the page.
    fn wanted(&self) -> impl Iterator<Item = (ChatId, MessageId)> {
        let full = self.found.get(self.limit.saturating_sub(1));
        let last = full.map(|(_, id)| self.place(*id));
        let open = self.open.iter().map(|(chat, from)| (*chat, *from));
        open.filter(move |(_, from)| last.is_none_or(|last| self.place(*from) < last))
    }

    fn place(&self, id: MessageId) -> (Reverse<MessageId>, MessageId) {
        place(self.page, id)
    }
}

/// What the order of a page is by: the nearest to where it begins comes first.
fn place(page: SearchPage, id: MessageId) -> (Reverse<MessageId>, MessageId) {
    match page {
        SearchPage::Newest | SearchPage::Before(_) => (Reverse(id), MessageId(0)),
        SearchPage::Since(_) => (Reverse(MessageId(0)), id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::ChatKind;

    /// Chats with messages, of which those whose ids this number divides are found.
    fn walk(chats: &[&[u64]], divisor: u64, page: SearchPage, budget: usize) -> Option<Vec<u64>> {
        let rows: Vec<Chat> = (0..).zip(chats).map(chat).collect();
        let mut walk = Walk::new(&rows, page, 3, budget);
        loop {
            let stretches = walk.ahead();
            if stretches.is_empty() {
                let page = walk.page()?;
                return Some(page.into_iter().map(|(_, id)| id.0).collect());
            }
            for stretch in stretches {
                let index = usize::try_from(stretch.chat.0).expect("it is small");
                let mut seen: Vec<u64> = chats[index].to_vec();
                if let SearchPage::Since(_) = page {
                    seen.retain(|id| *id > stretch.from.0);
                } else {
                    seen.retain(|id| *id < stretch.from.0);
                    seen.reverse();
                }
                seen.truncate(stretch.length);
                let found = seen.iter().filter(|id| *id % divisor == 0);
                let found: Vec<MessageId> = found.copied().map(MessageId).collect();
                let farthest = seen.last().copied().map(MessageId);
                walk.saw(stretch, seen.len(), farthest, found);
            }
        }
    }

    fn chat((id, messages): (u64, &&[u64])) -> Chat {
        Chat {
            id: ChatId(id),
            kind: ChatKind::Saved(UserId(1)),
            last_ordinal: 0,
            last_message_id: messages.last().copied().map(MessageId),
            highest_id: 0,
        }
    }

    fn every(nth: u64, first: u64) -> Vec<u64> {
        (0..5000).map(|number| first + number * nth).collect()
    }

    #[test]
    fn what_is_common_is_found_on_the_way() {
        let (even, odd) = (every(2, 2), every(2, 1));
        let chats: [&[u64]; 4] = [&even, &odd, &[], &[7]];
        for (page, expected) in [
            (SearchPage::Newest, [10_000, 9999, 9998]),
            (SearchPage::Before(MessageId(9000)), [8999, 8998, 8997]),
            (SearchPage::Since(MessageId(9000)), [9001, 9002, 9003]),
        ] {
            assert_eq!(walk(&chats, 1, page, 2000), Some(expected.to_vec()));
        }
    }

    #[test]
    fn a_busy_chat_is_walked_farther_than_a_quiet_one() {
        let busy = every(2, 100_000);
        let quiet: Vec<Vec<u64>> = (1..200)
            .map(|first| every(200, first)[..9].to_vec())
            .collect();
        let mut chats: Vec<&[u64]> = vec![&busy];
        chats.extend(quiet.iter().map(Vec::as_slice));
        let found = walk(&chats, 100, SearchPage::Newest, 2000);
        assert_eq!(found, Some(vec![109_900, 109_800, 109_700]));
    }

    #[test]
    fn what_is_rare_is_left_to_the_index() {
        let many = every(1, 1);
        assert_eq!(walk(&[&many], 4000, SearchPage::Newest, 900), None);
        let all = walk(&[&many], 4000, SearchPage::Newest, 9000);
        assert_eq!(all, Some(vec![4000]));
        assert_eq!(walk(&[], 1, SearchPage::Newest, 900), Some(vec![]));
    }
}
