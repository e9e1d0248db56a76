//! Messages that are sent again: `client_id` of `messages.sendMessage`.

use super::{next_text, text};
use osmium_ports::Clock;
use osmium_proto::messages::{DeleteMessage, SendMessage};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::person::saved_messages;
use osmium_testkit::{Cluster, Database, Server};
use std::time::Duration;
use tokio::try_join;

on_both_stores!(
    a_repeat_sends_nothing,
    a_repeat_is_one_though_what_it_answers_is_gone,
    a_number_is_its_author_s_and_its_chat_s,
    a_number_counts_until_it_is_pruned,
);

async fn a_repeat_sends_nothing(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let request = SendMessage {
        client_id: Some(9),
        ..text(community.general(), "once")
    };
    let first = alice.call(request.clone()).await?;
    let (second, third) = try_join!(alice.call(request.clone()), alice.call(request.clone()))?;
    let elsewhere = alice.another_session().await.call(request).await?;
    assert_eq!([second, third, elsewhere], [first; 3]);

    for person in [&mut alice, &mut bob] {
        assert_eq!(next_text(person).await.1, "once");
        person.expect_silence().await?;
    }
    Ok(())
}

async fn a_repeat_is_one_though_what_it_answers_is_gone(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let original = alice.send(community.general(), "one").await?;
    let reply = SendMessage {
        client_id: Some(9),
        reply_to_old: Some(original),
        ..text(community.general(), "two")
    };
    let first = alice.call(reply.clone()).await?;
    let delete = DeleteMessage {
        chat_ref: Some(community.general()),
        message_ids: vec![original],
    };
    alice.call(delete).await?;
    alice.catch_up().await?;
    assert_eq!(alice.call(reply.clone()).await?, first);
    let other = SendMessage {
        client_id: Some(10),
        ..reply
    };
    assert_eq!(alice.refused(other).await, 404);
    alice.expect_silence().await
}

async fn a_number_is_its_author_s_and_its_chat_s(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let in_chat = |chat| SendMessage {
        client_id: Some(9),
        ..text(chat, "hello")
    };
    let mut ids = vec![
        alice.call(in_chat(community.general())).await?.message_id,
        bob.call(in_chat(community.general())).await?.message_id,
        alice.call(in_chat(saved_messages())).await?.message_id,
    ];
    // 0 is no number: it repeats nothing.
    let unnumbered = SendMessage {
        client_id: Some(0),
        ..text(community.general(), "hello")
    };
    ids.push(alice.call(unnumbered.clone()).await?.message_id);
    ids.push(alice.call(unnumbered).await?.message_id);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 5);
    Ok(())
}

async fn a_number_counts_until_it_is_pruned(database: Database) -> Checked {
    const HALF_A_DAY: Duration = Duration::from_hours(12);
    const KEPT: Duration = Duration::from_hours(23);
    let cluster = Cluster::new(database);
    let alice = cluster.gateway().await.sign_up("Alice").await;
    let request = SendMessage {
        client_id: Some(9),
        ..text(saved_messages(), "hello")
    };
    let first = alice.call(request.clone()).await?;
    for repeats in [true, false] {
        cluster.clock.advance(HALF_A_DAY);
        let before = cluster.clock.now().minus(KEPT);
        cluster.store().prune(before, 100).await?;
        // What the gateways of before leased has ended.
        let alice = cluster.gateway().await.sign_in(&alice).await;
        let sent = alice.call(request.clone()).await?;
        assert_eq!(sent == first, repeats);
    }
    Ok(())
}
