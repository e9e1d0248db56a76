//! Unread counts as arithmetic: a chat's counter minus a reader's position, less what was deleted since.

/// The counter of one chat, as far as unread counts need it.
///
/// Every message ever sent in a chat has an ordinal, from 1 without gaps. Messages that are gone leave
/// their ordinal behind; so a count is a subtraction and needs no row per reader. Applying the same news twice,
/// or in another order, gives the same counter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnreadCounter {
    last: u64,
    deleted: Vec<u64>,
}

impl UnreadCounter {
    /// A chat whose latest message has the ordinal `last`, and which has lost the messages `deleted`.
    pub fn new(last: u64, mut deleted: Vec<u64>) -> Self {
        deleted.sort_unstable();
        deleted.dedup();
        Self { last, deleted }
    }

    /// A message was sent.
    pub fn sent(&mut self, ordinal: u64) {
        self.last = self.last.max(ordinal);
    }

    /// A message was deleted.
    pub fn deleted(&mut self, ordinal: u64) {
        if let Err(place) = self.deleted.binary_search(&ordinal) {
            self.deleted.insert(place, ordinal);
        }
    }

    /// How many messages stand after `position`, the ordinal up to which a reader has read.
    pub fn unread(&self, position: u64) -> u32 {
        self.unread_up_to(position, self.last)
    }

    /// The same, as it was when the message with the ordinal `last` was the latest.
    pub fn unread_up_to(&self, position: u64, last: u64) -> u32 {
        let up_to = |ordinal| self.deleted.partition_point(|deleted| *deleted <= ordinal) as u64;
        let sent = last.saturating_sub(position);
        let gone = up_to(last).saturating_sub(up_to(position));
        u32::try_from(sent.saturating_sub(gone)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_count_is_what_a_list_would_say(
            sent in 0u64..60,
            deleted in prop::collection::vec(1u64..60, 0..30),
            position in 0u64..70,
        ) {
            let mut live: BTreeSet<u64> = (1..=sent).collect();
            let mut counter = UnreadCounter::default();
            (1..=sent).for_each(|ordinal| counter.sent(ordinal));
            for ordinal in deleted.into_iter().filter(|ordinal| *ordinal <= sent) {
                live.remove(&ordinal);
                counter.deleted(ordinal);
                counter.deleted(ordinal);
            }
            let expected = live.range(position + 1..).count();
            prop_assert_eq!(counter.unread(position) as usize, expected);
            let earlier = live.range(position + 1..).filter(|ordinal| **ordinal <= sent / 2).count();
            prop_assert_eq!(counter.unread_up_to(position, sent / 2) as usize, earlier);
        }
    }
}
