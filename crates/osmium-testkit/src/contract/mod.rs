//! Contract suites: what every adapter of a port has to pass.

pub mod failure;
pub mod store;

pub use failure::{Checked, Failure};
