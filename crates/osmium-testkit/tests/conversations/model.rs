//! What there should be: every message of every chat, and how far each has read.

use crate::friends::Friends;
use crate::group::Group;
use osmium_proto::types::message::MessageType;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One of the people: 0 owns the community.
pub(crate) type Who = usize;
/// Alice, Bob, Carol and Dave.
pub(crate) const PEOPLE: usize = 4;
/// The names by which they are mentioned.
pub(crate) const NAMES: [&str; PEOPLE] = ["alice", "bob", "carol", "dave"];
const OWNER: Who = 0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Chat {
    Channel,
    Group,
    /// The lower one first.
    Direct(Who, Who),
    Saved(Who),
}

impl Chat {
    /// Between someone and another, or oneself.
    pub(crate) fn between(a: Who, b: Who) -> Self {
        if a == b {
            Self::Saved(a)
        } else {
            Self::Direct(a.min(b), a.max(b))
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) id: u64,
    /// What a server says has no text, and is about its author.
    pub(crate) kind: MessageType,
    pub(crate) author: Who,
    pub(crate) text: String,
    /// The message that is answered, and who wrote it.
    pub(crate) answers: Option<(u64, Who)>,
    pub(crate) forwarded: bool,
    pub(crate) edited: bool,
    /// When it was pinned, counted in pins.
    pub(crate) pin: Option<usize>,
    /// By emoji, in the order of their first reaction; those who reacted in theirs.
    pub(crate) reactions: Vec<(String, Vec<Who>)>,
}

impl Message {
    pub(crate) fn new(id: u64, kind: MessageType, author: Who, text: &str) -> Self {
        Self {
            id,
            kind,
            author,
            text: text.to_owned(),
            answers: None,
            forwarded: false,
            edited: false,
            pin: None,
            reactions: Vec::new(),
        }
    }

    fn mentions(&self, who: Who) -> bool {
        let mention = format!("@{}", NAMES[who]);
        let begins = |at: usize| !self.text[..at].ends_with(char::is_alphanumeric);
        let named = self.text.match_indices(&mention).any(|(at, _)| begins(at));
        let named = named && !self.forwarded;
        let answered = self.answers.is_some_and(|(_, author)| author == who);
        who != self.author && (named || answered)
    }
}

#[derive(Default)]
pub(crate) struct Model {
    messages: BTreeMap<Chat, Vec<Message>>,
    read: HashMap<(Chat, Who), u64>,
    pins: usize,
    pub(crate) friends: Friends,
    pub(crate) group: Group,
}

/// What a call should answer: nothing, or an error's code.
pub(crate) type Answer = Result<(), u32>;

impl Model {
    pub(crate) fn sees(&self, chat: Chat, who: Who) -> bool {
        match chat {
            Chat::Channel => true,
            Chat::Group => self.group.has(who),
            Chat::Direct(a, b) => who == a || who == b,
            Chat::Saved(owner) => who == owner,
        }
    }

    fn reach(&self, chat: Chat, who: Who) -> Answer {
        if self.sees(chat, who) {
            Ok(())
        } else {
            Err(404)
        }
    }

    /// The messages of a chat, the oldest first.
    pub(crate) fn messages(&self, chat: Chat) -> &[Message] {
        self.messages.get(&chat).map_or(&[], Vec::as_slice)
    }

    /// The chats that have messages and are seen by someone.
    pub(crate) fn chats_of(&self, who: Who) -> BTreeSet<Chat> {
        let lively = self
            .messages
            .iter()
            .filter(|(_, messages)| !messages.is_empty());
        lively
            .map(|(chat, _)| *chat)
            .filter(|chat| self.sees(*chat, who))
            .collect()
    }

    pub(crate) fn find(&self, chat: Chat, id: u64) -> Option<&Message> {
        self.messages(chat).iter().find(|message| message.id == id)
    }

    fn unread_messages(&self, chat: Chat, who: Who) -> impl Iterator<Item = &Message> {
        let read = self.read.get(&(chat, who)).copied().unwrap_or(0);
        self.messages(chat)
            .iter()
            .filter(move |message| message.id > read)
    }

    pub(crate) fn unread(&self, chat: Chat, who: Who) -> usize {
        self.unread_messages(chat, who).count()
    }

    /// The newest first.
    pub(crate) fn unread_mentions(&self, chat: Chat, who: Who) -> Vec<u64> {
        let mentions = self
            .unread_messages(chat, who)
            .filter(|message| message.mentions(who));
        let mut ids: Vec<u64> = mentions.map(|message| message.id).collect();
        ids.reverse();
        ids
    }

    /// The last pinned first.
    pub(crate) fn pinned(&self, chat: Chat) -> Vec<u64> {
        let mut pins: Vec<_> = self
            .messages(chat)
            .iter()
            .filter_map(|message| Some((message.pin?, message.id)))
            .collect();
        pins.sort_unstable_by(|a, b| b.cmp(a));
        pins.into_iter().map(|(_, id)| id).collect()
    }

    /// What would reach the other side of a direct chat does not, across a block.
    fn no_block(&self, chat: Chat) -> Answer {
        match chat {
            Chat::Direct(a, b) => self.friends.no_block(a, b),
            _ => Ok(()),
        }
    }

    fn message(&mut self, chat: Chat, who: Who, id: u64) -> Result<&mut Message, u32> {
        self.reach(chat, who)?;
        let found = self.messages.entry(chat).or_default();
        found.iter_mut().find(|message| message.id == id).ok_or(404)
    }

    pub(crate) fn may_send(&self, chat: Chat, who: Who) -> Answer {
        self.reach(chat, who)?;
        self.no_block(chat)
    }

    /// Whether someone may forward a message to a chat.
    pub(crate) fn forward(&self, from: Chat, who: Who, id: u64, to: Chat) -> Answer {
        self.reach(from, who)?;
        let original = self.find(from, id).ok_or(404u32)?;
        if original.kind == MessageType::Unknown {
            self.may_send(to, who)
        } else {
            Err(400)
        }
    }

    /// There is a message; its author has read all up to it.
    pub(crate) fn sent(&mut self, chat: Chat, message: Message) {
        self.read.insert((chat, message.author), message.id);
        self.messages.entry(chat).or_default().push(message);
    }

    pub(crate) fn edit(&mut self, chat: Chat, who: Who, id: u64, text: &str) -> Answer {
        let blocked = self.no_block(chat);
        let message = self.message(chat, who, id)?;
        if message.author != who || message.kind != MessageType::Unknown {
            return Err(403);
        }
        blocked?;
        if message.text != text {
            message.edited = true;
            text.clone_into(&mut message.text);
        }
        Ok(())
    }

    pub(crate) fn delete(&mut self, chat: Chat, who: Who, id: u64) -> Answer {
        self.reach(chat, who)?;
        let Some(message) = self.find(chat, id) else {
            return Ok(());
        };
        let moderates = match chat {
            Chat::Channel => who == OWNER,
            Chat::Group => who == self.group.owner,
            Chat::Direct(..) | Chat::Saved(_) => false,
        };
        if message.author != who && !moderates {
            return Err(403);
        }
        let messages = self.messages.entry(chat).or_default();
        messages.retain(|message| message.id != id);
        Ok(())
    }

    pub(crate) fn pin(&mut self, chat: Chat, who: Who, id: u64, pin: bool) -> Answer {
        let allowed = if chat == Chat::Channel && who != OWNER {
            Err(403)
        } else {
            self.no_block(chat)
        };
        let next = self.pins + 1;
        let message = self.message(chat, who, id)?;
        allowed?;
        if message.pin.is_some() != pin {
            message.pin = pin.then_some(next);
            self.pins = next;
        }
        Ok(())
    }

    pub(crate) fn react(&mut self, chat: Chat, who: Who, id: u64, emoji: &str) -> Answer {
        let allowed = self.no_block(chat);
        let message = self.message(chat, who, id)?;
        allowed?;
        let found = message.reactions.iter_mut().find(|(of, _)| of == emoji);
        match found {
            Some((_, people)) if people.contains(&who) => {}
            Some((_, people)) => people.push(who),
            None => message.reactions.push((emoji.to_owned(), vec![who])),
        }
        Ok(())
    }

    pub(crate) fn unreact(&mut self, chat: Chat, who: Who, id: u64, emoji: &str) -> Answer {
        let allowed = self.no_block(chat);
        let message = self.message(chat, who, id)?;
        allowed?;
        for (_, people) in message.reactions.iter_mut().filter(|(of, _)| of == emoji) {
            people.retain(|other| *other != who);
        }
        message.reactions.retain(|(_, people)| !people.is_empty());
        Ok(())
    }

    pub(crate) fn read(&mut self, chat: Chat, who: Who, id: u64) -> Answer {
        self.reach(chat, who)?;
        let up_to = self
            .messages(chat)
            .iter()
            .filter(|message| message.id <= id);
        if let Some(last) = up_to.map(|message| message.id).max() {
            let read = self.read.entry((chat, who)).or_default();
            *read = last.max(*read);
        }
        Ok(())
    }

    /// Puts someone into the group, if they are not in it.
    pub(crate) fn add(&mut self, by: Who, whom: Who) -> Answer {
        self.group.reach(by)?;
        if !self.group.has(whom) {
            self.friends.no_block(by, whom)?;
            self.group.members.push(whom);
        }
        Ok(())
    }
}
