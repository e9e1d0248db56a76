//! Connections that are kept between two uses, for work that has to begin at once.
//!
//! A pool asks the server each time that a connection comes back whether it is well, and lends the one that rested longest.
//! A connection whose last statement has succeeded is well, and the one that worked last has the server's caches warm.

use crate::error::failed;
use osmium_ports::StoreError;
use osmium_ports::store::Result;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, PgConnection, PgPool, Postgres};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// One that rested for longer is tried before it is used: the server may have left.
pub(crate) const TRUSTED_REST: Duration = Duration::from_secs(1);
/// How long an answer to whether one is alive is waited for.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// How long one is kept until the pool, which knows how old it may become, has it back.
const KEPT: Duration = Duration::from_mins(5);

/// Connections of a pool that has no other users. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct KeptConnections {
    pool: PgPool,
    /// As many as the pool has connections: whoever has one finds a connection here or there.
    permits: Arc<Semaphore>,
    resting: Arc<Mutex<Vec<Resting>>>,
}

#[derive(Debug)]
struct Resting {
    connection: PoolConnection<Postgres>,
    taken: Instant,
    since: Instant,
}

impl KeptConnections {
    /// Those of a pool, of which none is taken yet.
    pub(crate) fn of(pool: PgPool) -> Self {
        let most = usize::try_from(pool.options().get_max_connections()).unwrap_or(usize::MAX);
        Self {
            pool,
            permits: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))),
            resting: Arc::default(),
        }
    }

    /// The one that was kept last, or else one of the pool. Waits as long as the pool would if there is none.
    pub(crate) async fn take(&self) -> Result<Kept> {
        let patience = self.pool.options().get_acquire_timeout();
        let permit = tokio::time::timeout(patience, self.permits.clone().acquire_owned()).await;
        let Ok(Ok(permit)) = permit else {
            return Err(StoreError::Unavailable("no connection is free".to_owned()));
        };
        let (connection, taken) = match self.rested().await {
            Some(rested) => rested,
            None => (self.pool.acquire().await.map_err(failed)?, Instant::now()),
        };
        Ok(Kept {
            connection: Some(connection),
            is_well: true,
            taken,
            home: self.clone(),
            _permit: permit,
        })
    }

    /// One that rests, and when it was taken. Those that are found dead are closed.
    async fn rested(&self) -> Option<(PoolConnection<Postgres>, Instant)> {
        loop {
            let mut resting = self.resting().pop()?;
            if resting.since.elapsed() <= TRUSTED_REST || answers(&mut resting.connection).await {
                return Some((resting.connection, resting.taken));
            }
            resting.connection.close_on_drop();
        }
    }

    fn close_resting(&self) {
        for mut resting in self.resting().drain(..) {
            resting.connection.close_on_drop();
        }
    }

    fn resting(&self) -> MutexGuard<'_, Vec<Resting>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a connection answers, and before long: it may have died without a word.
pub(crate) async fn answers(connection: &mut PgConnection) -> bool {
    let answer = tokio::time::timeout(ANSWERS_WITHIN, connection.ping()).await;
    answer.is_ok_and(|answer| answer.is_ok())
}

/// A connection in use. It is kept for the next one if it is known to be well when it is dropped; else it is closed.
pub(crate) struct Kept {
    /// There is one until this is dropped.
    connection: Option<PoolConnection<Postgres>>,
    is_well: bool,
    taken: Instant,
    home: KeptConnections,
    _permit: OwnedSemaphorePermit,
}

impl Kept {
    /// Says that all that was begun on it has come to its end.
    pub(crate) fn mark_well(&mut self) {
        self.is_well = true;
    }
}

impl Deref for Kept {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.connection.as_ref().expect("it is not dropped")
    }
}

impl DerefMut for Kept {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.is_well = false;
        self.connection.as_mut().expect("it is not dropped")
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else {
            return;
        };
        if !self.is_well {
            connection.close_on_drop();
            // What befell it may have befallen all.
            self.home.close_resting();
        } else if self.taken.elapsed() < KEPT {
            self.home.resting().push(Resting {
                connection,
                taken: self.taken,
                since: Instant::now(),
            });
        }
    }
}
