//! The Rust client library of the Osmium Chat Protocol.
