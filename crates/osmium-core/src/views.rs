//! The rules of communities as this process knows them, shared by its methods and its sessions.
//!
//! A view may be old: methods compare its epoch with the store's, in the transaction that relies on it, and
//! gateways are told of newer epochs by events. Whoever finds a view too old asks for a newer one.

use osmium_model::access::{Grant, Grants};
use osmium_model::{ChannelId, CommunityId, CommunityRules, Member, Permissions, RoleId, UserId};
use osmium_ports::{Reader, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How many channels and roles all views together may hold, about.
const CAPACITY: u64 = 500_000;
/// For how many different sets of roles a view keeps what they grant.
const KEPT_GRANTS: usize = 4096;

/// The rules of one community at one epoch, with those members that were asked for.
#[derive(Debug)]
pub struct View {
    epoch: u64,
    rules: Arc<Rules>,
    members: RwLock<HashMap<UserId, Arc<Member>>>,
}

/// Rules, and what they grant to the sets of roles that were asked for. Shared by the views of epochs between which
/// only members changed.
#[derive(Debug)]
struct Rules {
    rules: CommunityRules,
    grants: RwLock<HashMap<Holding, Arc<Grants>>>,
}

/// What decides what a member is granted.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Holding {
    owns: bool,
    roles: Vec<RoleId>,
}

impl View {
    fn new(rules: CommunityRules) -> Self {
        Self {
            epoch: rules.epoch,
            rules: Arc::new(Rules {
                rules,
                grants: RwLock::default(),
            }),
            members: RwLock::default(),
        }
    }

    /// The view of the next epoch, which differs in these members alone; none is a member no more.
    fn with_members(&self, epoch: u64, changed: &[(UserId, Option<Arc<Member>>)]) -> Self {
        let mut members = self.known().clone();
        for (user, member) in changed {
            match member {
                Some(member) => members.insert(*user, member.clone()),
                None => members.remove(user),
            };
        }
        Self {
            epoch,
            rules: self.rules.clone(),
            members: RwLock::new(members),
        }
    }

    /// The epoch that it is of. What it says may be newer, never older.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The rules.
    pub fn rules(&self) -> &CommunityRules {
        &self.rules.rules
    }

    /// A member, if it was asked for before.
    pub fn known_member(&self, user: UserId) -> Option<Arc<Member>> {
        self.known().get(&user).cloned()
    }

    /// Members, by user; none unless each of them was asked for before.
    pub fn known_members(&self, users: &[UserId]) -> Option<HashMap<UserId, Arc<Member>>> {
        let known = self.known();
        let mut members = HashMap::with_capacity(users.len());
        for user in users {
            members.insert(*user, known.get(user)?.clone());
        }
        Some(members)
    }

    /// Keeps a member that was read at this view's epoch or later.
    pub fn keep_member(&self, member: Arc<Member>) {
        let mut members = self.members.write().unwrap_or_else(PoisonError::into_inner);
        members.insert(member.user_id, member);
    }

    /// What a member is granted, worked out once for each set of roles.
    pub fn grants(&self, member: &Member) -> Arc<Grants> {
        let holding = Holding {
            owns: member.user_id == self.rules().owner_id,
            roles: member.role_ids.clone(),
        };
        let kept = &self.rules.grants;
        if let Some(grants) = kept
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&holding)
        {
            return grants.clone();
        }
        let grants = Arc::new(self.rules().grants(member.user_id, &member.role_ids));
        let mut kept = kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT_GRANTS {
            kept.insert(holding, grants.clone());
        }
        grants
    }

    /// What a member is granted in a channel.
    pub fn grant(&self, member: &Member, channel: ChannelId) -> Grant {
        self.rules().grant(&self.grants(member), channel)
    }

    /// What a member may do in the community.
    pub fn in_community(&self, member: &Member) -> Permissions {
        self.grants(member).community
    }

    /// Whether a member sees a channel.
    pub fn sees(&self, member: &Member, channel: ChannelId) -> bool {
        self.rules().sees(&self.grants(member), channel)
    }

    fn known(&self) -> std::sync::RwLockReadGuard<'_, HashMap<UserId, Arc<Member>>> {
        self.members.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The views of this process.
///
/// They are read through the caller's reader, so that a transaction needs no second connection; it must not have
/// changed the community before.
pub struct Views {
    views: moka::sync::Cache<CommunityId, Arc<View>>,
}

impl Views {
    pub(crate) fn new() -> Self {
        let views = moka::sync::Cache::builder()
            .max_capacity(CAPACITY)
            .weigher(|_, view: &Arc<View>| {
                let rules = view.rules();
                u32::try_from(rules.channels.len() + rules.roles.len() + 16).unwrap_or(u32::MAX)
            })
            .build();
        Self { views }
    }

    /// The view of a community that is kept, if it is of this epoch or a later one.
    pub fn kept(&self, id: CommunityId, epoch: u64) -> Option<Arc<View>> {
        self.views.get(&id).filter(|view| view.epoch >= epoch)
    }

    /// A view of a community, at this epoch or a later one; none if there is no such community (any more).
    pub async fn at_least(
        &self,
        reader: &mut dyn Reader,
        id: CommunityId,
        epoch: u64,
    ) -> Result<Option<Arc<View>>, StoreError> {
        Ok(self.all_at_least(reader, &[(id, epoch)]).await?.pop())
    }

    /// Views of those of the communities that exist, each at its epoch or a later one, in no order.
    pub async fn all_at_least(
        &self,
        reader: &mut dyn Reader,
        wanted: &[(CommunityId, u64)],
    ) -> Result<Vec<Arc<View>>, StoreError> {
        let (mut views, mut missing) = (Vec::with_capacity(wanted.len()), Vec::new());
        for (id, epoch) in wanted {
            match self.kept(*id, *epoch) {
                Some(view) => views.push(view),
                None => missing.push(*id),
            }
        }
        if !missing.is_empty() {
            let rules = reader.rules(&missing).await?;
            views.extend(rules.into_iter().map(|rules| self.keep(View::new(rules))));
        }
        Ok(views)
    }

    /// Members changed with this epoch, and nothing else of the rules: a view of the epoch before is carried on without
    /// reading it anew. (An older one is not: what it lacks is read when it is asked for.)
    pub fn members_changed(
        &self,
        id: CommunityId,
        epoch: u64,
        changed: &[(UserId, Option<Arc<Member>>)],
    ) {
        let carried = |kept: &Arc<View>| kept.epoch + 1 == epoch;
        self.views.entry(id).and_compute_with(|kept| match kept {
            Some(kept) if carried(kept.value()) => {
                moka::ops::compute::Op::Put(Arc::new(kept.value().with_members(epoch, changed)))
            }
            _ => moka::ops::compute::Op::Nop,
        });
    }

    /// Keeps a view, unless someone else has kept a newer one meanwhile; gives the one that is kept.
    fn keep(&self, read: View) -> Arc<View> {
        let read = Arc::new(read);
        let entry =
            self.views
                .entry(read.rules().community_id)
                .and_upsert_with(|kept| match kept {
                    Some(kept) if kept.value().epoch >= read.epoch => kept.into_value(),
                    _ => read.clone(),
                });
        entry.into_value()
    }
}

impl View {
    /// Those of the users that are members. A member may be newer than the view, never older.
    pub async fn members(
        &self,
        reader: &mut dyn Reader,
        users: &[UserId],
    ) -> Result<Vec<Arc<Member>>, StoreError> {
        let (mut found, mut missing) = (Vec::with_capacity(users.len()), Vec::new());
        for user in users {
            match self.known_member(*user) {
                Some(member) => found.push(member),
                None => missing.push(*user),
            }
        }
        if !missing.is_empty() {
            let read = reader.members(self.rules().community_id, &missing).await?;
            for member in read.into_iter().map(Arc::new) {
                self.keep_member(member.clone());
                found.push(member);
            }
        }
        Ok(found)
    }
}
