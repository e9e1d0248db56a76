//! How often a second something is done, by many who each wait for one before the next.

use std::cell::Cell;
use std::convert::Infallible;
use std::time::Duration;

use anyhow::Result;
use futures::future::try_join_all;
use tokio::time::{Instant, sleep};

/// Has all of them work, and gives how often a second they did, together, over a period after half a period.
pub(super) async fn throughput<W>(workers: Vec<W>, period: Duration) -> Result<f64>
where
    W: AsyncFnMut() -> Result<()>,
{
    let done = Cell::new(0_u32);
    let working = try_join_all(workers.into_iter().map(|work| repeat(work, &done)));
    let measuring = async {
        sleep(period / 2).await;
        let (from, started) = (done.get(), Instant::now());
        sleep(period).await;
        f64::from(done.get() - from) / started.elapsed().as_secs_f64()
    };
    tokio::select! {
        rate = measuring => Ok(rate),
        Err(error) = working => Err(error),
    }
}

/// Works again and again, and counts, until it fails.
async fn repeat<W>(mut work: W, done: &Cell<u32>) -> Result<Infallible>
where
    W: AsyncFnMut() -> Result<()>,
{
    loop {
        work().await?;
        done.set(done.get() + 1);
    }
}
