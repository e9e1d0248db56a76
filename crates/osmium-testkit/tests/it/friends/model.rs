//! What users are to each other, whatever they do: many random steps beside a model of a few lines.

use osmium_proto::friends::change_relationship::RelationshipChangeType as Change;
use osmium_proto::types::RelationshipStatus as Is;
use osmium_testkit::contract::Checked;
use osmium_testkit::{Person, Server, on_both_stores};
use std::collections::{BTreeMap, BTreeSet};

on_both_stores!(lists_are_what_the_steps_made_of_them);

const PEOPLE: usize = 4;
const STEPS: usize = 300;
const CHANGES: [Change; 5] = [
    Change::RequestFriend,
    Change::AcceptFriend,
    Change::RemoveFriend,
    Change::Block,
    Change::Unblock,
];

/// Who asked whom and has no answer, who are friends, and who blocked whom: all by number. A friendship is in it both ways.
#[derive(Default)]
struct Model {
    asked: BTreeSet<(usize, usize)>,
    /// Of those: who asked without the other hearing of it.
    unheard: BTreeSet<(usize, usize)>,
    friends: BTreeSet<(usize, usize)>,
    blocked: BTreeSet<(usize, usize)>,
}

impl Model {
    /// Takes a step; gives the code of its refusal.
    fn step(&mut self, one: usize, other: usize, change: Change) -> Result<(), u32> {
        let (mine, theirs) = ((one, other), (other, one));
        let was_asked = self.asked.contains(&theirs) && !self.unheard.contains(&theirs);
        match change {
            Change::RequestFriend if self.blocked.contains(&mine) => return Err(409),
            Change::RequestFriend if self.friends.contains(&mine) => return Err(409),
            Change::RequestFriend if self.asked.contains(&theirs) => self.befriend(one, other),
            Change::RequestFriend => {
                self.asked.insert(mine);
                if self.blocked.contains(&theirs) {
                    self.unheard.insert(mine);
                } else {
                    self.unheard.remove(&mine);
                }
            }
            Change::AcceptFriend if self.friends.contains(&mine) => {}
            Change::AcceptFriend if was_asked => self.befriend(one, other),
            Change::AcceptFriend => return Err(404),
            Change::RemoveFriend => {
                self.end(mine);
                if was_asked {
                    self.end(theirs);
                }
            }
            Change::Block => {
                if self.blocked.insert(mine) {
                    self.end(mine);
                    self.end(theirs);
                }
            }
            Change::Unblock => {
                self.blocked.remove(&mine);
            }
            Change::Invalid => return Err(400),
        }
        Ok(())
    }

    fn befriend(&mut self, one: usize, other: usize) {
        for pair in [(one, other), (other, one)] {
            self.end(pair);
        }
        self.friends.extend([(one, other), (other, one)]);
    }

    /// Ends what the first asked, and that they are friends.
    fn end(&mut self, pair: (usize, usize)) {
        self.asked.remove(&pair);
        self.unheard.remove(&pair);
        self.friends.remove(&pair);
        self.friends.remove(&(pair.1, pair.0));
    }

    /// What others are to someone.
    fn list(&self, one: usize) -> BTreeMap<usize, Is> {
        let mut list = BTreeMap::new();
        for other in (0..PEOPLE).filter(|other| *other != one) {
            let (mine, theirs) = ((one, other), (other, one));
            let asked_me = self.asked.contains(&theirs) && !self.unheard.contains(&theirs);
            if self.blocked.contains(&mine) {
                list.insert(other, Is::Blocked);
            } else if self.friends.contains(&mine) {
                list.insert(other, Is::Friend);
            } else if self.asked.contains(&mine) {
                list.insert(other, Is::FriendRequestOutgoing);
            } else if asked_me {
                list.insert(other, Is::FriendRequestIncoming);
            }
        }
        list
    }
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from((self.0 >> 33) % bound as u64).expect("it is below the bound")
    }
}

async fn listed(people: &[Person], one: usize) -> Checked<BTreeMap<usize, Is>> {
    let number = |id| people.iter().position(|person| person.user_id == id);
    let listed = people[one].relationships().await?;
    let listed = listed.into_iter().map(|(id, status)| (number(id), status));
    let known = |(number, status): (Option<usize>, Is)| (number.expect("one of us"), status);
    Ok(listed.map(known).collect())
}

async fn lists_are_what_the_steps_made_of_them(server: Server) -> Checked {
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        people.push(server.sign_up(&format!("Guest {number}")).await);
    }
    let (mut model, mut numbers) = (Model::default(), Numbers(2026));
    let mut seen = BTreeSet::new();
    for step in 0..STEPS {
        let one = numbers.below(PEOPLE);
        let other = (one + 1 + numbers.below(PEOPLE - 1)) % PEOPLE;
        let change = CHANGES[numbers.below(CHANGES.len())];
        let taken = people[one].change(&people[other], change).await;
        let expected = model.step(one, other, change);
        let what = format!("step {step}: {one} {change:?} {other}");
        assert_eq!(taken.map_err(|error| error.code), expected, "{what}");
        for viewer in [one, other] {
            let list = listed(&people, viewer).await?;
            assert_eq!(list, model.list(viewer), "{what}");
            seen.extend(list.into_values());
        }
    }
    for one in 0..PEOPLE {
        assert_eq!(listed(&people, one).await?, model.list(one));
    }
    assert_eq!(seen.len(), 4, "all that one can be to another came up");
    Ok(())
}
