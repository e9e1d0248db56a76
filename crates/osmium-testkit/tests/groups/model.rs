//! A model of groups, as simple as can be: for each member the set of what they have not read.

use std::collections::{BTreeMap, BTreeSet};

/// Someone, by their place among those who take part.
pub(crate) type Who = usize;

/// All groups there are.
#[derive(Debug, Default)]
pub(crate) struct Model {
    groups: BTreeMap<u64, Group>,
}

#[derive(Debug, Default)]
struct Group {
    /// By when they came in, with the messages that they have not read.
    members: Vec<(Who, BTreeSet<u64>)>,
    owner: Who,
    /// What was not deleted, with who wrote it, or whom it is about.
    messages: BTreeMap<u64, Who>,
}

/// A group in someone's list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) id: u64,
    pub(crate) last_message_id: u64,
    pub(crate) unread: u32,
    pub(crate) owned: bool,
    pub(crate) members: Vec<Who>,
}

impl Model {
    /// The code with which someone is refused who is not in a group; 404 also if there is none.
    fn reached(&mut self, id: u64, by: Who) -> Result<&mut Group, u32> {
        let group = self.groups.get_mut(&id).ok_or(404u32)?;
        if group.has(by) { Ok(group) } else { Err(404) }
    }

    /// Makes a group; everyone is named once.
    pub(crate) fn create(&mut self, id: u64, owner: Who, members: Vec<Who>) {
        let members = members.into_iter().map(|who| (who, BTreeSet::new()));
        let group = Group {
            members: members.collect(),
            owner,
            messages: BTreeMap::new(),
        };
        self.groups.insert(id, group);
    }

    /// Puts someone in; tells whether there is a message to be learned that says so.
    pub(crate) fn add(&mut self, id: u64, by: Who, whom: Who) -> Result<bool, u32> {
        let group = self.reached(id, by)?;
        let comes = !group.has(whom);
        if comes {
            group.members.push((whom, BTreeSet::new()));
        }
        Ok(comes)
    }

    /// Takes someone out; tells whether there is a message to be learned that says so.
    pub(crate) fn remove(&mut self, id: u64, by: Who, whom: Who) -> Result<bool, u32> {
        let group = self.reached(id, by)?;
        if by != whom && group.owner != by {
            return Err(403);
        }
        if !group.has(whom) {
            return Err(404);
        }
        group.members.retain(|(who, _)| *who != whom);
        let Some((longest, _)) = group.members.first() else {
            self.groups.remove(&id);
            return Ok(false);
        };
        if group.owner == whom {
            group.owner = *longest;
        }
        Ok(true)
    }

    /// Whether someone may send.
    pub(crate) fn may_send(&mut self, id: u64, by: Who) -> Result<(), u32> {
        self.reached(id, by).map(drop)
    }

    /// There is a message: someone has sent it, or it says that they came or went. If they are here, they have read all.
    pub(crate) fn sent(&mut self, id: u64, message: u64, author: Who) {
        let Some(group) = self.groups.get_mut(&id) else {
            return;
        };
        group.messages.insert(message, author);
        for (who, unread) in &mut group.members {
            if *who == author {
                unread.clear();
            } else {
                unread.insert(message);
            }
        }
    }

    /// Deletes a message, if it is there.
    pub(crate) fn delete(&mut self, id: u64, by: Who, message: u64) -> Result<(), u32> {
        let group = self.reached(id, by)?;
        let owned = group.owner == by;
        match group.messages.get(&message) {
            None => return Ok(()),
            Some(author) if *author != by && !owned => return Err(403),
            Some(_) => group.messages.remove(&message),
        };
        for (_, unread) in &mut group.members {
            unread.remove(&message);
        }
        Ok(())
    }

    /// Reads up to a message.
    pub(crate) fn read(&mut self, id: u64, by: Who, message: u64) -> Result<(), u32> {
        let group = self.reached(id, by)?;
        for (_, unread) in group.members.iter_mut().filter(|(who, _)| *who == by) {
            unread.retain(|id| *id > message);
        }
        Ok(())
    }

    /// Someone's list of groups, the latest first.
    pub(crate) fn list_of(&self, who: Who) -> Vec<Listed> {
        let listed = |(id, group): (&u64, &Group)| {
            let (_, unread) = group.members.iter().find(|(member, _)| *member == who)?;
            Some(Listed {
                id: *id,
                last_message_id: group.messages.keys().last().copied().unwrap_or(*id),
                unread: u32::try_from(unread.len()).unwrap_or(u32::MAX),
                owned: group.owner == who,
                members: group.members.iter().map(|(member, _)| *member).collect(),
            })
        };
        let mut list: Vec<Listed> = self.groups.iter().filter_map(listed).collect();
        list.sort_by_key(|listed| std::cmp::Reverse(listed.last_message_id));
        list
    }
}

impl Group {
    fn has(&self, who: Who) -> bool {
        self.members.iter().any(|(member, _)| *member == who)
    }
}
