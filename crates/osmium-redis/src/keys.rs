//! The names of keys and channels. Braces keep on one node of a cluster what one script touches.

use osmium_model::{Partition, Topic, UserId};
use osmium_ports::Subject;
use std::sync::Arc;
use std::time::Duration;

/// Keys that nobody has written to for this long go away, so that an abandoned deployment cleans up after itself.
pub(crate) const KEY_TTL: Duration = Duration::from_hours(24);

/// Names under one prefix.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    prefix: Arc<str>,
}

impl Keys {
    /// Names that begin with the prefix.
    pub(crate) fn new(prefix: &str) -> Self {
        Self {
            prefix: prefix.into(),
        }
    }

    /// The channel that a subject is published on.
    pub(crate) fn channel(&self, subject: Subject) -> String {
        let prefix = &self.prefix;
        match subject {
            Subject::Topic(topic) => format!("{prefix}:t:{{{}:{}}}", topic.kind(), topic.id()),
            Subject::Partition(partition) => format!("{prefix}:p:{{{}}}", partition.0),
        }
    }

    /// What a channel is about; none if it is not ours.
    pub(crate) fn subject(&self, channel: &[u8]) -> Option<Subject> {
        let channel = std::str::from_utf8(channel).ok()?;
        let rest = channel.strip_prefix(&*self.prefix)?;
        let (kind, tag) = rest.strip_suffix('}')?.split_once('{')?;
        match kind {
            ":t:" => {
                let (kind, id) = tag.split_once(':')?;
                Topic::from_parts(kind.parse().ok()?, id.parse().ok()?).map(Subject::Topic)
            }
            ":p:" => Some(Subject::Partition(Partition(tag.parse().ok()?))),
            _ => None,
        }
    }

    /// A hash: what each connection of a user says.
    pub(crate) fn presence(&self, user: UserId) -> String {
        let partition = Topic::User(user).partition();
        format!("{}{user}", self.presence_of(partition))
    }

    /// Whose presence a key holds; none if it holds something else.
    pub(crate) fn user_of_presence(&self, key: &[u8]) -> Option<UserId> {
        let key = std::str::from_utf8(key).ok()?;
        let (_, user) = key.rsplit_once(':')?;
        let user = UserId(user.parse().ok()?);
        (self.presence(user) == key).then_some(user)
    }

    /// What the keys of a partition's users begin with.
    pub(crate) fn presence_of(&self, partition: Partition) -> String {
        format!("{}:{{p{}}}:presence:", self.prefix, partition.0)
    }

    /// A sorted set: the connections of a partition's users by the ends of their entries.
    pub(crate) fn presence_ends(&self, partition: Partition) -> String {
        format!("{}:{{p{}}}:presence-ends", self.prefix, partition.0)
    }

    /// A hash: the partition's users of whom a change is not told yet, each with the mark of the latest one.
    pub(crate) fn presence_notes(&self, partition: Partition) -> String {
        format!("{}:{{p{}}}:presence-notes", self.prefix, partition.0)
    }

    /// A hash: how full a bucket is.
    pub(crate) fn bucket(&self, key: &str) -> String {
        format!("{}:rate:{{{key}}}", self.prefix)
    }

    /// A sorted set: living holders of leases by their ends.
    pub(crate) fn holders(&self) -> String {
        format!("{}:{{leases}}:holders", self.prefix)
    }

    /// A hash: who holds each partition.
    pub(crate) fn partitions(&self) -> String {
        format!("{}:{{leases}}:partitions", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::{CommunityId, GroupId};

    #[test]
    fn channels_name_subjects() {
        let keys = Keys::new("osmium");
        for (subject, channel) in [
            (Subject::Topic(Topic::User(UserId(5))), "osmium:t:{1:5}"),
            (Subject::Topic(Topic::Group(GroupId(6))), "osmium:t:{2:6}"),
            (
                Subject::Topic(Topic::Community(CommunityId(u64::MAX))),
                "osmium:t:{3:18446744073709551615}",
            ),
            (Subject::Partition(Partition(31)), "osmium:p:{31}"),
        ] {
            assert_eq!(keys.channel(subject), channel);
            assert_eq!(keys.subject(channel.as_bytes()), Some(subject));
        }
    }

    #[test]
    fn other_channels_are_not_ours() {
        let keys = Keys::new("osmium");
        for channel in [
            "",
            "osmium",
            "osmium:t:{1}",
            "osmium:t:{9:1}",
            "osmium:p:{x}",
            "other:p:{1}",
        ] {
            assert_eq!(keys.subject(channel.as_bytes()), None, "{channel}");
        }
    }
}
