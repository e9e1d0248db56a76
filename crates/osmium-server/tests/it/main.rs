//! The binary as operators run it.

mod admin;
mod cluster;
mod config;
mod deployment;
mod forwarder;
mod osmium;
mod proxy;
#[path = "../../../osmium-client/examples/quickstart.rs"]
#[expect(dead_code, reason = "tests do not run its `main`")]
mod quickstart;
mod serve;
mod service;
mod sessions;
mod silence;
