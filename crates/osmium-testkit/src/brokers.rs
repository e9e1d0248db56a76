//! Brokers for tests: bus, presence, rate limits and leases of a deployment of its own for each test.
//!
//! In process they need nothing. On Redis they need a server, which `cargo xtask test` starts; it is named
//! by [`REDIS_URL`] and shared by all tests, each with a prefix of its own. With [`FAST`] set, tests on Redis are
//! skipped, with a line that says so.

mod redis_server;

use crate::databases::FAST;
use crate::environment::variable;
use osmium_local::{LocalBus, LocalLeases, LocalPresence, LocalRateLimiter};
use osmium_local::{SystemClock, SystemRandom};
use osmium_ports::{Bus, Leases, Presence, Random, RateLimiter};
use osmium_redis::{InvalidUrl, Redis};
use std::sync::Arc;

pub use redis_server::RedisServer;

/// Names the URL of a Redis that tests share.
pub const REDIS_URL: &str = "OSMIUM_TEST_REDIS_URL";
/// Names the program of a Redis that a test starts for itself.
pub const REDIS_SERVER: &str = "OSMIUM_TEST_REDIS_SERVER";
/// How many messages a subscriber of a test may leave unheard.
pub const QUEUE_MESSAGES: usize = 2000;
/// How many bytes a subscriber of a test may leave unheard.
pub const QUEUE_BYTES: usize = 8 << 20;

/// What carries the ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broker {
    /// The memory of this process.
    Local,
    /// The Redis named by [`REDIS_URL`].
    Redis,
}

impl Broker {
    /// A deployment with nothing in it; none if the test is to be skipped.
    ///
    /// # Panics
    /// If nothing says where Redis is, nor that it should be skipped.
    pub fn deployment(self) -> Result<Option<Deployment>, InvalidUrl> {
        match self {
            Self::Local => {
                let process = Process::local();
                Ok(Some(Deployment {
                    here: process.clone(),
                    there: process,
                }))
            }
            Self::Redis => redis_url().map(|url| Deployment::redis(&url)).transpose(),
        }
    }
}

/// Two processes of one deployment; in process, both are the same.
#[derive(Clone)]
pub struct Deployment {
    /// The one process.
    pub here: Process,
    /// The other.
    pub there: Process,
}

impl Deployment {
    /// A new deployment on the Redis at this address.
    pub fn redis(url: &str) -> Result<Self, InvalidUrl> {
        let options = osmium_redis::Options {
            prefix: new_prefix(),
            queue: osmium_redis::QueueLimits {
                messages: QUEUE_MESSAGES,
                bytes: QUEUE_BYTES,
            },
        };
        Ok(Self {
            here: Process::redis(url, &options)?,
            there: Process::redis(url, &options)?,
        })
    }
}

/// The ports of one process.
#[derive(Clone)]
pub struct Process {
    /// Its bus.
    pub bus: Arc<dyn Bus>,
    /// Its presence.
    pub presence: Arc<dyn Presence>,
    /// Its rate limits.
    pub rate_limiter: Arc<dyn RateLimiter>,
    /// Its leases.
    pub leases: Arc<dyn Leases>,
}

impl Process {
    fn local() -> Self {
        Self {
            bus: Arc::new(LocalBus::new(osmium_local::QueueLimits {
                messages: QUEUE_MESSAGES,
                bytes: QUEUE_BYTES,
            })),
            presence: Arc::new(LocalPresence::new()),
            rate_limiter: Arc::new(LocalRateLimiter::new(Arc::new(SystemClock))),
            leases: Arc::new(LocalLeases::new(Arc::new(SystemClock))),
        }
    }

    fn redis(url: &str, options: &osmium_redis::Options) -> Result<Self, InvalidUrl> {
        let redis = Redis::connect(url, options)?;
        Ok(Self {
            bus: Arc::new(redis.bus()),
            presence: Arc::new(redis.presence()),
            rate_limiter: Arc::new(redis.rate_limiter()),
            leases: Arc::new(redis.leases()),
        })
    }
}

/// Whether tests on Redis are skipped; says so if they are.
fn is_skipped() -> bool {
    let fast = variable(FAST).is_some();
    if fast {
        eprintln!("skipped: redis (fast)");
    }
    fast
}

/// Where Redis is; none if tests on it are skipped.
fn redis_url() -> Option<String> {
    if is_skipped() {
        return None;
    }
    let url = variable(REDIS_URL);
    assert!(
        url.is_some(),
        "this test needs Redis: run `cargo xtask test`, which starts one, or set {REDIS_URL}; \
         or set {FAST} to skip it"
    );
    url
}

/// A prefix that no other test has.
fn new_prefix() -> String {
    let random: &dyn Random = &SystemRandom;
    format!("test-{:016x}", u64::from_ne_bytes(random.bytes()))
}
