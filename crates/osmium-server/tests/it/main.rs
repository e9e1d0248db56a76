//! The binary as operators run it.

mod admin;
mod config;
mod osmium;
mod serve;
mod service;
mod sessions;
