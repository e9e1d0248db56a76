//! What two users are to each other, and how a step of one of them changes it.
//!
//! Each side has a view of its own. The views agree, but for one thing: a block is seen by the one who made it alone. The
//! blocked one may ask as they might ask anyone; their request is seen by themselves, until it is answered by a request.

use Relationship::{Blocked, Friend, Incoming, Outgoing};
use serde::{Deserialize, Serialize};

/// What another user is to someone. The numbers are the wire's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Relationship {
    /// A friend; so is the one to the other.
    Friend = 1,
    /// They asked to be friends.
    Incoming = 2,
    /// They were asked.
    Outgoing = 3,
    /// They are blocked. They do not know.
    Blocked = 4,
}

impl Relationship {
    /// Every relationship there is.
    pub const ALL: [Self; 4] = [Self::Friend, Self::Incoming, Self::Outgoing, Self::Blocked];

    /// The relationship with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|relationship| *relationship as i32 == number)
    }
}

/// What two users are to each other, for the one of them who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Pair {
    /// What the other is to the one.
    pub mine: Option<Relationship>,
    /// What the one is to the other.
    pub theirs: Option<Relationship>,
}

/// What one user may do about another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Ask; or be friends, if they asked.
    Request,
    /// Follow their invite: they have said yes before one asked.
    FollowInvite,
    /// Say yes to their request.
    Accept,
    /// End the friendship, decline their request, or take one's own back.
    Remove,
    /// Have nothing to do with them.
    Block,
    /// End the block.
    Unblock,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoStep {
    /// They are friends already.
    Friends,
    /// The one has blocked the other.
    Blocked,
    /// There is no request to say yes to.
    NotAsked,
    /// The other has blocked the one, who must not learn it.
    Unwelcome,
}

impl Pair {
    /// Two friends.
    pub const FRIENDS: Self = Self {
        mine: Some(Relationship::Friend),
        theirs: Some(Relationship::Friend),
    };

    /// The same two, for the other of them.
    #[must_use]
    pub fn turned(self) -> Self {
        Self {
            mine: self.theirs,
            theirs: self.mine,
        }
    }

    /// Whether one of them has blocked the other.
    pub fn is_blocked(self) -> bool {
        [self.mine, self.theirs].contains(&Some(Relationship::Blocked))
    }

    /// What they are to each other after a step. One that leads where they are already changes nothing.
    pub fn after(self, step: Step) -> Result<Self, NoStep> {
        match (step, self.mine) {
            (Step::Request, _) => self.after_request(),
            (Step::FollowInvite, _) => self.after_invite(),

            (Step::Accept, Some(Friend | Incoming)) => Ok(Self::FRIENDS),
            (Step::Accept, _) => Err(NoStep::NotAsked),

            (Step::Remove, Some(Friend | Incoming | Outgoing)) => Ok(self.ended(None)),
            (Step::Block, None | Some(Friend | Incoming | Outgoing)) => {
                Ok(self.ended(Some(Blocked)))
            }
            (Step::Unblock, Some(Blocked)) => Ok(Self { mine: None, ..self }),
            (Step::Remove | Step::Block | Step::Unblock, _) => Ok(self),
        }
    }

    fn after_request(self) -> Result<Self, NoStep> {
        match (self.mine, self.theirs) {
            (Some(Blocked), _) => Err(NoStep::Blocked),
            (Some(Friend), _) => Err(NoStep::Friends),
            // They asked, whether or not the one was told.
            (Some(Incoming), _) | (_, Some(Outgoing)) => Ok(Self::FRIENDS),
            (None | Some(Outgoing), theirs) => Ok(Self {
                mine: Some(Outgoing),
                theirs: theirs
                    .filter(|theirs| *theirs == Blocked)
                    .or(Some(Incoming)),
            }),
        }
    }

    fn after_invite(self) -> Result<Self, NoStep> {
        match (self.mine, self.theirs) {
            (Some(Blocked), _) => Err(NoStep::Blocked),
            (_, Some(Blocked)) => Err(NoStep::Unwelcome),
            _ => Ok(Self::FRIENDS),
        }
    }

    /// What is left when the one ends all between them. That the other has blocked them does not end.
    fn ended(self, mine: Option<Relationship>) -> Self {
        let theirs = self.theirs.filter(|theirs| *theirs == Blocked);
        Self { mine, theirs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const STEPS: [Step; 6] = [
        Step::Request,
        Step::FollowInvite,
        Step::Accept,
        Step::Remove,
        Step::Block,
        Step::Unblock,
    ];

    fn pair(mine: Option<Relationship>, theirs: Option<Relationship>) -> Pair {
        Pair { mine, theirs }
    }

    /// All that two users can come to be, whatever they do.
    fn reachable() -> Vec<Pair> {
        let mut found = vec![Pair::default()];
        let mut next = 0;
        while let Some(from) = found.get(next).copied() {
            for pair in [from, from.turned()] {
                let after = STEPS.iter().filter_map(|step| pair.after(*step).ok());
                for pair in after.chain([pair]) {
                    if !found.contains(&pair) {
                        found.push(pair);
                    }
                }
            }
            next += 1;
        }
        found
    }

    #[test]
    fn what_two_can_be_to_each_other_is_known() {
        let halves = [
            pair(None, None),
            pair(Some(Friend), Some(Friend)),
            pair(Some(Outgoing), Some(Incoming)),
            pair(Some(Blocked), None),
            pair(Some(Blocked), Some(Blocked)),
            // Asked across a block, and after it.
            pair(Some(Outgoing), Some(Blocked)),
            pair(Some(Outgoing), None),
        ];
        let name = |pair: Pair| format!("{pair:?}");
        let expected: BTreeSet<_> = halves
            .into_iter()
            .flat_map(|pair| [name(pair), name(pair.turned())])
            .collect();
        let found: BTreeSet<_> = reachable().into_iter().map(name).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_step_taken_again_changes_nothing() {
        for before in reachable() {
            for step in STEPS {
                let Ok(after) = before.after(step) else {
                    continue;
                };
                let again = after.after(step);
                let friends = step == Step::Request && after == Pair::FRIENDS;
                if friends {
                    assert_eq!(again, Err(NoStep::Friends), "{before:?}");
                } else {
                    assert_eq!(again, Ok(after), "{before:?} {step:?}");
                }
            }
        }
    }

    #[test]
    fn the_blocked_one_cannot_tell() {
        for before in reachable() {
            let unblocked = pair(before.mine, None);
            if before.theirs != Some(Blocked) {
                continue;
            }
            for step in STEPS.into_iter().filter(|step| *step != Step::FollowInvite) {
                let mine = |pair: Pair| pair.after(step).map(|after| after.mine);
                assert_eq!(mine(before), mine(unblocked), "{before:?} {step:?}");
                let theirs = before
                    .after(step)
                    .map_or(before.theirs, |after| after.theirs);
                assert_eq!(theirs, Some(Blocked), "{before:?} {step:?}");
            }
        }
    }

    #[test]
    fn a_block_ends_all_but_a_block() {
        for before in reachable() {
            let after = before.after(Step::Block).map(|after| after.mine);
            assert_eq!(after, Ok(Some(Blocked)));
            let unblocked = before
                .after(Step::Block)
                .and_then(|after| after.after(Step::Unblock));
            let unblocked = unblocked.map(|after| after.mine);
            assert_eq!(unblocked, Ok(None), "{before:?}");
        }
    }

    #[test]
    fn who_was_asked_across_a_block_may_still_say_yes() {
        let asked = pair(None, Some(Blocked)).after(Step::Request);
        let unblocked = asked
            .map(Pair::turned)
            .and_then(|pair| pair.after(Step::Unblock));
        assert_eq!(unblocked, Ok(pair(None, Some(Outgoing))));
        let friends = unblocked.and_then(|pair| pair.after(Step::Request));
        assert_eq!(friends, Ok(Pair::FRIENDS));
    }

    #[test]
    fn numbers_are_the_wire_s() {
        for relationship in Relationship::ALL {
            let number = relationship as i32;
            assert_eq!(Relationship::from_number(number), Some(relationship));
        }
        assert_eq!(Relationship::from_number(5), None);
    }
}
