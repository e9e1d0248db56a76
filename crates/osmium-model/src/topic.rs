//! Topics: the streams of events that sessions follow.
//!
//! A topic is a user, a group or a community. Each has one sequence of events, without gaps, in commit
//! order, and one route on the bus; so one number tells a gateway whether it has heard everything.

use crate::id::{CommunityId, GroupId, UserId};
use serde::{Deserialize, Serialize};

/// Whose events these are. Ids are unique across kinds, so the id alone names the topic in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// What concerns one user: direct and saved messages, read positions, logins, memberships.
    User(UserId),
    /// What concerns everyone in a group.
    Group(GroupId),
    /// What concerns the members of a community, channels included.
    Community(CommunityId),
}

impl Topic {
    /// The number of partitions. All services of a deployment share it, so it is not configurable.
    pub const PARTITIONS: u16 = 32;

    /// The id of what the topic is about.
    pub fn id(self) -> u64 {
        match self {
            Self::User(id) => id.0,
            Self::Group(id) => id.0,
            Self::Community(id) => id.0,
        }
    }

    /// The kind as a small number, for stores and the bus: 1 user, 2 group, 3 community.
    pub fn kind(self) -> u8 {
        match self {
            Self::User(_) => 1,
            Self::Group(_) => 2,
            Self::Community(_) => 3,
        }
    }

    /// The topic with this kind and id; none if there is no such kind.
    pub fn from_parts(kind: u8, id: u64) -> Option<Self> {
        match kind {
            1 => Some(Self::User(UserId(id))),
            2 => Some(Self::Group(GroupId(id))),
            3 => Some(Self::Community(CommunityId(id))),
            _ => None,
        }
    }

    /// The partition whose lease holder publishes this topic.
    pub fn partition(self) -> Partition {
        // Fibonacci hashing: the low bits of snowflakes are mostly zero, so the high ones of the product decide.
        let hash = self.id().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        Partition(u16::try_from(hash % u64::from(Self::PARTITIONS)).unwrap_or(0))
    }
}

/// A share of all topics, published by one fan-out at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Partition(pub u16);

impl Partition {
    /// Every partition there is.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Topic::PARTITIONS).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_name_a_topic() {
        for topic in [
            Topic::User(UserId(5)),
            Topic::Group(GroupId(6)),
            Topic::Community(CommunityId(7)),
        ] {
            assert_eq!(Topic::from_parts(topic.kind(), topic.id()), Some(topic));
        }
        assert_eq!(Topic::from_parts(9, 1), None);
    }

    #[test]
    fn partitions_share_the_topics_evenly() {
        let mut counts = [0u32; Topic::PARTITIONS as usize];
        for ms in 0..10_000u64 {
            counts[usize::from(Topic::User(UserId(ms << 22)).partition().0)] += 1;
        }
        let (least, most) = (counts.iter().min(), counts.iter().max());
        assert!(least > Some(&200) && most < Some(&450), "{counts:?}");
    }
}
