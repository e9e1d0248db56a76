//! The transport-agnostic core: what a session may say, what each method does, and by which rules.
//!
//! [`session::Session`] is the protocol without sockets or a clock. It asks for calls to be run; [`Core::run`] runs
//! them, one path for all methods. A method records what happened and never decides who hears of it.

mod access;
mod accounts;
pub mod admin;
mod announcer;
mod bots;
mod channels;
mod communities;
mod config;
mod context;
mod conversations;
mod dispatch;
mod error;
mod frame;
mod friends;
mod groups;
mod ids;
mod interactions;
mod invites;
mod membership;
mod mentions;
mod meters;
mod method;
mod methods;
mod overrides;
mod pages;
mod parse;
mod people;
mod posts;
mod presence;
mod reactions;
mod roles;
pub mod rosters;
mod run;
mod secrets;
mod sending;
pub mod session;
mod slow_mode;
mod texts;
mod views;

pub use config::{Config, Entrypoint, Rates, Registration};
pub use error::{Error, Reason, Result};
pub use interactions::{Answer, Interactions};
pub use method::{Access, Class, Cost};
pub use methods::NOT_BUILT;
pub use presence::PresenceLease;
pub use run::{Core, Ports};
pub use session::Session;
pub use views::{View, Views};
