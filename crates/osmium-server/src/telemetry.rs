//! What operators see: log lines on standard error, and metrics.

use crate::settings::{LogFormat, Settings};
use anyhow::{Context, Result};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::io::{IsTerminal, stderr};
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// The bounds of histograms of seconds.
const SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];
/// How often observations are folded into the histograms, so that they take no more and more memory when nobody
/// asks for them.
const UPKEEP: Duration = Duration::from_secs(5);

/// What of the WebSocket library writes out the messages that it carries, if more than this is logged.
const SECRETIVE: [&str; 6] = [
    "tokio_tungstenite=info",
    "tungstenite=info",
    "tungstenite::handshake=info",
    "tungstenite::protocol=info",
    "tungstenite::protocol::frame=info",
    "tungstenite::protocol::frame::frame=info",
];

/// What is logged: what the setting says, but never a message.
fn filter(log: &str) -> Result<EnvFilter> {
    let mut filter = EnvFilter::builder().parse(log).context("the log filter")?;
    for secretive in SECRETIVE {
        filter = filter.add_directive(secretive.parse().context("the log filter")?);
    }
    Ok(filter)
}

/// Starts logging.
pub(crate) fn start_logging(settings: &Settings) -> Result<()> {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter(&settings.log)?)
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal());
    let started = match settings.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("cannot start logging: {error}"))
}

/// Starts recording metrics, which the handle renders. Must be called within a Tokio runtime.
pub(crate) fn start_metrics() -> Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("cannot start metrics")?;
    let upkept = handle.clone();
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(UPKEEP);
        loop {
            ticks.tick().await;
            upkept.run_upkeep();
        }
    });
    Ok(handle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{File, read_to_string};
    use tracing::{subscriber, trace};

    #[test]
    fn messages_are_never_logged() {
        let folder = tempfile::tempdir().expect("a folder");
        for log in [
            "trace",
            "info,tungstenite=trace",
            "tungstenite::protocol=trace,trace",
        ] {
            let path = folder.path().join("log");
            let lines = tracing_subscriber::fmt()
                .with_env_filter(filter(log).expect("a filter"))
                .with_writer(File::create(&path).expect("a file"));
            subscriber::with_default(lines.finish(), || {
                trace!(target: "tungstenite::protocol", "password");
                trace!(target: "tungstenite::protocol::frame::frame", "password");
                tracing::info!("seen");
            });
            let logged = read_to_string(&path).expect("the log");
            assert!(
                logged.contains("seen") && !logged.contains("password"),
                "{log}: {logged}"
            );
        }
    }
}
