//! A game: people take random steps, and whatever they are answered, read, count and hear is held against the model.

mod check;
mod company;

use crate::mirror::Mirror;
use crate::model::{Answer, Chat, Message, Model, NAMES, PEOPLE, Who};
use osmium_client::RpcError;
use osmium_proto::messages::send_message::ReplyTo;
use osmium_proto::messages::{
    DeleteMessage, EditMessage, ForwardMessage, SendMessage, SetMessagePin,
};
use osmium_proto::reactions::reaction_emoji::Emoji;
use osmium_proto::reactions::{AddReaction, ReactionEmoji, RemoveReaction};
use osmium_proto::refs::ChatRef;
use osmium_proto::settings::EditProfile;
use osmium_proto::types::message::MessageType;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, saved_messages, user_chat};
use osmium_testkit::{Community, Engine, Person, Server};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

const TEXTS: [&str; 6] = [
    "hello",
    "@bob?",
    "@alice, @carol and @dave",
    "e\u{301}te\u{301} \u{1f469}\u{200d}\u{1f4bb} @dave",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} @alice",
    "nobody@bob",
];
const EMOJI: [&str; 3] = ["\u{1f44d}", "\u{2764}\u{fe0f}", "\u{1f1ea}\u{1f1fa}"];

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
        let users = [0, 1, 2, 3].map(|who| people[who].user_id);
        let mut sessions = Vec::new();
        for (who, person) in people.into_iter().enumerate() {
            // Some have a second device.
            if who < 2 {
                let device = person.another_session().await;
                sessions.push(Session::begin(who, device, group).await?);
            }
            sessions.push(Session::begin(who, person, group).await?);
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
        game.greet().await?;
        Ok(game)
    }

    /// The server has told the channel of everyone who came; they have all read it.
    async fn greet(&mut self) -> Checked {
        let page = self.sessions[0].person.history(self.community.general());
        for greeting in page.await?.messages.iter().rev() {
            let (id, about) = (greeting.message_id, self.who(greeting.author_id));
            let greeting = Message::new(id, MessageType::Join, about, "");
            self.model.sent(Chat::Channel, greeting);
        }
        for at in 0..self.sessions.len() {
            let Session { who, person, .. } = &self.sessions[at];
            let latest = self.latest(Chat::Channel, at).await?;
            person.mark_read(self.community.general(), latest).await?;
            agree(self.model.read(Chat::Channel, *who, latest), &Ok(()));
        }
        self.hear().await
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
            0..30 => self.send(at, chat, message).await?,
            30..38 => {
                let edit = EditMessage {
                    chat_ref,
                    message_id: message,
                    message: Some(text.to_owned()),
                    ..EditMessage::default()
                };
                let outcome = person.call(edit).await;
                agree(self.model.edit(chat, who, message, text), &outcome);
            }
            38..43 => {
                let delete = DeleteMessage {
                    chat_ref,
                    message_ids: vec![message],
                };
                let outcome = person.call(delete).await;
                agree(self.model.delete(chat, who, message), &outcome);
            }
            43..49 => {
                let pin = self.rng.random_bool(0.7);
                let request = SetMessagePin {
                    chat_ref,
                    message_id: message,
                    pin,
                };
                let outcome = person.call(request).await;
                agree(self.model.pin(chat, who, message, pin), &outcome);
            }
            49..57 => {
                let react = AddReaction {
                    chat_ref,
                    message_id: message,
                    emoji: Some(unicode(emoji)),
                };
                let outcome = person.call(react).await;
                agree(self.model.react(chat, who, message, emoji), &outcome);
            }
            57..61 => {
                let unreact = RemoveReaction {
                    chat_ref,
                    message_id: message,
                    emoji: Some(unicode(emoji)),
                };
                let outcome = person.call(unreact).await;
                agree(self.model.unreact(chat, who, message, emoji), &outcome);
            }
            61..69 => {
                let outcome = person.mark_read(self.chat_ref(chat, who), message).await;
                agree(self.model.read(chat, who, message), &outcome);
            }
            69..73 => return self.forward(at, chat, message).await,
            73..84 => self.relate(at).await?,
            84..96 => return self.populate(at).await,
            _ => {
                let anew = self.sessions[at].person.another_session().await;
                self.sessions[at] = Session::begin(who, anew, self.group).await?;
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
                ..Message::new(sent.message_id, MessageType::Unknown, who, text)
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
        agree(self.model.forward(from, who, original, to), &outcome);
        if outcome.is_ok() {
            let original = self.model.find(from, original).expect("it was found");
            let text = original.text.clone();
            let id = self.latest(to, at).await?;
            let message = Message {
                forwarded: true,
                ..Message::new(id, MessageType::Unknown, who, &text)
            };
            self.model.sent(to, message);
        }
        Ok(to)
    }

    /// The latest message of a chat, as a session reads it.
    async fn latest(&self, chat: Chat, at: usize) -> Checked<u64> {
        let Session { who, person, .. } = &self.sessions[at];
        let page = person.history(self.chat_ref(chat, *who)).await?;
        Ok(page.messages[0].message_id)
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
}

impl Session {
    async fn begin(who: Who, person: Person, group: u64) -> Checked<Self> {
        let mirror = Mirror::begin(&person, group).await?;
        Ok(Self {
            who,
            person,
            mirror,
        })
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
