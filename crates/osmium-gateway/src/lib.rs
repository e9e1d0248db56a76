//! Sockets: WebSocket, TCP, health and metrics, and the hub of local sessions.
