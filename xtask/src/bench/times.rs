//! How long something takes that is done several times.

use std::time::{Duration, Instant};

use anyhow::Result;
use osmium_proto::Request;

use super::crowd::Person;
use super::report::Row;

/// How often each thing is done.
pub(super) const TIMES: usize = 20;

/// How long a call took each time, and the answer to the last.
pub(super) async fn timed<R: Request + Clone>(
    person: &Person,
    request: &R,
) -> Result<(Vec<Duration>, R::Reply)> {
    let mut times = Vec::with_capacity(TIMES);
    loop {
        let request = request.clone();
        let started = Instant::now();
        let reply = person.call(request).await?;
        times.push(started.elapsed());
        if times.len() == TIMES {
            return Ok((times, reply));
        }
    }
}

/// The median, beside the worst.
pub(super) fn row(what: &str, times: &[Duration], beside: &str) -> Row {
    let worst = times.iter().max().copied().unwrap_or_default();
    Row::new(
        what,
        format!("{:.1} ms", millis(median(times))),
        format!("{:.1} ms at worst of {TIMES}; {beside}", millis(worst)),
    )
}

pub(super) fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

pub(super) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
