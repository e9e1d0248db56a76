//! The contract of [`osmium_ports::RateLimiter`]: what its documentation says, sentence by sentence.

use crate::brokers::Deployment;
use crate::contract::Checked;
use osmium_ports::{Bucket, Verdict};
use std::time::Duration;
use tokio::time::sleep;

/// Nothing worth mentioning flows into it while a test runs.
const SLOW: Bucket = Bucket {
    burst: 5,
    per_second: 0.001,
};
/// It fills while a test waits.
const QUICK: Bucket = Bucket {
    burst: 4,
    per_second: 8.0,
};

/// How long the caller has to wait.
#[track_caller]
fn wait(verdict: Verdict) -> Duration {
    match verdict {
        Verdict::Wait(wait) => wait,
        Verdict::Pass => panic!("the call should have to wait"),
    }
}

/// A bucket that was never used is full.
pub async fn a_full_bucket_passes_a_burst(deployment: Deployment) -> Checked {
    let limiter = deployment.here.rate_limiter;
    for _ in 0..SLOW.burst {
        assert_eq!(limiter.take("a", SLOW, 1).await?, Verdict::Pass);
    }
    let wait = wait(limiter.take("a", SLOW, 1).await?);
    assert!((900..=1001).contains(&wait.as_secs()), "{wait:?}");
    Ok(())
}

/// There are enough tokens after the time that was told, and not long before.
pub async fn tokens_flow(deployment: Deployment) -> Checked {
    let limiter = deployment.here.rate_limiter;
    assert_eq!(limiter.take("a", QUICK, 4).await?, Verdict::Pass);
    let told = wait(limiter.take("a", QUICK, 4).await?);
    assert!(told <= Duration::from_millis(501), "{told:?}");
    // Time itself is what is waited for.
    sleep(told).await;
    assert_eq!(limiter.take("a", QUICK, 4).await?, Verdict::Pass);
    wait(limiter.take("a", QUICK, 4).await?);
    Ok(())
}

/// Who has to wait has taken nothing.
pub async fn tokens_are_taken_all_or_none(deployment: Deployment) -> Checked {
    let limiter = deployment.here.rate_limiter;
    assert_eq!(limiter.take("a", SLOW, 3).await?, Verdict::Pass);
    wait(limiter.take("a", SLOW, 3).await?);
    wait(limiter.take("a", SLOW, 5).await?);
    assert_eq!(limiter.take("a", SLOW, 2).await?, Verdict::Pass);
    wait(limiter.take("a", SLOW, 1).await?);
    Ok(())
}

/// Each key has a bucket of its own.
pub async fn keys_do_not_share(deployment: Deployment) -> Checked {
    let limiter = deployment.here.rate_limiter;
    for key in ["", "a", "A", "a:b", "{a}", "ä €"] {
        assert_eq!(limiter.take(key, SLOW, 5).await?, Verdict::Pass, "{key}");
        wait(limiter.take(key, SLOW, 1).await?);
    }
    Ok(())
}

/// All processes take from one bucket, and none takes what another took.
pub async fn processes_share(deployment: Deployment) -> Checked {
    let sides = [
        &deployment.here.rate_limiter,
        &deployment.there.rate_limiter,
    ];
    let takes = (0..20).map(|turn| sides[turn % 2].take("a", SLOW, 1));
    let verdicts = futures::future::try_join_all(takes).await?;
    let passed = verdicts.iter().filter(|verdict| **verdict == Verdict::Pass);
    assert_eq!(passed.count(), 5);
    Ok(())
}

/// More tokens than a bucket holds are never there, however long one waits; asking takes nothing.
pub async fn what_no_bucket_holds_never_passes(deployment: Deployment) -> Checked {
    let limiter = deployment.here.rate_limiter;
    assert_eq!(
        limiter.take("a", SLOW, 6).await?,
        Verdict::Wait(Duration::MAX)
    );
    assert_eq!(limiter.take("a", SLOW, 5).await?, Verdict::Pass);
    Ok(())
}

/// A bucket that nothing flows into passes one burst.
pub async fn what_never_flows_never_comes(deployment: Deployment) -> Checked {
    let limiter = deployment.here.rate_limiter;
    let still = Bucket {
        burst: 1,
        per_second: 0.0,
    };
    assert_eq!(limiter.take("a", still, 1).await?, Verdict::Pass);
    assert_eq!(
        limiter.take("a", still, 1).await?,
        Verdict::Wait(Duration::MAX)
    );
    Ok(())
}

/// What costs nothing passes even when the bucket is empty.
pub async fn what_costs_nothing_passes(deployment: Deployment) -> Checked {
    let limiter = deployment.here.rate_limiter;
    assert_eq!(limiter.take("a", SLOW, 0).await?, Verdict::Pass);
    assert_eq!(limiter.take("a", SLOW, 5).await?, Verdict::Pass);
    assert_eq!(limiter.take("a", SLOW, 0).await?, Verdict::Pass);
    Ok(())
}
