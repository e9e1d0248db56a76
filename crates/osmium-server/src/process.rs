//! The process: its runtime, its name among others, and the signals that end it.

use anyhow::{Context, Result};
use osmium_local::SystemRandom;
use osmium_ports::Random;
use std::future::Future;
use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Threads for what blocks (hashing, files, names of hosts). Few are busy at a time.
const BLOCKING_THREADS: usize = 16;
/// What shells say of a process that a signal ended: 128 and the signal's number.
const ENDED_AT_ONCE: i32 = 130;

/// Has all TLS use ring. Must come before anything that may use TLS.
pub(crate) fn use_ring() {
    // Fails only if a provider was installed before, and nothing before this does.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Runs to the end on a runtime with a thread for each core.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let cores = available_parallelism().map_or(1, NonZero::get);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores)
        .max_blocking_threads(BLOCKING_THREADS)
        .enable_all()
        .build()
        .context("cannot start the runtime")?
        .block_on(work)
}

/// Names this process among all that share the database.
pub(crate) fn holder() -> String {
    let host = gethostname::gethostname();
    let random: &dyn Random = &SystemRandom;
    let unique = u32::from_be_bytes(random.bytes());
    format!(
        "{}-{}-{unique:08x}",
        host.to_string_lossy(),
        std::process::id()
    )
}

/// A token that the first SIGTERM or SIGINT cancels; a second one ends the process at once, and so does the time that it may take
/// to end by itself.
pub(crate) fn until_told_to_end(longest: Duration) -> Result<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for signals")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for signals")?;
    let told = CancellationToken::new();
    let cancelled = told.clone();
    tokio::spawn(async move {
        either(&mut terminate, &mut interrupt).await;
        tracing::info!("told to end; once more ends at once");
        cancelled.cancel();
        tokio::select! {
            () = either(&mut terminate, &mut interrupt) => {}
            () = tokio::time::sleep(longest) => tracing::error!("what is under way does not end"),
        }
        std::process::exit(ENDED_AT_ONCE);
    });
    Ok(told)
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
