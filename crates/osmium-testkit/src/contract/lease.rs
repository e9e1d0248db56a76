//! The contract of [`osmium_ports::Leases`]: what its documentation says, sentence by sentence.

use crate::brokers::Deployment;
use crate::contract::Checked;
use osmium_model::{Partition, Topic};
use osmium_ports::{LeaseError, Leases};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::sleep;

const HOUR: Duration = Duration::from_hours(1);
const ALL: usize = Topic::PARTITIONS as usize;

/// Renews in turn, so often; gives what each holds in the end, without overlap.
async fn settle(
    leases: &dyn Leases,
    holders: &[&str],
    rounds: usize,
) -> Result<Vec<BTreeSet<Partition>>, LeaseError> {
    let mut held = Vec::new();
    for _ in 0..rounds {
        held.clear();
        for holder in holders {
            held.push(BTreeSet::from_iter(leases.renew(holder, HOUR).await?));
        }
    }
    let together: BTreeSet<_> = held.iter().flatten().collect();
    let counted: usize = held.iter().map(BTreeSet::len).sum();
    assert_eq!(
        together.len(),
        counted,
        "a partition has one holder: {held:?}"
    );
    Ok(held)
}

fn sizes(held: &[BTreeSet<Partition>]) -> Vec<usize> {
    held.iter().map(BTreeSet::len).collect()
}

/// Who is alone holds every partition, once.
pub async fn one_holder_holds_everything(deployment: Deployment) -> Checked {
    let held = deployment.here.leases.renew("a", HOUR).await?;
    assert_eq!(held.len(), ALL);
    assert_eq!(BTreeSet::from_iter(held), Partition::all().collect());
    Ok(())
}

/// A holder that comes later gets its share when the others have renewed.
pub async fn holders_come_to_fair_shares(deployment: Deployment) -> Checked {
    let (here, there) = (&*deployment.here.leases, &*deployment.there.leases);
    assert_eq!(here.renew("a", HOUR).await?.len(), ALL);
    assert_eq!(there.renew("b", HOUR).await?, [], "nothing is free yet");
    assert_eq!(here.renew("a", HOUR).await?.len(), ALL / 2);
    assert_eq!(there.renew("b", HOUR).await?.len(), ALL / 2);

    let held = settle(there, &["a", "b", "c"], 2).await?;
    assert_eq!(sizes(&held), [11, 11, 10]);
    Ok(())
}

/// Who renews in time keeps what it holds.
pub async fn what_is_held_is_kept(deployment: Deployment) -> Checked {
    let settled = settle(&*deployment.here.leases, &["a", "b", "c"], 3).await?;
    let later = settle(&*deployment.there.leases, &["a", "b", "c"], 3).await?;
    assert_eq!(settled, later);
    Ok(())
}

/// What a holder gives up can be taken at once.
pub async fn shares_grow_when_a_holder_leaves(deployment: Deployment) -> Checked {
    let leases = &*deployment.here.leases;
    settle(leases, &["a", "b"], 2).await?;
    deployment.there.leases.release("b").await?;
    assert_eq!(leases.renew("a", HOUR).await?.len(), ALL);
    Ok(())
}

/// What a holder held that no longer renews can be taken when its lease has ended, and not before.
pub async fn shares_grow_when_a_holder_dies(deployment: Deployment) -> Checked {
    let leases = &*deployment.here.leases;
    settle(leases, &["a", "b"], 2).await?;
    let ttl = Duration::from_secs(1);
    deployment.there.leases.renew("b", ttl).await?;
    assert_eq!(leases.renew("a", HOUR).await?.len(), ALL / 2);
    // Time itself is what is waited for.
    sleep(ttl + Duration::from_millis(20)).await;
    assert_eq!(leases.renew("a", HOUR).await?.len(), ALL);
    Ok(())
}

/// Who comes when each has one partition gets none.
pub async fn there_may_be_more_holders_than_partitions(deployment: Deployment) -> Checked {
    let names: Vec<_> = (0..=ALL).map(|number| format!("holder {number}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let held = settle(&*deployment.here.leases, &names, 2).await?;
    let mut sizes = sizes(&held);
    sizes.sort_unstable();
    assert_eq!(sizes[..2], [0, 1]);
    assert_eq!(sizes[ALL], 1);
    Ok(())
}

/// A stranger's release takes nothing from anybody.
pub async fn releasing_nothing_is_harmless(deployment: Deployment) -> Checked {
    let leases = &*deployment.here.leases;
    leases.release("a").await?;
    leases.renew("a", HOUR).await?;
    leases.release("b").await?;
    assert_eq!(leases.renew("a", HOUR).await?.len(), ALL);
    Ok(())
}

/// However renewals mix, they leave each partition with one holder.
pub async fn concurrent_renewals_never_overlap(deployment: Deployment) -> Checked {
    let sides = [&deployment.here.leases, &deployment.there.leases];
    let holders = ["a", "b", "c", "d"];
    for _ in 0..10 {
        let renewals = holders.iter().enumerate();
        let renewals = renewals.map(|(place, holder)| sides[place % 2].renew(holder, HOUR));
        futures::future::try_join_all(renewals).await?;
    }
    let held = settle(&**sides[0], &holders, 1).await?;
    assert_eq!(sizes(&held), [8, 8, 8, 8]);
    Ok(())
}
