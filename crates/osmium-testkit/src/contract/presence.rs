//! The contract of [`osmium_ports::Presence`]: what its documentation says, sentence by sentence.

use crate::brokers::Deployment;
use crate::builders::NOON;
use crate::contract::Checked;
use futures::future::{join, try_join, try_join_all};
use osmium_model::{
    Activity, ActivityKind, Availability, ConnectionId, Partition, Status, Timestamp, Topic, UserId,
};
use osmium_ports::{Note, Presence, StatusChange, Subject};
use std::time::Duration;

const ADA: UserId = UserId(1);
const BOB: UserId = UserId(2);
const PHONE: ConnectionId = ConnectionId(10);
/// As large as they come.
const LAPTOP: ConnectionId = ConnectionId(u64::MAX);

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn partition(user: UserId) -> Partition {
    Topic::User(user).partition()
}

fn status(availability: Availability) -> Status {
    Status {
        availability,
        activities: Vec::new(),
    }
}

fn online() -> Status {
    status(Availability::Online)
}

fn idle() -> Status {
    status(Availability::Idle)
}

fn playing(title: &str) -> Status {
    let activity = Activity {
        title: title.to_owned(),
        kind: ActivityKind::Playing,
        started_at: NOON,
        ends_at: Some(at(60)),
        state: Some("\"ä\\\n\0".to_owned()),
    };
    Status {
        availability: Availability::Online,
        activities: vec![activity],
    }
}

/// Whose status, before and after.
type Change = (UserId, Option<Status>, Option<Status>);

fn change(user_id: UserId, before: Option<Status>, after: Option<Status>) -> Change {
    (user_id, before, after)
}

fn of(change: StatusChange) -> Change {
    (change.user_id, change.before, change.after)
}

async fn sweep(
    presence: &dyn Presence,
    partition: Partition,
    now: Timestamp,
) -> Checked<Vec<Change>> {
    let swept = presence.sweep(partition, now).await?.into_iter();
    Ok(swept.map(of).collect())
}

/// The users of a partition who are noted, in their order.
async fn noted(presence: &dyn Presence, partition: Partition) -> Checked<Vec<UserId>> {
    let notes = presence.untold(partition, 10_000).await?;
    let mut users: Vec<UserId> = notes.into_iter().map(|note| note.user_id).collect();
    users.sort_unstable();
    Ok(users)
}

fn note(change: &StatusChange) -> Note {
    Note {
        user_id: change.user_id,
        mark: change.mark,
    }
}

/// Users of one partition.
fn neighbours(partition: Partition, count: usize) -> Vec<UserId> {
    let users = (1..).map(UserId);
    users
        .filter(|user| Topic::User(*user).partition() == partition)
        .take(count)
        .collect()
}

/// Puts users online with one connection each, until `end`.
async fn come_online(presence: &dyn Presence, users: &[UserId], end: Timestamp) -> Checked {
    let online = online();
    try_join_all(
        users
            .iter()
            .map(|user| presence.set(*user, PHONE, &online, end)),
    )
    .await?;
    Ok(())
}

/// What a session says is read as it was said.
pub async fn a_status_is_kept_whole(deployment: Deployment) -> Checked {
    let said = playing("chess");
    deployment
        .here
        .presence
        .set(ADA, LAPTOP, &said, at(60))
        .await?;
    assert_eq!(
        deployment.there.presence.statuses(&[ADA]).await?,
        [Some(said)]
    );
    Ok(())
}

/// A user's status is that of all sessions, merged; a change tells it before and after.
pub async fn sessions_merge(deployment: Deployment) -> Checked {
    let (here, there) = (&*deployment.here.presence, &*deployment.there.presence);
    let first = here.set(ADA, PHONE, &idle(), at(60)).await?;
    assert_eq!(of(first), change(ADA, None, Some(idle())));
    let second = there.set(ADA, LAPTOP, &playing("go"), at(60)).await?;
    assert_eq!(of(second), change(ADA, Some(idle()), Some(playing("go"))));

    let hiding = status(Availability::Invisible);
    let third = here.set(ADA, PHONE, &hiding, at(60)).await?;
    let merged = Status::merge([&playing("go"), &hiding]);
    assert_eq!(of(third), change(ADA, Some(playing("go")), merged.clone()));
    assert_eq!(there.statuses(&[ADA]).await?, [merged]);
    Ok(())
}

/// What a session says takes the place of what it said before.
pub async fn a_session_replaces_what_it_said(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    presence.set(ADA, PHONE, &playing("go"), at(60)).await?;
    let next = presence.set(ADA, PHONE, &idle(), at(60)).await?;
    assert_eq!(of(next), change(ADA, Some(playing("go")), Some(idle())));

    presence.set(ADA, PHONE, &online(), at(10)).await?;
    let swept = sweep(presence, partition(ADA), at(11)).await?;
    assert_eq!(
        swept,
        [change(ADA, Some(online()), None)],
        "its end is replaced too"
    );
    Ok(())
}

/// Who has no session has no status.
pub async fn nobody_is_offline(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    assert_eq!(presence.statuses(&[ADA, BOB]).await?, [None, None]);
    assert_eq!(presence.statuses(&[]).await?, []);
    assert_eq!(sweep(presence, partition(ADA), at(0)).await?, []);
    Ok(())
}

/// Statuses come in the order of the users asked for, also when there are many of them.
pub async fn statuses_come_in_the_order_asked_for(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    let users: Vec<_> = (1..=500).map(UserId).collect();
    let even: Vec<_> = users
        .iter()
        .copied()
        .filter(|user| user.0 % 2 == 0)
        .collect();
    come_online(presence, &even, at(60)).await?;
    let statuses = presence.statuses(&users).await?;
    assert_eq!(statuses.len(), users.len());
    for (user, status) in users.iter().zip(statuses) {
        assert_eq!(status.is_some(), user.0 % 2 == 0, "{user}");
    }
    Ok(())
}

/// Who hears of something that was published after a change knows the change.
pub async fn what_is_known_is_no_older_than_what_is_heard(deployment: Deployment) -> Checked {
    let (here, there) = (deployment.here, deployment.there);
    let subject = Subject::Topic(Topic::User(BOB));
    let subscriber = here.bus.subscriber();
    subscriber.follow(&[subject]).await?;
    for round in 0..100 {
        let said = playing(&round.to_string());
        let setting = async {
            there.presence.set(ADA, PHONE, &said, at(60)).await?;
            there.bus.publish(subject, "changed".into()).await?;
            Checked::Ok(())
        };
        // What is read while it changes is known for a moment at most.
        let (_, set) = join(here.presence.known_statuses(&[ADA, BOB]), setting).await;
        set?;
        subscriber.next().await;
        let known = here.presence.known_statuses(&[BOB, ADA]).await?;
        assert_eq!(known, [None, Some(said)]);
    }
    sweep(&*there.presence, partition(ADA), at(61)).await?;
    there.bus.publish(subject, "gone".into()).await?;
    subscriber.next().await;
    assert_eq!(here.presence.known_statuses(&[ADA]).await?, [None]);
    Ok(())
}

/// An entry is dropped by a sweep after its end, not before and not at it.
pub async fn an_entry_counts_until_it_is_swept(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    presence.set(ADA, PHONE, &idle(), at(10)).await?;
    presence.set(ADA, LAPTOP, &online(), at(20)).await?;
    let sweeper = &*deployment.there.presence;
    assert_eq!(sweep(sweeper, partition(ADA), at(10)).await?, []);

    let first = sweep(sweeper, partition(ADA), at(11)).await?;
    assert_eq!(first, [change(ADA, Some(online()), Some(online()))]);
    let second = sweep(sweeper, partition(ADA), at(21)).await?;
    assert_eq!(second, [change(ADA, Some(online()), None)]);
    assert_eq!(presence.statuses(&[ADA]).await?, [None]);
    assert_eq!(sweep(sweeper, partition(ADA), at(99)).await?, []);
    Ok(())
}

/// What is extended lives until its new end, and says what it said.
pub async fn what_is_extended_is_not_swept(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    presence.set(ADA, PHONE, &playing("go"), at(10)).await?;
    presence.set(BOB, PHONE, &idle(), at(10)).await?;
    let gone = presence
        .extend(&[(ADA, PHONE), (BOB, PHONE)], at(30))
        .await?;
    assert_eq!(gone, []);
    for user in [ADA, BOB] {
        assert_eq!(sweep(presence, partition(user), at(30)).await?, []);
    }
    let statuses = presence.statuses(&[ADA, BOB]).await?;
    assert_eq!(statuses, [Some(playing("go")), Some(idle())]);
    Ok(())
}

/// A connection that closes gets a grace: an end sooner than the one it had.
pub async fn an_end_may_be_brought_forward(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    presence.set(ADA, PHONE, &online(), at(60)).await?;
    presence.extend(&[(ADA, PHONE)], at(5)).await?;
    assert_eq!(sweep(presence, partition(ADA), at(5)).await?, []);
    let swept = sweep(presence, partition(ADA), at(6)).await?;
    assert_eq!(swept, [change(ADA, Some(online()), None)]);
    Ok(())
}

/// Entries that cannot be extended, because they are gone, are told back.
pub async fn what_is_gone_is_told_back(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    let users: Vec<_> = (1..=100).map(UserId).collect();
    come_online(presence, &users[..50], at(60)).await?;
    let connections: Vec<_> = users.iter().map(|user| (*user, PHONE)).collect();
    let mut gone = presence.extend(&connections, at(90)).await?;
    gone.sort_unstable();
    assert_eq!(gone, connections[50..]);

    let other = [(ADA, LAPTOP)];
    assert_eq!(presence.extend(&other, at(90)).await?, other);
    assert_eq!(presence.extend(&[], at(90)).await?, []);
    assert_eq!(
        presence.statuses(&users[50..51]).await?,
        [None],
        "extending sets nothing"
    );
    Ok(())
}

/// A sweep drops what is of its partition alone.
pub async fn a_sweep_keeps_to_its_partition(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    let ours = neighbours(Partition(3), 3);
    let others = neighbours(Partition(4), 3);
    come_online(presence, &ours, at(10)).await?;
    come_online(presence, &others, at(10)).await?;
    let mut swept = sweep(presence, Partition(3), at(11)).await?;
    swept.sort_unstable_by_key(|change| change.0);
    let ended = ours.iter().map(|user| change(*user, Some(online()), None));
    assert_eq!(swept, ended.collect::<Vec<_>>());
    assert_eq!(presence.statuses(&others).await?, vec![Some(online()); 3]);
    Ok(())
}

/// There is no bound on what one sweep drops.
pub async fn a_sweep_drops_everything_that_ended(deployment: Deployment) -> Checked {
    let presence = &*deployment.here.presence;
    let users = neighbours(Partition(5), 2345);
    come_online(presence, &users, at(10)).await?;
    assert_eq!(
        presence.sweep(Partition(5), at(11)).await?.len(),
        users.len()
    );
    assert_eq!(sweep(presence, Partition(5), at(11)).await?, []);
    Ok(())
}

/// However many sweep at once, each ended entry is told to one of them.
pub async fn each_end_is_told_to_one_sweeper(deployment: Deployment) -> Checked {
    let (here, there) = (&deployment.here.presence, &deployment.there.presence);
    let users = neighbours(Partition(6), 1500);
    come_online(&**here, &users, at(10)).await?;
    let sweeps = [here, there].map(|presence| {
        let presence = presence.clone();
        tokio::spawn(async move { presence.sweep(Partition(6), at(11)).await })
    });
    let [one, other] = sweeps;
    let (one, other) = try_join(one, other).await?;
    let mut told: Vec<_> = one?
        .into_iter()
        .chain(other?)
        .map(|change| change.user_id)
        .collect();
    told.sort_unstable();
    assert_eq!(told, users);
    Ok(())
}

/// Whatever changes is noted, once for each user, until it is told.
pub async fn a_change_is_noted_until_it_is_told(deployment: Deployment) -> Checked {
    let (here, there) = (&*deployment.here.presence, &*deployment.there.presence);
    let [ada, bob] = neighbours(Partition(3), 2)[..] else {
        unreachable!("there are enough users");
    };
    assert_eq!(noted(there, Partition(3)).await?, []);
    let first = here.set(ada, PHONE, &online(), at(10)).await?;
    let second = there.set(ada, PHONE, &idle(), at(10)).await?;
    let other = there.set(bob, PHONE, &idle(), at(60)).await?;
    let before = [&first, &second, &other].map(|change| change.noted_before);
    assert_eq!(before, [false, true, false]);
    assert_eq!(noted(there, Partition(3)).await?, [ada, bob]);
    assert_eq!(noted(there, Partition(4)).await?, []);
    assert_eq!(there.untold(Partition(3), 1).await?.len(), 1);

    there
        .told(Partition(3), &[note(&second), note(&other)])
        .await?;
    assert_eq!(noted(here, Partition(3)).await?, []);
    let ended = there.sweep(Partition(3), at(11)).await?;
    assert_eq!(ended.len(), 1);
    assert!(!ended[0].noted_before);
    assert_eq!(there.untold(Partition(3), 10).await?, [note(&ended[0])]);
    Ok(())
}

/// What has changed since stays noted, though something earlier is told.
pub async fn a_later_change_stays_noted(deployment: Deployment) -> Checked {
    let (here, there) = (&*deployment.here.presence, &*deployment.there.presence);
    let partition = partition(ADA);
    let told = here.set(ADA, PHONE, &online(), at(60)).await?;
    let untold = here.untold(partition, 10).await?;
    assert_eq!(untold, [note(&told)]);
    there.set(ADA, LAPTOP, &playing("go"), at(60)).await?;
    here.told(partition, &untold).await?;
    assert_eq!(noted(there, partition).await?, [ADA]);
    here.told(partition, &here.untold(partition, 10).await?)
        .await?;
    assert_eq!(noted(there, partition).await?, []);
    Ok(())
}
