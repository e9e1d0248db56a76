//! Tells operators what a service waits for until it is ready. The service itself is up meanwhile, and says 503.

use osmium_ports::{Bus, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// The first pause between two looks; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

/// Looks at the database and the bus until both can be used, and logs each time why not.
pub(crate) async fn until_reachable(store: Arc<dyn Store>, bus: Arc<dyn Bus>) {
    let mut pause = FIRST_PAUSE;
    let mut waited = false;
    while let Err(why) = reach(&*store, &*bus).await {
        tracing::warn!("not ready, waiting: {why}");
        tokio::time::sleep(pause).await;
        waited = true;
        pause = LONGEST_PAUSE.min(pause * 2);
    }
    if waited {
        tracing::info!("the database and the bus can be used");
    }
}

/// Whether the database has the schema of this release and the bus answers; if not, why.
async fn reach(store: &dyn Store, bus: &dyn Bus) -> Result<(), String> {
    store.ping().await.map_err(|error| match error {
        StoreError::Internal(_) => format!("{error}; `osmium migrate` may be needed"),
        error => error.to_string(),
    })?;
    bus.ping().await.map_err(|error| error.to_string())
}
