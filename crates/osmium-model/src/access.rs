//! Permission evaluation: what a member may do, from the rules of their community.
//!
//! Base = default permissions and those of every role held. The owner and administrators may do
//! everything. In a channel, overrides first take away and then give, those for everyone before those of
//! roles; without `VIEW_CHANNEL` in the end, nothing is left.

use crate::channel::Channel;
use crate::id::{ChannelId, CommunityId, RoleId, UserId};
use crate::permissions::Permissions;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

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
    /// 24-bit RGB.
    pub color: u32,
    /// Shown as a group of its own in the member list.
    pub separated: bool,
    /// Visible to everyone.
    pub public: bool,
}

/// Whom an override of a channel is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OverrideTarget {
    /// Every member. On the wire, the role id is the community's id.
    Everyone,
    /// The holders of a role.
    Role(RoleId),
}

/// What a channel changes for some of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Whom it is for.
    pub target: OverrideTarget,
    /// What it gives.
    pub allow: Permissions,
    /// What it takes away; where both name a bit, it is given.
    pub deny: Permissions,
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
    /// The permissions of each role.
    pub roles: HashMap<RoleId, Permissions>,
    /// The channels, with the overrides of each.
    pub channels: HashMap<ChannelId, ChannelRules>,
}

/// What of a channel decides who may do what in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRules {
    /// The channel.
    pub channel: Channel,
    /// What it changes for whom.
    pub overrides: Vec<Override>,
}

impl CommunityRules {
    /// What a member with these roles may do in the community as a whole. The owner and
    /// administrators get every bit.
    pub fn in_community(&self, user: UserId, roles: &[RoleId]) -> Permissions {
        if user == self.owner_id {
            return Permissions::all();
        }
        let base = roles
            .iter()
            .filter_map(|role| self.roles.get(role))
            .fold(self.default_permissions, |base, role| base | *role);
        if base.contains(Permissions::ADMINISTRATOR) {
            Permissions::all()
        } else {
            base
        }
    }

    /// What a member with these roles may do in a channel; nothing if they may not view it or it is not
    /// of this community.
    pub fn in_channel(&self, user: UserId, roles: &[RoleId], channel: ChannelId) -> Permissions {
        let Some(channel) = self.channels.get(&channel) else {
            return Permissions::empty();
        };
        let base = self.in_community(user, roles);
        if base.contains(Permissions::ADMINISTRATOR) {
            return base;
        }
        let (allow, deny) = channel.merged(roles);
        let merged = (base - deny) | allow;
        if merged.contains(Permissions::VIEW_CHANNEL) {
            merged
        } else {
            Permissions::empty()
        }
    }

    /// Whether a member with these roles sees a channel: they may view it, or it is a category with a
    /// child that they may view.
    pub fn sees(&self, user: UserId, roles: &[RoleId], channel: ChannelId) -> bool {
        let views = |id| {
            self.in_channel(user, roles, id)
                .contains(Permissions::VIEW_CHANNEL)
        };
        views(channel)
            || self
                .channels
                .iter()
                .any(|(id, child)| child.channel.parent_id == Some(channel) && views(*id))
    }
}

impl ChannelRules {
    /// What the overrides that apply to these roles give and take away, merged: (allow, deny).
    ///
    /// `(base - deny) | allow` is the outcome; a client computes it from these two.
    pub fn merged(&self, roles: &[RoleId]) -> (Permissions, Permissions) {
        let (mut allow, mut deny) = (Permissions::empty(), Permissions::empty());
        for everyone in self
            .overrides
            .iter()
            .filter(|o| o.target == OverrideTarget::Everyone)
        {
            (allow, deny) = (allow | everyone.allow, deny | everyone.deny);
        }
        let (mut role_allow, mut role_deny) = (Permissions::empty(), Permissions::empty());
        for role in &self.overrides {
            if matches!(role.target, OverrideTarget::Role(id) if roles.contains(&id)) {
                (role_allow, role_deny) = (role_allow | role.allow, role_deny | role.deny);
            }
        }
        ((allow - role_deny) | role_allow, deny | role_deny)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::ChannelKind;
    use proptest::prelude::*;

    const OWNER: UserId = UserId(1);
    const MEMBER: UserId = UserId(2);
    const ROLE: RoleId = RoleId(10);
    const OTHER: RoleId = RoleId(11);
    const CHANNEL: ChannelId = ChannelId(20);
    const CATEGORY: ChannelId = ChannelId(21);

    fn channel(id: ChannelId, kind: ChannelKind, parent_id: Option<ChannelId>) -> ChannelRules {
        let channel = Channel {
            parent_id,
            ..Channel::new(id, CommunityId(9), "c".into(), kind)
        };
        ChannelRules {
            channel,
            overrides: Vec::new(),
        }
    }

    fn rules(default: Permissions, role: Permissions, overrides: Vec<Override>) -> CommunityRules {
        let text = ChannelRules {
            overrides,
            ..channel(CHANNEL, ChannelKind::Text, Some(CATEGORY))
        };
        CommunityRules {
            community_id: CommunityId(9),
            epoch: 0,
            owner_id: OWNER,
            default_permissions: default,
            roles: HashMap::from([(ROLE, role), (OTHER, Permissions::empty())]),
            channels: HashMap::from([
                (CHANNEL, text),
                (CATEGORY, channel(CATEGORY, ChannelKind::Category, None)),
            ]),
        }
    }

    fn bits() -> impl Strategy<Value = Permissions> {
        (0u64..1 << 14).prop_map(Permissions::from_bits_retain)
    }

    fn for_role(target: OverrideTarget, allow: Permissions, deny: Permissions) -> Override {
        Override {
            target,
            allow,
            deny,
        }
    }

    proptest! {
        #[test]
        fn the_owner_may_do_everything(default in bits(), allow in bits(), deny in bits()) {
            let rules = rules(default, Permissions::empty(),
                vec![for_role(OverrideTarget::Everyone, allow, deny)]);
            prop_assert_eq!(rules.in_channel(OWNER, &[], CHANNEL), Permissions::all());
        }

        #[test]
        fn an_administrator_may_do_everything(default in bits(), deny in bits()) {
            let rules = rules(default, Permissions::ADMINISTRATOR,
                vec![for_role(OverrideTarget::Role(ROLE), Permissions::empty(), deny)]);
            prop_assert_eq!(rules.in_channel(MEMBER, &[ROLE], CHANNEL), Permissions::all());
        }

        #[test]
        fn who_may_not_view_may_nothing(default in bits(), role in bits(), allow in bits(), deny in bits()) {
            let rules = rules(default, role, vec![for_role(OverrideTarget::Role(ROLE), allow, deny)]);
            let may = rules.in_channel(MEMBER, &[ROLE], CHANNEL);
            prop_assert!(may.is_empty() || may.contains(Permissions::VIEW_CHANNEL));
        }

        #[test]
        fn a_role_gives_back_what_everyone_lost(bit in 1u32..14, default in bits()) {
            let bit = Permissions::from_bits_retain(1 << bit);
            let default = (default | bit | Permissions::VIEW_CHANNEL) - Permissions::ADMINISTRATOR;
            let rules = rules(default, Permissions::empty(), vec![
                for_role(OverrideTarget::Everyone, Permissions::empty(), bit),
                for_role(OverrideTarget::Role(ROLE), bit, Permissions::empty()),
            ]);
            prop_assert!(rules.in_channel(MEMBER, &[ROLE], CHANNEL).contains(bit));
            prop_assert!(!rules.in_channel(MEMBER, &[], CHANNEL).contains(bit));
        }

        #[test]
        fn among_roles_giving_wins(allow in bits(), deny in bits(), default in bits()) {
            let default = (default | Permissions::VIEW_CHANNEL) - Permissions::ADMINISTRATOR;
            let allow = allow | Permissions::VIEW_CHANNEL;
            let rules = rules(default, Permissions::empty(), vec![
                for_role(OverrideTarget::Role(OTHER), Permissions::empty(), deny),
                for_role(OverrideTarget::Role(ROLE), allow, Permissions::empty()),
            ]);
            prop_assert_eq!(rules.in_channel(MEMBER, &[ROLE, OTHER], CHANNEL), (default - deny) | allow);
        }

        #[test]
        fn what_a_client_computes_agrees(default in bits(), role in bits(), allow in bits(), deny in bits()) {
            let default = default - Permissions::ADMINISTRATOR;
            let role = role - Permissions::ADMINISTRATOR;
            let rules = rules(default, role, vec![for_role(OverrideTarget::Role(ROLE), allow, deny)]);
            let (pos, neg) = rules.channels[&CHANNEL].merged(&[ROLE]);
            let client = (rules.in_community(MEMBER, &[ROLE]) - neg) | pos;
            let server = rules.in_channel(MEMBER, &[ROLE], CHANNEL);
            prop_assert!(server == client || !client.contains(Permissions::VIEW_CHANNEL));
        }
    }

    #[test]
    fn a_category_shows_if_a_child_does() {
        let mut rules = rules(
            Permissions::empty(),
            Permissions::empty(),
            vec![for_role(
                OverrideTarget::Role(ROLE),
                Permissions::VIEW_CHANNEL,
                Permissions::empty(),
            )],
        );
        assert!(rules.sees(MEMBER, &[ROLE], CATEGORY));
        assert!(!rules.sees(MEMBER, &[], CATEGORY));
        rules.channels.remove(&CHANNEL);
        assert!(!rules.sees(MEMBER, &[ROLE], CATEGORY));
    }

    #[test]
    fn a_channel_of_elsewhere_does_not_exist() {
        let rules = rules(Permissions::all(), Permissions::all(), Vec::new());
        assert!(rules.in_channel(OWNER, &[], ChannelId(99)).is_empty());
    }
}
