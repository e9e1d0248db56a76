//! Ids for what is new, under a leased worker number.

use crate::error::{Error, Result};
use osmium_model::Timestamp;
use osmium_model::snowflake::Snowflakes;
use osmium_ports::{Clock, Store, StoreError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a number is held without renewal.
const LEASE: Duration = Duration::from_secs(60);
/// How often it is renewed.
const RENEWAL: Duration = Duration::from_secs(15);
/// Ids stop this long before the lease ends, so that no id is made after it.
const MARGIN: Duration = Duration::from_secs(5);
/// How long to wait before trying again to reach the store.
const RETRY: Duration = Duration::from_millis(500);

/// Makes ids. Without a lease (the store was away too long) it makes none.
pub(crate) struct Ids {
    clock: Arc<dyn Clock>,
    holder: String,
    state: Mutex<Option<Leased>>,
}

struct Leased {
    snowflakes: Snowflakes,
    worker: u16,
    until: Timestamp,
}

impl Ids {
    /// Without a lease yet: [`Ids::keep`] gets one.
    pub(crate) fn new(clock: Arc<dyn Clock>, holder: String) -> Self {
        Self {
            clock,
            holder,
            state: Mutex::new(None),
        }
    }

    /// The next id.
    pub(crate) fn next(&self) -> Result<u64> {
        self.next_above(0)
    }

    /// The next id, greater than `floor`.
    pub(crate) fn next_above(&self, floor: u64) -> Result<u64> {
        let now = self.clock.now();
        let mut state = self.state();
        let leased = state.as_mut().filter(|leased| now < leased.until);
        let leased = leased.ok_or_else(Error::unavailable)?;
        Ok(leased.snowflakes.next(now, floor))
    }

    /// Whether ids can be made now.
    pub(crate) fn ready(&self) -> bool {
        let now = self.clock.now();
        self.state()
            .as_ref()
            .is_some_and(|leased| now < leased.until)
    }

    /// Gets and keeps a lease, for as long as it runs.
    pub(crate) async fn keep(&self, store: &dyn Store) {
        let mut told = false;
        loop {
            let renewed = match self.held() {
                Some((worker, used)) => self.renew(store, worker, used).await,
                None => self.lease(store).await,
            };
            let pause = match renewed {
                Ok(()) => {
                    told = false;
                    RENEWAL
                }
                Err(error) => {
                    if !std::mem::replace(&mut told, true) {
                        tracing::warn!(%error, "no worker number for ids; trying again");
                    }
                    RETRY
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    async fn lease(&self, store: &dyn Store) -> Result<(), StoreError> {
        let asked = self.clock.now();
        let lease = store.lease_worker(&self.holder, LEASE).await?;
        let mut snowflakes = Snowflakes::new(lease.worker);
        if lease.not_before > asked {
            snowflakes.next(lease.not_before, 0);
        }
        tracing::debug!(worker = lease.worker, "leased a worker number");
        *self.state() = Some(Leased {
            snowflakes,
            worker: lease.worker,
            until: end(asked),
        });
        Ok(())
    }

    async fn renew(
        &self,
        store: &dyn Store,
        worker: u16,
        used: Timestamp,
    ) -> Result<(), StoreError> {
        let asked = self.clock.now();
        if store
            .renew_worker(&self.holder, worker, used, LEASE)
            .await?
        {
            if let Some(leased) = self.state().as_mut() {
                leased.until = end(asked);
            }
            return Ok(());
        }
        *self.state() = None;
        self.lease(store).await
    }

    fn held(&self) -> Option<(u16, Timestamp)> {
        self.state()
            .as_ref()
            .map(|leased| (leased.worker, leased.snowflakes.last()))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, Option<Leased>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn end(asked: Timestamp) -> Timestamp {
    asked.plus(LEASE).minus(MARGIN)
}
