//! `messages.submitInteraction`.

use futures::join;
use osmium_core::Config;
use osmium_model::{InteractionId, Permissions};
use osmium_ports::Store;
use osmium_proto::communities::RemoveMembers;
use osmium_proto::core::Initialize;
use osmium_proto::friends::change_relationship::RelationshipChangeType;
use osmium_proto::messages::{InteractionResponse, SetInteractionResponse, SubmitInteraction};
use osmium_proto::refs::ChatRef;
use osmium_proto::updates::UpdateInteraction;
use osmium_testkit::bots::{copies, make_bot, tells, with_buttons};
use osmium_testkit::brokers::Broker;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, initialize, user_chat};
use osmium_testkit::{Cluster, Community, Database, Engine, Person, Server, on_both_stores};
use std::sync::Arc;
use std::time::Duration;

on_both_stores!(
    the_answer_of_the_bot_is_the_answer_of_the_call,
    a_bot_may_have_nothing_to_say,
    who_pressed_goes_on_meanwhile,
    presses_are_told_from_each_other,
    who_wants_no_updates_is_answered,
    a_button_of_a_direct_chat_or_a_group_is_pressed,
    a_bot_that_does_not_answer_is_not_waited_for,
    who_is_gone_waits_no_more,
    the_message_has_such_a_button,
    the_message_is_one_that_the_caller_sees,
    nobody_presses_across_a_block,
    a_bot_that_was_removed_is_told_nothing,
    it_needs_a_sign_in,
);

/// A bot in a community with its owner, and a message of it with buttons. All have heard of all that.
struct Stage {
    community: Community,
    alice: Person,
    robot: Person,
    message_id: u64,
}

impl Stage {
    async fn set(server: &Server) -> Checked<Self> {
        let alice = server.sign_up("Alice").await;
        Self::of(alice, server.bot("Robot").await?).await
    }

    async fn of(mut alice: Person, mut robot: Person) -> Checked<Self> {
        let community = alice.create_community("Lounge").await?;
        robot.join(&alice.invite(&community).await?).await?;
        let message_id = with_button(&robot, community.general()).await?;
        alice.catch_up().await?;
        robot.catch_up().await?;
        Ok(Self {
            community,
            alice,
            robot,
            message_id,
        })
    }

    fn press(&self) -> SubmitInteraction {
        press(self.community.general(), self.message_id, "yes")
    }
}

/// A message of a bot with a button that says `yes`.
async fn with_button(robot: &Person, chat: ChatRef) -> Checked<u64> {
    let info = with_buttons(vec![vec![copies("no")], vec![tells("yes")]]);
    Ok(robot.send_as_bot(chat, "?", info).await?)
}

fn press(chat: ChatRef, message_id: u64, data: &str) -> SubmitInteraction {
    SubmitInteraction {
        chat_ref: Some(chat),
        message_id,
        data: Some(data.to_owned()),
    }
}

fn answer(interaction_id: u64, text: Option<&str>) -> SetInteractionResponse {
    SetInteractionResponse {
        interaction_id,
        message: text.map(str::to_owned),
    }
}

/// A bot that answers the next press; gives what it was told.
async fn answer_next(robot: &mut Person, text: Option<&str>) -> Checked<UpdateInteraction> {
    let told: UpdateInteraction = robot.expect().await;
    robot.call(answer(told.interaction_id, text)).await?;
    Ok(told)
}

async fn the_answer_of_the_bot_is_the_answer_of_the_call(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let mut desktop = stage.alice.another_session().await;
    let mut other = stage.robot.another_session().await;
    let pressed = stage.alice.call(stage.press());
    let (answered, told) = join!(pressed, answer_next(&mut stage.robot, Some("done")));
    assert_eq!(answered?.message.as_deref(), Some("done"));
    let told = told?;
    assert_eq!(told.user_id, stage.alice.user_id);
    assert_eq!(told.message_id, stage.message_id);
    assert_eq!(told.data.as_deref(), Some("yes"));
    assert_eq!(other.expect::<UpdateInteraction>().await, told);
    for person in [&mut stage.alice, &mut desktop, &mut stage.robot, &mut other] {
        person.expect_silence().await?;
    }
    Ok(())
}

async fn a_bot_may_have_nothing_to_say(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let pressed = stage.alice.call(stage.press());
    let (answered, told) = join!(pressed, answer_next(&mut stage.robot, None));
    told?;
    assert_eq!(answered?, InteractionResponse { message: None });
    Ok(())
}

async fn who_pressed_goes_on_meanwhile(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let (chat, alice) = (stage.community.general(), &stage.alice);
    let (answered, went_on) = join!(alice.call(stage.press()), async {
        let told: UpdateInteraction = stage.robot.expect().await;
        // The bot answers only when these are done.
        alice.send(chat, "hurry").await?;
        alice.history(chat).await?;
        stage.robot.catch_up().await?;
        stage.robot.call(answer(told.interaction_id, None)).await?;
        Checked::Ok(())
    });
    went_on?;
    answered?;
    Ok(())
}

async fn presses_are_told_from_each_other(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let mut bob = server.sign_up("Bob").await;
    bob.join(&stage.alice.invite(&stage.community).await?)
        .await?;
    stage.robot.catch_up().await?;
    let presses = [&stage.alice, &bob].map(|person| person.call(stage.press()));
    let [first, second] = presses;
    let (first, second, answered) = join!(first, second, async {
        let told = stage.robot.expect_all::<UpdateInteraction>(2).await;
        for told in told.iter().rev() {
            let text = told.user_id.to_string();
            let answer = answer(told.interaction_id, Some(&text));
            stage.robot.call(answer).await?;
        }
        Checked::Ok(())
    });
    answered?;
    assert_eq!(first?.message, Some(stage.alice.user_id.to_string()));
    assert_eq!(second?.message, Some(bob.user_id.to_string()));
    Ok(())
}

async fn who_wants_no_updates_is_answered(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let silent = Initialize {
        no_subscribe: true,
        ..initialize()
    };
    let mut silent = stage.alice.another_session_with(silent).await;
    let pressed = silent.call(stage.press());
    let (answered, told) = join!(pressed, answer_next(&mut stage.robot, Some("done")));
    told?;
    assert_eq!(answered?.message.as_deref(), Some("done"));
    silent.expect_nothing_so_far();
    Ok(())
}

async fn a_button_of_a_direct_chat_or_a_group_is_pressed(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let group = stage.alice.create_group("Trip", &[&stage.robot]).await?;
    let in_group = with_button(&stage.robot, group_chat(group)).await?;
    let direct = with_button(&stage.robot, stage.alice.chat()).await?;
    stage.robot.catch_up().await?;
    for (chat, id) in [(group_chat(group), in_group), (stage.robot.chat(), direct)] {
        let pressed = stage.alice.call(press(chat, id, "yes"));
        let (answered, told) = join!(pressed, answer_next(&mut stage.robot, Some("done")));
        assert_eq!(answered?.message.as_deref(), Some("done"));
        assert_eq!(told?.message_id, id);
    }
    Ok(())
}

async fn a_bot_that_does_not_answer_is_not_waited_for(database: Database) -> Checked {
    let server = Server::with(database, |config: &mut Config| {
        config.interaction_wait = Duration::from_millis(1);
    })
    .await;
    let mut stage = Stage::set(&server).await?;
    assert_eq!(stage.alice.refused(stage.press()).await, 504);
    let told: UpdateInteraction = stage.robot.expect().await;
    let late = answer(told.interaction_id, Some("sorry"));
    assert_eq!(stage.robot.refused(late).await, 404);
    stage.alice.expect_silence().await
}

/// Waits until nobody waits for the bot's answer any more.
async fn until_forgotten(store: &Arc<dyn Store>, interaction_id: u64) -> Checked {
    let id = InteractionId(interaction_id);
    while store.read().await?.find_interaction(id).await?.is_some() {
        tokio::task::yield_now().await;
    }
    Ok(())
}

async fn who_is_gone_waits_no_more(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let desktop = stage.alice.another_session().await;
    // The wait is much longer than a test may take.
    let (ended, told) = join!(desktop.connection().call(stage.press()), async {
        let told: UpdateInteraction = stage.robot.expect().await;
        desktop.connection().close().await;
        told
    });
    assert!(ended.is_err());
    let forgotten = until_forgotten(server.store(), told.interaction_id);
    tokio::time::timeout(Duration::from_secs(10), forgotten).await??;
    let late = answer(told.interaction_id, Some("done"));
    assert_eq!(stage.robot.refused(late).await, 404);
    stage.alice.expect_silence().await
}

async fn the_message_has_such_a_button(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let chat = stage.community.general();
    let plain = stage.robot.send(chat, "hello").await?;
    let own = stage.alice.send(chat, "hello").await?;
    stage.robot.catch_up().await?;
    for (id, data) in [
        (stage.message_id, "no"),
        (stage.message_id, "Yes"),
        (stage.message_id, ""),
        (plain, "yes"),
        (own, "yes"),
    ] {
        let request = press(chat, id, data);
        assert_eq!(stage.alice.refused(request).await, 400, "{data}");
    }
    let without = SubmitInteraction {
        data: None,
        ..stage.press()
    };
    assert_eq!(stage.alice.refused(without).await, 400);
    stage.robot.expect_silence().await
}

async fn the_message_is_one_that_the_caller_sees(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let carol = server.sign_up("Carol").await;
    let mut bob = server.sign_up("Bob").await;
    bob.join(&stage.alice.invite(&stage.community).await?)
        .await?;
    let (chat, id) = (stage.community.general(), stage.message_id);
    stage.robot.catch_up().await?;
    for (chat, id) in [
        (chat, 12345),
        (stage.robot.chat(), id),
        (user_chat(12345), id),
        (group_chat(12345), id),
    ] {
        let request = press(chat, id, "yes");
        assert_eq!(stage.alice.refused(request).await, 404, "{chat:?}");
    }
    assert_eq!(carol.refused(press(chat, id, "yes")).await, 404);
    server
        .set_default_permissions(&stage.community, Permissions::empty())
        .await?;
    assert_eq!(bob.refused(press(chat, id, "yes")).await, 404);
    let nowhere = SubmitInteraction {
        chat_ref: None,
        ..stage.press()
    };
    assert_eq!(stage.alice.refused(nowhere).await, 400);
    let heard = stage.robot.heard_until_now().await?;
    assert!(!format!("{heard:?}").contains("UpdateInteraction"));
    Ok(())
}

async fn nobody_presses_across_a_block(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let id = with_button(&stage.robot, stage.alice.chat()).await?;
    let block = RelationshipChangeType::Block;
    stage.alice.change(&stage.robot, block).await?;
    stage.robot.catch_up().await?;
    let request = press(stage.robot.chat(), id, "yes");
    assert_eq!(stage.alice.refused(request).await, 403);
    stage.robot.expect_silence().await
}

async fn a_bot_that_was_removed_is_told_nothing(server: Server) -> Checked {
    let mut stage = Stage::set(&server).await?;
    let kick = RemoveMembers {
        community_id: stage.community.id,
        member_ids: vec![stage.robot.user_id],
        ..RemoveMembers::default()
    };
    stage.alice.call(kick).await?;
    stage.robot.catch_up().await?;
    assert_eq!(stage.alice.refused(stage.press()).await, 404);
    stage.robot.expect_silence().await
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let stage = Stage::set(&server).await?;
    server.needs_sign_in(stage.press()).await;
    Ok(())
}

#[tokio::test]
async fn bot_and_user_are_on_different_gateways() -> Checked {
    let Some(database) = Engine::Postgres.database().await? else {
        return Ok(());
    };
    let Some(deployment) = Broker::Redis.deployment()? else {
        return Ok(());
    };
    let mut cluster = Cluster::over(database, &deployment);
    let here = cluster.gateway().await;
    cluster.reach(deployment.there);
    let there = cluster.gateway().await;
    let _fanouts = [cluster.fanout(), cluster.fanout()];
    let robot = there.sign_up("Robot").await;
    make_bot(&**cluster.store(), &robot).await?;
    let mut stage = Stage::of(here.sign_up("Alice").await, robot).await?;
    // A session beside the bot's hears the answer as well, and is not told.
    let mut beside = there.sign_in(&stage.alice).await;
    for text in ["one", "two"] {
        let pressed = stage.alice.call(stage.press());
        let (answered, told) = join!(pressed, answer_next(&mut stage.robot, Some(text)));
        told?;
        assert_eq!(answered?.message.as_deref(), Some(text));
    }
    stage.alice.expect_silence().await?;
    beside.expect_silence().await
}
