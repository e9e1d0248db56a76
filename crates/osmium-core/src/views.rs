//! The rules of communities as this process knows them, shared by its methods and its sessions.
//!
//! A view may be old: methods compare its epoch with the store's, in the transaction that relies on it, and
//! gateways are told of newer epochs by events. Whoever finds a view too old asks for a newer one.

use osmium_model::{ChannelId, CommunityId, CommunityRules, Member, Permissions, UserId};
use osmium_ports::{Reader, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How many channels and members all views together may hold, about.
const CAPACITY: u64 = 500_000;

/// The rules of one community at one epoch, with those members that were asked for.
#[derive(Debug)]
pub struct View {
    /// The rules.
    pub rules: CommunityRules,
    members: RwLock<HashMap<UserId, Arc<Member>>>,
}

impl View {
    fn new(rules: CommunityRules) -> Self {
        Self {
            rules,
            members: RwLock::default(),
        }
    }

    /// A member, if it was asked for before.
    pub fn known_member(&self, user: UserId) -> Option<Arc<Member>> {
        self.members
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&user)
            .cloned()
    }

    /// Keeps a member that was read at this view's epoch.
    pub(crate) fn keep_member(&self, member: Arc<Member>) {
        let mut members = self.members.write().unwrap_or_else(PoisonError::into_inner);
        members.insert(member.user_id, member);
    }

    /// What a member may do in a channel.
    pub fn in_channel(&self, member: &Member, channel: ChannelId) -> Permissions {
        self.rules
            .in_channel(member.user_id, &member.role_ids, channel)
    }

    /// What a member may do in the community.
    pub fn in_community(&self, member: &Member) -> Permissions {
        self.rules.in_community(member.user_id, &member.role_ids)
    }

    /// Whether a member sees a channel.
    pub fn sees(&self, member: &Member, channel: ChannelId) -> bool {
        self.rules.sees(member.user_id, &member.role_ids, channel)
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
                u32::try_from(view.rules.channels.len() + 16).unwrap_or(u32::MAX)
            })
            .build();
        Self { views }
    }

    /// The view of a community that is kept, if it is of this epoch or a later one.
    pub fn kept(&self, id: CommunityId, epoch: u64) -> Option<Arc<View>> {
        self.views.get(&id).filter(|view| view.rules.epoch >= epoch)
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

    /// Keeps a view, unless someone else has kept a newer one meanwhile; gives the one that is kept.
    fn keep(&self, read: View) -> Arc<View> {
        let read = Arc::new(read);
        let entry = self
            .views
            .entry(read.rules.community_id)
            .and_upsert_with(|kept| match kept {
                Some(kept) if kept.value().rules.epoch >= read.rules.epoch => kept.into_value(),
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
            let read = reader.members(self.rules.community_id, &missing).await?;
            for member in read.into_iter().map(Arc::new) {
                self.keep_member(member.clone());
                found.push(member);
            }
        }
        Ok(found)
    }
}
