//! What an operator decides about the sockets.

use crate::address::Network;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// The gateway's configuration.
#[derive(Clone, Debug)]
pub struct GatewayConfig {
    /// Where to listen for WebSocket and HTTP. Port 0 takes any free one.
    pub websocket: SocketAddr,
    /// Where to listen for plain TCP, if at all.
    pub tcp: Option<SocketAddr>,
    /// The certificate of both listeners; without it, they speak in the clear.
    pub tls: Option<TlsConfig>,
    /// How many connections are held in all; more are refused.
    pub connections: usize,
    /// How many connections are held with one address; for IPv6, with one network of 64 bits.
    pub connections_per_address: usize,
    /// Load balancers: whose `X-Forwarded-For` is believed, on WebSocket.
    pub trusted_proxies: Vec<Network>,
    /// Whether they begin each connection of plain TCP with a header of the PROXY protocol. Without it, all that come through
    /// one of them have its address.
    pub tcp_proxy_protocol: bool,
    /// How long a client may take for the TLS handshake, and how long for the head of an HTTP request.
    pub handshake_timeout: Duration,
    /// How long one write may take; after it the connection is closed as too slow.
    pub write_timeout: Duration,
    /// How many bytes of updates may wait for one connection; over it the connection is closed as too slow.
    pub outbox_limit: usize,
    /// Over which time connections are closed when the process shuts down, so that they do not all
    /// come back at once somewhere else.
    pub drain: Duration,
    /// How long calls may take after that, until what is left is cut.
    pub drain_grace: Duration,
}

/// A certificate and its key, in PEM.
#[derive(Clone)]
pub struct TlsConfig {
    /// The certificate, and after it those that lead to its root.
    pub certificate: Vec<u8>,
    /// Its private key.
    pub key: Vec<u8>,
}

impl std::fmt::Debug for TlsConfig {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TlsConfig").finish_non_exhaustive()
    }
}

impl Default for GatewayConfig {
    fn default() -> Self {
        Self {
            websocket: (Ipv4Addr::LOCALHOST, 8080).into(),
            tcp: None,
            tls: None,
            connections: 100_000,
            connections_per_address: 100,
            trusted_proxies: Vec::new(),
            tcp_proxy_protocol: false,
            handshake_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            outbox_limit: 1 << 20,
            drain: Duration::from_secs(10),
            drain_grace: Duration::from_secs(5),
        }
    }
}
