//! The services: `serve`, `gateway` and `fanout`, each from its settings to its end.

use crate::adapters::Adapters;
use crate::process::{holder, until_told_to_end};
use crate::settings::{Settings, TrustedProxy};
use crate::{telemetry, waiting};
use anyhow::{Context, Result};
use futures::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusHandle;
use osmium_core::Core;
use osmium_fanout::Fanout;
use osmium_gateway::{Gateway, GatewayConfig, Health, Hub, TlsConfig, serve_http};
use osmium_ports::{Bus, Store};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long a service may take to end, once its connections had their time: longer than anything that it does takes.
const LONGEST_END: Duration = Duration::from_secs(30);

/// Runs a gateway and a fan-out in one process, alone or beside others.
pub(crate) async fn serve(settings: Settings) -> Result<()> {
    let service = Service::start(settings).await?;
    let gateway = service.gateway()?;
    let drained = CancellationToken::new();
    let fanout = tokio::spawn(service.fanout().run(drained.clone()));
    gateway.serve(service.told_to_end).await;
    // Calls that were under way while the gateway drained are told of too.
    drained.cancel();
    fanout.await.context("the fan-out failed")
}

/// Runs one of several gateways.
pub(crate) async fn gateway(settings: Settings) -> Result<()> {
    settings.require_shared("osmium gateway")?;
    let service = Service::start(settings).await?;
    service.gateway()?.serve(service.told_to_end).await;
    Ok(())
}

/// Runs one of several fan-outs, with endpoints for probes.
pub(crate) async fn fanout(settings: Settings) -> Result<()> {
    settings.require_shared("osmium fanout")?;
    let service = Service::start(settings).await?;
    let listener = service.listen_for_probes().await?;
    let health = Arc::new(FanoutHealth {
        store: service.adapters.core.store.clone(),
        bus: service.adapters.core.bus.clone(),
    });
    let told_to_end = service.told_to_end.clone();
    let probes = serve_http(
        listener,
        health,
        Some(service.metrics.clone()),
        told_to_end.clone(),
    );
    // A task of the runtime's own threads, which would have to wake this one for each piece of news.
    let publishing = tokio::spawn(service.fanout().run(told_to_end));
    let (probes, published) = tokio::join!(probes, publishing);
    published.context("the fan-out failed")?;
    probes.context("cannot serve health and metrics")
}

/// What all services begin with.
struct Service {
    settings: Settings,
    adapters: Adapters,
    metrics: PrometheusHandle,
    told_to_end: CancellationToken,
    holder: String,
}

impl Service {
    async fn start(settings: Settings) -> Result<Self> {
        telemetry::start_logging(&settings)?;
        let told_to_end = until_told_to_end(settings.drain() + LONGEST_END)?;
        log_storage(&settings)?;
        let adapters = Adapters::open(&settings).await?;
        let metrics = telemetry::start_metrics()?;
        let (store, bus) = (adapters.core.store.clone(), adapters.core.bus.clone());
        tokio::spawn(waiting::until_reachable(store, bus));
        Ok(Self {
            settings,
            adapters,
            metrics,
            told_to_end,
            holder: holder(),
        })
    }

    /// A gateway that listens.
    fn gateway(&self) -> Result<Gateway> {
        let ports = &self.adapters.core;
        let core = Core::start(ports.clone(), self.settings.core(), &self.holder);
        let views = core.views().clone();
        let hub = Hub::start(
            ports.store.clone(),
            &*ports.bus,
            ports.presence.clone(),
            views,
            core.rosters().clone(),
            core.interactions().clone(),
        );
        let config = gateway_config(&self.settings)?;
        let secure = config.tls.is_some();
        let metrics = Some(self.metrics.clone());
        let gateway = Gateway::bind(config, core, hub, ports.random.clone(), metrics);
        let gateway = gateway.with_context(|| cannot_listen(&self.settings))?;
        let scheme = if secure { "wss" } else { "ws" };
        say(&format!(
            "Listening on {scheme}://{}/gateway",
            gateway.local_addr()
        ));
        if let Some(address) = gateway.tcp_addr() {
            say(&format!(
                "Listening on {}://{address}",
                if secure { "tcps" } else { "tcp" }
            ));
        }
        Ok(gateway)
    }

    /// A fan-out that has not begun.
    fn fanout(&self) -> Fanout {
        let settings = osmium_fanout::Settings {
            watched_direct_chats: self.settings.limits.watched_direct_chats,
            ..Default::default()
        };
        Fanout::new(self.adapters.fanout(), settings, self.holder.as_str())
    }

    async fn listen_for_probes(&self) -> Result<TcpListener> {
        let listener = TcpListener::bind(self.settings.listen).await;
        let listener = listener.with_context(|| cannot_listen(&self.settings))?;
        let address = listener.local_addr().context("no address of its own")?;
        say(&format!("Listening on http://{address} for probes"));
        Ok(listener)
    }
}

/// Tells whether a fan-out can work.
struct FanoutHealth {
    store: Arc<dyn Store>,
    bus: Arc<dyn Bus>,
}

impl Health for FanoutHealth {
    fn ready(&self) -> BoxFuture<'_, Result<(), &'static str>> {
        Box::pin(async {
            self.store
                .ping()
                .await
                .map_err(|_| "the store cannot be reached")?;
            self.bus
                .ping()
                .await
                .map_err(|_| "the bus cannot be reached")
        })
    }
}

fn log_storage(settings: &Settings) -> Result<()> {
    if let Some(url) = &settings.database_url {
        tracing::info!(?url, "data are in PostgreSQL");
    } else {
        let folder = std::path::absolute(&settings.data_dir).context("data_dir")?;
        tracing::info!(folder = %folder.display(), "data are in a folder");
    }
    Ok(())
}

fn gateway_config(settings: &Settings) -> Result<GatewayConfig> {
    let tls = match (&settings.tls_certificate, &settings.tls_key) {
        (Some(certificate), Some(key)) => Some(TlsConfig {
            certificate: read("tls_certificate", certificate)?,
            key: read("tls_key", key)?,
        }),
        _ => None,
    };
    Ok(GatewayConfig {
        websocket: settings.listen,
        tcp: settings.listen_tcp,
        tls,
        connections: settings.connections,
        connections_per_address: settings.connections_per_address,
        trusted_proxies: settings
            .trusted_proxies
            .iter()
            .map(TrustedProxy::network)
            .collect(),
        tcp_proxy_protocol: settings.tcp_proxy_protocol,
        drain: settings.drain(),
        ..GatewayConfig::default()
    })
}

/// What is in the file that a setting names.
fn read(key: &str, file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("{key}: cannot read {}", file.display()))
}

fn cannot_listen(settings: &Settings) -> String {
    match settings.listen_tcp {
        Some(tcp) => format!("cannot listen on {} and {tcp}", settings.listen),
        None => format!("cannot listen on {}", settings.listen),
    }
}

/// Prints a line. That nobody reads it is no reason to end.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
