//! Addresses of services. They may hold passwords, so neither printing nor debugging shows one.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;
use url::Url;

/// What is shown for a secret.
const HIDDEN: &str = "***";

/// A kind of service.
pub(crate) trait Service {
    /// The schemes of its addresses.
    const SCHEMES: &'static [&'static str];
}

/// PostgreSQL.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Postgres;

impl Service for Postgres {
    const SCHEMES: &'static [&'static str] = &["postgres", "postgresql"];
}

/// Redis.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Redis;

impl Service for Redis {
    const SCHEMES: &'static [&'static str] = &["redis", "rediss"];
}

/// The address of a service.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ServiceUrl<S>(Url, std::marker::PhantomData<S>);

/// The address of a PostgreSQL database.
pub(crate) type DatabaseUrl = ServiceUrl<Postgres>;
/// The address of a Redis.
pub(crate) type RedisUrl = ServiceUrl<Redis>;

impl<S> ServiceUrl<S> {
    /// The address with its secrets, for whoever connects.
    pub(crate) fn expose(&self) -> &str {
        self.0.as_str()
    }
}

impl<'de, S: Service> Deserialize<'de> for ServiceUrl<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match Url::parse(&text) {
            Ok(url) if S::SCHEMES.contains(&url.scheme()) => {
                Ok(Self(url, std::marker::PhantomData))
            }
            _ => Err(D::Error::custom(format!(
                "not a {}: URL",
                S::SCHEMES.join(": or ")
            ))),
        }
    }
}

impl<S> Serialize for ServiceUrl<S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.serialize_str(&redacted(&self.0))
    }
}

impl<S> fmt::Debug for ServiceUrl<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted(&self.0))
    }
}

/// A URL without its password, nor anything in its query that may be one.
pub(super) fn redacted(url: &Url) -> String {
    let mut shown = url.clone();
    if shown.password().is_some() {
        // Fails only for URLs without a host, which have no password.
        let _ = shown.set_password(Some(HIDDEN));
    }
    let is_secret = |name: &str| {
        ["pass", "secret", "key", "token"]
            .iter()
            .any(|part| name.contains(part))
    };
    let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if query
        .iter()
        .any(|(name, _)| is_secret(&name.to_lowercase()))
    {
        let hide = |(name, value): (String, String)| {
            let value = if is_secret(&name.to_lowercase()) {
                HIDDEN.to_owned()
            } else {
                value
            };
            (name, value)
        };
        shown
            .query_pairs_mut()
            .clear()
            .extend_pairs(query.into_iter().map(hide));
    }
    shown.into()
}
