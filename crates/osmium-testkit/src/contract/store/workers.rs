//! The contract of worker numbers: leased to one holder at a time.

use super::SharedStore;
use crate::builders::NOON;
use crate::contract::Checked;
use futures::future::try_join_all;
use osmium_model::snowflake::WORKERS;
use std::collections::HashSet;
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);

/// Holders that come at once get different numbers, all in range.
pub async fn holders_get_different_numbers(store: SharedStore) -> Checked {
    let leases = (0..16).map(|holder| {
        let store = store.clone();
        tokio::spawn(async move {
            let lease = store
                .lease_worker(&format!("holder {holder}"), HOUR)
                .await?;
            Checked::Ok(lease.worker)
        })
    });
    let mut workers = HashSet::new();
    for worker in try_join_all(leases).await? {
        let worker = worker?;
        assert!(worker < WORKERS);
        assert!(workers.insert(worker), "{worker} was leased twice");
    }
    Ok(())
}

/// There are so many numbers and no more; one whose lease ended is leased again, last of all.
pub async fn numbers_run_out_and_come_back(store: SharedStore) -> Checked {
    let ended = store.lease_worker("gone", Duration::ZERO).await?.worker;
    let mut workers = HashSet::new();
    for _ in 1..WORKERS {
        let lease = store.lease_worker("many", HOUR).await?;
        assert!(workers.insert(lease.worker), "{} is held", lease.worker);
    }
    assert!(!workers.contains(&ended), "others were unused for longer");
    let last = store.lease_worker("last", HOUR).await?;
    assert_eq!(last.worker, ended);
    let none = store.lease_worker("too late", HOUR).await;
    assert!(none.is_err(), "{none:?} was held by another");
    Ok(())
}

/// A holder keeps its number as long as it renews; nobody else can renew it.
pub async fn a_holder_renews_its_own_number(store: SharedStore) -> Checked {
    let lease = store.lease_worker("ada", HOUR).await?;
    assert!(store.renew_worker("ada", lease.worker, NOON, HOUR).await?);
    assert!(!store.renew_worker("bob", lease.worker, NOON, HOUR).await?);
    let other = (lease.worker + 1) % WORKERS;
    assert!(!store.renew_worker("ada", other, NOON, HOUR).await?);
    assert!(store.renew_worker("ada", lease.worker, NOON, HOUR).await?);
    Ok(())
}

/// Who holds a number next is told up to when ids were made; who held it before has lost it.
pub async fn a_number_comes_with_its_past(store: SharedStore) -> Checked {
    let used = store.now().await?.plus(HOUR);
    let lease = store.lease_worker("ada", HOUR).await?;
    let worker = lease.worker;
    assert!(store.renew_worker("ada", worker, used, HOUR).await?);
    let earlier = used.minus(HOUR);
    let renewed = store
        .renew_worker("ada", worker, earlier, Duration::ZERO)
        .await?;
    assert!(renewed);

    let mut next = store.lease_worker("bob", HOUR).await?;
    while next.worker != worker {
        next = store.lease_worker("bob", HOUR).await?;
    }
    assert!(
        next.not_before >= used,
        "{:?} is too early",
        next.not_before
    );
    assert!(!store.renew_worker("ada", worker, used, HOUR).await?);
    assert!(store.renew_worker("bob", worker, used, HOUR).await?);
    Ok(())
}
