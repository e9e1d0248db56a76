//! What stands between a service and its database, such as a firewall, and may forget connections without a word.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Passes connections on to an address.
pub(crate) struct Forwarder {
    /// Its own.
    pub(crate) address: String,
    forgotten: watch::Sender<()>,
    connections: Arc<AtomicUsize>,
}

impl Forwarder {
    /// Returns when it can be connected to.
    pub(crate) async fn start(to: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        let (forgotten, forgets) = watch::channel(());
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(forward(near, to.clone(), forgets.clone()));
            }
        });
        Self {
            address,
            forgotten,
            connections,
        }
    }

    /// From now on, nothing comes through on the connections that there are, and neither side is told. New ones work.
    pub(crate) fn forget(&self) {
        self.forgotten.send_replace(());
    }

    /// How many came.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

async fn forward(mut near: TcpStream, to: String, mut forgets: watch::Receiver<()>) {
    forgets.mark_unchanged();
    let mut far = TcpStream::connect(to).await.expect("the database");
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        // Both sides stay open for as long as the forwarder is there.
        Ok(()) = forgets.changed() => std::future::pending().await,
    }
}
