//! Who may write to whom in direct chats, and what a block bars.

use futures::future::join_all;
use osmium_model::{Topic, UserId};
use osmium_proto::chats::{GetChat, GetChats, SetTyping};
use osmium_proto::friends::change_relationship::RelationshipChangeType::{
    Block, RemoveFriend, RequestFriend, Unblock,
};
use osmium_proto::messages::{DeleteMessage, EditMessage, GetHistory, SendMessage};
use osmium_proto::refs::ChatRef;
use osmium_proto::settings::ChangeStatus;
use osmium_proto::types::User;
use osmium_proto::updates::{
    UpdateChat, UpdateChatTyping, UpdateMessageCreated, UpdateMessageDeleted,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    friends_write_to_each_other,
    who_was_written_to_may_answer,
    a_bot_needs_more_than_friendship,
    a_block_bars_a_chat_that_has_begun,
    a_block_bars_a_chat_that_has_not_begun,
    a_refusal_does_not_tell_why,
    reading_and_deleting_stay_possible,
    a_block_leaves_channels_alone,
    nothing_is_sent_across_a_block_once_it_is_answered,
    no_chat_begins_across_a_block,
    across_a_block_nobody_sees_who_is_there,
    strangers_do_not_see_who_is_there,
);

fn text(chat: ChatRef) -> SendMessage {
    SendMessage {
        chat_ref: Some(chat),
        message: "hello".to_owned(),
        ..SendMessage::default()
    }
}

fn typing(chat: ChatRef) -> SetTyping {
    SetTyping {
        chat_ref: Some(chat),
        typing: true,
        action: None,
    }
}

fn edit(chat: ChatRef, message_id: u64) -> EditMessage {
    EditMessage {
        chat_ref: Some(chat),
        message_id,
        message: Some("changed".to_owned()),
        ..EditMessage::default()
    }
}

/// Makes a bot of someone who has signed up.
async fn make_bot(server: &Server, person: &Person) -> Checked {
    let id = UserId(person.user_id);
    let mut tx = server.store().begin(&[Topic::User(id)]).await?;
    let mut user = tx.find_user(id).await?.expect("they have signed up");
    user.bot = true;
    tx.update_user(&user).await?;
    tx.commit().await?;
    Ok(())
}

async fn friends_write_to_each_other(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut bob = server.sign_up("Bob").await;
    assert_eq!(alice.refused(text(bob.chat())).await, 403);
    assert_eq!(alice.refused(typing(bob.chat())).await, 403);
    bob.change(&alice, RequestFriend).await?;
    // To have been asked, or to ask, is not enough.
    assert_eq!(alice.refused(text(bob.chat())).await, 403);
    assert_eq!(bob.refused(text(alice.chat())).await, 403);
    alice.change(&bob, RequestFriend).await?;
    alice.catch_up().await?;
    bob.catch_up().await?;

    alice.call(typing(bob.chat())).await?;
    bob.expect::<UpdateChatTyping>().await;
    alice.call(text(bob.chat())).await?;
    bob.expect::<UpdateChat>().await;
    bob.expect::<UpdateMessageCreated>().await;
    Ok(())
}

async fn who_was_written_to_may_answer(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut bob = server.sign_up("Bob").await;
    alice.befriend(&mut bob).await?;
    alice.call(text(bob.chat())).await?;
    alice.change(&bob, RemoveFriend).await?;
    // The chat has begun: both go on with it.
    bob.call(text(alice.chat())).await?;
    bob.call(typing(alice.chat())).await?;
    alice.call(text(bob.chat())).await?;
    Ok(())
}

async fn a_bot_needs_more_than_friendship(server: Server) -> Checked {
    let (_, [alice, helper]) = server.community_of(["Alice", "Helper"]).await?;
    let mut stranger = server.sign_up("Stranger").await;
    let mut helper = helper;
    make_bot(&server, &helper).await?;
    helper.befriend(&mut stranger).await?;
    assert_eq!(helper.refused(text(stranger.chat())).await, 403);
    assert_eq!(helper.refused(typing(stranger.chat())).await, 403);
    // A community in common is enough; so is that the user has written first.
    helper.call(text(alice.chat())).await?;
    stranger.call(text(helper.chat())).await?;
    helper.call(text(stranger.chat())).await?;
    Ok(())
}

async fn a_block_bars_a_chat_that_has_begun(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let by_alice = alice.send(bob.chat(), "one").await?;
    let by_bob = bob.send(alice.chat(), "two").await?;
    alice.change(&bob, Block).await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    for (one, other, own) in [(&alice, &bob, by_alice), (&bob, &alice, by_bob)] {
        assert_eq!(one.refused(text(other.chat())).await, 403);
        assert_eq!(one.refused(typing(other.chat())).await, 403);
        assert_eq!(one.refused(edit(other.chat(), own)).await, 403);
    }
    alice.expect_silence().await?;
    bob.expect_silence().await?;

    alice.change(&bob, Unblock).await?;
    bob.call(edit(alice.chat(), by_bob)).await?;
    bob.call(text(alice.chat())).await?;
    alice.call(text(bob.chat())).await?;
    Ok(())
}

async fn a_block_bars_a_chat_that_has_not_begun(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (mut alice, mut bob) = (alice, bob);
    alice.change(&bob, Block).await?;
    alice.catch_up().await?;
    for (one, other) in [(&alice, &bob), (&bob, &alice)] {
        assert_eq!(one.refused(text(other.chat())).await, 403);
        assert_eq!(one.refused(typing(other.chat())).await, 403);
    }
    alice.expect_silence().await?;
    bob.expect_silence().await?;
    // It does not matter which of two blocks is ended last.
    bob.change(&alice, Block).await?;
    alice.change(&bob, Unblock).await?;
    assert_eq!(alice.refused(text(bob.chat())).await, 403);
    assert_eq!(bob.refused(text(alice.chat())).await, 403);
    bob.change(&alice, Unblock).await?;
    alice.call(text(bob.chat())).await?;
    Ok(())
}

async fn a_refusal_does_not_tell_why(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let stranger = server.sign_up("Stranger").await;
    let unrelated = alice.refusal(text(stranger.chat())).await;
    alice.change(&bob, Block).await?;
    for refusal in [
        alice.refusal(text(bob.chat())).await,
        bob.refusal(text(alice.chat())).await,
        bob.refusal(typing(alice.chat())).await,
    ] {
        let seen = (refusal.code, refusal.message);
        assert_eq!(seen, (unrelated.code, unrelated.message.clone()));
    }
    Ok(())
}

async fn reading_and_deleting_stay_possible(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let by_alice = alice.send(bob.chat(), "one").await?;
    let by_bob = bob.send(alice.chat(), "two").await?;
    alice.change(&bob, Block).await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    for (one, other) in [(&alice, &bob), (&bob, &alice)] {
        assert_eq!(one.history(other.chat()).await?.messages.len(), 2);
        one.mark_read(other.chat(), by_bob).await?;
        assert_eq!(one.conversation(other.chat()).await?.unread_count, 0);
        assert_eq!(one.call(GetChats::default()).await?.chats.len(), 1);
    }
    let delete = |chat, id| DeleteMessage {
        chat_ref: Some(chat),
        message_ids: vec![id],
    };
    assert_eq!(bob.refused(delete(alice.chat(), by_alice)).await, 403);
    bob.call(delete(alice.chat(), by_bob)).await?;
    alice.expect::<UpdateMessageDeleted>().await;
    assert_eq!(bob.history(alice.chat()).await?.messages.len(), 1);
    Ok(())
}

async fn a_block_leaves_channels_alone(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.change(&bob, Block).await?;
    alice.catch_up().await?;
    bob.send(community.general(), "hello").await?;
    alice.expect::<UpdateMessageCreated>().await;
    alice.send(community.general(), "hello").await?;
    bob.expect::<UpdateMessageCreated>().await;
    bob.expect::<UpdateMessageCreated>().await;
    Ok(())
}

async fn nothing_is_sent_across_a_block_once_it_is_answered(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    bob.send(alice.chat(), "first").await?;
    let page = || GetHistory {
        chat_ref: Some(bob.chat()),
        limit: Some(100),
        offset: None,
    };
    let newest = async || -> Checked<Option<u64>> {
        let messages = alice.call(page()).await?.messages;
        Ok(messages.first().map(|message| message.message_id))
    };
    for round in 0..8 {
        let blocking = async {
            // Among the sends, each time a little later.
            for _ in 0..round {
                alice.history(bob.chat()).await?;
            }
            alice.change(&bob, Block).await?;
            newest().await
        };
        let sends = join_all((0..40).map(|_| bob.send(alice.chat(), "hello")));
        let (last, sent) = tokio::join!(blocking, sends);
        let last = last?;
        assert_eq!(newest().await?, last, "sent after the block");
        for outcome in sent {
            match outcome {
                Ok(id) => assert!(Some(id) <= last, "answered, and not there"),
                Err(error) => assert_eq!(error.code, 403),
            }
        }
        assert_eq!(bob.refused(text(alice.chat())).await, 403);
        alice.change(&bob, Unblock).await?;
        bob.call(text(alice.chat())).await?;
    }
    Ok(())
}

async fn no_chat_begins_across_a_block(server: Server) -> Checked {
    for _ in 0..8 {
        let (_, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
        let (blocked, sent) =
            tokio::join!(alice.change(&bob, Block), bob.send(alice.chat(), "hello"));
        blocked?;
        // Whatever reached her did so before the block.
        let heard = format!("{:?}", alice.heard_until_now().await?);
        let place = |what: &str| heard.find(what);
        let told = place("UpdateUserRelationship").expect("she is told of the block");
        assert!(
            place("UpdateChat").is_none_or(|chat| chat < told),
            "{heard}"
        );
        assert!(
            place("UpdateMessageCreated").is_none_or(|message| message < told),
            "{heard}"
        );
        assert_eq!(sent.is_ok(), place("UpdateMessageCreated").is_some());
    }
    Ok(())
}

/// Whether each of the lists shows that someone is there.
async fn seen(viewer: &Person, other: &Person) -> Checked<[bool; 3]> {
    let chat_ref = Some(other.chat());
    let lists = [
        viewer.call(GetChat { chat_ref }).await?.users,
        viewer.call(GetChats::default()).await?.users,
        viewer.history(other.chat()).await?.users,
    ];
    let shows = |users: &Vec<User>| {
        let user = users.iter().find(|user| user.id == other.user_id);
        user.is_some_and(|user| user.status.is_some())
    };
    Ok([shows(&lists[0]), shows(&lists[1]), shows(&lists[2])])
}

async fn across_a_block_nobody_sees_who_is_there(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let mut bob = server.sign_up("Bob").await;
    for person in [&alice, &bob] {
        person.call(ChangeStatus::default()).await?;
    }
    alice.befriend(&mut bob).await?;
    alice.send(bob.chat(), "hello").await?;
    bob.send(alice.chat(), "hello").await?;
    for (one, other) in [(&alice, &bob), (&bob, &alice)] {
        assert_eq!(seen(one, other).await?, [true; 3]);
    }
    alice.change(&bob, Block).await?;
    for (one, other) in [(&alice, &bob), (&bob, &alice)] {
        assert_eq!(seen(one, other).await?, [false; 3]);
    }
    // A community in common tells of each other all the same.
    let community = alice.create_community("Lounge").await?;
    bob.join(&alice.invite(&community).await?).await?;
    for (one, other) in [(&alice, &bob), (&bob, &alice)] {
        assert_eq!(seen(one, other).await?, [true; 3]);
    }
    Ok(())
}

async fn strangers_do_not_see_who_is_there(server: Server) -> Checked {
    let (alice, bob) = (server.sign_up("Alice").await, server.sign_up("Bob").await);
    bob.call(ChangeStatus::default()).await?;
    assert_eq!(seen(&alice, &bob).await?, [false; 3]);
    let chat_ref = Some(alice.chat());
    alice.call(ChangeStatus::default()).await?;
    let own = alice.call(GetChat { chat_ref }).await?.users;
    assert!(own[0].status.is_some(), "one sees oneself");
    Ok(())
}
