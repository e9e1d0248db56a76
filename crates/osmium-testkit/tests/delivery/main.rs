//! Nothing is lost, doubled or out of order for connected sessions, whatever dies: numbered messages from several
//! senders to several channels, and every receiver checked.

mod merge;
mod outages;
mod revocation;
mod traffic;

use osmium_testkit::brokers::{Deployment, Process, RedisServer};
use osmium_testkit::contract::Checked;
use osmium_testkit::databases::{Database, Engine};
use osmium_testkit::{Cluster, cluster};

/// A deployment of two gateways and two fan-outs on PostgreSQL and a Redis of its own.
struct Stage {
    redis: RedisServer,
    cluster: Cluster,
    /// Where the receivers are, and one sender.
    near: cluster::Gateway,
    /// Where the other senders are.
    far: cluster::Gateway,
    fanouts: Vec<cluster::Part>,
    /// What the fan-outs reach the gateways by.
    process: Process,
    /// Where the database is.
    location: String,
}

impl Stage {
    /// None if such tests are skipped.
    async fn set() -> Checked<Option<Self>> {
        let Some(database) = Engine::Postgres.database().await? else {
            return Ok(None);
        };
        let Some(redis) = RedisServer::start()? else {
            return Ok(None);
        };
        Ok(Some(Self::over(database, redis).await?))
    }

    async fn over(database: Database, redis: RedisServer) -> Checked<Self> {
        let location = database.location().to_owned();
        let deployment = Deployment::redis(&redis.url())?;
        let mut cluster = Cluster::over(database, &deployment);
        let near = cluster.gateway().await;
        cluster.reach(deployment.there.clone());
        let far = cluster.gateway().await;
        let mut stage = Self {
            redis,
            cluster,
            near,
            far,
            fanouts: Vec::new(),
            process: deployment.there,
            location,
        };
        stage.start_fanouts();
        Ok(stage)
    }

    /// Starts two fan-outs.
    fn start_fanouts(&mut self) {
        self.fanouts = vec![self.cluster.fanout(), self.cluster.fanout()];
    }

    /// Kills those that run.
    fn kill_fanouts(&mut self) {
        self.fanouts.drain(..).for_each(cluster::Part::kill);
    }
}
