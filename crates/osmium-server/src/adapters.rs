//! The adapters of a process: which stand behind the ports, by the settings.

use crate::settings::{Settings, SettingsError};
use crate::storage;
use anyhow::Result;
use osmium_core::Ports;
use osmium_local::{
    LocalBus, LocalLeases, LocalPresence, LocalRateLimiter, SystemClock, SystemRandom,
};
use osmium_ports::{Leases, Store};
use osmium_redis::Redis;
use std::fs::File;
use std::sync::Arc;

/// What stands behind the ports of a process.
pub(crate) struct Adapters {
    /// What the core needs.
    pub(crate) core: Ports,
    /// What a fan-out needs besides.
    pub(crate) leases: Arc<dyn Leases>,
    /// Keeps others from the data folder, for as long as this lives.
    _lock: Option<File>,
}

impl Adapters {
    /// Those that the settings name: PostgreSQL or SQLite, Redis or none. Services that are away are no error; a
    /// folder that cannot be used is.
    pub(crate) async fn open(settings: &Settings) -> Result<Self> {
        let (store, lock): (Arc<dyn Store>, _) = if let Some(store) = storage::postgres(settings)? {
            (Arc::new(store), None)
        } else {
            let (store, lock) = storage::open_to_serve(settings).await?;
            (store, Some(lock))
        };
        let (core, leases) = match redis(settings)? {
            Some(redis) => (
                shared(store, &redis),
                Arc::new(redis.leases()) as Arc<dyn Leases>,
            ),
            None => (
                local(store),
                Arc::new(LocalLeases::new(Arc::new(SystemClock))) as _,
            ),
        };
        Ok(Self {
            core,
            leases,
            _lock: lock,
        })
    }

    /// What a fan-out needs.
    pub(crate) fn fanout(&self) -> osmium_fanout::Ports {
        osmium_fanout::Ports {
            store: self.core.store.clone(),
            bus: self.core.bus.clone(),
            leases: self.leases.clone(),
            presence: self.core.presence.clone(),
            clock: self.core.clock.clone(),
        }
    }
}

/// Ports of a process that is alone.
pub(crate) fn local(store: Arc<dyn Store>) -> Ports {
    Ports {
        store,
        bus: Arc::new(LocalBus::default()),
        presence: Arc::new(LocalPresence::new()),
        rates: Arc::new(LocalRateLimiter::new(Arc::new(SystemClock))),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
    }
}

/// Ports of a process among several.
fn shared(store: Arc<dyn Store>, redis: &Redis) -> Ports {
    Ports {
        store,
        bus: Arc::new(redis.bus()),
        presence: Arc::new(redis.presence()),
        rates: Arc::new(redis.rate_limiter()),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
    }
}

fn redis(settings: &Settings) -> Result<Option<Redis>> {
    let Some(url) = &settings.redis_url else {
        return Ok(None);
    };
    let options = osmium_redis::Options {
        prefix: settings.redis_prefix.clone(),
        ..Default::default()
    };
    let redis = Redis::connect(url.expose(), &options)
        .map_err(|error| SettingsError::new("redis_url", error.to_string()))?;
    Ok(Some(redis))
}
