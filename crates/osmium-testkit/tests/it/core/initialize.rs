//! `core.initialize`.

use osmium_proto::auth::{Authorize, GetSessions, LookupInvite, SignIn, SignUp};
use osmium_proto::billing::GetProducts;
use osmium_proto::communities::GetCommunities;
use osmium_proto::core::{Initialize, RpcResult, rpc_result, server_message};
use osmium_testkit::Server;
use osmium_testkit::contract::Checked;
use osmium_testkit::line::{Heard, Line};
use osmium_testkit::on_both_stores;
use osmium_testkit::person::initialize;

on_both_stores!(
    its_answer_is_the_first_message,
    nothing_comes_before_it,
    it_comes_once,
    a_device_is_described_briefly,
);

async fn its_answer_is_the_first_message(server: Server) -> Checked {
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    // A client in use gives it the id 0, and reads one message without looking.
    line.ask(0, initialize()).await;
    let first = line.message().await.expect("an answer");
    assert_eq!(first.id, 1);
    let Some(server_message::Message::Result(RpcResult {
        req_id,
        trace_id,
        result,
    })) = first.message
    else {
        panic!("not a result: {first:?}");
    };
    assert_eq!(req_id, 0);
    assert!(trace_id.is_some_and(|id| !id.is_empty()));
    let Some(rpc_result::Result::Initialized(initialized)) = result else {
        panic!("not Initialized: {result:?}");
    };
    assert!(initialized.entrypoints.is_some());
    assert_eq!(initialized.vapid_public_key, None);
    Ok(())
}

async fn nothing_comes_before_it(server: Server) -> Checked {
    let person = server.connection().await;
    assert_eq!(person.refused(SignUp::default()).await, 400);
    assert_eq!(person.refused(SignIn::default()).await, 400);
    assert_eq!(person.refused(LookupInvite::default()).await, 400);
    assert_eq!(person.refused(GetSessions {}).await, 400);
    assert_eq!(person.refused(GetCommunities {}).await, 400);
    assert_eq!(person.refused(GetProducts {}).await, 400);
    person.call(initialize()).await?;
    assert_eq!(person.refused(GetCommunities {}).await, 401);

    // A client that waits for its sign-in hears of nothing but the end.
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    line.ask(1, Authorize::default()).await;
    assert_eq!(line.refusal(1).await, 400);
    assert_eq!(line.hear().await, Heard::Closed(Some(1013)));
    Ok(())
}

async fn it_comes_once(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    assert_eq!(alice.refused(initialize()).await, 400);
    alice.call(GetCommunities {}).await?;

    // Both at once.
    let mut line = Line::connect(&server.gateway().endpoint()).await;
    line.ask(1, initialize()).await;
    line.ask(2, initialize()).await;
    let answer = line.result(1).await;
    assert!(matches!(answer, Some(rpc_result::Result::Initialized(_))));
    assert_eq!(line.refusal(2).await, 400);
    Ok(())
}

async fn a_device_is_described_briefly(server: Server) -> Checked {
    let person = server.connection().await;
    for text in ["x".repeat(201), "a\0b".to_owned()] {
        for request in [
            Initialize {
                device_type: text.clone(),
                ..initialize()
            },
            Initialize {
                device_version: text.clone(),
                ..initialize()
            },
            Initialize {
                app_version: text.clone(),
                ..initialize()
            },
        ] {
            assert_eq!(person.refused(request).await, 400);
        }
    }
    let longest = Initialize {
        device_type: "x".repeat(200),
        ..initialize()
    };
    person.call(longest).await?;
    Ok(())
}
