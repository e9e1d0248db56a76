//! Who is told of a status, and what that costs; and what becomes of those who were on a gateway that has died.

use osmium_model::{CommunityId, Topic, UserId};
use osmium_proto::chats::GetChat;
use osmium_proto::communities::GetMembers;
use osmium_proto::settings::ChangeStatus;
use osmium_proto::types::UserStatus;
use osmium_proto::types::user_status::activity::ActivityType;
use osmium_proto::types::user_status::{Activity, Status};
use osmium_proto::updates::UpdateUserStatus;
use osmium_testkit::brokers::Broker;
use osmium_testkit::cluster::{Gateway, MortalGateway, Part};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::user_chat;
use osmium_testkit::{Cluster, Community, Database, Person, Publishes, builders, on_both_stores};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

on_both_stores!(
    a_status_is_published_once_for_each_topic_that_knows_the_user,
    who_was_on_a_gateway_that_died_goes_offline_once,
    who_is_elsewhere_too_stays_when_a_gateway_dies,
    what_changes_while_no_fanout_is_there_is_told_by_the_next,
);

/// What someone is, and the titles of what they do; none if they are offline.
type Seen = Option<(Status, Vec<String>)>;

fn seen(status: Option<UserStatus>) -> Seen {
    let status = status.filter(|status| status.status.is_some())?;
    let titles = status.activities.iter().map(|one| one.title.clone());
    Some((status.status(), titles.collect()))
}

fn doing(status: Status, titles: &[&str]) -> (Status, Vec<String>) {
    (
        status,
        titles.iter().map(|&title| title.to_owned()).collect(),
    )
}

/// What a session is told next of someone's status.
async fn next_seen(person: &mut Person, of: u64) -> Seen {
    loop {
        let told: UpdateUserStatus = person.expect_status().await;
        if told.user_id == of {
            return seen(told.status);
        }
    }
}

/// Waits until a session is told that someone is this.
async fn until(person: &mut Person, of: u64, expected: Seen) {
    while next_seen(person, of).await != expected {}
}

fn be(status: Status, playing: &[&str]) -> ChangeStatus {
    let playing = playing.iter().map(|title| Activity {
        title: (*title).to_owned(),
        r#type: ActivityType::Playing.into(),
        ..Activity::default()
    });
    ChangeStatus {
        status: status.into(),
        activities: playing.collect(),
        ..ChangeStatus::default()
    }
}

/// A deployment that notes what is published, and in which who goes is offline at once.
struct Noted {
    publishes: Arc<Publishes>,
    gateway: Gateway,
    _fanout: Part,
    cluster: Cluster,
}

impl Noted {
    async fn set(database: Database) -> Checked<Self> {
        let local = Broker::Local.deployment()?;
        let mut deployment = local.expect("this process needs no address");
        let publishes = Arc::new(Publishes::over(deployment.here.bus));
        deployment.here.bus = publishes.clone();
        let mut cluster = Cluster::over(database, &deployment);
        cluster.config.presence_grace = Duration::ZERO;
        Ok(Self {
            publishes,
            gateway: cluster.gateway().await,
            _fanout: cluster.fanout(),
            cluster,
        })
    }

    /// Makes members of a community who never come.
    async fn fill(&self, community: &Community, members: std::ops::Range<u64>) -> Checked {
        let topic = Topic::Community(CommunityId(community.id));
        let mut tx = self.cluster.store().begin(&[topic]).await?;
        for id in members {
            tx.create_topic(Topic::User(UserId(id))).await?;
            tx.insert_user(&builders::user(id), &builders::account(id))
                .await?;
            tx.insert_member(&builders::member(community.id, id, 1))
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Someone comes, does something and goes, in a community of so many of whom a tenth are there, in one with a partner of
    /// hers alone, and with a friend; each is published to these topics, once.
    async fn live(&self, members: std::ops::Range<u64>) -> Checked<usize> {
        let mut alice = self.gateway.sign_up("Alice").await;
        let mut bob = self.gateway.sign_up("Bob").await;
        let mut friend = self.gateway.sign_up("Carol").await;
        let mut partner = self.gateway.sign_up("Dave").await;
        let large = alice.create_community("Square").await?;
        let small = alice.create_community("Den").await?;
        let code = alice.invite(&large).await?;
        let mut crowd = Vec::new();
        for _ in 0..members.clone().count() / 10 {
            let mut one = self.gateway.sign_up("Someone").await;
            one.join(&code).await?;
            crowd.push(one);
        }
        self.fill(&large, members).await?;
        bob.join(&code).await?;
        partner.join(&alice.invite(&small).await?).await?;
        alice.send(partner.chat(), "hello").await?;
        alice.befriend(&mut friend).await?;

        let id = alice.user_id;
        alice.connection().close().await;
        until(&mut bob, id, None).await;
        self.publishes.take();
        let knowing = [
            Topic::User(UserId(id)),
            Topic::User(UserId(friend.user_id)),
            Topic::User(UserId(partner.user_id)),
            Topic::Community(CommunityId(large.id)),
            Topic::Community(CommunityId(small.id)),
        ];
        let alice = self.gateway.sign_in(&alice).await;
        until(&mut bob, id, Some(doing(Status::Online, &[]))).await;
        self.were_told_once(&knowing);
        alice.call(be(Status::Idle, &["Chess"])).await?;
        until(&mut bob, id, Some(doing(Status::Idle, &["Chess"]))).await;
        self.were_told_once(&knowing);
        alice.connection().close().await;
        until(&mut bob, id, None).await;
        self.were_told_once(&knowing);
        Ok(knowing.len())
    }

    /// Since this was asked last, these topics have been told something, each once, and no others.
    fn were_told_once(&self, expected: &[Topic]) {
        let told = self.publishes.take();
        assert_eq!(told.len(), expected.len(), "{told:?}");
        let expected: HashSet<&Topic> = expected.iter().collect();
        assert_eq!(told.iter().collect::<HashSet<_>>(), expected);
    }
}

async fn a_status_is_published_once_for_each_topic_that_knows_the_user(
    database: Database,
) -> Checked {
    let noted = Noted::set(database).await?;
    let few = noted.live(1001..1004).await?;
    let many = noted.live(2001..2301).await?;
    assert_eq!(few, many);
    Ok(())
}

/// How long those count who are on a gateway that has died.
const LEASE: Duration = Duration::from_secs(30);

/// Two gateways with people who share a community: Alice is on the one that will die, Bob and Carol are on the other. Who
/// leaves one that lives is offline at once.
struct Stage {
    here: Option<MortalGateway>,
    there: Gateway,
    alice: Person,
    bob: Person,
    carol: Person,
    community: Community,
    fanout: Option<Part>,
    cluster: Cluster,
}

impl Stage {
    async fn set(database: Database) -> Checked<Self> {
        let mut cluster = Cluster::new(database);
        let fanout = cluster.fanout();
        cluster.config.presence_grace = Duration::ZERO;
        cluster.config.presence_lease = LEASE;
        let here = cluster.mortal_gateway().await?;
        // Time is moved further than one here is renewed in time, so those there have more of it.
        cluster.config.presence_lease = LEASE * 100;
        let there = cluster.gateway().await;
        let mut alice = here.sign_up("Alice").await;
        let mut bob = there.sign_up("Bob").await;
        let mut carol = there.sign_up("Carol").await;
        let community = alice.create_community("Lounge").await?;
        let code = alice.invite(&community).await?;
        bob.join(&code).await?;
        carol.join(&code).await?;
        bob.catch_up().await?;
        Ok(Self {
            here: Some(here),
            there,
            alice,
            bob,
            carol,
            community,
            fanout: Some(fanout),
            cluster,
        })
    }

    /// The gateway that Alice is on dies.
    async fn crash(&mut self) {
        self.here.take().expect("it dies once").kill();
        self.alice.connection().closed().await;
    }

    /// What Alice is, wherever Bob reads it.
    async fn shown(&self) -> Checked<Seen> {
        let id = self.alice.user_id;
        let members = GetMembers {
            community_id: self.community.id,
            member_ids: vec![id],
        };
        let chat = GetChat {
            chat_ref: Some(user_chat(id)),
        };
        let lists = [
            self.bob.call(members).await?.users,
            self.bob.call(chat).await?.users,
        ];
        let statuses = lists.map(|users| {
            let mut found = users.into_iter().filter(|user| user.id == id);
            seen(found.next().expect("she is listed").status)
        });
        let [member, partner] = statuses;
        assert_eq!(member, partner);
        Ok(member)
    }
}

async fn who_was_on_a_gateway_that_died_goes_offline_once(database: Database) -> Checked {
    let mut stage = Stage::set(database).await?;
    let id = stage.alice.user_id;
    stage.alice.call(be(Status::Idle, &[])).await?;
    until(&mut stage.bob, id, Some(doing(Status::Idle, &[]))).await;
    stage.crash().await;
    // Carol leaves after her, and is gone before.
    stage.carol.connection().close().await;
    until(&mut stage.bob, stage.carol.user_id, None).await;
    assert_eq!(stage.shown().await?, Some(doing(Status::Idle, &[])));
    stage.cluster.clock.advance(LEASE);
    assert_eq!(next_seen(&mut stage.bob, id).await, None);
    assert_eq!(stage.shown().await?, None);
    // The next that is told of her is that she is back.
    let _back = stage.there.sign_in(&stage.alice).await;
    let told = next_seen(&mut stage.bob, id).await;
    assert_eq!(told, Some(doing(Status::Online, &[])));
    assert_eq!(stage.shown().await?, Some(doing(Status::Online, &[])));
    Ok(())
}

async fn who_is_elsewhere_too_stays_when_a_gateway_dies(database: Database) -> Checked {
    let mut stage = Stage::set(database).await?;
    let id = stage.alice.user_id;
    let phone = stage.there.sign_in(&stage.alice).await;
    let request = be(Status::Idle, &["Chess"]);
    stage.alice.call(request).await?;
    // The phone is online.
    let both = Some(doing(Status::Online, &["Chess"]));
    until(&mut stage.bob, id, both.clone()).await;
    stage.crash().await;
    assert_eq!(stage.shown().await?, both);
    stage.cluster.clock.advance(LEASE);
    // What she said there alone is over, and nothing else.
    let told = next_seen(&mut stage.bob, id).await;
    assert_eq!(told, Some(doing(Status::Online, &[])));
    assert_eq!(stage.shown().await?, Some(doing(Status::Online, &[])));
    phone.call(be(Status::Idle, &[])).await?;
    let told = next_seen(&mut stage.bob, id).await;
    assert_eq!(told, Some(doing(Status::Idle, &[])));
    Ok(())
}

async fn what_changes_while_no_fanout_is_there_is_told_by_the_next(database: Database) -> Checked {
    let mut stage = Stage::set(database).await?;
    let id = stage.alice.user_id;
    stage.fanout.take().expect("there is one").kill();
    stage.alice.call(be(Status::Idle, &["Chess"])).await?;
    stage.carol.connection().close().await;
    stage.carol.connection().closed().await;
    let _next = stage.cluster.fanout();
    let (mut alice, mut carol) = (None, Some(doing(Status::Online, &[])));
    while alice.is_none() || carol.is_some() {
        let told: UpdateUserStatus = stage.bob.expect_status().await;
        if told.user_id == id {
            alice = seen(told.status);
        } else if told.user_id == stage.carol.user_id {
            carol = seen(told.status);
        }
    }
    assert_eq!(alice, Some(doing(Status::Idle, &["Chess"])));
    Ok(())
}
