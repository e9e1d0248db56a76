//! TLS: a certificate has to be trusted, by default or by choice.

use std::sync::Arc;

use osmium_client::{ConnectError, Connection, Endpoint};
use osmium_proto::auth;
use rustls::ServerConfig;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::assert_matches;
use crate::server::{Peer, Server, both, soon};

/// A certificate for `localhost` that signs itself, and its key.
struct Identity {
    certificate: CertificateDer<'static>,
    pem: String,
    acceptor: TlsAcceptor,
}

fn identity() -> Identity {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]);
    let made = made.expect("a certificate");
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .expect("a certificate and its key");
    Identity {
        pem: made.cert.pem(),
        certificate,
        acceptor: TlsAcceptor::from(Arc::new(config)),
    }
}

/// Calls a server under TLS once.
async fn call_once(scheme: &str, identity: &Identity, server: &Server, endpoint: &Endpoint) {
    let client = async {
        let (connection, _incoming) = Connection::connect(endpoint).await.expect("a connection");
        connection.call(auth::GetSessions {}).await
    };
    let serve = async {
        let socket = server.accept_raw().await;
        let socket = soon(identity.acceptor.accept(socket)).await.expect("TLS");
        let mut peer = Peer::new(Box::new(socket), scheme).await;
        let (id, _) = peer.call().await;
        peer.reply(id, auth::Sessions::default()).await;
    };
    assert_eq!(both(client, serve).await, Ok(auth::Sessions::default()));
}

#[tokio::test]
async fn a_certificate_can_be_trusted_by_choice() {
    let identity = identity();
    for scheme in ["wss", "tcps"] {
        let server = Server::start().await;
        let endpoint = server.endpoint(scheme);
        let by_der = endpoint.clone().trust(identity.certificate.clone());
        call_once(scheme, &identity, &server, &by_der.expect("a certificate")).await;
        let by_pem = endpoint.trust_pem(identity.pem.as_bytes());
        call_once(scheme, &identity, &server, &by_pem.expect("a certificate")).await;
    }
}

#[tokio::test]
async fn a_certificate_of_nobody_is_refused() {
    let identity = identity();
    let server = Server::start().await;
    let endpoint = server.endpoint("wss");
    let serve = async {
        let socket = server.accept_raw().await;
        assert!(soon(identity.acceptor.accept(socket)).await.is_err());
    };
    let refused = async { Connection::connect(&endpoint).await.map(drop) };
    assert_matches!(both(refused, serve).await, Err(ConnectError::Io(_)));
}
