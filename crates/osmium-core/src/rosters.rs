//! Rosters: who is in a community, and the member lists of its channels.
//!
//! A roster is a projection of the community's log: it is read once, and then follows what the log says of members and
//! users. So it is never older than the moment at which it is asked for, and asking costs one look at the log's position.

use crate::views::View;
use osmium_model::{
    ChannelId, CommunityId, Event, Limits, Member, Rank, RoleId, Status, Topic, User, UserId,
};
use osmium_ports::store::LogEntry;
use osmium_ports::{Presence, Store, StoreError};
use osmium_proto::updates::MemberListEntry;
use osmium_wire::member_list::{self, Section};
use prost::Message;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How many members all rosters together may hold, about.
const CAPACITY: u64 = 1_000_000;
/// How far a roster may be behind its log before it is read anew.
const BEHIND: u64 = 2000;
/// How many events are read at a time.
const PAGE: u32 = 500;
/// How long statuses are taken as they were.
const STATUSES: Duration = Duration::from_secs(2);
/// What the entries of a list may take of a frame, in bytes.
const ROOM: usize = 448 * 1024;

/// The rosters of this process.
pub struct Rosters {
    store: Arc<dyn Store>,
    presence: Arc<dyn Presence>,
    /// How many entries a list has at most.
    listed: usize,
    kept: moka::sync::Cache<CommunityId, Arc<Mutex<Roster>>>,
}

/// A member, and who it is.
type Listed = (Member, User);

/// The members of a community, in the order of their names.
#[derive(Default)]
struct Roster {
    /// The number of the latest event that is in it; none before it was read.
    seq: Option<u64>,
    members: BTreeMap<(String, UserId), Listed>,
    names: HashMap<UserId, String>,
    statuses: HashMap<UserId, Status>,
    statuses_at: Option<Instant>,
}

impl Rosters {
    pub(crate) fn new(store: Arc<dyn Store>, presence: Arc<dyn Presence>, limits: &Limits) -> Self {
        Self {
            store,
            presence,
            listed: limits.members_listed as usize,
            kept: moka::sync::Cache::builder()
                .max_capacity(CAPACITY / 1000)
                .build(),
        }
    }

    /// Who may view a channel, as members are shown who may: those online in the sections of their highest role that is
    /// shown on its own, then the others who are, then those who are not. Of very many, the last are counted only.
    pub async fn list(
        &self,
        view: &View,
        channel: ChannelId,
    ) -> Result<Vec<MemberListEntry>, StoreError> {
        let community = view.rules().community_id;
        let roster = self.kept.get_with(community, Arc::default);
        let mut roster = roster.lock().await;
        roster.catch_up(&*self.store, community).await?;
        roster.look_at_statuses(&*self.presence).await;
        Ok(roster.list(view, channel, self.listed))
    }

    /// The next list of a community has the statuses of then: someone's changed.
    pub async fn forget_statuses(&self, community: CommunityId) {
        let roster = self.kept.get_with(community, Arc::default);
        roster.lock().await.statuses_at = None;
    }
}

/// A number that tells one list from another.
pub fn fingerprint(entries: &[MemberListEntry]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for entry in entries {
        entry.encode_to_vec().hash(&mut hasher);
    }
    hasher.finish()
}

impl Roster {
    async fn catch_up(
        &mut self,
        store: &dyn Store,
        community: CommunityId,
    ) -> Result<(), StoreError> {
        let topic = Topic::Community(community);
        let position = store.positions(&[topic]).await?.pop();
        let last = position.map_or(0, |position| position.seq);
        while let Some(seq) = self.seq.filter(|seq| *seq < last) {
            let entries = if last - seq > BEHIND {
                Vec::new()
            } else {
                store.events(topic, seq, PAGE).await?
            };
            if entries.first().is_none_or(|first| first.seq != seq + 1) {
                self.seq = None;
            }
            for entry in entries {
                self.apply(entry);
            }
        }
        if self.seq.is_none() {
            let mut reader = store.read().await?;
            let rows = reader.roster(community).await?;
            (self.members, self.names) = (BTreeMap::new(), HashMap::new());
            for (member, user) in rows {
                self.insert(member, user);
            }
            // What was read may be newer, and what is newer is applied again.
            self.seq = Some(last);
            self.statuses_at = None;
        }
        Ok(())
    }

    fn apply(&mut self, entry: LogEntry) {
        let Some(seq) = &mut self.seq else { return };
        *seq = entry.seq;
        match entry.event {
            Some(Event::MemberJoined { member, user }) => {
                self.statuses_at = None;
                self.insert(member, user);
            }
            Some(Event::MemberChanged { member, .. }) => {
                if let Some((_, user)) = self.remove(member.user_id) {
                    self.insert(member, user);
                }
            }
            Some(Event::UserChanged { user, .. }) => {
                if let Some((member, _)) = self.remove(user.id) {
                    self.insert(member, user);
                }
            }
            Some(Event::MembersLeft { user_ids, .. }) => {
                for user in user_ids {
                    self.remove(user);
                }
            }
            Some(_) => {}
            // A newer release wrote what this one does not know.
            None => self.seq = None,
        }
    }

    fn insert(&mut self, member: Member, user: User) {
        self.remove(user.id);
        let name = member.nickname.as_ref().unwrap_or(&user.name);
        let name = name.to_lowercase();
        self.names.insert(user.id, name.clone());
        self.members.insert((name, user.id), (member, user));
    }

    fn remove(&mut self, user: UserId) -> Option<Listed> {
        let name = self.names.remove(&user)?;
        self.members.remove(&(name, user))
    }

    async fn look_at_statuses(&mut self, presence: &dyn Presence) {
        if self.statuses_at.is_some_and(|at| at.elapsed() < STATUSES) {
            return;
        }
        let users: Vec<UserId> = self.names.keys().copied().collect();
        match presence.statuses(&users).await {
            Ok(statuses) => {
                let seen = |(user, merged): (UserId, Option<Status>)| {
                    Some((user, Status::seen_by_others(merged.as_ref())?.clone()))
                };
                self.statuses = users.into_iter().zip(statuses).filter_map(seen).collect();
                self.statuses_at = Some(Instant::now());
            }
            Err(error) => tracing::debug!(%error, "a member list has statuses as they were"),
        }
    }

    fn list(&self, view: &View, channel: ChannelId, most: usize) -> Vec<MemberListEntry> {
        let separated = separated(view);
        let mut sections: BTreeMap<Place, (Section, Vec<&Listed>)> = BTreeMap::new();
        for entry in self.members.values() {
            let (member, user) = entry;
            if view.grant(member, channel).views() {
                let online = self.statuses.contains_key(&user.id);
                let (place, section) = section_of(&separated, member, online);
                let (_, shown) = sections
                    .entry(place)
                    .or_insert_with(|| (section, Vec::new()));
                shown.push(entry);
            }
        }
        self.entries(sections.into_values(), most)
    }

    fn entries<'a>(
        &self,
        sections: impl Iterator<Item = (Section, Vec<&'a Listed>)>,
        most: usize,
    ) -> Vec<MemberListEntry> {
        let (mut entries, mut taken) = (Vec::new(), 0);
        for (section, members) in sections {
            entries.push(member_list::divider(section, members.len()));
            for (member, user) in members {
                if entries.len() >= most || taken >= ROOM {
                    break;
                }
                let status = self.statuses.get(&user.id);
                let entry = member_list::member(user, member.nickname.as_ref(), status);
                taken += entry.encoded_len();
                entries.push(entry);
            }
        }
        entries
    }
}

/// Where a section stands: those of roles by rank, the highest first, then the others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Role(Reverse<Rank>),
    Online,
    Offline,
}

/// The roles that are shown on their own.
fn separated(view: &View) -> HashMap<RoleId, Rank> {
    let roles = view.rules().roles.values();
    roles
        .filter(|role| role.separated)
        .map(|role| (role.id, role.rank()))
        .collect()
}

fn section_of(
    separated: &HashMap<RoleId, Rank>,
    member: &Member,
    online: bool,
) -> (Place, Section) {
    if !online {
        return (Place::Offline, Section::Offline);
    }
    let held = member
        .role_ids
        .iter()
        .filter_map(|role| Some((*separated.get(role)?, *role)));
    match held.max() {
        Some((rank, role)) => (Place::Role(Reverse(rank)), Section::Role(role)),
        None => (Place::Online, Section::Online),
    }
}
