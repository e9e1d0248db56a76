//! Leases on Redis: a sorted set of living holders and a hash of what they hold, by the time of Redis.

use crate::keys::KEY_TTL;
use crate::link::Link;
use async_trait::async_trait;
use osmium_model::{Partition, Topic};
use osmium_ports::{LeaseError, Leases};
use redis::{FromRedisValue, RedisError, Script, ScriptInvocation};
use std::sync::Arc;
use std::time::Duration;

/// Leases on Redis.
#[derive(Debug)]
pub struct RedisLeases {
    link: Arc<Link>,
    renew: Script,
    release: Script,
}

impl RedisLeases {
    pub(crate) fn new(link: Arc<Link>) -> Self {
        Self {
            link,
            renew: Script::new(include_str!("scripts/lease_renew.lua")),
            release: Script::new(include_str!("scripts/lease_release.lua")),
        }
    }

    async fn run<T: FromRedisValue>(
        &self,
        script: &mut ScriptInvocation<'_>,
    ) -> Result<T, LeaseError> {
        let mut connection = self
            .link
            .connection()
            .await
            .map_err(|error| cannot_reach(&error))?;
        let keys = self.link.keys();
        let script = script.key(keys.holders()).key(keys.partitions());
        script
            .invoke_async(&mut connection)
            .await
            .map_err(|error| cannot_reach(&error))
    }
}

#[async_trait]
impl Leases for RedisLeases {
    async fn renew(&self, holder: &str, ttl: Duration) -> Result<Vec<Partition>, LeaseError> {
        let ttl = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX);
        let mut script = self.renew.arg(holder);
        script
            .arg(ttl)
            .arg(Topic::PARTITIONS)
            .arg(KEY_TTL.as_secs());
        let held: Vec<u16> = self.run(&mut script).await?;
        Ok(held.into_iter().map(Partition).collect())
    }

    async fn release(&self, holder: &str) -> Result<(), LeaseError> {
        self.run(&mut self.release.arg(holder)).await
    }
}

fn cannot_reach(error: &RedisError) -> LeaseError {
    LeaseError(error.to_string())
}
