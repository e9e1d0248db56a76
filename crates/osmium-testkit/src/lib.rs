//! Whole servers in a test, and the contract suites that every adapter passes.

pub mod brokers;
pub mod builders;
pub mod clock;
pub mod contract;
pub mod databases;
mod environment;
pub mod person;
mod probe;
pub mod queries;
mod told;

pub use clock::TestClock;
pub use databases::{Database, Engine};
pub use person::{Community, Person};
pub use queries::QueryCount;
pub use told::Told;
