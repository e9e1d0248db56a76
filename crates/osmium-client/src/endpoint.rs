//! Where a server is: an address, the transport to use there, and whom TLS trusts.

use std::fmt;
use std::io;
use std::str::FromStr;
use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::MaybeTlsStream;
use tokio_tungstenite::tungstenite::http::Uri;

/// An address of a server, such as `wss://chat.example.org/gateway`.
///
/// | scheme | transport | default port |
/// |---|---|---|
/// | `ws`, `wss` | WebSocket | 80, 443 |
/// | `tcp`, `tcps` | each message after its length in four bytes, big-endian | none |
///
/// `wss` and `tcps` run under TLS, and trust the certificate authorities that Mozilla trusts and
/// those that are added with [`trust`](Self::trust) or [`trust_pem`](Self::trust_pem).
#[derive(Clone)]
pub struct Endpoint {
    uri: Uri,
    scheme: Scheme,
    host: String,
    port: u16,
    roots: RootCertStore,
    tls: Option<Arc<ClientConfig>>,
}

/// How to talk to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scheme {
    websocket: bool,
    tls: bool,
}

/// Why an address, or a certificate to trust, is of no use.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// It is not a URL, or not one with a scheme, a host and a port that are known.
    #[error("{0:?} is not a ws://, wss://, tcp:// or tcps:// URL")]
    Url(String),
    /// The certificate cannot be read.
    #[error("the certificate to trust cannot be read")]
    Certificate(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up")]
    Tls(#[from] rustls::Error),
}

impl Endpoint {
    /// Reads an address.
    pub fn new(url: &str) -> Result<Self, EndpointError> {
        let invalid = || EndpointError::Url(url.to_owned());
        let uri: Uri = url.parse().map_err(|_| invalid())?;
        let scheme = uri.scheme_str().and_then(Scheme::new).ok_or_else(invalid)?;
        let host = uri
            .host()
            .filter(|host| !host.is_empty())
            .ok_or_else(invalid)?;
        let port = uri
            .port_u16()
            .or(scheme.default_port())
            .ok_or_else(invalid)?;
        let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let endpoint = Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port,
            uri,
            scheme,
            roots,
            tls: None,
        };
        endpoint.with_tls()
    }

    /// Also trusts a certificate authority, or a server's own certificate, in DER.
    pub fn trust(mut self, certificate: CertificateDer<'_>) -> Result<Self, EndpointError> {
        self.roots
            .add(certificate.into_owned())
            .map_err(|error| EndpointError::Certificate(error.into()))?;
        self.with_tls()
    }

    /// Also trusts every certificate of a PEM file.
    pub fn trust_pem(mut self, pem: &[u8]) -> Result<Self, EndpointError> {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate =
                certificate.map_err(|error| EndpointError::Certificate(error.into()))?;
            self = self.trust(certificate)?;
        }
        Ok(self)
    }

    /// Whether messages are WebSocket frames here.
    pub(crate) fn is_websocket(&self) -> bool {
        self.scheme.websocket
    }

    /// The address as a URL.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Opens a socket, under TLS if the scheme asks for it.
    pub(crate) async fn open(&self) -> io::Result<MaybeTlsStream<TcpStream>> {
        let socket = TcpStream::connect((self.host.as_str(), self.port)).await?;
        socket.set_nodelay(true)?;
        let Some(tls) = &self.tls else {
            return Ok(MaybeTlsStream::Plain(socket));
        };
        let name = ServerName::try_from(self.host.clone())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let connector = TlsConnector::from(Arc::clone(tls));
        Ok(MaybeTlsStream::Rustls(
            connector.connect(name, socket).await?,
        ))
    }

    /// The same with TLS set up anew, with ring whatever the process uses otherwise.
    fn with_tls(mut self) -> Result<Self, EndpointError> {
        if self.scheme.tls {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()?
                .with_root_certificates(self.roots.clone())
                .with_no_client_auth();
            self.tls = Some(Arc::new(config));
        }
        Ok(self)
    }
}

impl Scheme {
    fn new(name: &str) -> Option<Self> {
        let (websocket, tls) = match name {
            "ws" => (true, false),
            "wss" => (true, true),
            "tcp" => (false, false),
            "tcps" => (false, true),
            _ => return None,
        };
        Some(Self { websocket, tls })
    }

    fn default_port(self) -> Option<u16> {
        let port = if self.tls { 443 } else { 80 };
        self.websocket.then_some(port)
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(url: &str) -> Result<Self, EndpointError> {
        Self::new(url)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uri.fmt(f)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({})", self.uri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_say_host_port_and_transport() {
        for (url, host, port, websocket, tls) in [
            (
                "ws://127.0.0.1:8080/gateway",
                "127.0.0.1",
                8080,
                true,
                false,
            ),
            ("ws://example.org", "example.org", 80, true, false),
            (
                "wss://example.org/gateway?x=1",
                "example.org",
                443,
                true,
                true,
            ),
            ("tcp://localhost:4000", "localhost", 4000, false, false),
            ("tcps://[::1]:4001", "::1", 4001, false, true),
        ] {
            let endpoint = Endpoint::new(url).expect(url);
            assert_eq!((endpoint.host.as_str(), endpoint.port), (host, port));
            assert_eq!(endpoint.scheme, Scheme { websocket, tls });
            assert_eq!(endpoint.tls.is_some(), tls);
        }
    }

    #[test]
    fn other_urls_are_refused() {
        for url in [
            "",
            "example.org",
            "http://example.org",
            "tcp://example.org",
            "ws://",
        ] {
            assert!(
                matches!(Endpoint::new(url), Err(EndpointError::Url(_))),
                "{url}"
            );
        }
    }

    #[test]
    fn a_broken_certificate_is_refused() {
        let endpoint = Endpoint::new("wss://example.org").expect("a URL");
        let pem = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let error = endpoint.trust_pem(pem);
        assert!(matches!(error, Err(EndpointError::Certificate(_))));
    }
}
