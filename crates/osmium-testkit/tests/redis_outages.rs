//! What happens when Redis goes away and comes back: each test has a Redis of its own.

use osmium_model::{ConnectionId, Partition, Status, Timestamp, UserId};
use osmium_ports::{Bus, BusEvent, Subject, Subscriber};
use osmium_testkit::brokers::{Deployment, RedisServer};
use osmium_testkit::contract::Checked;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

const A: Subject = Subject::Partition(Partition(0));
const HOUR: Duration = Duration::from_hours(1);
/// Longer than anything takes; what waits longer waits for ever.
const PATIENCE: Duration = Duration::from_secs(20);
/// How soon all is well after Redis is back: the longest pause between attempts, and a little.
const HEALED_WITHIN: Duration = Duration::from_secs(3);

/// Publishes until the bus takes it. It waits between attempts, as nothing tells when to try again.
async fn publish(bus: &dyn Bus, payload: &'static str) -> Checked {
    let attempts = async {
        while bus.publish(A, payload.into()).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, attempts).await?;
    Ok(())
}

/// Pings until the bus says at once that Redis is away: it has noticed.
async fn notice(bus: &dyn Bus) -> Checked {
    let attempts = async {
        loop {
            let asked = Instant::now();
            let failed = bus.ping().await.is_err();
            if failed && asked.elapsed() < Duration::from_millis(200) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, attempts).await?;
    Ok(())
}

async fn next(subscriber: &dyn Subscriber) -> Checked<Option<BusEvent>> {
    Ok(timeout(PATIENCE, subscriber.next()).await?)
}

fn message(payload: &'static str) -> BusEvent {
    BusEvent::Message {
        subject: A,
        payload: payload.into(),
    }
}

#[tokio::test]
async fn subscribers_hear_of_a_restart_and_hear_on() -> Checked {
    let Some(mut server) = RedisServer::start()? else {
        return Ok(());
    };
    let Deployment { here, there } = Deployment::redis(&server.url())?;
    let (one, other) = (here.bus.subscriber(), here.bus.subscriber());
    let many: Vec<_> = (0..1234)
        .map(|number| Subject::Partition(Partition(number)))
        .collect();
    one.follow(&many).await?;
    other.follow(&[A]).await?;
    publish(&*there.bus, "before").await?;
    assert_eq!(next(&*one).await?, Some(message("before")));
    assert_eq!(next(&*other).await?, Some(message("before")));

    server.kill()?;
    notice(&*here.bus).await?;
    server.restart()?;
    let back = Instant::now();
    // Nothing is published meanwhile, and yet they hear.
    assert_eq!(next(&*one).await?, Some(BusEvent::Interrupted));
    assert_eq!(next(&*other).await?, Some(BusEvent::Interrupted));
    assert!(back.elapsed() < HEALED_WITHIN, "{:?}", back.elapsed());

    publish(&*there.bus, "after").await?;
    assert_eq!(next(&*one).await?, Some(message("after")));
    assert_eq!(next(&*other).await?, Some(message("after")));
    Ok(())
}

#[tokio::test]
async fn while_redis_is_away_all_fails_at_once() -> Checked {
    let Some(mut server) = RedisServer::start()? else {
        return Ok(());
    };
    let Deployment { here, .. } = Deployment::redis(&server.url())?;
    let subscriber = here.bus.subscriber();
    subscriber.follow(&[A]).await?;
    server.kill()?;
    notice(&*here.bus).await?;

    let asked = Instant::now();
    assert!(here.bus.publish(A, "lost".into()).await.is_err());
    assert!(
        subscriber
            .follow(&[Subject::Partition(Partition(1))])
            .await
            .is_err()
    );
    subscriber
        .unfollow(&[Subject::Partition(Partition(2))])
        .await;
    assert!(here.presence.statuses(&[UserId(1)]).await.is_err());
    assert!(here.leases.renew("a", HOUR).await.is_err());
    assert!(asked.elapsed() < HEALED_WITHIN, "{:?}", asked.elapsed());

    server.restart()?;
    assert_eq!(next(&*subscriber).await?, Some(BusEvent::Interrupted));
    let refused = Subject::Partition(Partition(1));
    here.bus.publish(refused, "not followed".into()).await?;
    here.bus.publish(A, "followed".into()).await?;
    assert_eq!(next(&*subscriber).await?, Some(message("followed")));
    Ok(())
}

#[tokio::test]
async fn redis_may_come_after_us() -> Checked {
    let Some(mut server) = RedisServer::start()? else {
        return Ok(());
    };
    server.kill()?;
    let Deployment { here, .. } = Deployment::redis(&server.url())?;
    let subscriber = here.bus.subscriber();
    assert!(subscriber.follow(&[A]).await.is_err());
    server.restart()?;
    publish(&*here.bus, "unheard").await?;
    subscriber.follow(&[A]).await?;
    publish(&*here.bus, "heard").await?;
    assert_eq!(next(&*subscriber).await?, Some(message("heard")));
    Ok(())
}

#[tokio::test]
async fn a_redis_that_no_longer_answers_is_given_up() -> Checked {
    let Some(server) = RedisServer::start()? else {
        return Ok(());
    };
    let Deployment { here, there } = Deployment::redis(&server.url())?;
    let subscriber = here.bus.subscriber();
    subscriber.follow(&[A]).await?;
    server.freeze()?;
    notice(&*here.bus).await?;
    server.thaw()?;
    assert_eq!(next(&*subscriber).await?, Some(BusEvent::Interrupted));
    publish(&*there.bus, "after").await?;
    assert_eq!(next(&*subscriber).await?, Some(message("after")));
    Ok(())
}

#[tokio::test]
async fn a_known_status_is_known_until_redis_goes() -> Checked {
    let Some(mut server) = RedisServer::start()? else {
        return Ok(());
    };
    let Deployment { here, there } = Deployment::redis(&server.url())?;
    let (ada, bob) = (UserId(1), UserId(2));
    let online = Status::default();
    let end = Timestamp::from_millis(1_780_000_000_000);
    there
        .presence
        .set(ada, ConnectionId(3), &online, end)
        .await?;
    let known = [Some(online), None];
    assert_eq!(here.presence.known_statuses(&[ada, bob]).await?, known);
    server.freeze()?;
    let asked = Instant::now();
    assert_eq!(here.presence.known_statuses(&[ada, bob]).await?, known);
    assert!(asked.elapsed() < Duration::from_secs(1), "Redis was asked");
    server.thaw()?;

    server.kill()?;
    notice(&*here.bus).await?;
    assert!(here.presence.known_statuses(&[ada]).await.is_err());
    server.restart()?;
    publish(&*here.bus, "back").await?;
    assert_eq!(here.presence.known_statuses(&[ada]).await?, [None]);
    Ok(())
}

#[tokio::test]
async fn an_emptied_redis_is_filled_again() -> Checked {
    let Some(mut server) = RedisServer::start()? else {
        return Ok(());
    };
    let Deployment { here, there } = Deployment::redis(&server.url())?;
    let (ada, phone) = (UserId(1), ConnectionId(2));
    let end = Timestamp::from_millis(1_780_000_000_000);
    let status = Status::default();
    here.presence.set(ada, phone, &status, end).await?;
    here.leases.renew("a", HOUR).await?;

    server.restart()?;
    publish(&*here.bus, "back").await?;
    publish(&*there.bus, "back").await?;
    assert_eq!(
        here.presence.extend(&[(ada, phone)], end).await?,
        [(ada, phone)]
    );
    let again = here.presence.set(ada, phone, &status, end).await?;
    assert_eq!((again.before, again.after), (None, Some(status)));
    assert_eq!(here.presence.extend(&[(ada, phone)], end).await?, []);
    for _ in 0..2 {
        here.leases.renew("a", HOUR).await?;
        there.leases.renew("b", HOUR).await?;
    }
    assert_eq!(here.leases.renew("a", HOUR).await?.len(), 16);
    assert_eq!(there.leases.renew("b", HOUR).await?.len(), 16);
    Ok(())
}

#[tokio::test]
async fn subscribers_hear_the_end_when_the_link_is_dropped() -> Checked {
    let Some(server) = RedisServer::start()? else {
        return Ok(());
    };
    let Deployment { here, there } = Deployment::redis(&server.url())?;
    let subscriber = here.bus.subscriber();
    subscriber.follow(&[A]).await?;
    drop((here, there));
    assert_eq!(next(&*subscriber).await?, None);
    assert!(subscriber.follow(&[A]).await.is_err());
    Ok(())
}
