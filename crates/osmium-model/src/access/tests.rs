//! Properties of permissions, and a few examples.

use super::*;
use crate::channel::ChannelKind;
use proptest::prelude::*;

const COMMUNITY: CommunityId = CommunityId(9);
const OWNER: UserId = UserId(1);
const MEMBER: UserId = UserId(2);
const ROLE: RoleId = RoleId(10);
const OTHER: RoleId = RoleId(11);
const CHANNEL: ChannelId = ChannelId(20);
const CATEGORY: ChannelId = ChannelId(21);

fn channel(id: ChannelId, kind: ChannelKind, parent_id: Option<ChannelId>) -> Channel {
    Channel {
        parent_id,
        ..Channel::new(id, COMMUNITY, "c".into(), kind)
    }
}

fn role(id: RoleId, permissions: Permissions) -> Role {
    Role {
        id,
        community_id: COMMUNITY,
        name: "r".into(),
        permissions,
        priority: 0,
        color: 0,
        separated: false,
        public: false,
    }
}

/// A category with a channel that has overrides of its own; `ROLE` has permissions, `OTHER` none.
fn rows(default: Permissions, of_role: Permissions, overrides: Vec<Override>) -> RuleRows {
    RuleRows {
        community_id: COMMUNITY,
        epoch: 0,
        owner_id: OWNER,
        default_permissions: default,
        roles: vec![role(ROLE, of_role), role(OTHER, Permissions::empty())],
        channels: vec![
            (channel(CHANNEL, ChannelKind::Text, Some(CATEGORY)), false),
            (channel(CATEGORY, ChannelKind::Category, None), false),
        ],
        overrides: overrides
            .into_iter()
            .map(|found| (CHANNEL, found))
            .collect(),
    }
}

fn rules(default: Permissions, of_role: Permissions, overrides: Vec<Override>) -> CommunityRules {
    CommunityRules::new(rows(default, of_role, overrides))
}

fn may(rules: &CommunityRules, user: UserId, roles: &[RoleId], channel: ChannelId) -> Permissions {
    let grants = rules.grants(user, roles);
    rules.grant(&grants, channel).permissions
}

fn sees(rules: &CommunityRules, roles: &[RoleId], channel: ChannelId) -> bool {
    rules.sees(&rules.grants(MEMBER, roles), channel)
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

/// What overrides a channel has of its own, for everyone and for each role; few kinds, so that some are alike.
fn own() -> impl Strategy<Value = Vec<Override>> {
    let few = || (0u64..4).prop_map(|bits| Permissions::from_bits_retain(bits << 1));
    let targets = [
        OverrideTarget::Everyone,
        OverrideTarget::Role(ROLE),
        OverrideTarget::Role(OTHER),
    ];
    let list = prop::collection::vec((few(), few()), 3);
    (prop::sample::subsequence(targets.to_vec(), 0..=3), list).prop_map(|(targets, bits)| {
        targets
            .into_iter()
            .zip(bits)
            .map(|(target, (allow, deny))| for_role(target, allow, deny))
            .collect()
    })
}

/// Three categories, and channels at the top (0) or under one of them, each synced or not, with overrides of its own.
fn community(
    default: Permissions,
    of_role: Permissions,
    channels: &[(usize, bool, Vec<Override>)],
) -> RuleRows {
    let mut rows = rows(default, of_role, Vec::new());
    rows.channels.clear();
    for (number, (place, synced, own)) in (0u64..).zip(channels) {
        let (id, kind, parent) = if number < 3 {
            (ChannelId(100 + number), ChannelKind::Category, None)
        } else {
            let parent = place.checked_sub(1).map(|category| 100 + category as u64);
            let there = parent.filter(|parent| *parent < 100 + channels.len() as u64);
            let parent = there.map(ChannelId);
            (ChannelId(200 + number), ChannelKind::Text, parent)
        };
        let overrides = own.iter().map(|found| (id, *found));
        rows.overrides.extend(overrides);
        rows.channels.push((channel(id, kind, parent), *synced));
    }
    rows
}

/// What is left of `base` under the overrides of one channel, step by step as the rule says it.
fn alone(
    base: Permissions,
    roles: &[RoleId],
    channel: ChannelId,
    overrides: &[(ChannelId, Override)],
) -> Permissions {
    let here = || overrides.iter().filter(|(id, _)| *id == channel);
    let everyones = |found: &Override| found.target == OverrideTarget::Everyone;
    let of_role = |found: &Override| {
        roles
            .iter()
            .any(|id| found.target == OverrideTarget::Role(*id))
    };
    let mut left = base;
    here()
        .filter(|(_, found)| everyones(found))
        .for_each(|(_, found)| left -= found.deny);
    here()
        .filter(|(_, found)| everyones(found))
        .for_each(|(_, found)| left |= found.allow);
    here()
        .filter(|(_, found)| of_role(found))
        .for_each(|(_, found)| left -= found.deny);
    here()
        .filter(|(_, found)| of_role(found))
        .for_each(|(_, found)| left |= found.allow);
    if left.contains(Permissions::VIEW_CHANNEL) {
        left
    } else {
        Permissions::empty()
    }
}

proptest! {
    #[test]
    fn the_owner_may_do_everything(default in bits(), allow in bits(), deny in bits()) {
        let rules = rules(default, Permissions::empty(),
            vec![for_role(OverrideTarget::Everyone, allow, deny)]);
        prop_assert_eq!(may(&rules, OWNER, &[], CHANNEL), Permissions::all());
    }

    #[test]
    fn an_administrator_may_do_everything(default in bits(), deny in bits()) {
        let rules = rules(default, Permissions::ADMINISTRATOR,
            vec![for_role(OverrideTarget::Role(ROLE), Permissions::empty(), deny)]);
        prop_assert_eq!(may(&rules, MEMBER, &[ROLE], CHANNEL), Permissions::all());
    }

    #[test]
    fn overrides_are_nothing_to_who_may_do_everything(allow in bits(), deny in bits(), default in bits()) {
        let list = vec![
            for_role(OverrideTarget::Everyone, deny, allow),
            for_role(OverrideTarget::Role(ROLE), allow, deny),
        ];
        let rules = rules(default, Permissions::ADMINISTRATOR, list);
        for (user, roles) in [(OWNER, &[][..]), (OWNER, &[OTHER]), (MEMBER, &[ROLE])] {
            let grant = rules.grant(&rules.grants(user, roles), CHANNEL);
            prop_assert!(grant.allow.is_empty() && grant.deny.is_empty());
            prop_assert_eq!(grant.permissions, Permissions::all());
        }
    }

    #[test]
    fn who_may_not_view_may_nothing(default in bits(), role in bits(), allow in bits(), deny in bits()) {
        let rules = rules(default, role, vec![for_role(OverrideTarget::Role(ROLE), allow, deny)]);
        let may = may(&rules, MEMBER, &[ROLE], CHANNEL);
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
        prop_assert!(may(&rules, MEMBER, &[ROLE], CHANNEL).contains(bit));
        prop_assert!(!may(&rules, MEMBER, &[], CHANNEL).contains(bit));
    }

    #[test]
    fn among_roles_giving_wins(allow in bits(), deny in bits(), default in bits()) {
        let default = (default | Permissions::VIEW_CHANNEL) - Permissions::ADMINISTRATOR;
        let allow = (allow | Permissions::VIEW_CHANNEL) - Permissions::ADMINISTRATOR;
        let rules = rules(default, Permissions::empty(), vec![
            for_role(OverrideTarget::Role(OTHER), Permissions::empty(), deny),
            for_role(OverrideTarget::Role(ROLE), allow, Permissions::empty()),
        ]);
        prop_assert_eq!(may(&rules, MEMBER, &[ROLE, OTHER], CHANNEL), (default - deny) | allow);
    }

    #[test]
    fn what_a_client_computes_agrees(default in bits(), role in bits(), allow in bits(), deny in bits()) {
        let default = default - Permissions::ADMINISTRATOR;
        let role = role - Permissions::ADMINISTRATOR;
        let rules = rules(default, role, vec![for_role(OverrideTarget::Role(ROLE), allow, deny)]);
        let grants = rules.grants(MEMBER, &[ROLE]);
        let grant = rules.grant(&grants, CHANNEL);
        let client = (grants.community - grant.deny) | grant.allow;
        prop_assert!(grant.permissions == client || !client.contains(Permissions::VIEW_CHANNEL));
    }

    #[test]
    fn a_synced_channel_is_as_its_category(
        default in bits(), role in bits(), allow in bits(), deny in bits(), own in bits(),
    ) {
        let mut rows = rows(default, role, vec![for_role(OverrideTarget::Everyone, own, own)]);
        rows.channels[0].1 = true;
        rows.overrides.push((CATEGORY, for_role(OverrideTarget::Role(ROLE), allow, deny)));
        let rules = CommunityRules::new(rows);
        for roles in [&[][..], &[ROLE], &[OTHER], &[ROLE, OTHER]] {
            let (child, parent) = (may(&rules, MEMBER, roles, CHANNEL), may(&rules, MEMBER, roles, CATEGORY));
            prop_assert_eq!(child, parent);
        }
        prop_assert_eq!(rules.overrides(CHANNEL), rules.overrides(CATEGORY));
    }

    /// Working out each distinct list of overrides once is the same as working out each channel by itself.
    #[test]
    fn channels_do_not_depend_on_each_other(
        default in bits(), role in bits(),
        channels in prop::collection::vec((0usize..4, any::<bool>(), own()), 1..12),
    ) {
        let (default, role) = (default - Permissions::ADMINISTRATOR, role - Permissions::ADMINISTRATOR);
        let rows = community(default, role, &channels);
        let rules = CommunityRules::new(rows.clone());
        for roles in [&[][..], &[ROLE], &[OTHER], &[ROLE, OTHER], &[RoleId(99)]] {
            let base = if roles.contains(&ROLE) { default | role } else { default };
            let grants = rules.grants(MEMBER, roles);
            prop_assert_eq!(grants.community, base);
            for (channel, synced) in &rows.channels {
                let source = channel.parent_id.filter(|_| *synced).unwrap_or(channel.id);
                let expected = alone(base, roles, source, &rows.overrides);
                prop_assert_eq!(rules.grant(&grants, channel.id).permissions, expected);
            }
            for (channel, _) in &rows.channels {
                let views = |id| rules.grant(&grants, id).views();
                let mut children = rows.channels.iter().filter(|(child, _)| child.parent_id == Some(channel.id));
                let sees = views(channel.id) || children.any(|(child, _)| views(child.id));
                prop_assert_eq!(rules.sees(&grants, channel.id), sees);
            }
        }
    }

    /// Everyone stands somewhere, and nobody but a role itself stands where it does.
    #[test]
    fn of_two_roles_one_is_above(priorities in prop::collection::vec(0u32..4, 2..6)) {
        let mut rows = rows(Permissions::empty(), Permissions::empty(), Vec::new());
        rows.roles = (10..).zip(&priorities).map(|(id, priority)| Role {
            priority: *priority,
            ..role(RoleId(id), Permissions::empty())
        }).collect();
        let rules = CommunityRules::new(rows.clone());
        for one in &rows.roles {
            for other in &rows.roles {
                let by_rank = one.rank() > other.rank();
                let expected = one.priority > other.priority
                    || (one.priority == other.priority && one.id < other.id);
                prop_assert_eq!(by_rank, expected);
                let both = rules.rank(MEMBER, &[one.id, other.id]);
                prop_assert_eq!(both, one.rank().max(other.rank()));
                prop_assert!(Rank::Member < both && both < Rank::Owner);
            }
        }
    }

    #[test]
    fn the_order_of_overrides_does_not_matter(
        targets in Just([OverrideTarget::Everyone, OverrideTarget::Role(ROLE), OverrideTarget::Role(OTHER)])
            .prop_shuffle(),
        allow in bits(), deny in bits(), default in bits(),
    ) {
        let list = |targets: [OverrideTarget; 3]| targets.map(|target| {
            let everyone = target == OverrideTarget::Everyone;
            for_role(target, if everyone { deny } else { allow }, if everyone { allow } else { deny })
        }).to_vec();
        let shuffled = rules(default, Permissions::empty(), list(targets));
        let sorted = rules(default, Permissions::empty(), list([
            OverrideTarget::Everyone, OverrideTarget::Role(ROLE), OverrideTarget::Role(OTHER),
        ]));
        prop_assert_eq!(shuffled, sorted);
    }
}

#[test]
fn a_category_shows_if_a_child_does() {
    let mut rows = rows(
        Permissions::empty(),
        Permissions::empty(),
        vec![for_role(
            OverrideTarget::Role(ROLE),
            Permissions::VIEW_CHANNEL,
            Permissions::empty(),
        )],
    );
    let rules = CommunityRules::new(rows.clone());
    assert!(sees(&rules, &[ROLE], CATEGORY));
    assert!(!sees(&rules, &[], CATEGORY));
    rows.channels.remove(0);
    assert!(!sees(&CommunityRules::new(rows), &[ROLE], CATEGORY));
}

#[test]
fn a_channel_of_elsewhere_does_not_exist() {
    let rules = rules(Permissions::all(), Permissions::all(), Vec::new());
    assert!(may(&rules, OWNER, &[], ChannelId(99)).is_empty());
    assert!(!sees(&rules, &[ROLE], ChannelId(99)));
}

#[test]
fn the_highest_role_counts() {
    let mut rows = rows(Permissions::empty(), Permissions::empty(), Vec::new());
    rows.roles[1].priority = 3;
    let rules = CommunityRules::new(rows);
    let rank = |user, roles: &[RoleId]| rules.rank(user, roles);
    assert_eq!(rank(MEMBER, &[ROLE, OTHER]), rules.roles[&OTHER].rank());
    assert!(rank(MEMBER, &[ROLE]) < rank(MEMBER, &[OTHER]));
    assert_eq!(rank(MEMBER, &[RoleId(99)]), Rank::Member);
    assert_eq!(rank(OWNER, &[]), Rank::Owner);
}
