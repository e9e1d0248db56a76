//! PostgreSQL and Redis for a task: those the caller named, or our own, gone when the task ends.

mod packages;
mod postgres;
mod redis;
mod server;

use anyhow::Result;

pub(crate) use packages::{HAPROXY, POSTGRES, REDIS, require};
pub(crate) use postgres::Postgres;
pub(crate) use redis::Redis;

/// Names a PostgreSQL superuser's URL, from which each test makes its own database.
pub(crate) const POSTGRES_URL: &str = "OSMIUM_TEST_POSTGRES_URL";
/// Names a Redis.
pub(crate) const REDIS_URL: &str = "OSMIUM_TEST_REDIS_URL";

/// How the services should run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    /// What PostgreSQL acknowledges survives a power cut, as in production: for measuring. Tests have no use for it.
    pub(crate) durable: bool,
}

/// Both services. Dropping it stops what was started and removes its files.
#[derive(Debug)]
pub(crate) struct Services {
    /// A superuser's URL.
    pub(crate) postgres_url: String,
    /// With its password, when it has one.
    pub(crate) redis_url: String,
    _postgres: Postgres,
    _redis: Redis,
}

impl Services {
    /// Uses what [`POSTGRES_URL`] and [`REDIS_URL`] name, and starts the others. Not to be called from async code.
    pub(crate) fn start(options: Options) -> Result<Self> {
        let postgres = Postgres::given_or_start(options)?;
        let redis = Redis::given_or_start()?;
        Ok(Self {
            postgres_url: postgres.url.clone(),
            redis_url: redis.url.clone(),
            _postgres: postgres,
            _redis: redis,
        })
    }
}

/// A password that nobody else on this machine can guess: the services listen on loopback, where others could call.
fn password() -> Result<String> {
    use std::io::Read;

    let mut bytes = [0; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

/// A port of loopback that was free just now.
fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?
        .local_addr()?
        .port())
}
