//! Connections that say nothing, or not what has to come first; and those whose other side is gone.

use crate::raw::{Raw, close_code, masked, request, with_length};
use crate::site::{Site, initialized};
use osmium_testkit::contract::Checked;
use osmium_testkit::line::{Heard, Line};
use osmium_testkit::person::initialize;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(1);

#[tokio::test]
async fn who_does_not_initialize_in_time_is_cut() -> Checked {
    let mut site = Site::with(|cluster| cluster.config.handshake_timeout = SOON).await?;
    let [websocket, tcp] = site.endpoints();
    site.unharmed(async |gateway| {
        let mut silent = Line::connect(&websocket).await;
        assert_eq!(silent.hear().await, Heard::Closed(Some(4408)));
        let mut silent = Line::connect(&tcp).await;
        assert_eq!(silent.hear().await, Heard::Closed(None));

        // Heartbeats are no excuse.
        let mut raw = Raw::websocket(gateway).await;
        let started = Instant::now();
        while !raw.ends_within(Duration::from_millis(20)).await {
            assert!(started.elapsed() < crate::raw::PATIENCE);
            raw.attempt(&masked(0x82, &[0x08, 1])).await;
        }
        let mut calling = Line::connect(&websocket).await;
        calling.ask(1, crate::site::guest()).await;
        assert_eq!(calling.refusal(1).await, 400);
        assert_eq!(calling.hear().await, Heard::Closed(Some(4408)));
    })
    .await
}

#[tokio::test]
async fn who_says_nothing_more_is_cut() -> Checked {
    let mut site = Site::with(|cluster| cluster.config.idle_timeout = 2 * SOON).await?;
    let [websocket, tcp] = site.endpoints();
    site.unharmed(async |_| {
        let mut line = initialized(&websocket).await;
        assert_eq!(line.hear().await, Heard::Closed(Some(4408)));
        let mut line = initialized(&tcp).await;
        assert_eq!(line.hear().await, Heard::Closed(None));
    })
    .await
}

/// The other side has vanished: it never answers, not even a close. What it held is given back all the same.
#[tokio::test]
async fn who_has_vanished_is_forgotten() -> Checked {
    let mut site = Site::with(|cluster| {
        cluster.config.idle_timeout = 2 * SOON;
        cluster.sockets.connections_per_address = 4;
    })
    .await?;
    let hello = request(1, initialize());
    site.unharmed(async |gateway| {
        let mut gone = Raw::websocket(gateway).await;
        gone.attempt(&masked(0x82, &hello)).await;
        let mut gone_too = Raw::tcp(gateway).await;
        gone_too.attempt(&with_length(&hello)).await;
        gone_too.message().await;

        let started = Instant::now();
        while Raw::http(gateway).await.upgrade().await == 429 {
            assert!(
                started.elapsed() < crate::raw::PATIENCE,
                "they are remembered"
            );
        }
        // What was said to them is there to be read.
        assert_eq!(close_code(&gone.rest().await), Some(4408));
        assert_eq!(gone_too.rest().await, b"");
    })
    .await
}
