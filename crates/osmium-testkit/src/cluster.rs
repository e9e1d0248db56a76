//! Deployments in a test: any number of gateways and fan-outs in this process, over one store and one broker.
//!
//! [`crate::Server`] is the smallest: one of each. Tests of what happens when parts die build their own.

use crate::brokers::{Broker, Deployment, Process};
use crate::clock::TestClock;
use crate::contract::Checked;
use crate::databases::Database;
use crate::person::{Person, initialize};
use crate::probe::Prober;
use crate::queries::listen;
use osmium_client::Endpoint;
use osmium_core::{Config, Core};
use osmium_fanout::Fanout;
use osmium_gateway::{GatewayConfig, Hub};
use osmium_local::SystemRandom;
use osmium_ports::{Clock, Store};
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What the parts of a deployment share, and how they are configured.
pub struct Cluster {
    /// Of the gateways' cores. Without rate limits to begin with.
    pub config: Config,
    /// Of the gateways' sockets. On free ports to begin with.
    pub sockets: GatewayConfig,
    /// Of the fan-outs. Quick to begin with.
    pub fanouts: osmium_fanout::Settings,
    /// The time of day everywhere in it.
    pub clock: Arc<TestClock>,
    store: Arc<dyn Store>,
    process: Process,
    parts: AtomicU32,
    /// Dropped last: the store is of no use without it.
    database: Database,
}

impl Cluster {
    /// A deployment of nothing yet, over the broker in this process.
    pub fn new(database: Database) -> Self {
        let local = Broker::Local.deployment();
        let local = local.ok().flatten().expect("this process needs no address");
        Self::over(database, &local)
    }

    /// A deployment of nothing yet, over this broker.
    pub fn over(database: Database, broker: &Deployment) -> Self {
        listen();
        Self {
            config: config(),
            sockets: sockets(),
            fanouts: fanouts(),
            clock: Arc::default(),
            store: database.store(),
            process: broker.here.clone(),
            parts: AtomicU32::new(0),
            database,
        }
    }

    /// Has the parts that are started from here on reach the broker as another process does.
    pub fn reach(&mut self, process: Process) {
        self.process = process;
    }

    /// The store that all share.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Starts a gateway, and waits until it is ready.
    pub async fn gateway(&self) -> Gateway {
        let gateway = self.start_gateway(self.store.clone());
        until_ready(&gateway.core).await;
        gateway
    }

    /// Starts a gateway that can be killed, and waits until it is ready.
    pub async fn mortal_gateway(&self) -> Checked<MortalGateway> {
        let runtime = Runtime::new()?;
        let store = self.database.open_again().await?;
        let gateway = {
            let _inside = runtime.enter();
            self.start_gateway(store)
        };
        until_ready(&gateway.core).await;
        Ok(MortalGateway {
            gateway,
            runtime: Some(runtime),
        })
    }

    fn start_gateway(&self, store: Arc<dyn Store>) -> Gateway {
        let ports = osmium_core::Ports {
            store: store.clone(),
            bus: self.process.bus.clone(),
            presence: self.process.presence.clone(),
            rates: self.process.rate_limiter.clone(),
            clock: self.clock(),
            random: Arc::new(SystemRandom),
        };
        let core = Core::start(ports, self.config.clone(), &self.name("gateway"));
        let hub = Hub::start(
            store,
            &*self.process.bus,
            self.process.presence.clone(),
            core.views().clone(),
            core.rosters().clone(),
            core.interactions().clone(),
        );
        let sockets = osmium_gateway::Gateway::bind(
            self.sockets.clone(),
            core.clone(),
            hub.clone(),
            Arc::new(SystemRandom),
            None,
        );
        let sockets = sockets.expect("there are free ports");
        let (address, tcp) = (sockets.local_addr(), sockets.tcp_addr());
        let stop = CancellationToken::new();
        let task = tokio::spawn(sockets.serve(stop.clone()));
        Gateway {
            core,
            address,
            tcp,
            part: Part { stop, task },
            prober: Prober {
                store: self.store.clone(),
                bus: self.process.bus.clone(),
            },
        }
    }

    /// Starts a fan-out. It takes its share of the partitions soon.
    pub fn fanout(&self) -> Part {
        let ports = osmium_fanout::Ports {
            store: self.store.clone(),
            bus: self.process.bus.clone(),
            leases: self.process.leases.clone(),
            presence: self.process.presence.clone(),
            clock: self.clock(),
        };
        let fanout = Fanout::new(ports, self.fanouts.clone(), self.name("fanout"));
        let stop = CancellationToken::new();
        let task = tokio::spawn(fanout.run(stop.clone()));
        Part { stop, task }
    }

    /// Lets an outage last: what is tested is how long it is, so there is nothing else to wait for.
    pub async fn outage(&self, lasts: Duration) {
        tokio::time::sleep(lasts).await;
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// A name that no other part has.
    fn name(&self, kind: &str) -> String {
        format!("{kind}-{}", self.parts.fetch_add(1, Ordering::Relaxed))
    }
}

/// A gateway, and how to get to it. When this is dropped, it accepts no more connections.
pub struct Gateway {
    pub(crate) core: Arc<Core>,
    address: SocketAddr,
    tcp: Option<SocketAddr>,
    part: Part,
    prober: Prober,
}

impl Gateway {
    /// Its address for WebSocket.
    pub fn endpoint(&self) -> Endpoint {
        endpoint("ws", self.address)
    }

    /// Its address for TCP.
    pub fn tcp_endpoint(&self) -> Endpoint {
        endpoint("tcp", self.tcp.expect("tests listen on TCP"))
    }

    /// A connection that has said nothing yet.
    pub async fn connection(&self) -> Person {
        self.connection_to(self.endpoint()).await
    }

    /// A connection to one of its addresses that has said nothing yet.
    pub async fn connection_to(&self, endpoint: Endpoint) -> Person {
        Person::connect(endpoint, self.prober.clone()).await
    }

    /// A connection that has initialized.
    pub async fn anonymous(&self) -> Person {
        let person = self.connection().await;
        person.call(initialize()).await.expect("it comes first");
        person
    }

    /// Someone new, who is signed in and told of everything.
    pub async fn sign_up(&self, name: &str) -> Person {
        let mut person = self.anonymous().await;
        person.sign_up(name).await;
        person
    }

    /// Someone who has signed up already, signed in here.
    pub async fn sign_in(&self, person: &Person) -> Person {
        let mut here = self.anonymous().await;
        here.authorize(person.token()).await;
        here
    }

    /// Ends it in good order, and waits until it and its connections have ended.
    pub async fn stop(self) {
        self.part.stop().await;
    }
}

/// A gateway that runs apart from the test, on threads and connections to the store of its own. It is killed when this is
/// dropped.
pub struct MortalGateway {
    gateway: Gateway,
    runtime: Option<Runtime>,
}

impl MortalGateway {
    /// Ends it at once, as a crash of its process does: its connections break, and it tells nobody.
    pub fn kill(self) {
        drop(self);
    }
}

impl Deref for MortalGateway {
    type Target = Gateway;

    fn deref(&self) -> &Gateway {
        &self.gateway
    }
}

impl Drop for MortalGateway {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A running part of a deployment. It is killed when this is dropped.
pub struct Part {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Part {
    /// Ends it in good order, and waits until it has ended.
    pub async fn stop(mut self) {
        self.stop.cancel();
        (&mut self.task).await.expect("it ends without a panic");
    }

    /// Ends it at once, as a crash does.
    pub fn kill(self) {
        self.task.abort();
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn until_ready(core: &Core) {
    while core.ready().await.is_err() {
        tokio::task::yield_now().await;
    }
}

fn endpoint(scheme: &str, address: SocketAddr) -> Endpoint {
    Endpoint::new(&format!("{scheme}://{address}/gateway")).expect("an address makes a URL")
}

fn config() -> Config {
    Config {
        rates: None,
        ..Config::default()
    }
}

fn sockets() -> GatewayConfig {
    let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    GatewayConfig {
        websocket: any_port,
        tcp: Some(any_port),
        connections_per_address: 10_000,
        drain: Duration::ZERO,
        ..GatewayConfig::default()
    }
}

fn fanouts() -> osmium_fanout::Settings {
    osmium_fanout::Settings {
        sweep_every: Duration::from_millis(50),
        ..osmium_fanout::Settings::default()
    }
}
