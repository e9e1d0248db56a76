//! Bad input over real sockets: whatever one connection does, it harms itself alone.
//!
//! Beside every attack, two innocent bystanders talk to each other; see [`site::Site::unharmed`].

mod extremes;
mod floods;
mod frames;
mod handshakes;
mod limits;
mod memory;
mod methods;
mod noise;
mod provoke;
mod raw;
mod silence;
mod site;
mod slow_readers;
mod websocket;
