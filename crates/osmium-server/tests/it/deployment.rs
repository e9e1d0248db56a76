//! Two gateways and two fan-outs, processes each, on a PostgreSQL database of their own and Redis.

use crate::osmium::{osmium, run};
use crate::service::{Service, until};
use osmium_testkit::brokers::REDIS_URL;
use osmium_testkit::{Database, Engine};
use std::process::Command;
use tempfile::TempDir;

/// Anywhere on loopback.
const ANYWHERE: &str = "127.0.0.1:0";

/// What is shared by the services of a deployment, and the services. They end before the database does.
pub(crate) struct Deployment {
    pub(crate) gateways: [Service; 2],
    pub(crate) fanouts: [Service; 2],
    place: Place,
}

impl Deployment {
    /// One that is ready; none if such tests are skipped.
    pub(crate) async fn start() -> Option<Self> {
        let Some(place) = Place::new().await else {
            eprintln!("skipped: cluster (fast)");
            return None;
        };
        place.migrate();
        let deployment = Self {
            gateways: [
                place.gateway(ANYWHERE, ANYWHERE),
                place.gateway(ANYWHERE, ANYWHERE),
            ],
            fanouts: [place.fanout(), place.fanout()],
            place,
        };
        let Self {
            gateways, fanouts, ..
        } = &deployment;
        gateways
            .iter()
            .chain(fanouts)
            .for_each(Service::until_ready);
        deployment.until_work_is_shared();
        Some(deployment)
    }

    /// How many WebSocket connections each gateway has.
    pub(crate) fn connections(&self) -> [u64; 2] {
        self.metrics(r#"osmium_connections{transport="websocket"}"#)
    }

    /// How many accounts have been made at each gateway.
    pub(crate) fn sign_ups(&self) -> [u64; 2] {
        self.metrics(r#"osmium_calls_total{method="auth.signUp""#)
    }

    /// Starts a gateway where one has ended.
    pub(crate) fn restart_gateway(&mut self, which: usize) {
        let ended = &self.gateways[which];
        let tcp_address = ended.tcp_address.as_ref().expect("gateways serve TCP");
        self.gateways[which] = self.place.gateway(&ended.address, tcp_address);
        self.gateways[which].until_ready();
    }

    /// Starts a fan-out where one has ended, and returns when it has its share.
    pub(crate) fn restart_fanout(&mut self, which: usize) {
        self.fanouts[which] = self.place.fanout();
        self.until_work_is_shared();
    }

    fn until_work_is_shared(&self) {
        until("each fan-out has its share", || {
            let mut shares = self
                .fanouts
                .iter()
                .map(|fanout| fanout.metric("osmium_fanout_partitions"));
            shares.all(|share| share > 0)
        });
    }

    fn metrics(&self, start: &str) -> [u64; 2] {
        self.gateways
            .each_ref()
            .map(|gateway| gateway.metric(start))
    }
}

/// Where services meet.
pub(crate) struct Place {
    folder: TempDir,
    /// It is there as long as this is.
    _database: Database,
    database_url: String,
    redis_url: String,
    redis_prefix: String,
}

impl Place {
    /// None if such tests are skipped.
    pub(crate) async fn new() -> Option<Self> {
        let database = Engine::Postgres.empty_database().await;
        let database = database.expect("a database")?;
        Some(Self {
            database_url: database.location().to_owned(),
            _database: database,
            folder: tempfile::tempdir().expect("a folder"),
            redis_url: redis_url(),
            redis_prefix: format!("test-{:016x}", rand::random_range(0..=u64::MAX)),
        })
    }

    /// The host and port of the database.
    pub(crate) fn database_address(&self) -> String {
        let (address, _) = self.split_database_url();
        address.to_owned()
    }

    /// Has services that are started from now on reach the database at this address.
    pub(crate) fn reach_database_at(&mut self, address: &str) {
        let (there, _) = self.split_database_url();
        self.database_url = self.database_url.replacen(there, address, 1);
    }

    fn split_database_url(&self) -> (&str, &str) {
        let (_, place) = self.database_url.split_once('@').expect("a user");
        place.split_once('/').expect("the database's name")
    }

    pub(crate) fn migrate(&self) {
        let ran = run(&mut self.osmium("migrate"), "");
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }

    pub(crate) fn gateway(&self, address: &str, tcp_address: &str) -> Service {
        let mut command = self.osmium("gateway");
        command
            .env("OSMIUM_LISTEN_TCP", tcp_address)
            .env("OSMIUM_TRUSTED_PROXIES", "127.0.0.1")
            .env("OSMIUM_TCP_PROXY_PROTOCOL", "true")
            .env("OSMIUM_DRAIN_SECONDS", "2");
        Service::start_at(address, &mut command)
    }

    pub(crate) fn fanout(&self) -> Service {
        Service::start(&mut self.osmium("fanout"))
    }

    fn osmium(&self, subcommand: &str) -> Command {
        let mut command = osmium(self.folder.path(), &[subcommand]);
        command
            .env("OSMIUM_DATABASE_URL", &self.database_url)
            .env("OSMIUM_REDIS_URL", &self.redis_url)
            .env("OSMIUM_REDIS_PREFIX", &self.redis_prefix);
        command
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the environment says what tests run on"
)]
fn redis_url() -> String {
    let url = std::env::var(REDIS_URL).ok().filter(|url| !url.is_empty());
    url.unwrap_or_else(|| {
        panic!(
            "this test needs Redis: run `cargo xtask test`, which starts one, or set {REDIS_URL}"
        )
    })
}
