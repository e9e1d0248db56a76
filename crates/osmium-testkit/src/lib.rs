//! Whole servers in a test, and the contract suites that every adapter passes.

pub mod brokers;
pub mod builders;
pub mod contract;
pub mod databases;
mod environment;
pub mod queries;

pub use databases::{Database, Engine};
pub use queries::QueryCount;
