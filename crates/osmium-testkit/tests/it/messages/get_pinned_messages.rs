//! `messages.getPinnedMessages`.

use osmium_model::Permissions;
use osmium_proto::messages::{GetPinnedMessages, SetMessagePin};
use osmium_proto::refs::ChatRef;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{group_chat, user_chat};
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(
    the_last_pinned_comes_first_with_its_author,
    a_chat_that_has_not_begun_has_none,
    the_chat_has_to_be_visible,
    it_needs_a_sign_in,
);

fn pinned(chat: ChatRef) -> GetPinnedMessages {
    GetPinnedMessages {
        chat_ref: Some(chat),
    }
}

async fn the_last_pinned_comes_first_with_its_author(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    let first = alice.send(general, "first").await?;
    let second = bob.send(general, "second").await?;
    alice.send(general, "third").await?;
    for message_id in [second, first] {
        alice
            .call(SetMessagePin {
                chat_ref: Some(general),
                message_id,
                pin: true,
            })
            .await?;
    }
    let page = bob.call(pinned(general)).await?;
    let ids: Vec<_> = page
        .messages
        .iter()
        .map(|message| message.message_id)
        .collect();
    assert_eq!(ids, [first, second]);
    assert!(
        page.messages
            .iter()
            .all(|message| message.pinned == Some(true))
    );
    assert_eq!((page.users.len(), page.members.len()), (2, 2));
    Ok(())
}

async fn a_chat_that_has_not_begun_has_none(server: Server) -> Checked {
    let (_, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let page = alice.call(pinned(user_chat(bob.user_id))).await?;
    assert!(page.messages.is_empty());
    Ok(())
}

async fn the_chat_has_to_be_visible(server: Server) -> Checked {
    let (community, [_alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let stranger = server.sign_up("Carol").await;
    for chat in [community.general(), group_chat(77), user_chat(77)] {
        assert_eq!(stranger.refused(pinned(chat)).await, 404);
    }
    server
        .set_default_permissions(&community, Permissions::empty())
        .await?;
    bob.catch_up().await?;
    assert_eq!(bob.refused(pinned(community.general())).await, 404);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(pinned(user_chat(1))).await;
    Ok(())
}
