//! Permission evaluation: what a member may do, from the rules of their community.
//!
//! Base = default permissions and those of every role held. The owner and administrators may do
//! everything, and have no overrides. In a channel, overrides first take away and then give, those for
//! everyone before those of roles; without `VIEW_CHANNEL` in the end, nothing is left.
//!
//! A community has hundreds of channels, and most of them have the same overrides as others: none, or those of
//! their category. So what a set of roles may do is worked out once for each distinct list of overrides: [`Grants`].

use crate::channel::Channel;
use crate::id::{ChannelId, CommunityId, RoleId, UserId};
use crate::permissions::Permissions;
use crate::role::{Rank, Role};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Whom an override of a channel is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OverrideTarget {
    /// Every member. On the wire, the role id is the community's id.
    Everyone,
    /// The holders of a role.
    Role(RoleId),
}

/// What a channel changes for some of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Override {
    /// Whom it is for.
    pub target: OverrideTarget,
    /// What it gives.
    pub allow: Permissions,
    /// What it takes away; where both name a bit, it is given.
    pub deny: Permissions,
}

/// A community's rules as a store keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRows {
    /// The community.
    pub community_id: CommunityId,
    /// Grows with every change of these rules or of who holds which role.
    pub epoch: u64,
    /// Who may do everything.
    pub owner_id: UserId,
    /// What every member may do.
    pub default_permissions: Permissions,
    /// The roles.
    pub roles: Vec<Role>,
    /// The channels, and whether each follows the overrides of its category.
    pub channels: Vec<(Channel, bool)>,
    /// The overrides that channels have of their own.
    pub overrides: Vec<(ChannelId, Override)>,
}

/// All that decides what members of one community may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunityRules {
    /// The community.
    pub community_id: CommunityId,
    /// Grows with every change of these rules or of who holds which role.
    pub epoch: u64,
    /// Who may do everything.
    pub owner_id: UserId,
    /// What every member may do.
    pub default_permissions: Permissions,
    /// The roles.
    pub roles: HashMap<RoleId, Role>,
    /// The channels.
    pub channels: HashMap<ChannelId, ChannelRules>,
    /// The distinct lists of overrides, each sorted by target.
    lists: Vec<Vec<Override>>,
}

/// What of a channel decides who may do what in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRules {
    /// The channel.
    pub channel: Channel,
    /// Whether it has the overrides of its category.
    pub synced: bool,
    /// Its overrides, among the community's lists.
    list: usize,
    /// Of a category: the lists of its children.
    children: Vec<usize>,
}

/// What the holder of one set of roles may do, in the community and under each list of overrides.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grants {
    /// In the community as a whole.
    pub community: Permissions,
    by_list: Vec<Grant>,
}

/// What one list of overrides makes of someone's permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Grant {
    /// What it gives, merged.
    pub allow: Permissions,
    /// What it takes away, merged. `(community & !deny) | allow` is the outcome; a client computes it so.
    pub deny: Permissions,
    /// What is left in the end: nothing without `VIEW_CHANNEL`.
    pub permissions: Permissions,
}

impl Grant {
    /// Whether the channel may be viewed.
    pub fn views(&self) -> bool {
        self.permissions.contains(Permissions::VIEW_CHANNEL)
    }
}

impl CommunityRules {
    /// The rules that these rows make.
    pub fn new(rows: RuleRows) -> Self {
        let mut own: HashMap<ChannelId, Vec<Override>> = HashMap::new();
        for (channel, found) in rows.overrides {
            own.entry(channel).or_default().push(found);
        }
        let mut lists = Lists::default();
        let mut channels: HashMap<ChannelId, ChannelRules> = HashMap::new();
        let mut children: HashMap<ChannelId, Vec<usize>> = HashMap::new();
        for (channel, synced) in rows.channels {
            let parent_id = channel.parent_id;
            let synced = synced && parent_id.is_some();
            let source = parent_id.filter(|_| synced).unwrap_or(channel.id);
            let list = lists.place(own.get(&source).cloned().unwrap_or_default());
            if let Some(parent) = parent_id {
                let of_parent = children.entry(parent).or_default();
                if !of_parent.contains(&list) {
                    of_parent.push(list);
                }
            }
            let rules = ChannelRules {
                synced,
                list,
                children: Vec::new(),
                channel,
            };
            channels.insert(rules.channel.id, rules);
        }
        for (parent, lists) in children {
            if let Some(parent) = channels.get_mut(&parent) {
                parent.children = lists;
            }
        }
        Self {
            community_id: rows.community_id,
            epoch: rows.epoch,
            owner_id: rows.owner_id,
            default_permissions: rows.default_permissions,
            roles: rows.roles.into_iter().map(|role| (role.id, role)).collect(),
            channels,
            lists: lists.lists,
        }
    }

    /// What a member with these roles may do, everywhere in the community. Roles that do not exist count for nothing.
    pub fn grants(&self, user: UserId, roles: &[RoleId]) -> Grants {
        let community = self.in_community(user, roles);
        let everywhere = community.contains(Permissions::ADMINISTRATOR);
        let by_list = self.lists.iter().map(|list| {
            if everywhere {
                // Overrides are nothing to them, and so they have none.
                return Grant {
                    permissions: community,
                    ..Grant::default()
                };
            }
            let (allow, deny) = merged(list, roles);
            let merged = (community - deny) | allow;
            let permissions = if merged.contains(Permissions::VIEW_CHANNEL) {
                merged
            } else {
                Permissions::empty()
            };
            Grant {
                allow,
                deny,
                permissions,
            }
        });
        Grants {
            community,
            by_list: by_list.collect(),
        }
    }

    /// What a member with these roles may do in the community as a whole. The owner and administrators get every bit.
    fn in_community(&self, user: UserId, roles: &[RoleId]) -> Permissions {
        if user == self.owner_id {
            return Permissions::all();
        }
        let base = roles
            .iter()
            .filter_map(|role| self.roles.get(role))
            .fold(self.default_permissions, |base, role| {
                base | role.permissions
            });
        if base.contains(Permissions::ADMINISTRATOR) {
            Permissions::all()
        } else {
            base
        }
    }

    /// What is granted in a channel; nothing if it is not of this community.
    pub fn grant(&self, grants: &Grants, channel: ChannelId) -> Grant {
        self.channels
            .get(&channel)
            .and_then(|channel| grants.by_list.get(channel.list))
            .copied()
            .unwrap_or_default()
    }

    /// Whether a channel is seen: it may be viewed, or it is a category with a child that may be viewed.
    pub fn sees(&self, grants: &Grants, channel: ChannelId) -> bool {
        let views = |list: &usize| grants.by_list.get(*list).is_some_and(Grant::views);
        self.channels
            .get(&channel)
            .is_some_and(|channel| views(&channel.list) || channel.children.iter().any(views))
    }

    /// The overrides that hold in a channel, its own or those of its category, by target.
    pub fn overrides(&self, channel: ChannelId) -> &[Override] {
        self.channels
            .get(&channel)
            .and_then(|channel| self.lists.get(channel.list))
            .map_or(&[], Vec::as_slice)
    }

    /// Where a member with these roles stands.
    pub fn rank(&self, user: UserId, roles: &[RoleId]) -> Rank {
        if user == self.owner_id {
            return Rank::Owner;
        }
        let held = roles.iter().filter_map(|role| self.roles.get(role));
        held.map(Role::rank).max().unwrap_or(Rank::Member)
    }
}

/// Lists of overrides, each kept once.
#[derive(Default)]
struct Lists {
    lists: Vec<Vec<Override>>,
    places: HashMap<Vec<Override>, usize>,
}

impl Lists {
    fn place(&mut self, mut list: Vec<Override>) -> usize {
        list.sort_unstable_by_key(|found| found.target);
        *self.places.entry(list).or_insert_with_key(|list| {
            self.lists.push(list.clone());
            self.lists.len() - 1
        })
    }
}

/// What the overrides that apply to these roles give and take away, merged: (allow, deny).
fn merged(list: &[Override], roles: &[RoleId]) -> (Permissions, Permissions) {
    let (mut allow, mut deny) = (Permissions::empty(), Permissions::empty());
    let (mut role_allow, mut role_deny) = (Permissions::empty(), Permissions::empty());
    for found in list {
        match found.target {
            OverrideTarget::Everyone => {
                (allow, deny) = (allow | found.allow, deny | found.deny);
            }
            OverrideTarget::Role(role) if roles.contains(&role) => {
                (role_allow, role_deny) = (role_allow | found.allow, role_deny | found.deny);
            }
            OverrideTarget::Role(_) => {}
        }
    }
    ((allow - role_deny) | role_allow, deny | role_deny)
}

#[cfg(test)]
mod tests;
