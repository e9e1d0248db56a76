//! How many connections there may be, in all and with one address.

use crate::address::subscriber;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many connections over the limit are held with one address, only to tell it so.
const SPARE: usize = 16;

/// Counts connections.
pub(crate) struct Limits {
    in_all: usize,
    per_address: usize,
    /// By what is limited; none is all of them.
    counts: Mutex<HashMap<Option<IpAddr>, usize>>,
}

/// One connection, counted until it is dropped.
pub(crate) struct Slot {
    limits: Arc<Limits>,
    key: Option<IpAddr>,
    /// Whether it is over the limit: it may be told so, and no more.
    pub(crate) over: bool,
}

impl Limits {
    /// Nothing is counted yet.
    pub(crate) fn new(in_all: usize, per_address: usize) -> Arc<Self> {
        Arc::new(Self {
            in_all,
            per_address,
            counts: Mutex::default(),
        })
    }

    /// Counts a connection among all; none if there are too many.
    pub(crate) fn enter(self: &Arc<Self>) -> Option<Slot> {
        self.take(None, self.in_all, 0)
    }

    /// Counts a connection with an address; none if there are so many over the limit that not even
    /// that is told.
    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Slot> {
        self.take(Some(subscriber(address)), self.per_address, SPARE)
    }

    fn take(self: &Arc<Self>, key: Option<IpAddr>, most: usize, spare: usize) -> Option<Slot> {
        let mut counts = self.counts();
        let count = counts.get(&key).copied().unwrap_or(0);
        if count >= most.saturating_add(spare) {
            return None;
        }
        counts.insert(key, count + 1);
        Some(Slot {
            limits: self.clone(),
            key,
            over: count >= most,
        })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<Option<IpAddr>, usize>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut counts = self.limits.counts();
        if let Some(count) = counts.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn over(slot: Option<&Slot>) -> Option<bool> {
        slot.map(|slot| slot.over)
    }

    #[test]
    fn an_address_has_its_number_and_a_spare_to_be_told() {
        let limits = Limits::new(1000, 2);
        let slots: Vec<_> = (0..2 + SPARE).map(|_| limits.admit(HERE)).collect();
        let within = slots
            .iter()
            .filter(|slot| over(slot.as_ref()) == Some(false))
            .count();
        assert_eq!((within, slots.iter().flatten().count()), (2, 2 + SPARE));
        assert!(limits.admit(HERE).is_none());
        assert_eq!(over(limits.admit(THERE).as_ref()), Some(false));
        drop(slots);
        assert_eq!(over(limits.admit(HERE).as_ref()), Some(false));
        assert!(limits.counts().is_empty());
    }

    #[test]
    fn there_is_a_number_for_all() {
        let limits = Limits::new(1, 5);
        let first = limits.enter();
        assert!(first.is_some() && limits.enter().is_none());
        drop(first);
        assert!(limits.enter().is_some());
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let limits = Limits::new(10, 1);
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let first = limits.admit(address("2001:db8::1"));
        assert_eq!(over(first.as_ref()), Some(false));
        assert_eq!(
            over(limits.admit(address("2001:db8::2")).as_ref()),
            Some(true)
        );
    }
}
