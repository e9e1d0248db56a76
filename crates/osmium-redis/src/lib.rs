//! Bus, presence, rate limits and leases on Redis, over one connection for the whole process.
//!
//! Redis may go away and come back, even empty. While it is away everything fails at once and says so; when it
//! is back, all subjects are followed again and each subscriber hears that it was interrupted.
//! Nothing in Redis is the only copy of anything that matters.

mod bus;
mod dial;
mod keeper;
mod keys;
mod known;
mod lease;
mod link;
mod lock;
mod presence;
mod rate;
mod request;
mod routes;

pub use bus::RedisBus;
pub use lease::RedisLeases;
pub use osmium_ports::QueueLimits;
pub use presence::RedisPresence;
pub use rate::RedisRateLimiter;

use crate::keys::Keys;
use crate::link::Link;
use redis::IntoConnectionInfo;
use std::sync::Arc;

/// The address of Redis is not one. The address is left out: it may hold a password.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the address of Redis cannot be used: {0}")]
pub struct InvalidUrl(String);

/// How to use Redis.
#[derive(Clone, Debug)]
pub struct Options {
    /// What all keys and channels begin with, so that several deployments can share one Redis.
    pub prefix: String,
    /// How much a subscriber may leave unheard.
    pub queue: QueueLimits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            prefix: "osmium".to_owned(),
            queue: QueueLimits::default(),
        }
    }
}

/// The process's connection to Redis. It ends when this and all ports made from it are dropped.
#[derive(Clone, Debug)]
pub struct Redis {
    link: Arc<Link>,
}

impl Redis {
    /// Connects in the background, and again whenever the connection breaks; so this does not fail when Redis is
    /// away. The first calls wait for the first attempt.
    ///
    /// Must be called within a Tokio runtime.
    pub fn connect(url: &str, options: &Options) -> Result<Self, InvalidUrl> {
        let info = url.into_connection_info();
        let info = info.map_err(|error| InvalidUrl(error.to_string()))?;
        let link = Link::start(info, Keys::new(&options.prefix), options.queue);
        let link = link.map_err(|error| InvalidUrl(error.to_string()))?;
        Ok(Self {
            link: Arc::new(link),
        })
    }

    /// The bus.
    pub fn bus(&self) -> RedisBus {
        RedisBus::new(Arc::clone(&self.link))
    }

    /// Presence.
    pub fn presence(&self) -> RedisPresence {
        RedisPresence::new(Arc::clone(&self.link))
    }

    /// Rate limits.
    pub fn rate_limiter(&self) -> RedisRateLimiter {
        RedisRateLimiter::new(Arc::clone(&self.link))
    }

    /// Leases.
    pub fn leases(&self) -> RedisLeases {
        RedisLeases::new(Arc::clone(&self.link))
    }
}
