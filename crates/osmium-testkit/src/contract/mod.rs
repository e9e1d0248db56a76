//! Contract suites: what every adapter of a port has to pass.

pub mod broker;
pub mod bus;
pub mod failure;
pub mod lease;
pub mod presence;
pub mod rate;
pub mod store;

pub use failure::{Checked, Failure};
