//! What an operator decides about the core.

use osmium_model::Limits;
use osmium_ports::Bucket;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The core's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// What bounds what clients can make grow.
    pub limits: Limits,
    /// How often they may call what; none is as often as they like.
    pub rates: Option<Rates>,
    /// Who may sign up.
    pub registration: Registration,
    /// Whether one may sign up without an email.
    pub guests: bool,
    /// The servers that clients are told of, in `core.initialize`.
    pub entrypoints: Vec<Entrypoint>,
    /// How long a call may take.
    pub call_timeout: Duration,
    /// How long who pressed a button waits for the bot to answer; the call may take that much longer.
    pub interaction_wait: Duration,
    /// How long a connection may say nothing at all.
    pub idle_timeout: Duration,
    /// How long a connection may take until it has initialized.
    pub handshake_timeout: Duration,
    /// How many calls of one connection run or wait at a time; more are not read until one has ended.
    pub calls_in_flight: usize,
    /// How many transactions with messages may run at a time. A store with one writer wants one.
    pub posts_at_once: usize,
    /// How long a user is still online after their last connection closed.
    pub presence_grace: Duration,
    /// How long a dead gateway's users are still online.
    pub presence_lease: Duration,
}

impl Config {
    /// How long a call may take that waits for someone else.
    pub(crate) fn longest_call(&self) -> Duration {
        self.call_timeout + self.interaction_wait
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            rates: Some(Rates::default()),
            registration: Registration::Open,
            guests: true,
            entrypoints: Vec::new(),
            call_timeout: Duration::from_secs(10),
            interaction_wait: Duration::from_secs(15),
            idle_timeout: Duration::from_secs(90),
            handshake_timeout: Duration::from_secs(15),
            calls_in_flight: 32,
            posts_at_once: 4,
            presence_grace: Duration::from_secs(5),
            presence_lease: Duration::from_secs(30),
        }
    }
}

/// Who may sign up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// Everyone.
    #[default]
    Open,
    /// Whoever has looked up a valid invite on the connection.
    Invite,
    /// Nobody; an operator makes the accounts.
    Closed,
}

/// A server that clients are told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entrypoint {
    /// Its name.
    pub hostname: String,
    /// Its address.
    #[serde(default)]
    pub ip_address: Option<String>,
    /// Its port.
    pub port: u16,
    /// A number for where it stands.
    #[serde(default)]
    pub region: u32,
}

/// Token buckets: how many calls at once, and how many more each second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// Of one connection, all calls.
    pub connection: Rate,
    /// Of one user, calls that read.
    pub read: Rate,
    /// Of one user, calls that write.
    pub write: Rate,
    /// Of one user, messages and typing.
    pub send: Rate,
    /// Of one user, calls that cost much.
    pub heavy: Rate,
    /// Of one address, sign-ins and sign-ups.
    pub sign_in: Rate,
    /// Of one address, going on with logins.
    pub authorize: Rate,
}

/// A token bucket as it is configured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// How many more each second.
    pub per_second: f64,
}

impl From<Rate> for Bucket {
    fn from(rate: Rate) -> Self {
        Self {
            burst: rate.burst,
            per_second: rate.per_second,
        }
    }
}

impl Default for Rates {
    fn default() -> Self {
        let rate = |burst, per_second| Rate { burst, per_second };
        Self {
            connection: rate(200, 50.0),
            read: rate(200, 40.0),
            write: rate(60, 5.0),
            send: rate(30, 5.0),
            heavy: rate(10, 0.5),
            sign_in: rate(20, 0.2),
            authorize: rate(500, 10.0),
        }
    }
}
