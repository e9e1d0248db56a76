//! The contract of [`osmium_ports::Bus`]: what its documentation says, sentence by sentence.

use crate::brokers::{Deployment, QUEUE_BYTES, QUEUE_MESSAGES};
use crate::contract::Checked;
use bytes::Bytes;
use futures::FutureExt;
use futures::future::{join_all, try_join_all};
use osmium_model::{CommunityId, GroupId, Partition, Topic, UserId};
use osmium_ports::{Bus, BusEvent, Subject, Subscriber};

const A: Subject = Subject::Partition(Partition(0));
const B: Subject = Subject::Topic(Topic::User(UserId(1)));
const MIB: usize = 1 << 20;

fn group(id: u64) -> Subject {
    Subject::Topic(Topic::Group(GroupId(id)))
}

/// The next message; anything else is not what a test expects.
#[track_caller]
fn message(heard: Option<BusEvent>) -> (Subject, Bytes) {
    match heard {
        Some(BusEvent::Message { subject, payload }) => (subject, payload),
        other => panic!("a message should be heard, but: {other:?}"),
    }
}

async fn follower(bus: &dyn Bus, subjects: &[Subject]) -> Checked<Box<dyn Subscriber>> {
    let subscriber = bus.subscriber();
    subscriber.follow(subjects).await?;
    Ok(subscriber)
}

/// That a subscriber hears this next.
async fn assert_hears(subscriber: &dyn Subscriber, subject: Subject, payload: &[u8]) {
    assert_eq!(
        message(subscriber.next().await),
        (subject, Bytes::copy_from_slice(payload))
    );
}

/// A message on any kind of subject reaches a follower in another process.
pub async fn what_is_published_is_heard(deployment: Deployment) -> Checked {
    let subjects = [
        Subject::Partition(Partition(31)),
        Subject::Topic(Topic::User(UserId(7))),
        Subject::Topic(Topic::Group(GroupId(7))),
        Subject::Topic(Topic::Community(CommunityId(u64::MAX >> 1))),
    ];
    let subscriber = follower(&*deployment.here.bus, &subjects).await?;
    for subject in subjects {
        deployment
            .there
            .bus
            .publish(subject, "hello".into())
            .await?;
        assert_hears(&*subscriber, subject, b"hello").await;
    }
    Ok(())
}

/// Messages that are published together are each heard on their subject, in their order; none is no mistake.
pub async fn what_is_published_together_is_heard_in_order(deployment: Deployment) -> Checked {
    let subscriber = follower(&*deployment.here.bus, &[A, B]).await?;
    let bus = deployment.there.bus;
    bus.publish_all(Vec::new()).await?;
    let messages = [(A, "one"), (group(7), "unheard"), (B, "two"), (A, "three")];
    let messages = messages.map(|(subject, payload)| (subject, payload.into()));
    bus.publish_all(messages.into()).await?;
    for (subject, payload) in [(A, "one"), (B, "two"), (A, "three")] {
        assert_hears(&*subscriber, subject, payload.as_bytes()).await;
    }
    Ok(())
}

/// What one publisher says on one subject comes in order, and each message once.
pub async fn messages_come_in_order_and_once(deployment: Deployment) -> Checked {
    let subscriber = follower(&*deployment.here.bus, &[A]).await?;
    let publisher = deployment.there.bus;
    let publishing = tokio::spawn(async move {
        for number in 0..1000_u32 {
            publisher
                .publish(A, number.to_be_bytes().to_vec().into())
                .await?;
        }
        Checked::Ok(())
    });
    for number in 0..1000_u32 {
        assert_hears(&*subscriber, A, &number.to_be_bytes()).await;
    }
    publishing.await?
}

/// When following returns, what is published from then on is heard.
pub async fn a_follow_counts_at_once(deployment: Deployment) -> Checked {
    let subscriber = deployment.here.bus.subscriber();
    for subject in (0..200).map(group) {
        subscriber.follow(&[subject]).await?;
        deployment.there.bus.publish(subject, "now".into()).await?;
        assert_hears(&*subscriber, subject, b"now").await;
    }
    Ok(())
}

/// Subjects that are not followed are not heard, nor are those that only others follow.
pub async fn only_what_is_followed_is_heard(deployment: Deployment) -> Checked {
    let ours = follower(&*deployment.here.bus, &[A]).await?;
    let theirs = follower(&*deployment.here.bus, &[B]).await?;
    for subject in [group(1), B, A] {
        deployment.there.bus.publish(subject, "one".into()).await?;
    }
    assert_hears(&*ours, A, b"one").await;
    assert_hears(&*theirs, B, b"one").await;
    assert_eq!(ours.next().now_or_never(), None);
    Ok(())
}

/// A subject that is no longer followed is not heard; others are, and following again works.
pub async fn what_is_no_longer_followed_is_silent(deployment: Deployment) -> Checked {
    let subscriber = follower(&*deployment.here.bus, &[A, B]).await?;
    subscriber.unfollow(&[A]).await;
    subscriber.unfollow(&[A, group(1)]).await;
    for subject in [A, B] {
        deployment.there.bus.publish(subject, "one".into()).await?;
    }
    assert_hears(&*subscriber, B, b"one").await;
    subscriber.follow(&[A]).await?;
    deployment.there.bus.publish(A, "two".into()).await?;
    assert_hears(&*subscriber, A, b"two").await;
    Ok(())
}

/// Following what is followed changes nothing.
pub async fn following_twice_is_following_once(deployment: Deployment) -> Checked {
    let subscriber = follower(&*deployment.here.bus, &[A, A, B]).await?;
    subscriber.follow(&[A]).await?;
    deployment.there.bus.publish(A, "one".into()).await?;
    deployment.there.bus.publish(A, "two".into()).await?;
    assert_hears(&*subscriber, A, b"one").await;
    assert_hears(&*subscriber, A, b"two").await;

    subscriber.unfollow(&[A]).await;
    deployment.there.bus.publish(A, "three".into()).await?;
    deployment.there.bus.publish(B, "four".into()).await?;
    assert_hears(&*subscriber, B, b"four").await;
    Ok(())
}

/// All who follow hear: several in one process, those of other processes, and the publisher's own.
pub async fn every_subscriber_hears(deployment: Deployment) -> Checked {
    let (here, there) = (&*deployment.here.bus, &*deployment.there.bus);
    let subscribers = [
        follower(here, &[A]).await?,
        follower(here, &[A, B]).await?,
        follower(there, &[A]).await?,
    ];
    there.publish(A, "all".into()).await?;
    for subscriber in &subscribers {
        assert_hears(&**subscriber, A, b"all").await;
    }
    Ok(())
}

/// Others of the process hear on when one unfollows or is dropped.
pub async fn a_subscriber_that_leaves_takes_nobody_along(deployment: Deployment) -> Checked {
    let bus = &*deployment.here.bus;
    let stays = follower(bus, &[A]).await?;
    let unfollows = follower(bus, &[A, B]).await?;
    drop(follower(bus, &[A, B]).await?);
    unfollows.unfollow(&[A]).await;

    deployment.there.bus.publish(A, "one".into()).await?;
    deployment.there.bus.publish(B, "two".into()).await?;
    assert_hears(&*stays, A, b"one").await;
    assert_hears(&*unfollows, B, b"two").await;
    Ok(())
}

/// There is no bound on what is followed in one call.
pub async fn many_subjects_are_followed_together(deployment: Deployment) -> Checked {
    let subjects: Vec<_> = (0..1234).map(group).collect();
    let subscriber = follower(&*deployment.here.bus, &subjects).await?;
    for subject in [0, 499, 500, 1000, 1233].map(group) {
        deployment.there.bus.publish(subject, "many".into()).await?;
        assert_hears(&*subscriber, subject, b"many").await;
    }
    subscriber.unfollow(&subjects[..1233]).await;
    deployment
        .there
        .bus
        .publish(group(1232), "lost".into())
        .await?;
    deployment
        .there
        .bus
        .publish(group(1233), "last".into())
        .await?;
    assert_hears(&*subscriber, group(1233), b"last").await;
    Ok(())
}

/// However the follows and unfollows of one subject mix, in the end those who follow hear.
pub async fn follows_and_unfollows_may_race(deployment: Deployment) -> Checked {
    let subscribers: Vec<_> = (0..8).map(|_| deployment.here.bus.subscriber()).collect();
    for round in 0..50_u32 {
        join_all(
            subscribers
                .iter()
                .map(|subscriber| subscriber.unfollow(&[A])),
        )
        .await;
        let mix = subscribers
            .iter()
            .enumerate()
            .map(|(place, subscriber)| async move {
                subscriber.follow(&[A]).await?;
                if place > 0 {
                    subscriber.unfollow(&[A]).await;
                }
                Checked::Ok(())
            });
        try_join_all(mix).await?;
        let payload = round.to_be_bytes();
        deployment
            .there
            .bus
            .publish(A, payload.to_vec().into())
            .await?;
        assert_hears(&*subscribers[0], A, &payload).await;
    }
    Ok(())
}

/// A payload may be empty, and may be of one mebibyte.
pub async fn payloads_may_be_empty_or_large(deployment: Deployment) -> Checked {
    let subscriber = follower(&*deployment.here.bus, &[A]).await?;
    for payload in [Bytes::new(), vec![0xA5; MIB].into(), "\0\r\n".into()] {
        deployment.there.bus.publish(A, payload.clone()).await?;
        assert_eq!(message(subscriber.next().await), (A, payload));
    }
    Ok(())
}

/// A subscriber that leaves too many messages unheard is told so once, and hears on.
pub async fn too_many_messages_interrupt(deployment: Deployment) -> Checked {
    overflow(deployment, QUEUE_MESSAGES + 1, "x".into()).await
}

/// A subscriber that leaves too many bytes unheard is told so once, and hears on.
pub async fn too_many_bytes_interrupt(deployment: Deployment) -> Checked {
    overflow(deployment, QUEUE_BYTES / MIB + 1, vec![0; MIB].into()).await
}

/// Publishes what just does not fit into a queue.
async fn overflow(deployment: Deployment, messages: usize, payload: Bytes) -> Checked {
    let slow = follower(&*deployment.here.bus, &[A]).await?;
    let quick = follower(&*deployment.here.bus, &[A]).await?;
    for _ in 0..messages {
        deployment.there.bus.publish(A, payload.clone()).await?;
        assert_eq!(message(quick.next().await), (A, payload.clone()));
    }
    deployment.there.bus.publish(A, "after".into()).await?;
    assert_hears(&*quick, A, b"after").await;
    assert_eq!(slow.next().await, Some(BusEvent::Interrupted));
    assert_hears(&*slow, A, b"after").await;
    Ok(())
}

/// Nothing is lost when a subscriber gives up waiting and waits again.
pub async fn waiting_may_be_given_up(deployment: Deployment) -> Checked {
    let subscriber = follower(&*deployment.here.bus, &[A]).await?;
    for _ in 0..100 {
        assert_eq!(subscriber.next().now_or_never(), None);
        deployment.there.bus.publish(A, "one".into()).await?;
        // Whether it has come yet or not: giving up takes nothing away unless it is given.
        match subscriber.next().now_or_never() {
            Some(heard) => assert_eq!(message(heard), (A, "one".into())),
            None => assert_hears(&*subscriber, A, b"one").await,
        }
    }
    Ok(())
}

/// A bus that can be reached says so.
pub async fn the_bus_answers(deployment: Deployment) -> Checked {
    deployment.here.bus.ping().await?;
    deployment.there.bus.ping().await?;
    Ok(())
}
