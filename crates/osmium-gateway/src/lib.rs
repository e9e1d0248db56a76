//! Sockets: WebSocket, TCP, health and metrics, and the hub of local sessions.

pub mod hub;
pub mod outbox;
