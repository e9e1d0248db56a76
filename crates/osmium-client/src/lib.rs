#![doc = include_str!("../README.md")]

mod backoff;
mod calls;
mod client;
mod connection;
mod endpoint;
mod error;
mod framing;
mod queue;
mod transport;

pub use backoff::Backoff;
pub use client::{Client, Event, Events, Options, State};
pub use connection::{Answer, Connection, ConnectionOptions, Incoming};
pub use endpoint::{Endpoint, EndpointError};
pub use error::{CallError, CloseReason, ConnectError, RpcError};
pub use transport::Frame;
