//! Addresses to listen on, of load balancers, and the servers that clients are told of.

use osmium_core::Entrypoint;
use osmium_gateway::Network;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::net::SocketAddr;

/// A load balancer whose word about a client's address is taken: an address or a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct TrustedProxy {
    text: String,
    network: Network,
}

impl TrustedProxy {
    /// Its address, or theirs.
    pub(crate) fn network(&self) -> Network {
        self.network
    }
}

impl TryFrom<String> for TrustedProxy {
    type Error = osmium_gateway::BadNetwork;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let network = text.parse()?;
        Ok(Self { text, network })
    }
}

impl From<TrustedProxy> for String {
    fn from(proxy: TrustedProxy) -> Self {
        proxy.text
    }
}

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
