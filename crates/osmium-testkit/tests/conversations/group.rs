//! Who is in the group, and whose it is.

use crate::model::{Answer, Who};

/// The group. It has a member for as long as it is there.
pub(crate) struct Group {
    /// By when they came.
    pub(crate) members: Vec<Who>,
    pub(crate) owner: Who,
}

impl Group {
    pub(crate) fn has(&self, who: Who) -> bool {
        self.members.contains(&who)
    }

    pub(crate) fn reach(&self, who: Who) -> Answer {
        if self.has(who) { Ok(()) } else { Err(404) }
    }

    /// Takes someone out, or lets them leave; who has been there longest follows the owner.
    pub(crate) fn remove(&mut self, by: Who, whom: Who) -> Answer {
        self.reach(by)?;
        if by != whom && by != self.owner {
            return Err(403);
        }
        self.reach(whom)?;
        self.members.retain(|member| *member != whom);
        if self.owner == whom {
            self.owner = self.members[0];
        }
        Ok(())
    }
}

/// As a game begins: the first three, and it is the first one's.
impl Default for Group {
    fn default() -> Self {
        Self {
            members: vec![0, 1, 2],
            owner: 0,
        }
    }
}
