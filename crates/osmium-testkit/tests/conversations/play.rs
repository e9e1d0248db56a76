//! A game: people take random steps, and whatever they are answered, read, count and hear is held against the model.

use crate::mirror::Mirror;
use crate::model::{Answer, Chat, Message, Model, NAMES, PEOPLE, Who};
use osmium_client::RpcError;
use osmium_model::ChatId;
use osmium_proto::chats::GetChats;
use osmium_proto::communities::GetCommunities;
use osmium_proto::friends::change_relationship::RelationshipChangeType;
use osmium_proto::messages::send_message::ReplyTo;
use osmium_proto::messages::{
    DeleteMessage, EditMessage, ForwardMessage, GetPinnedMessages, GetUnreadMentions, SendMessage,
    SetMessagePin,
};
use osmium_proto::reactions::reaction_emoji::Emoji;
use osmium_proto::reactions::{AddReaction, MessageReactions, ReactionEmoji, RemoveReaction};
use osmium_proto::refs::ChatRef;
use osmium_proto::settings::EditProfile;
use osmium_proto::types;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages, step, user_chat};
use osmium_testkit::{Community, Engine, Person, Server};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeMap;

const TEXTS: [&str; 6] = [
    "hello",
    "@bob?",
    "@alice, @carol and @dave",
    "e\u{301}te\u{301} \u{1f469}\u{200d}\u{1f4bb} @dave",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} @alice",
    "nobody@bob",
];
const EMOJI: [&str; 3] = ["\u{1f44d}", "\u{2764}\u{fe0f}", "\u{1f1ea}\u{1f1fa}"];
/// The first of those who reacted are shown.
const PREVIEW: usize = 3;

/// Someone's connection, and what it knows.
struct Session {
    who: Who,
    person: Person,
    mirror: Mirror,
}

struct Game {
    server: Server,
    community: Community,
    group: u64,
    users: [u64; PEOPLE],
    sessions: Vec<Session>,
    model: Model,
    rng: StdRng,
}

pub(crate) async fn play(engine: Engine, seed: u64, steps: usize) -> Checked {
    let Some(database) = engine.database().await? else {
        return Ok(());
    };
    let mut game = Game::begin(Server::start(database).await, seed).await?;
    for _ in 0..steps {
        let chat = game.step().await?;
        game.check(chat).await?;
    }
    for who in 0..PEOPLE {
        game.check_lists(who).await?;
    }
    game.check_counters().await
}

impl Game {
    async fn begin(server: Server, seed: u64) -> Checked<Self> {
        let names = ["Alice", "Bob", "Carol", "Dave"];
        let (community, mut people) = server.community_of(names).await?;
        for (person, name) in people.iter().zip(NAMES) {
            let edit = EditProfile {
                username: Some(name.to_owned()),
                ..EditProfile::default()
            };
            person.call(edit).await?;
        }
        let [alice, bob, carol, _] = &mut people;
        let group = alice.create_group("Trip", &[bob, carol]).await?;
        // What the server wrote when they came is none of the model's.
        for person in &people {
            person.mark_read(community.general(), u64::MAX >> 1).await?;
        }
        let users = [0, 1, 2, 3].map(|who| people[who].user_id);
        let mut sessions = Vec::new();
        for (who, person) in people.into_iter().enumerate() {
            // Some have a second device.
            if who < 2 {
                sessions.push(Session::new(who, person.another_session().await));
            }
            sessions.push(Session::new(who, person));
        }
        let mut game = Self {
            server,
            community,
            group,
            users,
            sessions,
            model: Model::default(),
            rng: StdRng::seed_from_u64(seed),
        };
        game.hear().await?;
        Ok(game)
    }

    fn chat_ref(&self, chat: Chat, viewer: Who) -> ChatRef {
        match chat {
            Chat::Channel => self.community.general(),
            Chat::Group => group_chat(self.group),
            Chat::Saved(_) => saved_messages(),
            Chat::Direct(a, b) => user_chat(self.users[if a == viewer { b } else { a }]),
        }
    }

    fn who(&self, user: u64) -> Who {
        let found = self.users.iter().position(|id| *id == user);
        found.expect("nobody else writes here")
    }

    /// A chat that someone can name: also a group that they are not in.
    fn some_chat(&mut self, who: Who) -> Chat {
        match self.rng.random_range(0..4) {
            0 => Chat::Channel,
            1 => Chat::Group,
            _ => Chat::between(who, self.rng.random_range(0..PEOPLE)),
        }
    }

    /// A message of a chat, or none that there is.
    fn some_message(&mut self, chat: Chat) -> u64 {
        let found = self.model.messages(chat).choose(&mut self.rng);
        found.map_or(12345, |message| message.id)
    }

    fn text(&mut self) -> &'static str {
        TEXTS[self.rng.random_range(0..TEXTS.len())]
    }

    /// Takes a step in a chat, which it gives.
    async fn step(&mut self) -> Checked<Chat> {
        let at = self.rng.random_range(0..self.sessions.len());
        let who = self.sessions[at].who;
        let chat = self.some_chat(who);
        let message = self.some_message(chat);
        let chat_ref = Some(self.chat_ref(chat, who));
        let dice = self.rng.random_range(0..100);
        let text = self.text();
        let emoji = EMOJI[self.rng.random_range(0..EMOJI.len())];
        let person = &self.sessions[at].person;
        match dice {
            0..35 => self.send(at, chat, message).await?,
            35..45 => {
                let edit = EditMessage {
                    chat_ref,
                    message_id: message,
                    message: Some(text.to_owned()),
                    ..EditMessage::default()
                };
                let outcome = person.call(edit).await;
                agree(self.model.edit(chat, who, message, text), &outcome);
            }
            45..52 => {
                let delete = DeleteMessage {
                    chat_ref,
                    message_ids: vec![message],
                };
                let outcome = person.call(delete).await;
                agree(self.model.delete(chat, who, message), &outcome);
            }
            52..60 => {
                let pin = self.rng.random_bool(0.7);
                let request = SetMessagePin {
                    chat_ref,
                    message_id: message,
                    pin,
                };
                let outcome = person.call(request).await;
                agree(self.model.pin(chat, who, message, pin), &outcome);
            }
            60..72 => {
                let react = AddReaction {
                    chat_ref,
                    message_id: message,
                    emoji: Some(unicode(emoji)),
                };
                let outcome = person.call(react).await;
                agree(self.model.react(chat, who, message, emoji), &outcome);
            }
            72..77 => {
                let unreact = RemoveReaction {
                    chat_ref,
                    message_id: message,
                    emoji: Some(unicode(emoji)),
                };
                let outcome = person.call(unreact).await;
                agree(self.model.unreact(chat, who, message, emoji), &outcome);
            }
            77..87 => {
                let outcome = person.mark_read(self.chat_ref(chat, who), message).await;
                agree(self.model.read(chat, who, message), &outcome);
            }
            87..92 => return self.forward(at, chat, message).await,
            92..96 => self.block(at).await?,
            _ => {
                let anew = self.sessions[at].person.another_session().await;
                self.sessions[at] = Session::new(who, anew);
            }
        }
        Ok(chat)
    }

    async fn send(&mut self, at: usize, chat: Chat, answered: u64) -> Checked {
        let who = self.sessions[at].who;
        let text = self.text();
        let found = self.model.find(chat, answered);
        let answers = found.map(|message| (message.id, message.author));
        let answers = answers.filter(|_| self.rng.random_bool(0.3));
        let request = SendMessage {
            chat_ref: Some(self.chat_ref(chat, who)),
            message: text.to_owned(),
            reply_to: answers.map(|(message_id, _)| ReplyTo {
                message_id,
                quote: None,
            }),
            ..SendMessage::default()
        };
        let outcome = self.sessions[at].person.call(request).await;
        agree(self.model.may_send(chat, who), &outcome);
        if let Ok(sent) = outcome {
            let message = Message {
                answers,
                ..message(sent.message_id, who, text)
            };
            self.model.sent(chat, message);
        }
        Ok(())
    }

    /// Forwards a message to another chat, which it gives.
    async fn forward(&mut self, at: usize, from: Chat, original: u64) -> Checked<Chat> {
        let who = self.sessions[at].who;
        let to = self.some_chat(who);
        let request = ForwardMessage {
            chat_ref: Some(self.chat_ref(to, who)),
            from: Some(self.chat_ref(from, who)),
            message_ids: vec![original],
        };
        let outcome = self.sessions[at].person.call(request).await;
        let found = self.model.find(from, original).cloned();
        let expected = match (&found, from.is_seen_by(who)) {
            (Some(_), true) => self.model.may_send(to, who),
            _ => Err(404),
        };
        agree(expected, &outcome);
        if let (Ok(()), Some(original)) = (outcome, found) {
            let page = self.sessions[at]
                .person
                .history(self.chat_ref(to, who))
                .await?;
            let message = Message {
                forwarded: true,
                ..message(page.messages[0].message_id, who, &original.text)
            };
            self.model.sent(to, message);
        }
        Ok(to)
    }

    /// Blocks someone, or ends that.
    async fn block(&mut self, at: usize) -> Checked {
        let who = self.sessions[at].who;
        let other = (who + self.rng.random_range(1..PEOPLE)) % PEOPLE;
        let blocks = !self.model.blocks(who, other);
        let change = if blocks {
            RelationshipChangeType::Block
        } else {
            RelationshipChangeType::Unblock
        };
        let request = step(self.users[other], change);
        self.sessions[at].person.call(request).await?;
        self.model.set_block(who, other, blocks);
        Ok(())
    }

    /// All sessions hear what was recorded until now.
    async fn hear(&mut self) -> Checked {
        for session in &mut self.sessions {
            for update in session.person.heard_until_now().await? {
                session.mirror.hear(update);
            }
        }
        Ok(())
    }

    /// What everyone sees of a chat is what the model says.
    async fn check(&mut self, chat: Chat) -> Checked {
        self.hear().await?;
        for session in &mut self.sessions {
            let heard = session.mirror.unread.take();
            if let Some(unread) = heard {
                assert_eq!(unread as usize, self.model.unread(chat, session.who));
            }
        }
        for session in &self.sessions {
            self.check_history(session, chat).await?;
            self.check_mirror(session);
        }
        Ok(())
    }

    async fn check_history(&self, session: &Session, chat: Chat) -> Checked {
        let (who, person) = (session.who, &session.person);
        if !chat.is_seen_by(who) {
            let hidden = chat == Chat::Group;
            assert!(!hidden || person.history(self.chat_ref(chat, who)).await.is_err());
            return Ok(());
        }
        let chat_ref = self.chat_ref(chat, who);
        let page = person.history(chat_ref).await?;
        let reactions: BTreeMap<u64, &MessageReactions> = page
            .reactions
            .iter()
            .map(|reactions| (reactions.message_id, reactions))
            .collect();
        let written = page
            .messages
            .iter()
            .filter(|message| message.r#type.is_none());
        let mut expected = self.model.messages(chat).iter().rev();
        for (found, expected) in written.clone().zip(&mut expected) {
            let reactions = reactions.get(&found.message_id).copied();
            self.same(expected, found, reactions, who);
        }
        let shown = written.count();
        assert_eq!(
            shown,
            self.model
                .messages(chat)
                .len()
                .min(50.min(page.messages.len()))
        );
        let mentions = self.model.unread_mentions(chat, who);
        let asked = GetUnreadMentions {
            chat_ref: Some(chat_ref),
        };
        assert_eq!(person.call(asked).await?.message_ids, mentions);
        let asked = GetPinnedMessages {
            chat_ref: Some(chat_ref),
        };
        let pinned = person.call(asked).await?.messages;
        let pinned: Vec<u64> = pinned.iter().map(|message| message.message_id).collect();
        assert_eq!(pinned, self.model.pinned(chat));
        if !self.model.messages(chat).is_empty() {
            let conversation = person.conversation(chat_ref).await?;
            assert_eq!(
                conversation.unread_count as usize,
                self.model.unread(chat, who)
            );
            assert_eq!(conversation.unread_mentions_count as usize, mentions.len());
        }
        Ok(())
    }

    /// What a session heard of, and nothing else, is as the model says.
    fn check_mirror(&self, session: &Session) {
        let chats = self.model.chats_of(session.who);
        let all: BTreeMap<u64, &Message> = chats
            .iter()
            .flat_map(|chat| self.model.messages(*chat))
            .map(|message| (message.id, message))
            .collect();
        for id in session.mirror.ids() {
            let expected = all.get(&id).expect("a message that is gone is told to be");
            let (found, reactions) = session.mirror.message(id).expect("it is known");
            // Reactions from before the session are not told again.
            if reactions.is_some() || expected.reactions.is_empty() {
                self.same(expected, found, reactions, session.who);
            }
        }
    }

    fn same(
        &self,
        expected: &Message,
        found: &types::Message,
        reactions: Option<&MessageReactions>,
        viewer: Who,
    ) {
        assert_eq!(found.message_id, expected.id);
        assert_eq!(self.who(found.author_id), expected.author);
        assert_eq!(found.message, expected.text);
        assert_eq!(found.edited_at.is_some(), expected.edited);
        assert_eq!(found.pinned.unwrap_or(false), expected.pin.is_some());
        assert_eq!(found.forward.is_some(), expected.forwarded);
        assert_eq!(found.reply_to, expected.answers.map(|(id, _)| id));
        let fields = reactions.map_or(&[][..], |found| &found.reaction_fields);
        let fields = fields.iter().map(|field| {
            let preview = field.preview_user_ids.iter().map(|user| self.who(*user));
            (
                field.emoji.clone(),
                field.count as usize,
                field.me,
                preview.collect(),
            )
        });
        let fields: Vec<(_, _, _, Vec<Who>)> = fields.collect();
        let wanted = expected.reactions.iter().map(|(emoji, people)| {
            let preview = people.iter().copied().take(PREVIEW).collect();
            (
                Some(unicode(emoji)),
                people.len(),
                people.contains(&viewer),
                preview,
            )
        });
        assert_eq!(fields, wanted.collect::<Vec<_>>());
    }

    /// Someone's chats and the totals of the community.
    async fn check_lists(&self, who: Who) -> Checked {
        let session = self.sessions.iter().find(|session| session.who == who);
        let person = &session.expect("everyone has one").person;
        let listed = person.call(GetChats::default()).await?.chats;
        for chat in self.model.chats_of(who) {
            if chat == Chat::Channel {
                continue;
            }
            let chat_ref = Some(self.chat_ref(chat, who));
            let found = listed.iter().find(|listed| listed.chat_ref == chat_ref);
            let found = found.expect("a chat with messages is listed");
            let last = self.model.messages(chat).last().map(|message| message.id);
            assert_eq!(Some(found.last_message_id), last);
            assert_eq!(found.unread_count as usize, self.model.unread(chat, who));
            let mentions = self.model.unread_mentions(chat, who).len();
            assert_eq!(found.unread_mentions_count as usize, mentions);
        }
        let info = person.call(GetCommunities {}).await?.community_user_info;
        let unread = self.model.unread(Chat::Channel, who);
        assert_eq!(info[0].unread_count as usize, unread);
        let mentions = self.model.unread_mentions(Chat::Channel, who).len();
        assert_eq!(info[0].unread_mention_count as usize, mentions);
        Ok(())
    }

    /// Counting anew finds nothing that is off.
    async fn check_counters(&self) -> Checked {
        let mut reader = self.server.store().read().await?;
        let chats = reader.chats_after(ChatId(0), 1000).await?;
        let ids: Vec<ChatId> = chats.iter().map(|chat| chat.id).collect();
        assert!(!ids.is_empty());
        assert_eq!(reader.miscounted(&ids).await?, []);
        Ok(())
    }
}

impl Session {
    fn new(who: Who, person: Person) -> Self {
        Self {
            who,
            person,
            mirror: Mirror::default(),
        }
    }
}

fn message(id: u64, author: Who, text: &str) -> Message {
    Message {
        id,
        author,
        text: text.to_owned(),
        answers: None,
        forwarded: false,
        edited: false,
        pin: None,
        reactions: Vec::new(),
    }
}

fn unicode(emoji: &str) -> ReactionEmoji {
    ReactionEmoji {
        emoji: Some(Emoji::UnicodeEmoji(emoji.to_owned())),
    }
}

/// A call went as it should, or was refused with the code that it should.
#[track_caller]
fn agree<T>(expected: Answer, outcome: &Result<T, RpcError>) {
    let outcome = outcome.as_ref().map(drop).map_err(|error| error.code);
    assert_eq!(outcome, expected);
}
