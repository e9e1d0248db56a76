//! What the people are to each other.

use crate::model::{Answer, Who};
use osmium_proto::friends::change_relationship::RelationshipChangeType as Change;
use osmium_proto::types::RelationshipStatus as Is;
use std::collections::BTreeMap;

/// The views of all: by who looks, and at whom. A block is in the view of the one who made it alone.
#[derive(Default)]
pub(crate) struct Friends {
    views: BTreeMap<(Who, Who), Is>,
}

impl Friends {
    /// Takes someone's step about another.
    pub(crate) fn step(&mut self, one: Who, other: Who, change: Change) -> Answer {
        let (mine, theirs) = (self.view(one, other), self.view(other, one));
        match (change, mine) {
            (Change::RequestFriend, Some(Is::Blocked | Is::Friend)) => return Err(409),
            // They asked, whether or not that was told.
            (Change::RequestFriend, _) if theirs == Some(Is::FriendRequestOutgoing) => {
                self.befriend(one, other);
            }
            (Change::RequestFriend, _) => {
                self.see(one, other, Some(Is::FriendRequestOutgoing));
                self.be_seen(one, other, Some(Is::FriendRequestIncoming));
            }
            (Change::AcceptFriend, Some(Is::FriendRequestIncoming)) => self.befriend(one, other),
            (Change::Unblock, Some(Is::Blocked)) => self.see(one, other, None),
            // So it is already.
            (Change::AcceptFriend, Some(Is::Friend))
            | (Change::RemoveFriend, None | Some(Is::Blocked))
            | (Change::Block, Some(Is::Blocked))
            | (Change::Unblock, _) => {}
            (Change::AcceptFriend, _) => return Err(404),
            (Change::RemoveFriend, _) => {
                self.see(one, other, None);
                self.be_seen(one, other, None);
            }
            (Change::Block, _) => {
                self.see(one, other, Some(Is::Blocked));
                self.be_seen(one, other, None);
            }
            (Change::Invalid, _) => return Err(400),
        }
        Ok(())
    }

    /// What others are to someone.
    pub(crate) fn of(&self, one: Who) -> BTreeMap<Who, Is> {
        let views = self.views.iter().filter(|((viewer, _), _)| *viewer == one);
        views.map(|((_, other), is)| (*other, *is)).collect()
    }

    /// One who asked someone, and has no answer.
    pub(crate) fn asked(&self, one: Who) -> Option<Who> {
        let asked = self.of(one).into_iter();
        let mut asked = asked.filter(|(_, is)| *is == Is::FriendRequestIncoming);
        asked.next().map(|(other, _)| other)
    }

    /// What crosses a block is refused, whoever made it.
    pub(crate) fn no_block(&self, one: Who, other: Who) -> Answer {
        let views = [self.view(one, other), self.view(other, one)];
        if views.contains(&Some(Is::Blocked)) {
            Err(403)
        } else {
            Ok(())
        }
    }

    fn view(&self, one: Who, other: Who) -> Option<Is> {
        self.views.get(&(one, other)).copied()
    }

    fn see(&mut self, one: Who, other: Who, is: Option<Is>) {
        match is {
            Some(is) => self.views.insert((one, other), is),
            None => self.views.remove(&(one, other)),
        };
    }

    /// Changes what someone is to another, who sees nothing else of a user they have blocked.
    fn be_seen(&mut self, one: Who, by: Who, is: Option<Is>) {
        if self.view(by, one) != Some(Is::Blocked) {
            self.see(by, one, is);
        }
    }

    fn befriend(&mut self, one: Who, other: Who) {
        self.see(one, other, Some(Is::Friend));
        self.see(other, one, Some(Is::Friend));
    }
}
