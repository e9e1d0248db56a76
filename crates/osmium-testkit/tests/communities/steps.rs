//! The steps of a game: what they ask of a server, what the rules say of them, and what they change.

use crate::model::{
    ADMINISTRATOR, ALL, Channel, EVERYONE, MODIFY_CHANNEL, MODIFY_ROLES, Model, OWNER,
    REMOVE_MEMBERS, Role, VIEW, Who,
};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
pub(crate) enum Step {
    CreateChannel {
        parent: Option<u64>,
        category: bool,
    },
    /// To a category, or with 0 to the top; and to a place.
    MoveChannel {
        channel: u64,
        parent: Option<u64>,
        place: Option<u32>,
    },
    DeleteChannel(u64),
    CreateRole {
        permissions: u64,
        priority: u32,
    },
    EditRole {
        role: u64,
        permissions: u64,
        priority: u32,
    },
    DeleteRole(u64),
    GiveRoles {
        to: Who,
        roles: BTreeSet<u64>,
    },
    SetDefault(u64),
    SetOverride {
        channel: u64,
        role: u64,
        given: u64,
        taken: u64,
    },
    DropOverride {
        channel: u64,
        role: u64,
    },
    Sync(u64),
    Kick(Who),
    Ban(Who),
    Unban(Who),
    Leave,
    Join,
}

/// What a step is answered with: the code of a refusal.
pub(crate) type Answer = Result<(), u32>;

impl Step {
    /// Any step that could be taken, sensible or not.
    pub(crate) fn random(rng: &mut StdRng, model: &Model, people: usize) -> Self {
        let channels: Vec<u64> = model.channels.keys().copied().collect();
        let categories: Vec<u64> = channels
            .iter()
            .filter(|id| model.channels[id].category)
            .copied()
            .collect();
        let roles: Vec<u64> = model.roles.keys().copied().collect();
        let channel = channels.choose(rng).copied().unwrap_or(1);
        let role = roles.choose(rng).copied();
        let who = rng.random_range(0..people);
        let target = role.filter(|_| rng.random_bool(0.7)).unwrap_or(EVERYONE);
        let parent = categories.choose(rng).copied();
        match rng.random_range(0..100) {
            0..6 if channels.len() < 14 => Self::CreateChannel {
                parent: parent.filter(|_| rng.random_bool(0.7)),
                category: rng.random_bool(0.2),
            },
            6..16 => Self::MoveChannel {
                channel,
                parent: rng
                    .random_bool(0.5)
                    .then(|| parent.filter(|_| rng.random_bool(0.7)).unwrap_or(0)),
                place: rng.random_bool(0.6).then(|| rng.random_range(0..6)),
            },
            16..19 if channels.len() > 5 => Self::DeleteChannel(channel),
            19..25 if roles.len() < 8 => Self::CreateRole {
                permissions: permissions(rng),
                priority: rng.random_range(0..5),
            },
            25..33 => match role {
                Some(role) => Self::EditRole {
                    role,
                    permissions: permissions(rng),
                    priority: rng.random_range(0..5),
                },
                None => Self::SetDefault(permissions(rng)),
            },
            33..36 if role.is_some() => Self::DeleteRole(role.unwrap_or_default()),
            36..54 => {
                let count = rng.random_range(0..=roles.len().min(4));
                let roles = roles.sample(rng, count).copied().collect();
                Self::GiveRoles { to: who, roles }
            }
            54..58 => Self::SetDefault(permissions(rng)),
            58..74 => {
                let (given, taken) = (few(rng), few(rng));
                Self::SetOverride {
                    channel,
                    role: target,
                    given,
                    taken,
                }
            }
            74..80 => Self::DropOverride {
                channel,
                role: target,
            },
            80..86 => Self::Sync(channel),
            86..89 => Self::Kick(who),
            89..91 => Self::Ban(who),
            91..94 => Self::Unban(who),
            94..95 => Self::Leave,
            _ => Self::Join,
        }
    }

    /// What the rules say.
    #[expect(clippy::too_many_lines, reason = "a table: one arm a step")]
    pub(crate) fn judge(&self, model: &Model, actor: Who) -> Answer {
        if matches!(self, Self::Join) {
            let banned = model.banned.contains(&actor) && !model.is_member(actor);
            return if banned { Err(403) } else { Ok(()) };
        }
        require(model.is_member(actor), 404)?;
        let needs = |permission| require(model.may(actor) & permission != 0, 403);
        let above = |rank| require(model.rank(actor) > rank, 403);
        let holds = |given| require(model.holds(actor, given), 403);
        match self {
            Self::CreateChannel { parent, category } => {
                needs(MODIFY_CHANNEL)?;
                may_stand(model, actor, *category, *parent)
            }
            Self::MoveChannel {
                channel, parent, ..
            } => {
                may_modify(model, actor, *channel)?;
                let found = &model.channels[channel];
                match parent.map(|id| Some(id).filter(|id| *id != 0)) {
                    Some(to) if to != found.parent => may_stand(model, actor, found.category, to),
                    _ => Ok(()),
                }
            }
            Self::DeleteChannel(channel) => may_modify(model, actor, *channel),
            Self::CreateRole {
                permissions,
                priority,
            } => {
                needs(MODIFY_ROLES)?;
                above((1, *priority, 0))?;
                holds(*permissions)
            }
            Self::EditRole {
                role,
                permissions,
                priority,
            } => {
                needs(MODIFY_ROLES)?;
                above(model.rank_of_role(*role))?;
                above((1, *priority, u64::MAX - role))?;
                holds(permissions & !model.roles[role].permissions)
            }
            Self::DeleteRole(role) => {
                needs(MODIFY_ROLES)?;
                above(model.rank_of_role(*role))
            }
            Self::GiveRoles { to, roles } => {
                require(model.is_member(*to), 404)?;
                let held = model.roles_of(*to);
                if held == *roles {
                    return Ok(());
                }
                needs(MODIFY_ROLES)?;
                if *to != actor {
                    above(model.rank(*to))?;
                }
                for given in roles.difference(&held) {
                    above(model.rank_of_role(*given))?;
                    holds(model.roles[given].permissions)?;
                }
                held.difference(roles)
                    .try_for_each(|taken| above(model.rank_of_role(*taken)))
            }
            Self::SetDefault(permissions) => {
                needs(MODIFY_ROLES)?;
                holds(permissions & !model.default)
            }
            Self::SetOverride {
                channel,
                role,
                given,
                taken,
            } => {
                may_override(model, actor, *channel, *role)?;
                let mut after = model.overrides(*channel);
                after.insert(*role, (*given, taken & !given));
                may_change(model, actor, *channel, &after)
            }
            Self::DropOverride { channel, role } => {
                may_override(model, actor, *channel, *role)?;
                let mut after = model.overrides(*channel);
                require(after.remove(role).is_some(), 404)?;
                may_change(model, actor, *channel, &after)
            }
            Self::Sync(channel) => {
                may_modify(model, actor, *channel)?;
                let found = &model.channels[channel];
                let parent = found.parent.ok_or(400u32)?;
                if found.synced {
                    return Ok(());
                }
                may_change(model, actor, *channel, &model.overrides(parent))
            }
            Self::Kick(who) | Self::Ban(who) => {
                needs(REMOVE_MEMBERS)?;
                require(*who != actor, 400)?;
                require(
                    !model.is_member(*who) || model.rank(actor) > model.rank(*who),
                    403,
                )
            }
            Self::Unban(_) => needs(REMOVE_MEMBERS),
            Self::Leave => require(actor != OWNER, 400),
            Self::Join => Ok(()),
        }
    }

    /// What an allowed step changes. `made` is the id of what it made, if it made something.
    #[expect(clippy::too_many_lines, reason = "a table: one arm a step")]
    pub(crate) fn apply(&self, model: &mut Model, actor: Who, made: u64) {
        match self {
            Self::CreateChannel { parent, category } => {
                let channel = Channel {
                    category: *category,
                    parent: *parent,
                    position: model.next_position(*parent),
                    synced: parent.is_some(),
                    overrides: BTreeMap::new(),
                };
                model.channels.insert(made, channel);
            }
            Self::MoveChannel {
                channel,
                parent,
                place,
            } => {
                let to = parent.map(|id| Some(id).filter(|id| *id != 0));
                if let Some(to) = to.filter(|to| *to != model.channels[channel].parent) {
                    own(model, *channel);
                    let position = model.next_position(to);
                    let moved = model.channel(*channel);
                    (moved.parent, moved.position) = (to, position);
                }
                if let Some(place) = place {
                    model.put(*channel, *place as usize);
                }
            }
            Self::DeleteChannel(channel) => {
                let children = model.children(*channel);
                for (position, child) in (model.next_position(None)..).zip(children) {
                    own(model, child);
                    let freed = model.channel(child);
                    (freed.parent, freed.position) = (None, position);
                }
                model.channels.remove(channel);
            }
            Self::CreateRole {
                permissions,
                priority,
            }
            | Self::EditRole {
                permissions,
                priority,
                ..
            } => {
                let id = if let Self::EditRole { role, .. } = self {
                    *role
                } else {
                    made
                };
                let (permissions, priority) = (*permissions, *priority);
                model.roles.insert(
                    id,
                    Role {
                        permissions,
                        priority,
                    },
                );
            }
            Self::DeleteRole(role) => {
                model.roles.remove(role);
                for held in model.members.values_mut() {
                    held.remove(role);
                }
                for channel in model.channels.values_mut() {
                    channel.overrides.remove(role);
                }
            }
            Self::GiveRoles { to, roles } => {
                model.members.insert(*to, roles.clone());
            }
            Self::SetDefault(permissions) => model.default = *permissions,
            Self::SetOverride {
                channel,
                role,
                given,
                taken,
            } => {
                let said = (*given, taken & !given);
                if model.overrides(*channel).get(role) != Some(&said) {
                    own(model, *channel);
                    model.channel(*channel).overrides.insert(*role, said);
                }
            }
            Self::DropOverride { channel, role } => {
                own(model, *channel);
                model.channel(*channel).overrides.remove(role);
            }
            Self::Sync(channel) => {
                let channel = model.channel(*channel);
                (channel.synced, channel.overrides) = (true, BTreeMap::new());
            }
            Self::Kick(who) => drop(model.members.remove(who)),
            Self::Ban(who) => {
                model.members.remove(who);
                model.banned.insert(*who);
            }
            Self::Unban(who) => drop(model.banned.remove(who)),
            Self::Leave => drop(model.members.remove(&actor)),
            Self::Join => drop(model.members.entry(actor).or_default()),
        }
    }
}

/// A channel has overrides of its own: those that hold in it.
fn own(model: &mut Model, id: u64) {
    let overrides = model.overrides(id);
    let channel = model.channel(id);
    (channel.synced, channel.overrides) = (false, overrides);
}

fn require(holds: bool, otherwise: u32) -> Answer {
    if holds { Ok(()) } else { Err(otherwise) }
}

fn may_modify(model: &Model, actor: Who, channel: u64) -> Answer {
    require(model.sees(actor, channel), 404)?;
    require(model.may_in(actor, channel) & MODIFY_CHANNEL != 0, 403)
}

fn may_stand(model: &Model, actor: Who, category: bool, parent: Option<u64>) -> Answer {
    let Some(parent) = parent else { return Ok(()) };
    require(model.sees(actor, parent), 404)?;
    require(!category, 400)
}

fn may_override(model: &Model, actor: Who, channel: u64, role: u64) -> Answer {
    may_modify(model, actor, channel)?;
    if role == EVERYONE {
        return Ok(());
    }
    require(model.rank(actor) > model.rank_of_role(role), 403)
}

fn may_change(
    model: &Model,
    actor: Who,
    channel: u64,
    after: &BTreeMap<u64, (u64, u64)>,
) -> Answer {
    let before = model.overrides(channel);
    let of = |list: &BTreeMap<u64, (u64, u64)>, role| list.get(role).copied().unwrap_or_default();
    let changed = before.keys().chain(after.keys()).fold(0, |changed, role| {
        let ((given, taken), (gives, takes)) = (of(&before, role), of(after, role));
        changed | (given ^ gives) | (taken ^ takes)
    });
    require(changed & ADMINISTRATOR == 0, 400)?;
    let may = model.may_in(actor, channel);
    require(may & ADMINISTRATOR != 0 || changed & !may == 0, 403)
}

/// Permissions that often let one view, and sometimes do everything.
fn permissions(rng: &mut StdRng) -> u64 {
    let some = rng.next_u64() & rng.next_u64() & ALL & !ADMINISTRATOR;
    let views = if rng.random_bool(0.5) { VIEW } else { 0 };
    let rules = if rng.random_bool(0.3) {
        MODIFY_ROLES | MODIFY_CHANNEL
    } else {
        0
    };
    let all = if rng.random_bool(0.05) {
        ADMINISTRATOR
    } else {
        0
    };
    some | views | rules | all
}

/// A few permissions for an override; what may be seen, most of the time.
fn few(rng: &mut StdRng) -> u64 {
    match rng.random_range(0..4) {
        0 => 0,
        1 => VIEW,
        2 => VIEW | MODIFY_CHANNEL,
        _ => rng.next_u64() & rng.next_u64() & rng.next_u64() & ALL,
    }
}
