//! What a method has at hand: the caller, the ports, and transactions that announce what they commit.

use crate::access::InCommunity;
use crate::announcer::Announcer;
use crate::error::{Error, Result};
use crate::run::Core;
use crate::session::{Actor, Caller, Transition};
use osmium_model::{CommunityId, Event, Limits, Timestamp, Topic};
use osmium_ports::{Reader, Transaction};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// One call.
pub(crate) struct Context {
    pub(crate) core: Arc<Core>,
    pub(crate) caller: Caller,
    transition: Mutex<Option<Transition>>,
}

impl Context {
    pub(crate) fn new(core: Arc<Core>, caller: Caller) -> Self {
        Self {
            core,
            caller,
            transition: Mutex::new(None),
        }
    }

    /// Who calls. For methods of [`crate::Access::SignedIn`], always someone.
    pub(crate) fn actor(&self) -> Result<Actor> {
        self.caller.actor.ok_or_else(Error::signed_out)
    }

    /// The time of the call.
    pub(crate) fn now(&self) -> Timestamp {
        self.core.ports.clock.now()
    }

    /// The limits in force.
    pub(crate) fn limits(&self) -> &Limits {
        &self.core.config.limits
    }

    /// A new id.
    pub(crate) fn new_id(&self) -> Result<u64> {
        self.core.ids.next()
    }

    /// For reading outside a transaction.
    pub(crate) async fn read(&self) -> Result<Box<dyn Reader>> {
        Ok(self.core.ports.store.read().await?)
    }

    /// A transaction that holds these topics.
    pub(crate) async fn begin(&self, topics: &[Topic]) -> Result<Tx> {
        let inner = self.core.ports.store.begin(topics).await?;
        Ok(Tx {
            inner,
            announcer: self.core.announcer.clone(),
        })
    }

    /// A transaction that holds a community, and the community as the caller reaches it: they are a member of it. Others
    /// hold their topics as well.
    pub(crate) async fn begin_in(
        &self,
        id: CommunityId,
        others: &[Topic],
    ) -> Result<(Tx, InCommunity)> {
        let mut topics = vec![Topic::Community(id)];
        topics.extend(others);
        let mut tx = self.begin(&topics).await?;
        let here = self.community(&mut *tx, id).await?;
        Ok((tx, here))
    }

    /// What the session becomes if the call succeeds.
    pub(crate) fn on_success(&self, transition: Transition) {
        *self
            .transition
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(transition);
    }

    pub(crate) fn into_transition(self) -> Option<Transition> {
        self.transition
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A transaction whose events are announced once they are committed.
pub(crate) struct Tx {
    inner: Box<dyn Transaction>,
    announcer: Announcer,
}

impl Tx {
    pub(crate) fn new(inner: Box<dyn Transaction>, announcer: Announcer) -> Self {
        Self { inner, announcer }
    }

    /// Records the same in each of these topics, which are held.
    pub(crate) fn record_in(&mut self, topics: &[Topic], event: &Event) {
        for topic in topics {
            self.inner.record(*topic, event.clone());
        }
    }

    /// Commits, then announces.
    pub(crate) async fn commit(self) -> Result<()> {
        let recorded = self.inner.commit().await?;
        self.announcer.recorded(recorded);
        Ok(())
    }
}

impl Deref for Tx {
    type Target = dyn Transaction;

    fn deref(&self) -> &Self::Target {
        &*self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut *self.inner
    }
}
