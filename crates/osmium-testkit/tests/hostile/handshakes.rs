//! What is said to the port of WebSocket and HTTP instead of asking for a WebSocket, or slowly.

use crate::memory::{grew_less_than, resident};
use crate::noise::Noise;
use crate::raw::{PATIENCE, Raw, UPGRADE, status};
use crate::site::Site;
use osmium_testkit::contract::Checked;
use std::time::{Duration, Instant};

/// Requests that are none, or not for a WebSocket.
fn garbage() -> Vec<Vec<u8>> {
    let mut garbage: Vec<Vec<u8>> = [
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET /gateway HTTP/9.9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /gateway HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
        "POST /gateway HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /gateway HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}fc",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into();
    let without = |header: &str| {
        let lines = UPGRADE.split_inclusive("\r\n");
        lines
            .filter(|line| !line.starts_with(header))
            .collect::<String>()
    };
    for header in ["Connection", "Sec-WebSocket-Version", "Sec-WebSocket-Key"] {
        garbage.push(without(header).into_bytes());
    }
    garbage.push(UPGRADE.replace("13", "12").into_bytes());
    garbage.push(UPGRADE.replace("GET", "POST").into_bytes());
    let long = format!("/{} HTTP/1.1", "a".repeat(100_000));
    garbage.push(UPGRADE.replace("/gateway HTTP/1.1", &long).into_bytes());
    let many = "X: 1\r\n".repeat(500);
    garbage.push(UPGRADE.replace("Host: localhost\r\n", &many).into_bytes());
    garbage.push(b"GET /gateway HTTP/1.1\r\nHost: \xff\xfe\0\r\n\r\n".to_vec());
    let mut noise = Noise::new(4);
    garbage.extend((0..200).map(|count| noise.bytes(count)));
    garbage
}

#[tokio::test]
async fn garbage_does_not_open_a_websocket() -> Checked {
    let mut site = Site::start().await?;
    site.unharmed(async |gateway| {
        for bytes in garbage() {
            let mut raw = Raw::http(gateway).await;
            raw.attempt(&bytes).await;
            let answer = raw.end().await;
            let status = status(&answer);
            let said = String::from_utf8_lossy(&bytes);
            assert!(
                matches!(status, None | Some(400..500)),
                "{status:?} to {said}"
            );
        }
    })
    .await
}

/// Sends something, and then a byte now and then, until the server has had enough.
async fn dribble(mut raw: Raw, start: &[u8]) {
    raw.attempt(start).await;
    let started = Instant::now();
    while !raw.ends_within(Duration::from_millis(20)).await {
        assert!(started.elapsed() < PATIENCE, "it is let do this for ever");
        raw.attempt(b"a").await;
    }
}

#[tokio::test]
async fn who_asks_slowly_is_cut() -> Checked {
    let mut site = Site::with(|cluster| {
        cluster.sockets.handshake_timeout = Duration::from_millis(500);
    })
    .await?;
    let starts = [
        "",
        "G",
        "GET /gateway HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nX: ",
    ];
    site.unharmed(async |gateway| {
        let before = resident();
        let mut slow = Vec::new();
        for start in starts.iter().cycle().take(100) {
            let raw = Raw::http(gateway).await;
            slow.push(dribble(raw, start.as_bytes()));
        }
        futures::future::join_all(slow).await;
        grew_less_than(100, before);
    })
    .await
}

#[tokio::test]
async fn who_asks_and_says_nothing_more_is_cut() -> Checked {
    let mut site = Site::with(|cluster| {
        cluster.sockets.handshake_timeout = Duration::from_millis(500);
    })
    .await?;
    site.unharmed(async |gateway| {
        for start in [
            "",
            "GET /gateway HTTP/1.1\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nabc",
        ] {
            let mut raw = Raw::http(gateway).await;
            raw.attempt(start.as_bytes()).await;
            raw.rest().await;
        }
    })
    .await
}
