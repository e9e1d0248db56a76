//! Roles of a community, and who outranks whom.

use crate::id::{CommunityId, RoleId};
use crate::permissions::Permissions;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A role of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// The community it belongs to.
    pub community_id: CommunityId,
    /// Its name.
    pub name: String,
    /// What it adds to the default permissions.
    pub permissions: Permissions,
    /// A higher number outranks a lower one; ties go to the older role.
    pub priority: u32,
    /// 24-bit RGB; 0 for none.
    pub color: u32,
    /// Shown as a group of its own in the member list.
    pub separated: bool,
    /// Marked as of interest to everyone.
    pub public: bool,
}

impl Role {
    /// Where it stands among the others.
    pub fn rank(&self) -> Rank {
        Rank::Role {
            priority: self.priority,
            age: Reverse(self.id),
        }
    }
}

/// Where someone, or a role, stands in a community. Whoever acts on a role or a member has to stand above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A member without roles.
    Member,
    /// A role, or a member by the highest of theirs.
    Role {
        /// The role's.
        priority: u32,
        /// Among roles of one priority, the older is the higher.
        age: Reverse<RoleId>,
    },
    /// The owner.
    Owner,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(id: u64, priority: u32) -> Role {
        Role {
            id: RoleId(id),
            community_id: CommunityId(1),
            name: String::new(),
            permissions: Permissions::empty(),
            priority,
            color: 0,
            separated: false,
            public: false,
        }
    }

    #[test]
    fn priority_comes_first_and_age_second() {
        assert!(role(2, 5).rank() > role(1, 4).rank());
        assert!(role(1, 5).rank() > role(2, 5).rank());
        assert!(Rank::Owner > role(1, u32::MAX).rank());
        assert!(role(1, 0).rank() > Rank::Member);
    }
}
