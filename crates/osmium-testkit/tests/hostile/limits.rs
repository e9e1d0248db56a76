//! More connections than one address may have.

use crate::raw::{PATIENCE, Raw, UPGRADE, status};
use crate::site::Site;
use osmium_testkit::contract::Checked;
use std::time::Instant;

/// Two of them are the bystanders'.
const PER_ADDRESS: usize = 6;

#[tokio::test]
async fn an_address_has_so_many_connections() -> Checked {
    let mut site = Site::with(|cluster| {
        cluster.sockets.connections_per_address = PER_ADDRESS;
    })
    .await?;
    site.unharmed(async |gateway| {
        let mut held = Vec::new();
        for _ in 2..PER_ADDRESS {
            held.push(Raw::websocket(gateway).await);
        }
        for _ in 0..100 {
            assert_eq!(Raw::http(gateway).await.upgrade().await, 429);
            assert_eq!(Raw::tcp(gateway).await.rest().await, b"");
        }
        drop(held.pop());
        let started = Instant::now();
        while Raw::http(gateway).await.upgrade().await != 101 {
            assert!(started.elapsed() < PATIENCE, "there is room for one");
        }
    })
    .await
}

/// Those over the limit who stay after they were told hold only a few places, and nothing else.
#[tokio::test]
async fn who_is_told_to_go_does_not_stay() -> Checked {
    let mut site = Site::with(|cluster| {
        cluster.sockets.connections_per_address = PER_ADDRESS;
    })
    .await?;
    site.unharmed(async |gateway| {
        let mut crowd = Vec::new();
        for _ in 0..200 {
            let mut raw = Raw::http(gateway).await;
            raw.attempt(UPGRADE.as_bytes()).await;
            crowd.push(raw);
        }
        let (mut let_in, mut told) = (0, 0);
        for raw in crowd {
            match status(&raw.end().await) {
                Some(101) => let_in += 1,
                Some(429) => told += 1,
                None => {}
                Some(status) => panic!("{status}"),
            }
        }
        assert_eq!(let_in, PER_ADDRESS - 2);
        assert!(told > 0);
    })
    .await
}

#[tokio::test]
async fn there_are_so_many_connections_in_all() -> Checked {
    let mut site = Site::with(|cluster| cluster.sockets.connections = PER_ADDRESS).await?;
    site.unharmed(async |gateway| {
        let mut held = Vec::new();
        for _ in 2..PER_ADDRESS {
            held.push(Raw::websocket(gateway).await);
        }
        for _ in 0..100 {
            assert_eq!(Raw::tcp(gateway).await.rest().await, b"");
            assert_eq!(Raw::http(gateway).await.rest().await, b"");
        }
    })
    .await
}
