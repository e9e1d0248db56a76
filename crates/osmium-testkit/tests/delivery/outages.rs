//! What dies while messages flow.

use crate::Stage;
use crate::traffic::Traffic;
use async_trait::async_trait;
use bytes::Bytes;
use osmium_ports::{Bus, BusError, Subject, Subscriber};
use osmium_proto::updates::UpdateMessageCreated;
use osmium_testkit::Told;
use osmium_testkit::brokers::{Deployment, Process};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::channel_chat;
use sqlx::{Connection as _, PgConnection};
use std::sync::Arc;
use std::time::Duration;

/// How many messages of each sender flow before, between and after.
const SOME: u64 = 40;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_dies() -> Checked {
    let Some(stage) = Stage::set().await? else {
        return Ok(());
    };
    let traffic = Traffic::begin(&stage).await?;
    traffic.flow(3 * SOME).await?;
    traffic.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fanout_is_killed_and_started_again() -> Checked {
    let Some(mut stage) = Stage::set().await? else {
        return Ok(());
    };
    let traffic = Traffic::begin(&stage).await?;
    traffic.flow(SOME).await?;
    stage.fanouts.remove(0).kill();
    traffic.flow(SOME).await?;
    stage.fanouts.push(stage.cluster.fanout());
    traffic.flow(SOME).await?;
    traffic.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn both_fanouts_are_down_for_five_seconds() -> Checked {
    let Some(mut stage) = Stage::set().await? else {
        return Ok(());
    };
    let traffic = Traffic::begin(&stage).await?;
    traffic.flow(SOME).await?;
    stage.kill_fanouts();
    stage.cluster.outage(Duration::from_secs(5)).await;
    stage.start_fanouts();
    traffic.flow(SOME).await?;
    traffic.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_is_restarted_empty() -> Checked {
    let Some(mut stage) = Stage::set().await? else {
        return Ok(());
    };
    let traffic = Traffic::begin(&stage).await?;
    traffic.flow(SOME).await?;
    stage.redis.kill()?;
    traffic.flow(SOME).await?;
    stage.redis.restart()?;
    traffic.flow(SOME).await?;
    traffic.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_to_postgresql_are_cut() -> Checked {
    let Some(stage) = Stage::set().await? else {
        return Ok(());
    };
    let traffic = Traffic::begin(&stage).await?;
    for _ in 0..3 {
        traffic.flow(SOME).await?;
        cut_connections(&stage.location).await?;
    }
    traffic.flow(SOME).await?;
    traffic.end().await
}

async fn cut_connections(location: &str) -> Checked {
    let mut connection = PgConnection::connect(location).await?;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    sqlx::query(cut).execute(&mut connection).await?;
    Ok(())
}

/// A gateway that dies after it committed and acknowledged, and before it announced: what it announces reaches nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_dies_before_it_announced() -> Checked {
    let Some(mut stage) = Stage::set().await? else {
        return Ok(());
    };
    let traffic = Traffic::begin(&stage).await?;
    traffic.flow(SOME).await?;

    let deployment = Deployment::redis(&stage.redis.url())?;
    stage.cluster.reach(silent(deployment.here));
    let dying = stage.cluster.gateway().await;
    let mut receiver = stage.near.sign_up("receiver").await;
    let mut owner = stage.near.sign_up("owner of another community").await;
    let community = owner.create_community("Last words").await?;
    let code = owner.invite(&community).await?;
    receiver.join(&code).await?;
    let speaker = dying.sign_up("speaker").await;
    speaker.call(osmium_proto::auth::UseInvite { code }).await?;
    let chat = channel_chat(community.id, community.general);
    let mut said = Vec::new();
    for number in 0..20 {
        said.push(speaker.send(chat, &format!("last words {number}")).await?);
    }
    drop(dying);

    let mut heard = Vec::new();
    while heard.len() < said.len() {
        for update in receiver.heard_until_now().await? {
            heard.extend(UpdateMessageCreated::take(update).and_then(|created| {
                let message = created.message?;
                message
                    .message
                    .starts_with("last words")
                    .then_some(message.message_id)
            }));
        }
    }
    assert_eq!(heard, said);
    traffic.flow(SOME).await?;
    traffic.end().await
}

/// Fan-outs of a release that tells otherwise than gateways read.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_release_tells_is_read_from_the_log() -> Checked {
    let Some(mut stage) = Stage::set().await? else {
        return Ok(());
    };
    let traffic = Traffic::begin(&stage).await?;
    traffic.flow(SOME).await?;
    stage.kill_fanouts();
    stage.cluster.reach(foreign(stage.process.clone()));
    stage.start_fanouts();
    traffic.flow(SOME).await?;
    traffic.end().await
}

/// The same ports, but whatever is announced to fan-outs is lost.
fn silent(process: Process) -> Process {
    publishing(process, |subject, payload| {
        matches!(subject, Subject::Topic(_)).then_some(payload)
    })
}

/// The same ports, but what is told to gateways is nothing that they can read.
fn foreign(process: Process) -> Process {
    publishing(process, |subject, payload| {
        Some(match subject {
            Subject::Partition(_) => payload,
            Subject::Topic(_) => Bytes::from_static(b"\xc1"),
        })
    })
}

/// The same ports, but what is published is something else, or nothing.
fn publishing(process: Process, changed: Changed) -> Process {
    let bus = process.bus.clone();
    Process {
        bus: Arc::new(Changing { bus, changed }),
        ..process
    }
}

type Changed = fn(Subject, Bytes) -> Option<Bytes>;

struct Changing {
    bus: Arc<dyn Bus>,
    changed: Changed,
}

#[async_trait]
impl Bus for Changing {
    async fn publish_all(&self, messages: Vec<(Subject, Bytes)>) -> Result<(), BusError> {
        let messages = messages.into_iter();
        let changed = messages.filter_map(|(subject, payload)| {
            (self.changed)(subject, payload).map(|payload| (subject, payload))
        });
        self.bus.publish_all(changed.collect()).await
    }

    fn subscriber(&self) -> Box<dyn Subscriber> {
        self.bus.subscriber()
    }

    async fn ping(&self) -> Result<(), BusError> {
        self.bus.ping().await
    }
}
