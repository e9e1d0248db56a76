//! What holds for every method: ids, numbers, heartbeats, and methods that there are not.

use osmium_proto::auth::{BeginSignIn, CompleteSignIn, GetSessions, ResetPassword, SignUp};
use osmium_proto::communities::{CreateCommunity, GetCommunities};
use osmium_proto::core::{Initialize, RpcResult, rpc_result, server_message};
use osmium_proto::{billing, media, settings, voice};
use osmium_testkit::contract::Checked;
use osmium_testkit::line::{Heard, Line};
use osmium_testkit::on_both_stores;
use osmium_testkit::person::initialize;
use osmium_testkit::{Person, Server};

on_both_stores!(
    messages_are_numbered_from_one,
    every_id_is_answered,
    every_result_has_a_trace_id,
    a_heartbeat_has_no_answer,
    an_unknown_method_is_not_offered,
    methods_that_are_not_built_say_so,
    without_subscription_only_the_end_is_told,
);

/// A line on which someone is signed up; two messages have come.
async fn signed_up(server: &Server) -> Line {
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    line.ask(1, initialize()).await;
    line.result(1).await;
    let guest = SignUp {
        name: "Alice".to_owned(),
        ..SignUp::default()
    };
    line.ask(2, guest).await;
    line.result(2).await;
    line
}

async fn messages_are_numbered_from_one(server: Server) -> Checked {
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    let guest = SignUp {
        name: "Alice".to_owned(),
        ..SignUp::default()
    };
    let community = CreateCommunity {
        name: "Here".to_owned(),
    };
    line.ask(9, initialize()).await;
    line.ask(9, guest).await;
    line.ask(9, community).await;
    // Three results, and the update of the community.
    let (mut results, mut communities, mut number) = (0, 0, 0);
    while results < 3 || communities < 1 {
        number += 1;
        let message = line.message().await.expect("a message");
        assert_eq!(message.id, number);
        match message.message {
            Some(server_message::Message::Result(_)) => results += 1,
            Some(server_message::Message::Update(update)) => {
                communities += u32::from(format!("{update:?}").contains("Here"));
            }
            None => panic!("an empty message"),
        }
    }
    Ok(())
}

async fn every_id_is_answered(server: Server) -> Checked {
    let mut line = signed_up(&server).await;
    for id in [0, 7, 7, u32::MAX, 7] {
        line.ask(id, GetSessions {}).await;
    }
    let mut ids = Vec::new();
    while ids.len() < 5 {
        match line.hear().await {
            Heard::Result(id, Some(rpc_result::Result::Sessions(_))) => ids.push(id),
            Heard::Update(_) => {}
            other => panic!("not sessions: {other:?}"),
        }
    }
    ids.sort_unstable();
    assert_eq!(ids, [0, 7, 7, 7, u32::MAX]);
    Ok(())
}

async fn every_result_has_a_trace_id(server: Server) -> Checked {
    let mut line = signed_up(&server).await;
    line.ask(3, GetSessions {}).await;
    line.ask(4, initialize()).await;
    line.send(unknown_method(5)).await;
    for _ in 0..3 {
        let message = line.message().await.expect("a message").message;
        if let Some(server_message::Message::Result(RpcResult {
            req_id, trace_id, ..
        })) = message
        {
            assert!(trace_id.is_some_and(|id| !id.is_empty()), "{req_id}");
        }
    }
    Ok(())
}

/// A request of a method that has no number yet: the id, and field 4000, which is empty.
fn unknown_method(id: u8) -> Vec<u8> {
    vec![0x08, id, 0x82, 0xfa, 0x01, 0x00]
}

async fn a_heartbeat_has_no_answer(server: Server) -> Checked {
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    for heartbeat in [vec![0x08, 1], vec![0x08, 0], Vec::new()] {
        line.send(heartbeat).await;
    }
    line.ask(1, initialize()).await;
    assert_eq!(line.message().await.expect("a message").id, 1);
    Ok(())
}

async fn an_unknown_method_is_not_offered(server: Server) -> Checked {
    let mut line = signed_up(&server).await;
    line.send(unknown_method(5)).await;
    assert_eq!(line.refusal(5).await, 501);
    line.ask(6, GetSessions {}).await;
    assert!(line.result(6).await.is_some());
    Ok(())
}

async fn methods_that_are_not_built_say_so(server: Server) -> Checked {
    let person = server.anonymous().await;
    assert_eq!(person.refused(BeginSignIn::default()).await, 501);
    assert_eq!(person.refused(CompleteSignIn::default()).await, 501);
    assert_eq!(person.refused(ResetPassword::default()).await, 501);
    assert_eq!(person.refused(billing::GetProducts {}).await, 401);

    let alice = server.sign_up("Alice").await;
    let refusal = alice.refusal(billing::GetProducts {}).await;
    assert_eq!(refusal.code, 501);
    assert!(refusal.message.contains("billing.getProducts"));
    assert_eq!(alice.refused(media::UploadFilePart::default()).await, 501);
    assert_eq!(alice.refused(settings::GetMfaMethods {}).await, 501);
    assert_eq!(alice.refused(voice::GetRoomStates {}).await, 501);
    Ok(())
}

async fn without_subscription_only_the_end_is_told(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut bob: Person = bob;
    let silent = Initialize {
        no_subscribe: true,
        ..initialize()
    };
    let mut silent_bob = Line::connect(&server.gateway().endpoint()).await;
    silent_bob.ask(1, silent).await;
    silent_bob.result(1).await;
    let token = bob.token().to_owned();
    silent_bob
        .ask(2, osmium_proto::auth::Authorize { token })
        .await;
    silent_bob.result(2).await;

    alice.send(community.general(), "hello").await?;
    bob.catch_up().await?;
    silent_bob.ask(3, GetCommunities {}).await;
    // The third message: there was no update between.
    let answer = silent_bob.message().await.expect("an answer");
    assert_eq!(answer.id, 3);

    let session_ids = vec![bob.session_id];
    bob.call(osmium_proto::auth::RevokeSessions { session_ids })
        .await?;
    loop {
        match silent_bob.hear().await {
            Heard::Update(_) => {}
            other => {
                assert_eq!(other, Heard::Closed(Some(4401)));
                return Ok(());
            }
        }
    }
}
