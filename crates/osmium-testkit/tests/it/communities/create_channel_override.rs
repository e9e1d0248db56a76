//! `communities.createChannelOverride`.

use osmium_model::Permissions;
use osmium_proto::communities::CreateChannelOverride;
use osmium_proto::types::{ChannelOverride, ChannelType};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::{all_are_silent, all_catch_up, overrides};
use osmium_testkit::{Community, Server};

on_both_stores!(
    it_is_answered_and_listed,
    those_whom_it_concerns_hear_of_it,
    what_is_told_is_merged_over_roles,
    it_hides_and_shows_a_channel,
    that_of_a_category_holds_in_its_channels,
    a_channel_has_its_own_from_here_on,
    overrides_are_nothing_to_administrators_until_they_are_none,
    it_takes_the_permission_in_the_channel,
    it_is_for_roles_below_the_caller,
    it_changes_what_the_caller_has,
    administrators_are_made_in_the_community_alone,
    what_is_not_there_is_not_found,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();
const VIEW: Permissions = Permissions::VIEW_CHANNEL;
const SEND: Permissions = Permissions::SEND_MESSAGES;
const MEDIA: Permissions = Permissions::SEND_MEDIA;
const REACT: Permissions = Permissions::ADD_REACTIONS;

fn of(
    community: &Community,
    role_id: u64,
    allow: Permissions,
    deny: Permissions,
) -> CreateChannelOverride {
    CreateChannelOverride {
        community_id: community.id,
        channel_id: community.general,
        role_id,
        permissions: Some(overrides(allow, deny)),
    }
}

async fn it_is_answered_and_listed(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let role = alice.create_role(&community, NOTHING, 1).await?;
    let mut made = Vec::new();
    // Everyone is 0 as well as the community; where both name a bit, it is given.
    for (role_id, shown, allow, deny) in [
        (0, community.id, SEND, SEND | MEDIA),
        (community.id, community.id, REACT, NOTHING),
        (role, role, NOTHING, MEDIA),
    ] {
        let answer = alice.call(of(&community, role_id, allow, deny)).await?;
        let expected = ChannelOverride {
            community_id: community.id,
            channel_id: community.general,
            role_id: shown,
            permissions: Some(overrides(allow, deny - allow)),
        };
        assert_eq!(answer.r#override, Some(expected));
        made.retain(|found: &ChannelOverride| found.role_id != shown);
        made.push(expected);
    }
    let listed = alice.overrides_of(&community, community.general).await?;
    assert_eq!(listed.overrides, made);
    // Without anything, it is there and changes nothing.
    let empty = CreateChannelOverride {
        permissions: None,
        ..of(&community, role, NOTHING, NOTHING)
    };
    let answer = alice.call(empty).await?.r#override.unwrap_or_default();
    assert_eq!(answer.permissions, Some(overrides(NOTHING, NOTHING)));
    Ok(())
}

async fn those_whom_it_concerns_hear_of_it(server: Server) -> Checked {
    let people = server
        .community_of(["Alice", "Bob", "Carol", "Dave"])
        .await?;
    let (community, [mut alice, mut bob, mut carol, mut dave]) = people;
    let mut erin = server.sign_up("Erin").await;
    let everything = Permissions::ADMINISTRATOR;
    alice.promote(&community, &mut dave, everything, 2).await?;
    let role = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    let mut phone = bob.another_session().await;
    all_catch_up([&mut bob, &mut carol, &mut dave]).await?;
    let general = community.general;

    let request = of(&community, role, NOTHING, SEND);
    alice.call(request).await?;
    for session in [&mut bob, &mut phone] {
        let told = session.expect_overrides(&community, general).await;
        assert_eq!(told, (NOTHING, SEND));
    }
    // Once more, it changes nothing.
    alice.call(request).await?;
    alice.call(of(&community, 0, REACT, MEDIA)).await?;
    for session in [&mut bob, &mut phone] {
        let told = session.expect_overrides(&community, general).await;
        assert_eq!(told, (REACT, SEND | MEDIA));
    }
    let told = carol.expect_overrides(&community, general).await;
    assert_eq!(told, (REACT, MEDIA));
    assert!(bob.send(community.general(), "hello").await.is_err());
    dave.send(community.general(), "hello").await?;
    for person in [&mut alice, &mut bob, &mut phone, &mut carol, &mut dave] {
        person
            .expect::<osmium_proto::updates::UpdateMessageCreated>()
            .await;
    }
    all_are_silent([&mut alice, &mut bob, &mut phone, &mut carol, &mut erin]).await
}

async fn what_is_told_is_merged_over_roles(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let one = alice.create_role(&community, NOTHING, 1).await?;
    let other = alice.create_role(&community, NOTHING, 2).await?;
    alice.give_roles(&community, &bob, &[one, other]).await?;
    bob.catch_up().await?;
    for (role, allow, deny, told) in [
        (0, MEDIA, SEND, (MEDIA, SEND)),
        (one, SEND, MEDIA, (SEND, SEND | MEDIA)),
        (other, MEDIA, NOTHING, (SEND | MEDIA, SEND | MEDIA)),
    ] {
        alice.call(of(&community, role, allow, deny)).await?;
        let heard = bob.expect_overrides(&community, community.general).await;
        assert_eq!(heard, told);
    }
    // What one role gives, another cannot take: nothing changes for who holds both.
    alice.call(of(&community, one, SEND, MEDIA | VIEW)).await?;
    bob.expect_no_channel().await;
    alice
        .call(of(&community, other, MEDIA | VIEW, NOTHING))
        .await?;
    assert_eq!(bob.expect_channel().await, community.general);
    let heard = bob.expect_overrides(&community, community.general).await;
    assert_eq!(heard, (SEND | MEDIA | VIEW, SEND | MEDIA | VIEW));
    bob.expect_silence().await?;
    bob.send(community.general(), "hello").await?;
    Ok(())
}

async fn it_hides_and_shows_a_channel(server: Server) -> Checked {
    let people = server.community_of(["Alice", "Bob", "Carol"]).await?;
    let (community, [mut alice, mut bob, mut carol]) = people;
    let role = alice.promote(&community, &mut bob, NOTHING, 1).await?;
    carol.catch_up().await?;
    let general = community.general;
    alice.call(of(&community, 0, NOTHING, VIEW)).await?;
    assert_eq!(bob.expect_no_channel().await, general);
    assert_eq!(carol.expect_no_channel().await, general);
    alice.send(community.general(), "hidden").await?;
    alice.call(of(&community, role, VIEW, NOTHING)).await?;
    assert_eq!(bob.expect_channel().await, general);
    let told = bob.expect_overrides(&community, general).await;
    assert_eq!(told, (VIEW, VIEW));
    let messages = bob.history(community.general()).await?.messages;
    assert_eq!(messages[0].message, "hidden");
    let refused = carol.history(community.general()).await;
    assert_eq!(refused.map_err(|error| error.code).err(), Some(404));
    // To whoever does not see it, more of the same is nothing.
    alice.call(of(&community, 0, NOTHING, VIEW | SEND)).await?;
    let told = bob.expect_overrides(&community, general).await;
    assert_eq!(told, (VIEW, VIEW | SEND));
    all_are_silent([&mut bob, &mut carol]).await
}

async fn that_of_a_category_holds_in_its_channels(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let on_category = |deny: Permissions| CreateChannelOverride {
        channel_id: community.category,
        ..of(&community, 0, NOTHING, deny)
    };
    // A category has no conversation; its channel has.
    alice.call(on_category(SEND)).await?;
    let told = bob.expect_overrides(&community, community.general).await;
    assert_eq!(told, (NOTHING, SEND));
    assert!(bob.send(community.general(), "hello").await.is_err());
    alice.call(on_category(VIEW)).await?;
    assert_eq!(bob.expect_no_channel().await, community.category);
    assert_eq!(bob.expect_no_channel().await, community.general);
    all_are_silent([&mut alice, &mut bob]).await
}

async fn a_channel_has_its_own_from_here_on(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let role = alice.create_role(&community, NOTHING, 1).await?;
    let (category, general) = (community.category, community.general);
    let denied = (NOTHING, SEND);
    alice.set_override(&community, category, 0, denied).await?;
    assert!(alice.overrides_of(&community, general).await?.parent_sync);
    all_catch_up([&mut alice, &mut bob]).await?;
    // The same that it has by its category: nothing changes now, but later.
    alice.call(of(&community, 0, NOTHING, SEND)).await?;
    let own = alice.overrides_of(&community, general).await?;
    assert!(!own.parent_sync && own.overrides.len() == 1);
    alice
        .set_override(&community, category, role, denied)
        .await?;
    alice
        .set_override(&community, category, 0, (NOTHING, NOTHING))
        .await?;
    assert_eq!(alice.overrides_of(&community, general).await?, own);
    all_are_silent([&mut alice, &mut bob]).await?;
    // One more beside those that it had by its category.
    let voice = alice
        .create_channel(&community, "voice", ChannelType::Voice)
        .await?;
    alice.set_override(&community, voice, 0, denied).await?;
    assert_eq!(
        alice.overrides_of(&community, voice).await?.overrides.len(),
        1
    );
    Ok(())
}

async fn overrides_are_nothing_to_administrators_until_they_are_none(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general;
    alice.call(of(&community, 0, NOTHING, MEDIA)).await?;
    let told = bob.expect_overrides(&community, general).await;
    assert_eq!(told, (NOTHING, MEDIA));
    let everything = Permissions::ADMINISTRATOR;
    let role = alice.create_role(&community, everything, 1).await?;
    bob.catch_up().await?;
    alice.give_roles(&community, &bob, &[role]).await?;
    let told = bob.expect_overrides(&community, general).await;
    assert_eq!(told, (NOTHING, NOTHING));
    bob.catch_up().await?;
    // What changes meanwhile is told when it begins to count.
    alice.call(of(&community, 0, REACT, SEND)).await?;
    bob.expect_silence().await?;
    alice.give_roles(&community, &bob, &[]).await?;
    let told = bob.expect_overrides(&community, general).await;
    assert_eq!(told, (REACT, SEND));
    bob.catch_up().await?;
    let permissions = bob.conversation(community.general()).await?.permissions;
    assert_eq!(permissions, Some(overrides(REACT, SEND)));
    Ok(())
}

async fn it_takes_the_permission_in_the_channel(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let request = of(&community, 0, NOTHING, SEND);
    assert_eq!(bob.refused(request).await, 403);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - Permissions::MODIFY_CHANNEL;
    let role = alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(request).await, 403);
    alice.expect_silence().await?;
    // An override gives the permission in the one channel.
    let modify = Permissions::MODIFY_CHANNEL;
    let given = (modify, NOTHING);
    alice
        .set_override(&community, community.general, role, given)
        .await?;
    bob.call(request).await?;
    let elsewhere = CreateChannelOverride {
        channel_id: community.voice,
        ..request
    };
    assert_eq!(bob.refused(elsewhere).await, 403);
    // And another takes it away where one has it everywhere else.
    alice.promote(&community, &mut bob, modify, 5).await?;
    alice
        .set_override(&community, community.general, 0, (NOTHING, modify))
        .await?;
    assert_eq!(bob.refused(request).await, 403);
    bob.call(elsewhere).await?;
    Ok(())
}

async fn it_is_for_roles_below_the_caller(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let older = alice.create_role(&community, NOTHING, 5).await?;
    let modify = Permissions::MODIFY_CHANNEL;
    let own = alice.promote(&community, &mut bob, modify, 5).await?;
    let younger = alice.create_role(&community, NOTHING, 5).await?;
    let higher = alice.create_role(&community, NOTHING, 6).await?;
    for role in [older, own, higher] {
        let request = of(&community, role, NOTHING, SEND);
        assert_eq!(bob.refused(request).await, 403, "{role}");
    }
    alice.expect_silence().await?;
    for role in [younger, 0, community.id] {
        bob.call(of(&community, role, NOTHING, SEND)).await?;
    }
    // The owner stands above all.
    alice.call(of(&community, higher, NOTHING, SEND)).await?;
    Ok(())
}

async fn it_changes_what_the_caller_has(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let modify = Permissions::MODIFY_CHANNEL;
    alice.promote(&community, &mut bob, modify, 5).await?;
    let role = alice.create_role(&community, NOTHING, 1).await?;
    let lacking = Permissions::DELETE_MESSAGES;
    for (allow, deny) in [
        (lacking, NOTHING),
        (NOTHING, lacking),
        (SEND | lacking, NOTHING),
        (Permissions::from_bits_retain(1 << 40), NOTHING),
    ] {
        let request = of(&community, role, allow, deny);
        assert_eq!(bob.refused(request).await, 403, "{allow:?} {deny:?}");
    }
    alice.expect_silence().await?;
    // What is there may stay; it may be neither turned round nor taken back.
    alice.call(of(&community, role, lacking, NOTHING)).await?;
    bob.call(of(&community, role, lacking, SEND)).await?;
    for (allow, deny) in [(NOTHING, SEND), (NOTHING, SEND | lacking)] {
        let request = of(&community, role, allow, deny);
        assert_eq!(bob.refused(request).await, 403, "{allow:?} {deny:?}");
    }
    // What one is denied in the channel, one does not have there.
    alice.call(of(&community, 0, NOTHING, MEDIA)).await?;
    assert_eq!(bob.refused(of(&community, 0, NOTHING, NOTHING)).await, 403);
    bob.call(of(&community, 0, NOTHING, MEDIA | REACT)).await?;
    Ok(())
}

async fn administrators_are_made_in_the_community_alone(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let everything = Permissions::ADMINISTRATOR;
    for (allow, deny) in [(everything, NOTHING), (NOTHING, everything)] {
        let request = of(&community, 0, allow, deny);
        assert_eq!(alice.refused(request).await, 400);
    }
    all_are_silent([&mut alice, &mut bob]).await
}

async fn what_is_not_there_is_not_found(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [mut carol]) = server.community_of(["Carol"]).await?;
    let elsewhere = carol.create_role(&foreign, NOTHING, 1).await?;
    let request = of(&community, 0, NOTHING, SEND);
    assert_eq!(carol.refused(request).await, 404);
    for role in [12345, u64::MAX, elsewhere, community.general] {
        let request = of(&community, role, NOTHING, SEND);
        assert_eq!(alice.refused(request).await, 404, "{role}");
    }
    for channel_id in [0, 12345, foreign.general] {
        let request = CreateChannelOverride {
            channel_id,
            ..request
        };
        assert_eq!(alice.refused(request).await, 404, "{channel_id}");
    }
    let nowhere = CreateChannelOverride {
        community_id: 12345,
        ..request
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    all_are_silent([&mut alice, &mut bob, &mut carol]).await?;
    // A channel that one cannot view; a category that shows for what is in it.
    let modify = Permissions::MODIFY_CHANNEL;
    alice.promote(&community, &mut bob, modify, 5).await?;
    alice.call(of(&community, 0, NOTHING, VIEW)).await?;
    assert_eq!(bob.refused(request).await, 404);
    alice.call(of(&community, 0, VIEW, NOTHING)).await?;
    let hidden = (NOTHING, VIEW);
    let category = community.category;
    alice.set_override(&community, category, 0, hidden).await?;
    let on_category = CreateChannelOverride {
        channel_id: category,
        ..request
    };
    assert_eq!(bob.refused(on_category).await, 403);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    let request = of(&community, 0, NOTHING, SEND);
    server.needs_sign_in(request).await;
    Ok(())
}
