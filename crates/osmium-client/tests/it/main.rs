//! The client against a server that does what the test says, over real sockets.

mod client;
mod connection;
mod server;
mod tls;
