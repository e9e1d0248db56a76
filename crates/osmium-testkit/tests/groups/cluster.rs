//! What members of a group hear on two gateways, while others send, come and go.

use futures::join;
use osmium_model::{ChatId, MessageKind};
use osmium_ports::store::HistoryPage;
use osmium_proto::types::message::MessageType;
use osmium_proto::updates::update::Update;
use osmium_proto::updates::{UpdateChat, UpdateGroup, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::group_chat;
use osmium_testkit::{Cluster, Database, Person, cluster, on_both_stores};
use std::cell::Cell;

on_both_stores!(
    members_on_all_gateways_hear_alike,
    nothing_sent_after_a_removal_reaches_who_was_removed,
    who_was_removed_sends_nothing_more,
    who_signs_in_while_being_added_hears_all_that_follows,
);

/// How often a race is run.
const ROUNDS: usize = 8;
/// How many messages are sent while someone is removed.
const SENT: usize = 12;

/// Two gateways, and people who share a community: the first two here, the others there.
struct Stage {
    here: cluster::Gateway,
    there: cluster::Gateway,
    _fanouts: [cluster::Part; 2],
    cluster: Cluster,
}

impl Stage {
    async fn set(database: Database) -> Self {
        let cluster = Cluster::new(database);
        let fanouts = [cluster.fanout(), cluster.fanout()];
        Self {
            here: cluster.gateway().await,
            there: cluster.gateway().await,
            _fanouts: fanouts,
            cluster,
        }
    }

    async fn people<const N: usize>(&self, names: [&str; N]) -> Checked<[Person; N]> {
        let mut people = Vec::with_capacity(N);
        for (number, name) in names.into_iter().enumerate() {
            let gateway = if number < 2 { &self.here } else { &self.there };
            people.push(gateway.sign_up(name).await);
        }
        let community = people[0].create_community("Lounge").await?;
        let code = people[0].invite(&community).await?;
        for person in &mut people[1..] {
            person.join(&code).await?;
        }
        for person in &mut people {
            person.catch_up().await?;
        }
        let people = <[Person; N]>::try_from(people).ok();
        Ok(people.expect("one for each name"))
    }
}

async fn members_on_all_gateways_hear_alike(database: Database) -> Checked {
    let stage = Stage::set(database).await;
    let [mut alice, mut bob, mut carol] = stage.people(["Alice", "Bob", "Carol"]).await?;
    let group = alice.create_group("Trip", &[&bob, &carol]).await?;
    for person in [&mut bob, &mut carol] {
        person.expect::<UpdateGroup>().await;
        person.expect::<UpdateChat>().await;
    }
    carol.send(group_chat(group), "one").await?;
    for (person, unread) in [(&mut alice, 1), (&mut bob, 1), (&mut carol, 0)] {
        let told: UpdateMessageCreated = person.expect().await;
        assert_eq!(told.channel_unread_count, unread);
    }
    alice.remove_member(group, carol.user_id).await?;
    alice.send(group_chat(group), "two").await?;
    for (person, owns) in [(&mut alice, true), (&mut bob, false)] {
        let told = person.expect::<UpdateGroup>().await.group;
        assert_eq!(told.unwrap_or_default().owner, owns);
        let farewell = person.expect::<UpdateMessageCreated>().await.message;
        assert_eq!(farewell.unwrap_or_default().r#type(), MessageType::Leave);
        person.expect::<UpdateMessageCreated>().await;
        person.expect_silence().await?;
    }
    carol.expect::<UpdateGroup>().await;
    carol.expect_silence().await
}

/// Sends until someone was removed, and a little longer. What is sent when the removal is known to be answered says so.
async fn keep_sending(sender: &Person, group: u64, removed: &Cell<bool>) -> Checked {
    for number in 0..SENT {
        let text = if removed.get() { "late" } else { "early" };
        sender.send(group_chat(group), text).await?;
        if removed.get() && number > SENT / 2 {
            break;
        }
    }
    Ok(())
}

fn texts(heard: &[Update]) -> impl Iterator<Item = &str> {
    heard.iter().filter_map(|update| match update {
        Update::MessageCreated(created) => Some(&*created.message.as_ref()?.message),
        _ => None,
    })
}

/// Hears until this text comes.
async fn hear_up_to(person: &mut Person, last: &str) -> Checked {
    while !texts(&person.heard_until_now().await?).any(|text| text == last) {}
    Ok(())
}

async fn nothing_sent_after_a_removal_reaches_who_was_removed(database: Database) -> Checked {
    let stage = Stage::set(database).await;
    let names = ["Alice", "Bob", "Carol", "Dave"];
    let [mut alice, bob, mut carol, mut dave] = stage.people(names).await?;
    let group = alice.create_group("Trip", &[&bob, &dave]).await?;
    for round in 0..ROUNDS {
        alice.add_member(group, carol.user_id).await?;
        let removed = Cell::new(false);
        let (sent, gone) = join!(keep_sending(&bob, group, &removed), async {
            for _ in 0..round {
                tokio::task::yield_now().await;
            }
            let gone = alice.remove_member(group, carol.user_id).await;
            removed.set(true);
            gone
        });
        sent?;
        gone?;
        // Dave hears on the same gateway, of which a topic's events are told one after another.
        let last = format!("late {round}");
        for text in ["late", &last] {
            bob.send(group_chat(group), text).await?;
        }
        hear_up_to(&mut dave, &last).await?;
        let heard = carol.heard_until_now().await?;
        let late = texts(&heard).find(|text| text.starts_with("late"));
        assert_eq!(late, None, "round {round}");
    }
    Ok(())
}

async fn who_was_removed_sends_nothing_more(database: Database) -> Checked {
    let stage = Stage::set(database).await;
    let [mut alice, _bob, carol] = stage.people(["Alice", "Bob", "Carol"]).await?;
    let group = alice.create_group("Trip", &[]).await?;
    let chat = group_chat(group);
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        alice.add_member(group, carol.user_id).await?;
        let removed = Cell::new(false);
        let sending = async {
            for _ in 0..SENT {
                let late = removed.get();
                match carol.send(chat, "hello").await {
                    Ok(id) => {
                        assert!(!late, "sent after the removal");
                        acknowledged.push(id);
                    }
                    Err(error) => assert_eq!(error.code, 404),
                }
            }
        };
        let removing = async {
            for _ in 0..round {
                tokio::task::yield_now().await;
            }
            let gone = alice.remove_member(group, carol.user_id).await;
            removed.set(true);
            gone
        };
        let ((), gone) = join!(sending, removing);
        gone?;
        assert_eq!(
            carol.send(chat, "hello").await.map_err(|e| e.code),
            Err(404)
        );
    }
    // What was acknowledged is there, and nothing else of theirs.
    let mut reader = stage.cluster.store().read().await?;
    let history = reader.history(ChatId(group), HistoryPage::Newest, 1000);
    let history = history.await?.into_iter().rev();
    let theirs = history.filter(|message| message.kind == MessageKind::Normal);
    assert_eq!(
        theirs.map(|message| message.id.0).collect::<Vec<_>>(),
        acknowledged
    );
    Ok(())
}

async fn who_signs_in_while_being_added_hears_all_that_follows(database: Database) -> Checked {
    let stage = Stage::set(database).await;
    let [mut alice, _bob, carol] = stage.people(["Alice", "Bob", "Carol"]).await?;
    let group = alice.create_group("Trip", &[]).await?;
    for round in 0..ROUNDS {
        let (mut session, added) = join!(stage.there.sign_in(&carol), async {
            for _ in 0..round {
                tokio::task::yield_now().await;
            }
            alice.add_member(group, carol.user_id).await
        });
        added?;
        let text = format!("after {round}");
        alice.send(group_chat(group), &text).await?;
        let heard = session.heard_until_now().await?;
        let times = texts(&heard).filter(|heard| **heard == text).count();
        assert_eq!(times, 1, "round {round}: {heard:?}");
        alice.remove_member(group, carol.user_id).await?;
    }
    Ok(())
}
