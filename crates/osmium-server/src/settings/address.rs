//! Addresses to listen on, and the servers that clients are told of.

use osmium_core::Entrypoint;
use serde::{Deserialize, Deserializer, de::Error};
use std::net::SocketAddr;

/// Reads an address, which may be one or an optional one.
pub(super) fn parsed<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<SocketAddr>,
{
    let text = String::deserialize(deserializer)?;
    let address = text.parse::<SocketAddr>();
    address
        .map(T::from)
        .map_err(|_| D::Error::custom("not an IP address and a port, such as 127.0.0.1:8080"))
}

/// Reads `host:port` or `host:port:region`. An IPv6 address stands in brackets.
pub(super) fn entrypoint(text: &str) -> Option<Entrypoint> {
    let (hostname, rest) = match text.strip_prefix('[') {
        Some(bracketed) => bracketed.split_once("]:")?,
        None => text.split_once(':')?,
    };
    let (port, region) = rest.split_once(':').unwrap_or((rest, "0"));
    let (port, region) = (port.parse().ok()?, region.parse().ok()?);
    (!hostname.is_empty()).then(|| Entrypoint {
        hostname: hostname.to_owned(),
        ip_address: None,
        port,
        region,
    })
}
