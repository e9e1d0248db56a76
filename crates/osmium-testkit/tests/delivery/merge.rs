//! Whatever the bus does to deliveries (it may drop them, double them, or bring them in any order), a session hears every
//! event of the log once, and in order.

use osmium_fanout::{Statuses, plan};
use osmium_model::{ChatId, ChatKind, Event, MessageId, MessageKind, Topic, UserId};
use osmium_ports::{Bus, Store, Subject};
use osmium_proto::updates::UpdateMessage;
use osmium_testkit::brokers::Broker;
use osmium_testkit::contract::{Checked, Failure};
use osmium_testkit::databases::Engine;
use osmium_testkit::{Cluster, Person, builders};
use osmium_wire::Delivery;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// How many events a case has.
const EVENTS: u64 = 12;
/// Above every id that a server makes here, and below those of the kit's probes.
const FIRST_ID: u64 = 1 << 61;

/// What the bus brings, in this order: the number of an event, or how far the topic goes.
#[derive(Clone, Debug)]
enum Brought {
    Event(u64),
    Position(u64),
}

fn brought() -> impl Strategy<Value = Vec<Brought>> {
    let event = (0..EVENTS).prop_map(Brought::Event);
    let position = (0..EVENTS).prop_map(Brought::Position);
    prop::collection::vec(prop_oneof![9 => event, 1 => position], 0..30)
}

#[test]
fn a_session_hears_the_log_once_and_in_order() -> Checked {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let mut runner = TestRunner::new(Config {
        cases: 24,
        ..Config::default()
    });
    let outcome = runner.run(&brought(), |brought| {
        let heard = runtime.block_on(play(&brought));
        let heard = heard.map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        prop_assert_eq!(heard, (0..EVENTS).collect::<Vec<_>>());
        Ok(())
    });
    outcome.map_err(Failure::from)
}

/// Commits events, brings some of them as the bus might, and tells what was heard of them.
async fn play(brought: &[Brought]) -> Checked<Vec<u64>> {
    let database = Engine::Sqlite
        .database()
        .await?
        .expect("SQLite is always there");
    let deployment = Broker::Local
        .deployment()?
        .expect("this process needs no address");
    let cluster = Cluster::over(database, &deployment);
    let gateway = cluster.gateway().await;
    let mut person = gateway.sign_up("listener").await;
    let (store, bus) = (cluster.store(), &*deployment.here.bus);
    let topic = Topic::User(UserId(person.user_id));
    let before = store.positions(&[topic]).await?[0].seq;
    for number in 0..EVENTS {
        commit(&**store, topic, number).await?;
    }
    for one in brought {
        publish(bus, topic, before, one).await?;
    }
    // In the end every fan-out tells how far a topic goes.
    publish(bus, topic, before, &Brought::Position(EVENTS - 1)).await?;
    hear(&mut person).await
}

async fn commit(store: &dyn Store, topic: Topic, number: u64) -> Checked {
    let mut tx = store.begin(&[topic]).await?;
    tx.record(topic, event(topic, number));
    tx.commit().await?;
    Ok(())
}

async fn publish(bus: &dyn Bus, topic: Topic, before: u64, brought: &Brought) -> Checked {
    let delivery = match brought {
        Brought::Event(number) => Delivery::Event {
            seq: before + number + 1,
            body: plan(topic, &event(topic, *number), &Statuses::default()),
        },
        Brought::Position(number) => Delivery::Position {
            seq: before + number + 1,
        },
    };
    bus.publish(Subject::Topic(topic), Delivery::encode(&[delivery]))
        .await?;
    Ok(())
}

/// Hears as many as there are, and makes sure that no more come.
async fn hear(person: &mut Person) -> Checked<Vec<u64>> {
    let mut heard = Vec::new();
    for _ in 0..EVENTS {
        let UpdateMessage { message } = person.expect().await;
        heard.push(message.map_or(0, |message| message.message_id) - FIRST_ID);
    }
    person.expect_nothing_so_far();
    Ok(heard)
}

fn event(topic: Topic, number: u64) -> Event {
    let id = MessageId(FIRST_ID + number);
    let (chat, kind) = (ChatId(FIRST_ID), ChatKind::Saved(UserId(topic.id())));
    let message = osmium_model::Message {
        id,
        kind: MessageKind::Normal,
        ..builders::message(chat.0, id.0, 0, 0)
    };
    Event::MessageEdited {
        chat: builders::chat(chat.0, kind),
        message,
    }
}
