//! What bots attach: `messages.sendMessage` with `bot_info`, and `messages.editMessage` with `buttons`.

use osmium_proto::messages::send_message::BotInfo;
use osmium_proto::messages::send_message::bot_info::{Buttons, MessageCloak};
use osmium_proto::messages::{EditMessage, MessageButton};
use osmium_proto::refs::ChatRef;
use osmium_proto::types;
use osmium_proto::types::message::MessageBotInfo;
use osmium_proto::types::message_button::Action;
use osmium_proto::updates::{UpdateMessage, UpdateMessageCreated};
use osmium_testkit::bots::{buttons, cloak, cloaked, copies, opens, tells, with_buttons};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Community, Person, Server, on_both_stores};

on_both_stores!(
    everyone_sees_what_a_bot_attaches,
    a_text_may_be_empty_beside_what_is_attached,
    what_is_nothing_is_not_attached,
    only_bots_attach,
    a_cloak_has_a_name,
    a_picture_is_a_file,
    buttons_are_bounded,
    a_button_has_a_label_and_an_action,
    buttons_are_replaced_kept_and_taken_away,
    an_edit_leaves_something_to_see,
    only_a_bot_edits_buttons,
    the_same_buttons_are_no_edit,
);

/// People and a bot in a community. All have heard of all that.
async fn people_and_a_bot(server: &Server) -> Checked<(Community, Person, Person)> {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let mut robot = server.bot("Robot").await?;
    robot.join(&alice.invite(&community).await?).await?;
    alice.catch_up().await?;
    Ok((community, alice, robot))
}

/// Other buttons for a message.
fn edit(chat: ChatRef, message_id: u64, buttons: Buttons) -> EditMessage {
    EditMessage {
        chat_ref: Some(chat),
        message_id,
        buttons: Some(buttons),
        ..EditMessage::default()
    }
}

/// What the buttons of a message do, by rows.
fn shown(info: &MessageBotInfo) -> Vec<Vec<String>> {
    let rows = info.buttons.iter().flat_map(|buttons| &buttons.rows);
    let said = |button: &types::MessageButton| match button.action.clone() {
        Some(Action::Url(action)) => format!("url {}", action.url),
        Some(Action::Interaction(action)) => format!("tell {}", action.data),
        Some(Action::Clipboard(action)) => format!("copy {}", action.text),
        None => "nothing".to_owned(),
    };
    rows.map(|row| row.buttons.iter().map(said).collect())
        .collect()
}

async fn everyone_sees_what_a_bot_attaches(server: Server) -> Checked {
    let (community, mut alice, mut robot) = people_and_a_bot(&server).await?;
    let info = BotInfo {
        cloak: Some(cloak(" Weather ")),
        buttons: Some(buttons(vec![
            vec![tells("a"), tells("b")],
            vec![],
            vec![opens("https://example.org/?q=ä"), copies("one\ntwo")],
        ])),
    };
    robot.send_as_bot(community.general(), "rain", info).await?;
    let (mut seen, robot_id) = (Vec::new(), robot.user_id);
    for person in [&mut alice, &mut robot] {
        let told: UpdateMessageCreated = person.expect().await;
        assert!(told.author.unwrap_or_default().bot);
        let message = told.message.unwrap_or_default();
        assert_eq!(message.author_id, robot_id);
        seen.push(message.bot_info.unwrap_or_default());
        person.expect_silence().await?;
    }
    let page = alice.history(community.general()).await?;
    seen.push(page.messages[0].bot_info.clone().unwrap_or_default());
    for info in seen {
        let cloak = info.cloak.clone().unwrap_or_default();
        assert_eq!((cloak.name.as_str(), cloak.photo), ("Weather", None));
        let expected = [
            vec!["tell a", "tell b"],
            vec!["url https://example.org/?q=ä", "copy one\ntwo"],
        ];
        assert_eq!(shown(&info), expected);
        let label = &info.buttons.unwrap_or_default().rows[0].buttons[0].label;
        assert_eq!(label, "Press");
    }
    Ok(())
}

async fn a_text_may_be_empty_beside_what_is_attached(server: Server) -> Checked {
    let (community, mut alice, robot) = people_and_a_bot(&server).await?;
    for info in [cloaked("Weather"), with_buttons(vec![vec![tells("a")]])] {
        robot.send_as_bot(community.general(), "", info).await?;
        let told: UpdateMessageCreated = alice.expect().await;
        let message = told.message.unwrap_or_default();
        assert_eq!(message.message, "");
        assert!(message.bot_info.is_some());
    }
    Ok(())
}

async fn what_is_nothing_is_not_attached(server: Server) -> Checked {
    let (community, mut alice, robot) = people_and_a_bot(&server).await?;
    for info in [BotInfo::default(), with_buttons(vec![vec![], vec![]])] {
        let sent = robot.send_as_bot(community.general(), "", info.clone());
        assert_eq!(sent.await.map_err(|error| error.code), Err(400));
        robot
            .send_as_bot(community.general(), "hello", info)
            .await?;
        let told: UpdateMessageCreated = alice.expect().await;
        assert_eq!(told.message.unwrap_or_default().bot_info, None);
    }
    Ok(())
}

async fn only_bots_attach(server: Server) -> Checked {
    let (community, alice, mut robot) = people_and_a_bot(&server).await?;
    for info in [cloaked("Robot"), BotInfo::default()] {
        let sent = alice.send_as_bot(community.general(), "hello", info);
        assert_eq!(sent.await.map_err(|error| error.code), Err(403));
    }
    robot.expect_silence().await
}

/// Sends to be refused with this code.
async fn refused(robot: &Person, community: &Community, info: BotInfo, code: u32) {
    let said = format!("{info:?}");
    let sent = robot.send_as_bot(community.general(), "hello", info).await;
    assert_eq!(sent.map_err(|error| error.code), Err(code), "{said}");
}

async fn a_cloak_has_a_name(server: Server) -> Checked {
    let (community, mut alice, robot) = people_and_a_bot(&server).await?;
    for name in ["", " ", "a\nb", "a\0b", &"x".repeat(65)] {
        refused(&robot, &community, cloaked(name), 400).await;
    }
    let longest = cloaked(&"x".repeat(64));
    alice.expect_silence().await?;
    robot
        .send_as_bot(community.general(), "hello", longest)
        .await?;
    Ok(())
}

async fn a_picture_is_a_file(server: Server) -> Checked {
    let (community, _, robot) = people_and_a_bot(&server).await?;
    let info = BotInfo {
        cloak: Some(MessageCloak {
            photo_id: Some(12345),
            ..cloak("Weather")
        }),
        buttons: None,
    };
    refused(&robot, &community, info, 404).await;
    Ok(())
}

async fn buttons_are_bounded(server: Server) -> Checked {
    let (community, mut alice, robot) = people_and_a_bot(&server).await?;
    let grid = |rows, wide| with_buttons(vec![vec![tells("a"); wide]; rows]);
    for (rows, wide) in [(6, 1), (1, 6)] {
        refused(&robot, &community, grid(rows, wide), 413).await;
    }
    alice.expect_silence().await?;
    // The largest message that there is still reaches everyone, and a page of history.
    let (text, said) = ("\u{800}".repeat(4000), "\u{800}".repeat(500));
    let largest = MessageButton {
        label: "\u{800}".repeat(80),
        ..tells(&said)
    };
    let info = with_buttons(vec![vec![largest; 5]; 5]);
    robot.send_as_bot(community.general(), &text, info).await?;
    alice.expect::<UpdateMessageCreated>().await;
    let page = alice.history(community.general()).await?;
    let info = page.messages[0].bot_info.clone().unwrap_or_default();
    assert_eq!(shown(&info).concat().len(), 25);
    Ok(())
}

async fn a_button_has_a_label_and_an_action(server: Server) -> Checked {
    let (community, mut alice, robot) = people_and_a_bot(&server).await?;
    let labelled = |label: &str| MessageButton {
        label: label.to_owned(),
        ..tells("a")
    };
    let idle = MessageButton {
        action: None,
        ..labelled("Press")
    };
    let too_long = "x".repeat(501);
    for button in [
        idle,
        labelled(""),
        labelled(" "),
        labelled("a\0b"),
        labelled(&"x".repeat(81)),
        tells(&too_long),
        tells("a\0b"),
        copies(&too_long),
        opens(&format!("https://{too_long}")),
        opens(""),
        opens("example.org"),
        opens("javascript:alert(1)"),
    ] {
        refused(&robot, &community, with_buttons(vec![vec![button]]), 400).await;
    }
    alice.expect_silence().await
}

async fn buttons_are_replaced_kept_and_taken_away(server: Server) -> Checked {
    let (community, mut alice, robot) = people_and_a_bot(&server).await?;
    let chat = community.general();
    let first = with_buttons(vec![vec![tells("a")]]);
    let id = robot.send_as_bot(chat, "hello", first).await?;
    alice.catch_up().await?;
    let text = EditMessage {
        message: Some("bye".to_owned()),
        buttons: None,
        ..edit(chat, id, buttons(vec![]))
    };
    for (request, message, expected) in [
        (text, "bye", vec![vec!["tell a"]]),
        (
            edit(chat, id, buttons(vec![vec![tells("b"), copies("c")]])),
            "bye",
            vec![vec!["tell b", "copy c"]],
        ),
        (edit(chat, id, buttons(vec![])), "bye", vec![]),
        (
            edit(chat, id, buttons(vec![vec![tells("d")]])),
            "bye",
            vec![vec!["tell d"]],
        ),
    ] {
        robot.call(request).await?;
        let told = alice.expect::<UpdateMessage>().await.message;
        let told = told.unwrap_or_default();
        assert_eq!(told.message, message);
        assert!(told.edited_at.is_some());
        assert_eq!(told.bot_info.is_some(), !expected.is_empty());
        assert_eq!(shown(&told.bot_info.unwrap_or_default()), expected);
    }
    Ok(())
}

async fn an_edit_leaves_something_to_see(server: Server) -> Checked {
    let (community, mut alice, robot) = people_and_a_bot(&server).await?;
    let chat = community.general();
    let row = || vec![vec![tells("a")]];
    let bare = robot.send_as_bot(chat, "", with_buttons(row())).await?;
    let named = BotInfo {
        cloak: Some(cloak("Weather")),
        ..with_buttons(row())
    };
    let named = robot.send_as_bot(chat, "", named).await?;
    alice.catch_up().await?;
    assert_eq!(robot.refused(edit(chat, bare, buttons(vec![]))).await, 400);
    let wrong = edit(chat, bare, buttons(vec![vec![opens("x")]]));
    assert_eq!(robot.refused(wrong).await, 400);
    alice.expect_silence().await?;
    // A cloak stays when the buttons go.
    robot.call(edit(chat, named, buttons(vec![]))).await?;
    let told = alice.expect::<UpdateMessage>().await.message;
    let info = told.unwrap_or_default().bot_info.unwrap_or_default();
    assert_eq!(info.cloak.unwrap_or_default().name, "Weather");
    assert_eq!(info.buttons, None);
    Ok(())
}

async fn only_a_bot_edits_buttons(server: Server) -> Checked {
    let (community, alice, mut robot) = people_and_a_bot(&server).await?;
    let chat = community.general();
    let own = alice.send(chat, "hello").await?;
    let info = with_buttons(vec![vec![tells("a")]]);
    let theirs = robot.send_as_bot(chat, "hello", info).await?;
    robot.catch_up().await?;
    for id in [own, theirs] {
        let request = edit(chat, id, buttons(vec![]));
        assert_eq!(alice.refused(request).await, 403);
    }
    robot.expect_silence().await
}

async fn the_same_buttons_are_no_edit(server: Server) -> Checked {
    let (community, mut alice, robot) = people_and_a_bot(&server).await?;
    let chat = community.general();
    let rows = || vec![vec![tells("a")]];
    let info = with_buttons(rows());
    let id = robot.send_as_bot(chat, "hello", info).await?;
    alice.catch_up().await?;
    robot.call(edit(chat, id, buttons(rows()))).await?;
    alice.expect_silence().await
}
