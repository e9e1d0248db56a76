//! The settings: what an operator decides, from a file, the environment and flags.

mod address;
mod environment;
mod error;
mod load;
mod media;
mod print;
mod table;
#[cfg(test)]
mod tests;
mod url;

pub(crate) use address::TrustedProxy;
pub(crate) use error::SettingsError;
pub(crate) use load::{Sources, load};
pub(crate) use print::print;

use self::media::MediaUrl;
use self::url::{DatabaseUrl, RedisUrl};
use osmium_core::{Config, Entrypoint, Rates, Registration};
use osmium_model::Limits;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Everything that can be set. Field names are the keys of the file; what each means, and the variable that sets
/// it, stands in [`table::SETTINGS`]. Serializing shows no secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) data_dir: PathBuf,
    #[serde(deserialize_with = "address::parsed")]
    pub(crate) listen: SocketAddr,
    #[serde(deserialize_with = "address::parsed")]
    pub(crate) listen_tcp: Option<SocketAddr>,
    pub(crate) tls_certificate: Option<PathBuf>,
    pub(crate) tls_key: Option<PathBuf>,
    pub(crate) trusted_proxies: Vec<TrustedProxy>,
    pub(crate) tcp_proxy_protocol: bool,
    pub(crate) connections: usize,
    pub(crate) connections_per_address: usize,
    pub(crate) database_url: Option<DatabaseUrl>,
    pub(crate) database_connections: u32,
    pub(crate) redis_url: Option<RedisUrl>,
    pub(crate) redis_prefix: String,
    pub(crate) media_url: Option<MediaUrl>,
    pub(crate) registration: Registration,
    pub(crate) guests: Option<bool>,
    pub(crate) rate_limits_enabled: bool,
    pub(crate) drain_seconds: u64,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    pub(crate) entrypoints: Vec<Entrypoint>,
    pub(crate) limits: Limits,
    pub(crate) rates: Rates,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One object a line.
    Json,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data_dir: "osmium-data".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            listen_tcp: None,
            tls_certificate: None,
            tls_key: None,
            trusted_proxies: Vec::new(),
            tcp_proxy_protocol: false,
            connections: 100_000,
            connections_per_address: 1_000,
            database_url: None,
            database_connections: 20,
            redis_url: None,
            redis_prefix: "osmium".to_owned(),
            media_url: None,
            registration: Registration::default(),
            guests: None,
            rate_limits_enabled: true,
            drain_seconds: 10,
            log: "info".to_owned(),
            log_format: LogFormat::default(),
            entrypoints: Vec::new(),
            limits: Limits::default(),
            rates: Rates::default(),
        }
    }
}

impl Settings {
    /// What of it the core is to know.
    pub(crate) fn core(&self) -> Config {
        Config {
            limits: self.limits.clone(),
            rates: self.rate_limits_enabled.then(|| self.rates.clone()),
            registration: self.registration,
            guests: self.guests(),
            entrypoints: self.entrypoints.clone(),
            posts_at_once: self.posts_at_once(),
            ..Config::default()
        }
    }

    /// SQLite has one writer: what is sent at one moment goes to it together.
    fn posts_at_once(&self) -> usize {
        match self.database_url {
            Some(_) => Config::default().posts_at_once,
            None => 1,
        }
    }

    /// Whether one may sign up without an email. Where nothing says, a server by itself allows it, and one of a
    /// deployment does not.
    pub(crate) fn guests(&self) -> bool {
        let by_itself = self.database_url.is_none() && self.redis_url.is_none();
        self.guests.unwrap_or(by_itself)
    }

    /// How long connections may take to move elsewhere when the process is to end.
    pub(crate) fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }

    /// Refuses settings that do not name what services of a deployment share.
    pub(crate) fn require_shared(&self, command: &str) -> Result<(), SettingsError> {
        let needed = [
            ("database_url", self.database_url.is_some()),
            ("redis_url", self.redis_url.is_some()),
        ];
        match needed.into_iter().find(|(_, set)| !set) {
            Some((key, _)) => Err(SettingsError::new(key, format!("{command} needs it"))),
            None => Ok(()),
        }
    }

    /// Checks what no setting shows alone.
    fn check(&self) -> Result<(), SettingsError> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(_), None) => {
                return Err(SettingsError::new(
                    "tls_key",
                    "needed beside tls_certificate",
                ));
            }
            (None, Some(_)) => {
                return Err(SettingsError::new(
                    "tls_certificate",
                    "needed beside tls_key",
                ));
            }
            _ => {}
        }
        if self.redis_url.is_some() && self.database_url.is_none() {
            let why = "needs database_url: SQLite is for one process";
            return Err(SettingsError::new("redis_url", why));
        }
        if self.tcp_proxy_protocol && self.trusted_proxies.is_empty() {
            let why = "needs trusted_proxies: nobody else is believed";
            return Err(SettingsError::new("tcp_proxy_protocol", why));
        }
        let limits = &self.limits;
        let ordered = [
            (
                "limits.password_min",
                limits.password_min <= limits.password_max,
            ),
            (
                "limits.history_default",
                limits.history_default <= limits.history_max,
            ),
            (
                "limits.chats_default",
                limits.chats_default <= limits.chats_max,
            ),
        ];
        match ordered.into_iter().find(|(_, fits)| !fits) {
            Some((key, _)) => Err(SettingsError::new(
                key,
                "more than the most that is allowed",
            )),
            None => Ok(()),
        }
    }
}
