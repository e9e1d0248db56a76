//! The gateway as a whole: it binds, serves, and drains.

use crate::backend::{Backend, Live};
use crate::config::{GatewayConfig, TlsConfig};
use crate::connection::Shared;
use crate::health::{Health, router};
use crate::hub::Hub;
use crate::limits::Limits;
use crate::listener::{Listener, Spoken, listen};
use crate::metrics::Meters;
use crate::registry::Registry;
use metrics_exporter_prometheus::PrometheusHandle;
use osmium_core::Core;
use osmium_ports::Random;
use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The sockets of one process.
pub struct Gateway(Server<Live>);

impl Gateway {
    /// Listens, without accepting yet. Install the recorder of metrics before. `random` gives connections their ids;
    /// with `prometheus`, whoever reaches the gateway can read `/metrics` (see [`crate::serve_http`]).
    pub fn bind(
        config: GatewayConfig,
        core: Arc<Core>,
        hub: Arc<Hub>,
        random: Arc<dyn Random>,
        prometheus: Option<PrometheusHandle>,
    ) -> io::Result<Self> {
        let health = core.clone();
        Server::bind(config, Live { core, hub, random }, health, prometheus).map(Self)
    }

    /// Where it listens for WebSocket and HTTP.
    pub fn local_addr(&self) -> SocketAddr {
        self.0.websocket_address
    }

    /// Where it listens for plain TCP, if it does.
    pub fn tcp_addr(&self) -> Option<SocketAddr> {
        self.0.tcp.as_ref().map(|(_, address)| *address)
    }

    /// Serves until the shutdown; then drains: it accepts no more and is not ready, asks the connections to end,
    /// evenly over [`GatewayConfig::drain`], cuts those that are still there [`GatewayConfig::drain_grace`]
    /// later, and returns when all are gone.
    pub async fn serve(self, shutdown: CancellationToken) {
        self.0.serve(shutdown).await;
    }
}

/// A gateway to any backend.
pub(crate) struct Server<B> {
    shared: Arc<Shared<B>>,
    tls: Option<TlsAcceptor>,
    websocket: TcpListener,
    pub(crate) websocket_address: SocketAddr,
    pub(crate) tcp: Option<(TcpListener, SocketAddr)>,
    health: Arc<dyn Health>,
    prometheus: Option<PrometheusHandle>,
}

impl<B: Backend> Server<B> {
    pub(crate) fn bind(
        config: GatewayConfig,
        backend: B,
        health: Arc<dyn Health>,
        prometheus: Option<PrometheusHandle>,
    ) -> io::Result<Self> {
        let tls = config.tls.as_ref().map(acceptor).transpose()?;
        let (websocket, websocket_address) = bound(config.websocket)?;
        let tcp = config.tcp.map(bound).transpose()?;
        let (registry, meters) = (Arc::default(), Arc::new(Meters::new()));
        let shared = Arc::new(Shared {
            backend,
            config,
            registry,
            meters,
        });
        Ok(Self {
            shared,
            tls,
            websocket,
            websocket_address,
            tcp,
            health,
            prometheus,
        })
    }

    pub(crate) async fn serve(self, shutdown: CancellationToken) {
        let config = &self.shared.config;
        let tasks = TaskTracker::new();
        let listener = Listener {
            limits: Limits::new(config.connections, config.connections_per_address),
            shared: self.shared.clone(),
            tls: self.tls,
            tasks: tasks.clone(),
            shutdown: shutdown.clone(),
        };
        let spoken = Spoken::Http(router(self.health, self.prometheus, shutdown.clone()));
        tasks.spawn(listener.clone().run(self.websocket, spoken));
        if let Some((socket, _)) = self.tcp {
            tasks.spawn(listener.run(socket, Spoken::Tcp));
        }
        shutdown.cancelled().await;
        tasks.close();
        drain(&self.shared.registry, config, &tasks).await;
    }
}

async fn drain(registry: &Registry, config: &GatewayConfig, tasks: &TaskTracker) {
    let draining = async {
        registry.drain(config.drain).await;
        tokio::time::sleep(config.drain_grace).await;
        registry.cut();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = tasks.wait() => {}
        () = draining => {}
    }
}

fn bound(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let socket = listen(address)?;
    let address = socket.local_addr()?;
    Ok((socket, address))
}

fn acceptor(config: &TlsConfig) -> io::Result<TlsAcceptor> {
    let invalid = |error: &dyn std::fmt::Display| {
        io::Error::new(io::ErrorKind::InvalidData, format!("TLS: {error}"))
    };
    let chain = CertificateDer::pem_slice_iter(&config.certificate);
    let chain = chain
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| invalid(&error))?;
    let key = PrivateKeyDer::from_pem_slice(&config.key).map_err(|error| invalid(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| invalid(&error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[cfg(test)]
mod tests;
