//! `messages.setInteractionResponse`.

use futures::join;
use osmium_client::RpcError;
use osmium_model::{Interaction, InteractionId, UserId};
use osmium_proto::messages::{SetInteractionResponse, SubmitInteraction};
use osmium_proto::updates::UpdateInteraction;
use osmium_testkit::bots::{tells, with_buttons};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Person, Server, on_both_stores};
use std::time::Duration;

on_both_stores!(
    one_answer_is_taken,
    of_two_sessions_one_answers,
    only_the_bot_answers,
    the_text_is_bounded,
    an_answer_may_be_too_late,
    it_needs_a_sign_in,
);

/// Longer than anyone waits.
const LONG: Duration = Duration::from_secs(40);

fn answer(interaction_id: u64, text: &str) -> SetInteractionResponse {
    SetInteractionResponse {
        interaction_id,
        message: Some(text.to_owned()),
    }
}

/// Someone, a bot in a community with them, and the press of its button.
async fn pressing(server: &Server) -> Checked<(Person, Person, SubmitInteraction)> {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let mut robot = server.bot("Robot").await?;
    robot.join(&alice.invite(&community).await?).await?;
    let chat = community.general();
    let info = with_buttons(vec![vec![tells("yes")]]);
    let message_id = robot.send_as_bot(chat, "?", info).await?;
    alice.catch_up().await?;
    robot.catch_up().await?;
    let press = SubmitInteraction {
        chat_ref: Some(chat),
        message_id,
        data: Some("yes".to_owned()),
    };
    Ok((alice, robot, press))
}

async fn one_answer_is_taken(server: Server) -> Checked {
    let (mut alice, mut robot, press) = pressing(&server).await?;
    let (answered, second) = join!(alice.call(press), async {
        let told: UpdateInteraction = robot.expect().await;
        robot.call(answer(told.interaction_id, "one")).await?;
        let second = robot.refused(answer(told.interaction_id, "two")).await;
        Ok::<_, RpcError>(second)
    });
    assert_eq!(answered?.message.as_deref(), Some("one"));
    assert_eq!(second?, 404);
    alice.expect_silence().await?;
    robot.expect_silence().await
}

async fn of_two_sessions_one_answers(server: Server) -> Checked {
    let (alice, mut robot, press) = pressing(&server).await?;
    let other = robot.another_session().await;
    let (answered, taken) = join!(alice.call(press), async {
        let id = robot.expect::<UpdateInteraction>().await.interaction_id;
        let (one, two) = join!(
            robot.call(answer(id, "done")),
            other.call(answer(id, "done"))
        );
        [one, two].map(|taken| taken.map_err(|error| error.code))
    });
    assert_eq!(answered?.message.as_deref(), Some("done"));
    assert!(taken.contains(&Ok(())) && taken.contains(&Err(404)));
    Ok(())
}

async fn only_the_bot_answers(server: Server) -> Checked {
    let (alice, mut robot, press) = pressing(&server).await?;
    let other = server.bot("Another").await?;
    let (answered, told) = join!(alice.call(press), async {
        let told: UpdateInteraction = robot.expect().await;
        let text = answer(told.interaction_id, "mine");
        for person in [&other, &alice] {
            assert_eq!(person.refused(text.clone()).await, 404);
        }
        robot.call(text).await
    });
    told?;
    assert_eq!(answered?.message.as_deref(), Some("mine"));
    assert_eq!(robot.refused(answer(12345, "what")).await, 404);
    Ok(())
}

async fn the_text_is_bounded(server: Server) -> Checked {
    let (alice, mut robot, press) = pressing(&server).await?;
    let longest = "x".repeat(4000);
    let (answered, told) = join!(alice.call(press), async {
        let id = robot.expect::<UpdateInteraction>().await.interaction_id;
        assert_eq!(robot.refused(answer(id, &"x".repeat(4001))).await, 413);
        assert_eq!(robot.refused(answer(id, "a\0b")).await, 400);
        robot.call(answer(id, &longest)).await
    });
    told?;
    assert_eq!(answered?.message, Some(longest));
    Ok(())
}

/// Whoever pressed was on a gateway that died, and could not take it back.
async fn an_answer_may_be_too_late(server: Server) -> Checked {
    let (mut alice, robot, _) = pressing(&server).await?;
    let interaction = |id, created_at| Interaction {
        id: InteractionId(id),
        bot_id: UserId(robot.user_id),
        user_id: UserId(alice.user_id),
        created_at,
    };
    let (late, early) = (
        interaction(7, server.now().minus(LONG)),
        interaction(8, server.now()),
    );
    let mut tx = server.store().begin(&[]).await?;
    tx.insert_interaction(&late).await?;
    tx.insert_interaction(&early).await?;
    tx.commit().await?;
    assert_eq!(robot.refused(answer(7, "sorry")).await, 404);
    let mut reader = server.store().read().await?;
    assert_eq!(reader.find_interaction(late.id).await?, None);
    assert_eq!(reader.find_interaction(early.id).await?, Some(early));
    // Nobody is there to hear this one; that is no mistake of the bot's.
    robot.call(answer(8, "done")).await?;
    alice.expect_silence().await
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(answer(7, "done")).await;
    Ok(())
}
