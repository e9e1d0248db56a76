//! `messages.reportMessage`.

use osmium_model::{Permissions, Report};
use osmium_proto::messages::{DeleteMessage, EditMessage, ReportMessage};
use osmium_proto::refs::ChatRef;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, user_chat};
use osmium_testkit::{Server, on_both_stores};
use std::time::Duration;

on_both_stores!(
    the_operators_are_told,
    a_text_stays_as_it_was,
    a_repeat_replaces_the_reason,
    messages_of_direct_chats_and_groups_are_reported,
    a_reason_is_required_and_bounded,
    the_message_is_one_that_the_caller_sees,
    it_needs_a_sign_in,
);

fn report(chat: ChatRef, message_id: u64, reason: &str) -> ReportMessage {
    ReportMessage {
        message_id,
        chat_ref: Some(chat),
        reason: reason.to_owned(),
    }
}

/// What operators see.
async fn reports(server: &Server) -> Checked<Vec<Report>> {
    let ever = server.now().plus(Duration::from_hours(1));
    Ok(server.store().read().await?.reports(ever, 100).await?)
}

async fn the_operators_are_told(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut desktop = bob.another_session().await;
    let id = alice.send(community.general(), "buy now").await?;
    for person in [&mut alice, &mut bob, &mut desktop] {
        person.catch_up().await?;
    }
    let before = server.now();
    bob.call(report(community.general(), id, " Spam\n")).await?;
    let [told] = &reports(&server).await?[..] else {
        panic!("there is one");
    };
    assert_eq!(told.reporter_id.0, bob.user_id);
    assert_eq!(told.chat_id.0, community.general);
    assert_eq!(told.message_id.0, id);
    assert_eq!(told.author_id.0, alice.user_id);
    assert_eq!((&*told.text, &*told.reason), ("buy now", "Spam"));
    assert!((before..=server.now()).contains(&told.reported_at));
    for person in [&mut alice, &mut bob, &mut desktop] {
        person.expect_silence().await?;
    }
    Ok(())
}

async fn a_text_stays_as_it_was(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let chat = community.general();
    let id = alice.send(chat, "buy now").await?;
    bob.call(report(chat, id, "Spam")).await?;
    let edit = EditMessage {
        chat_ref: Some(chat),
        message_id: id,
        message: Some("hello".to_owned()),
        ..EditMessage::default()
    };
    alice.call(edit).await?;
    bob.call(report(chat, id, "Spam")).await?;
    let delete = DeleteMessage {
        chat_ref: Some(chat),
        message_ids: vec![id],
    };
    alice.call(delete).await?;
    let texts: Vec<_> = reports(&server)
        .await?
        .iter()
        .map(|r| r.text.clone())
        .collect();
    assert_eq!(texts, ["buy now"]);
    assert_eq!(bob.refused(report(chat, id, "Spam")).await, 404);
    Ok(())
}

async fn a_repeat_replaces_the_reason(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(community.general(), "buy now").await?;
    for reason in ["Spam", "Fraud"] {
        bob.call(report(community.general(), id, reason)).await?;
    }
    // Another's is another one.
    alice.call(report(community.general(), id, "Oops")).await?;
    let mut told: Vec<_> = reports(&server)
        .await?
        .into_iter()
        .map(|report| (report.reporter_id.0, report.reason))
        .collect();
    told.sort_unstable();
    let mut expected = [
        (bob.user_id, "Fraud".to_owned()),
        (alice.user_id, "Oops".to_owned()),
    ];
    expected.sort_unstable();
    assert_eq!(told, expected);
    Ok(())
}

async fn messages_of_direct_chats_and_groups_are_reported(server: Server) -> Checked {
    let (group, [alice, bob]) = server.group_of(["Alice", "Bob"]).await?;
    let in_group = alice.send(group_chat(group), "one").await?;
    let direct = alice.send(bob.chat(), "two").await?;
    bob.call(report(group_chat(group), in_group, "Spam"))
        .await?;
    bob.call(report(alice.chat(), direct, "Spam")).await?;
    let mut texts: Vec<_> = reports(&server)
        .await?
        .into_iter()
        .map(|report| report.text)
        .collect();
    texts.sort_unstable();
    assert_eq!(texts, ["one", "two"]);
    Ok(())
}

async fn a_reason_is_required_and_bounded(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let id = alice.send(community.general(), "buy now").await?;
    for reason in ["", " ", "a\0b", &"x".repeat(501)] {
        let request = report(community.general(), id, reason);
        assert_eq!(bob.refused(request).await, 400, "{reason:?}");
    }
    assert!(reports(&server).await?.is_empty());
    let longest = report(community.general(), id, &"x".repeat(500));
    bob.call(longest).await?;
    Ok(())
}

async fn the_message_is_one_that_the_caller_sees(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    let chat = community.general();
    let id = alice.send(chat, "buy now").await?;
    for (chat, id) in [
        (chat, 12345),
        (alice.chat(), id),
        (user_chat(12345), id),
        (group_chat(12345), id),
    ] {
        let request = report(chat, id, "Spam");
        assert_eq!(bob.refused(request).await, 404, "{chat:?}");
    }
    assert_eq!(carol.refused(report(chat, id, "Spam")).await, 404);
    server
        .set_default_permissions(&community, Permissions::empty())
        .await?;
    assert_eq!(bob.refused(report(chat, id, "Spam")).await, 404);
    let nowhere = ReportMessage {
        chat_ref: None,
        ..report(chat, id, "Spam")
    };
    assert_eq!(bob.refused(nowhere).await, 400);
    assert!(reports(&server).await?.is_empty());
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "hello").await?;
    server
        .needs_sign_in(report(community.general(), id, "Spam"))
        .await;
    Ok(())
}
