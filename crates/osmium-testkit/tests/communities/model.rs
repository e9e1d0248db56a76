//! The rules of a community as one would tell them: plain sets, nothing clever.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) const ADMINISTRATOR: u64 = 1;
pub(crate) const VIEW: u64 = 2;
pub(crate) const MODIFY_CHANNEL: u64 = 16;
pub(crate) const MODIFY_ROLES: u64 = 1024;
pub(crate) const REMOVE_MEMBERS: u64 = 2048;
/// Every permission there is.
pub(crate) const ALL: u64 = (1 << 14) - 1;
/// The `role_id` of an override for everyone, here.
pub(crate) const EVERYONE: u64 = 0;

/// People, by their number in the game. The first owns the community.
pub(crate) type Who = usize;
pub(crate) const OWNER: Who = 0;

#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) permissions: u64,
    pub(crate) priority: u32,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Channel {
    pub(crate) category: bool,
    pub(crate) parent: Option<u64>,
    pub(crate) position: u32,
    /// It has the overrides of its category.
    pub(crate) synced: bool,
    /// By role: what is given, and what is taken.
    pub(crate) overrides: BTreeMap<u64, (u64, u64)>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) default: u64,
    pub(crate) members: BTreeMap<Who, BTreeSet<u64>>,
    pub(crate) banned: BTreeSet<Who>,
    pub(crate) roles: BTreeMap<u64, Role>,
    pub(crate) channels: BTreeMap<u64, Channel>,
}

impl Model {
    pub(crate) fn is_member(&self, who: Who) -> bool {
        self.members.contains_key(&who)
    }

    pub(crate) fn roles_of(&self, who: Who) -> BTreeSet<u64> {
        self.members.get(&who).cloned().unwrap_or_default()
    }

    /// What someone may do in the community.
    pub(crate) fn may(&self, who: Who) -> u64 {
        let held = self.roles_of(who);
        let of_roles = held.iter().filter_map(|id| self.roles.get(id));
        let base = of_roles.fold(self.default, |base, role| base | role.permissions);
        if who == OWNER || base & ADMINISTRATOR != 0 {
            ALL
        } else {
            base
        }
    }

    /// The overrides that hold in a channel.
    pub(crate) fn overrides(&self, channel: u64) -> BTreeMap<u64, (u64, u64)> {
        let Some(found) = self.channels.get(&channel) else {
            return BTreeMap::new();
        };
        match found.parent.filter(|_| found.synced) {
            Some(parent) => self.overrides(parent),
            None => found.overrides.clone(),
        }
    }

    /// What someone may do in a channel: first for everyone, then for their roles; taken first, then given.
    pub(crate) fn may_in(&self, who: Who, channel: u64) -> u64 {
        let mut may = self.may(who);
        if may & ADMINISTRATOR != 0 {
            return may;
        }
        let overrides = self.overrides(channel);
        if let Some((given, taken)) = overrides.get(&EVERYONE) {
            may = (may & !taken) | given;
        }
        let (mut given, mut taken) = (0, 0);
        for role in self.roles_of(who) {
            if let Some((gives, takes)) = overrides.get(&role) {
                (given, taken) = (given | gives, taken | takes);
            }
        }
        may = (may & !taken) | given;
        if may & VIEW == 0 { 0 } else { may }
    }

    pub(crate) fn views(&self, who: Who, channel: u64) -> bool {
        self.may_in(who, channel) & VIEW != 0
    }

    /// Whether a channel is in someone's list: they view it, or a child of it.
    pub(crate) fn sees(&self, who: Who, channel: u64) -> bool {
        self.channels.contains_key(&channel)
            && (self.views(who, channel)
                || self
                    .children(channel)
                    .iter()
                    .any(|child| self.views(who, *child)))
    }

    pub(crate) fn seen_by(&self, who: Who) -> BTreeSet<u64> {
        let ids = self.channels.keys().copied();
        ids.filter(|id| self.sees(who, *id)).collect()
    }

    /// The channels under a category, or at the top with 0, in their order.
    pub(crate) fn children(&self, parent: u64) -> Vec<u64> {
        let under = |channel: &Channel| channel.parent.unwrap_or(0) == parent;
        let mut children: Vec<u64> = self
            .channels
            .iter()
            .filter(|(_, channel)| under(channel))
            .map(|(id, _)| *id)
            .collect();
        children.sort_by_key(|id| (self.channels[id].position, *id));
        children
    }

    /// Where a role stands: by priority, and then the older the higher.
    pub(crate) fn rank_of_role(&self, id: u64) -> Rank {
        (1, self.roles[&id].priority, u64::MAX - id)
    }

    /// Where someone stands: by the highest of their roles; the owner above all.
    pub(crate) fn rank(&self, who: Who) -> Rank {
        if who == OWNER {
            return (2, 0, 0);
        }
        let held = self.roles_of(who).into_iter();
        held.filter(|id| self.roles.contains_key(id))
            .map(|id| self.rank_of_role(id))
            .max()
            .unwrap_or((0, 0, 0))
    }

    /// Whether someone has all of this, so that they may give it.
    pub(crate) fn holds(&self, who: Who, given: u64) -> bool {
        given & !self.may(who) == 0
    }

    pub(crate) fn next_position(&self, parent: Option<u64>) -> u32 {
        let children = self.children(parent.unwrap_or(0));
        children
            .iter()
            .map(|id| self.channels[id].position + 1)
            .max()
            .unwrap_or(0)
    }

    /// Puts a channel at a place among its siblings, who make room.
    pub(crate) fn put(&mut self, id: u64, place: usize) {
        let parent = self.channels[&id].parent.unwrap_or(0);
        let mut order = self.children(parent);
        order.retain(|other| *other != id);
        order.insert(place.min(order.len()), id);
        for (position, id) in (0..).zip(order) {
            self.channel(id).position = position;
        }
    }

    pub(crate) fn channel(&mut self, id: u64) -> &mut Channel {
        self.channels.get_mut(&id).expect("the game knows it")
    }
}

pub(crate) type Rank = (u8, u32, u64);
