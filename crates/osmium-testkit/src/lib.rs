//! Whole servers in a test, and the contract suites that every adapter passes.

pub mod bots;
pub mod brokers;
pub mod builders;
pub mod clock;
pub mod cluster;
pub mod contract;
pub mod databases;
mod environment;
pub mod line;
pub mod person;
mod probe;
pub mod publishes;
pub mod queries;
pub mod rules;
pub mod server;
mod told;

pub use clock::TestClock;
pub use cluster::Cluster;
pub use databases::{Database, Engine};
pub use person::{Community, Person};
pub use publishes::Publishes;
pub use queries::QueryCount;
pub use server::Server;
pub use told::Told;
