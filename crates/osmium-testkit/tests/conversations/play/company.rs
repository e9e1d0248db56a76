//! Steps of people about each other: what they are to each other, and who is in the group.

use super::{Game, Session, agree};
use crate::model::{Chat, Message, PEOPLE, Who};
use osmium_proto::friends::change_relationship::RelationshipChangeType as Change;
use osmium_proto::types::message::MessageType;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::step;
use rand::RngExt;
use std::collections::BTreeMap;

/// Few blocks last for long, so that most can write to each other.
const CHANGES: [Change; 7] = [
    Change::RequestFriend,
    Change::RequestFriend,
    Change::AcceptFriend,
    Change::RemoveFriend,
    Change::Block,
    Change::Unblock,
    Change::Unblock,
];

impl Game {
    /// Takes a step about another, after which everyone's list is what the model says.
    pub(super) async fn relate(&mut self, at: usize) -> Checked {
        let who = self.sessions[at].who;
        let mut other = (who + self.rng.random_range(1..PEOPLE)) % PEOPLE;
        let mut change = CHANGES[self.rng.random_range(0..CHANGES.len())];
        // Some answer whoever asked.
        let asked = self.model.friends.asked(who);
        if let Some(asking) = asked.filter(|_| self.rng.random_bool(0.4)) {
            (other, change) = (asking, Change::AcceptFriend);
        }
        let request = step(self.users[other], change);
        let outcome = self.sessions[at].person.call(request).await;
        agree(self.model.friends.step(who, other, change), &outcome);
        for session in &self.sessions {
            let listed = session.person.relationships().await?;
            let listed = listed.into_iter().map(|(user, is)| (self.who(user), is));
            let expected = self.model.friends.of(session.who);
            assert_eq!(listed.collect::<BTreeMap<_, _>>(), expected);
        }
        Ok(())
    }

    /// Puts someone into the group, takes them out, or leaves, after which everyone's chats are what the model says. The last
    /// one stays: a game has one group.
    pub(super) async fn populate(&mut self, at: usize) -> Checked<Chat> {
        let who = self.sessions[at].who;
        let whom = self.rng.random_range(0..PEOPLE);
        let outside = (0..PEOPLE).find(|who| !self.model.group.has(*who));
        match self.rng.random_range(0..10) {
            0..2 => self.put_in(at, whom).await?,
            2..6 => self.put_in(at, outside.unwrap_or(whom)).await?,
            6..8 if self.model.group.members != [who] => self.take_out(at, who).await?,
            _ if who != whom => self.take_out(at, whom).await?,
            _ => {}
        }
        for who in 0..PEOPLE {
            self.check_lists(who).await?;
        }
        Ok(Chat::Group)
    }

    async fn put_in(&mut self, at: usize, whom: Who) -> Checked {
        let Self { group, users, .. } = *self;
        let session = &self.sessions[at];
        let comes = !self.model.group.has(whom);
        let outcome = session.person.add_member(group, users[whom]).await;
        agree(self.model.add(session.who, whom), &outcome);
        if comes && outcome.is_ok() {
            self.learn(MessageType::Join, whom).await?;
        }
        Ok(())
    }

    async fn take_out(&mut self, at: usize, whom: Who) -> Checked {
        let Self { group, users, .. } = *self;
        let session = &self.sessions[at];
        let outcome = session.person.remove_member(group, users[whom]).await;
        agree(self.model.group.remove(session.who, whom), &outcome);
        if outcome.is_ok() {
            self.learn(MessageType::Leave, whom).await?;
        }
        Ok(())
    }

    /// Learns the message that says that someone came or went. Who came has read all up to it.
    async fn learn(&mut self, kind: MessageType, about: Who) -> Checked {
        let group = &self.model.group;
        let inside = |session: &Session| group.has(session.who);
        let at = self.sessions.iter().position(inside);
        let id = self
            .latest(Chat::Group, at.expect("someone is in it"))
            .await?;
        let message = Message::new(id, kind, about, "");
        self.model.sent(Chat::Group, message);
        Ok(())
    }
}
