//! Sockets: WebSocket, TCP, health and metrics, and the hub of local sessions.
//!
//! [`Gateway`] listens, and drives an [`osmium_core::Session`] for each connection; a session's calls run in the core,
//! and what it is told comes from the [`hub`], through the connection's [`Outbox`].

mod address;
mod backend;
mod batch;
mod bounded;
mod config;
mod connection;
mod framing;
mod health;
pub mod hub;
mod limits;
mod line;
mod listener;
mod metrics;
mod outbox;
mod proxy_header;
mod registry;
mod server;
mod stream;
mod tcp;
#[cfg(test)]
mod testing;
mod transport;
mod upgrade;
mod websocket;
mod work;

pub use address::{BadNetwork, Network};
pub use config::{GatewayConfig, TlsConfig};
pub use framing::{Frames, TooLarge};
pub use health::{Health, serve_http};
pub use hub::{Follower, Hub};
pub use outbox::Outbox;
pub use server::Gateway;
