//! What is read, and who is there, on two gateways.

use osmium_proto::settings::{ChangeStatus, EditProfile};
use osmium_proto::types::user_status::Status;
use osmium_proto::updates::{UpdateConversationLastRead, UpdateMessageCreated, UpdateUserStatus};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::user_chat;
use osmium_testkit::{Cluster, Database, Person, cluster, on_both_stores};
use std::time::Duration;

on_both_stores!(
    what_is_read_here_is_read_there,
    who_comes_and_goes_here_is_seen_there,
);

/// Two gateways, with Alice and a phone of Bob's here, and Bob there.
struct Stage {
    alice: Person,
    phone: Person,
    bob: Person,
    _gateways: [cluster::Gateway; 2],
    _fanout: cluster::Part,
    cluster: Cluster,
}

impl Stage {
    async fn set(database: Database) -> Checked<Self> {
        let cluster = Cluster::new(database);
        // One alone: two that hold a partition for a moment may tell a status twice.
        let fanout = cluster.fanout();
        let (here, there) = (cluster.gateway().await, cluster.gateway().await);
        let mut alice = here.sign_up("Alice").await;
        let mut bob = there.sign_up("Bob").await;
        let community = alice.create_community("Lounge").await?;
        let code = alice.invite(&community).await?;
        bob.join(&code).await?;
        let edit = EditProfile {
            username: Some("bob".to_owned()),
            ..EditProfile::default()
        };
        bob.call(edit).await?;
        let mut phone = here.sign_in(&bob).await;
        for person in [&mut alice, &mut phone, &mut bob] {
            person.catch_up().await?;
        }
        Ok(Self {
            alice,
            phone,
            bob,
            _gateways: [here, there],
            _fanout: fanout,
            cluster,
        })
    }
}

async fn what_is_read_here_is_read_there(database: Database) -> Checked {
    let mut stage = Stage::set(database).await?;
    let (alice, phone, bob) = (&mut stage.alice, &mut stage.phone, &mut stage.bob);
    let (to_bob, to_alice) = (user_chat(bob.user_id), user_chat(alice.user_id));
    alice.send(to_bob, "hello").await?;
    let first = alice.send(to_bob, "@bob?").await?;
    alice.send(to_bob, "@bob!").await?;
    for session in [&mut *phone, &mut *bob] {
        let heard = session.heard_until_now().await?;
        assert!(!heard.is_empty());
    }
    phone.mark_read(to_alice, first).await?;
    let told: UpdateConversationLastRead = bob.expect().await;
    assert_eq!(told.chat_ref, Some(to_alice));
    let counts = (told.unread_count, told.unread_mentions_count);
    assert_eq!(
        (told.last_read_message_id, counts),
        (first, (Some(1), Some(1)))
    );
    for session in [&*phone, &*bob] {
        let conversation = session.conversation(to_alice).await?;
        let counts = (
            conversation.unread_count,
            conversation.unread_mentions_count,
        );
        assert_eq!(counts, (1, 1));
    }
    // What follows is counted from there, on both.
    alice.send(to_bob, "well").await?;
    for session in [&mut *phone, &mut *bob] {
        let told: UpdateMessageCreated = session.expect().await;
        assert_eq!(told.channel_unread_count, 2);
    }
    // Who answers has read all of it.
    bob.send(to_alice, "yes").await?;
    for session in [&mut *phone, &mut *bob] {
        let told: UpdateMessageCreated = session.expect().await;
        assert_eq!(told.channel_unread_count, 0);
    }
    let told: UpdateConversationLastRead = phone.expect().await;
    let counts = (told.unread_count, told.unread_mentions_count);
    assert_eq!(counts, (Some(0), Some(0)));
    Ok(())
}

/// What a session is told next of someone's status; offline is none.
async fn next_status(person: &mut Person, of: u64) -> Option<Status> {
    loop {
        let told: UpdateUserStatus = person.expect_status().await;
        if told.user_id == of {
            let status = told.status.filter(|status| status.status.is_some());
            return status.map(|status| status.status());
        }
    }
}

fn be(status: Status) -> ChangeStatus {
    ChangeStatus {
        status: status.into(),
        ..ChangeStatus::default()
    }
}

async fn who_comes_and_goes_here_is_seen_there(database: Database) -> Checked {
    let mut stage = Stage::set(database).await?;
    let (alice, bob) = (&mut stage.alice, &mut stage.bob);
    let id = alice.user_id;
    alice.call(be(Status::Idle)).await?;
    while next_status(bob, id).await != Some(Status::Idle) {}
    alice.call(be(Status::Invisible)).await?;
    assert_eq!(next_status(bob, id).await, None);
    alice.call(be(Status::Online)).await?;
    assert_eq!(next_status(bob, id).await, Some(Status::Online));
    alice.connection().close().await;
    // The connection is closed by the time that its grace has begun.
    loop {
        stage.cluster.clock.advance(Duration::from_secs(6));
        let gone = tokio::time::timeout(Duration::from_millis(200), next_status(bob, id));
        if let Ok(status) = gone.await {
            assert_eq!(status, None);
            return Ok(());
        }
    }
}
