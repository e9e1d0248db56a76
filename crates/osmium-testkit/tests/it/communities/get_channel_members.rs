//! `communities.getChannelMembers`.

use osmium_core::Config;
use osmium_model::Permissions;
use osmium_proto::communities::{
    CreateRole, EditMember, GetChannelMembers, LeaveCommunity, MemberList, RemoveMembers,
};
use osmium_proto::core::Initialize;
use osmium_proto::settings::EditProfile;
use osmium_proto::types::ChannelType;
use osmium_proto::updates::member_list_entry::Entry;
use osmium_proto::updates::member_list_entry_divider::Inner;
use osmium_proto::updates::update::Update;
use osmium_proto::updates::{
    MemberListEntry, UpdateChannelDeleted, UpdateCommunityDeleted, UpdateCommunityMember,
    UpdateCommunityMemberCreated, UpdateCommunityMemberDeleted, UpdateMemberList,
    UpdateMessageCreated, UpdateUser,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::initialize;
use osmium_testkit::rules::{all_catch_up, role};
use osmium_testkit::{Community, Database, Person, Server, on_both_stores};

on_both_stores!(
    sections_stand_by_rank_and_members_by_name,
    those_who_are_not_online_come_last,
    who_may_not_view_is_not_listed,
    who_shows_a_list_is_told_when_it_changes,
    the_list_shown_last_is_told,
    who_loses_sight_of_it_is_told_no_more,
    of_very_many_the_last_are_counted,
    what_one_does_not_see_is_not_found,
    it_takes_as_many_queries_for_few_as_for_many,
    it_needs_a_sign_in,
);

/// A line of a list, as a test names it.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    Role(u64, u32),
    Online(u32),
    Offline(u32),
    Member(String),
}

use Line::{Offline, Online, Role};

fn named(name: &str) -> Line {
    Line::Member(name.to_owned())
}

fn lines(entries: Vec<MemberListEntry>) -> Vec<Line> {
    let line = |entry: MemberListEntry| match entry.entry.expect("an entry says something") {
        Entry::User(user) => {
            let name = user.user.unwrap_or_default().name;
            Line::Member(user.nickname.unwrap_or(name))
        }
        Entry::Divider(divider) => match divider.inner.expect("a divider divides") {
            Inner::RoleId(role) => Role(role, divider.member_count),
            Inner::Online(true) => Online(divider.member_count),
            Inner::Online(false) => Offline(divider.member_count),
        },
    };
    entries.into_iter().map(line).collect()
}

fn of(community: &Community, channel_id: u64) -> GetChannelMembers {
    GetChannelMembers {
        community_id: community.id,
        channel_id,
    }
}

async fn list(person: &Person, community: &Community, channel_id: u64) -> Checked<Vec<Line>> {
    let MemberList { entries } = person.call(of(community, channel_id)).await?;
    Ok(lines(entries))
}

/// The list that is told next.
async fn told(person: &mut Person, community: &Community, channel_id: u64) -> Vec<Line> {
    let told: UpdateMemberList = person.expect().await;
    assert_eq!(told.community_id, Some(community.id));
    assert_eq!(told.channel_id, channel_id);
    lines(told.entries)
}

fn nickname(community: &Community, member: &Person, nickname: &str) -> EditMember {
    EditMember {
        community_id: community.id,
        member_id: member.user_id,
        nickname: Some(nickname.to_owned()),
        role_ids: None,
    }
}

async fn section(owner: &mut Person, community: &Community, priority: u32) -> Checked<u64> {
    let request = CreateRole {
        separated: true,
        ..role(community, Permissions::empty(), priority)
    };
    owner.call(request).await?;
    owner.catch_up().await?;
    let roles = owner.roles(community).await?;
    let newest = roles.iter().map(|role| role.id).max();
    Ok(newest.expect("what was made is listed"))
}

async fn sections_stand_by_rank_and_members_by_name(server: Server) -> Checked {
    let (community, [mut alice, bob, carol, dave, erin]) = server
        .community_of(["alice", "Bob", "Carol", "dave", "Erin"])
        .await?;
    let everyone = list(&bob, &community, community.general).await?;
    let by_name = ["alice", "Bob", "Carol", "dave", "Erin"].map(named);
    assert_eq!(everyone[0], Online(5));
    assert_eq!(everyone[1..], by_name);

    let low = section(&mut alice, &community, 1).await?;
    let high = section(&mut alice, &community, 2).await?;
    let plain = alice
        .create_role(&community, Permissions::empty(), 3)
        .await?;
    // The highest that is a section counts, whatever stands above it.
    alice.give_roles(&community, &bob, &[low, plain]).await?;
    alice.give_roles(&community, &carol, &[low, high]).await?;
    alice.give_roles(&community, &dave, &[low]).await?;
    alice.give_roles(&community, &erin, &[plain]).await?;
    bob.call(nickname(&community, &bob, "Zed")).await?;
    let expected = [
        Role(high, 1),
        named("Carol"),
        Role(low, 2),
        named("dave"),
        named("Zed"),
        Online(2),
        named("alice"),
        named("Erin"),
    ];
    assert_eq!(list(&alice, &community, community.general).await?, expected);
    assert_eq!(list(&alice, &community, community.voice).await?, expected);
    Ok(())
}

async fn those_who_are_not_online_come_last(server: Server) -> Checked {
    let (community, [mut alice, bob, carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let role = section(&mut alice, &community, 1).await?;
    alice.give_roles(&community, &bob, &[role]).await?;
    alice.catch_up().await?;
    list(&alice, &community, community.general).await?;
    drop(bob);
    let mut lists = Vec::new();
    // That they went is told some seconds after it.
    while lists
        .last()
        .is_none_or(|list: &Vec<Line>| !list.contains(&Offline(1)))
    {
        lists.push(told(&mut alice, &community, community.general).await);
        assert!(lists.len() < 4, "{lists:?}");
    }
    let expected = [
        Online(2),
        named("Alice"),
        named("Carol"),
        Offline(1),
        named("Bob"),
    ];
    assert_eq!(lists.pop().unwrap_or_default(), expected);
    // It is the same for who asks now.
    assert_eq!(list(&carol, &community, community.general).await?, expected);
    Ok(())
}

async fn who_may_not_view_is_not_listed(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let staff = alice
        .create_channel(&community, "staff", ChannelType::Text)
        .await?;
    let role = alice
        .create_role(&community, Permissions::empty(), 1)
        .await?;
    let view = Permissions::VIEW_CHANNEL;
    let none = Permissions::empty();
    alice
        .set_override(&community, staff, 0, (none, view))
        .await?;
    alice
        .set_override(&community, staff, role, (view, none))
        .await?;
    alice.give_roles(&community, &bob, &[role]).await?;
    all_catch_up([&mut alice, &mut bob, &mut carol]).await?;
    let expected = [Online(2), named("Alice"), named("Bob")];
    assert_eq!(list(&bob, &community, staff).await?, expected);
    assert_eq!(list(&bob, &community, community.general).await?.len(), 4);
    assert_eq!(carol.refused(of(&community, staff)).await, 404);
    Ok(())
}

async fn who_shows_a_list_is_told_when_it_changes(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut phone = alice.another_session().await;
    list(&alice, &community, community.general).await?;
    // Changes that come together are told together.
    bob.call(nickname(&community, &bob, "Zed")).await?;
    bob.call(nickname(&community, &bob, "Ada")).await?;
    alice.expect_all::<UpdateCommunityMember>(2).await;
    let expected = [Online(2), named("Ada"), named("Alice")];
    assert_eq!(
        told(&mut alice, &community, community.general).await,
        expected
    );
    // A name, of who has no nickname here.
    bob.call(nickname(&community, &bob, "")).await?;
    let rename = EditProfile {
        name: Some("Abe".to_owned()),
        ..EditProfile::default()
    };
    bob.call(rename).await?;
    alice.expect::<UpdateCommunityMember>().await;
    alice.expect::<UpdateUser>().await;
    let expected = [Online(2), named("Abe"), named("Alice")];
    assert_eq!(
        told(&mut alice, &community, community.general).await,
        expected
    );
    // Someone comes, and goes.
    let code = alice.invite(&community).await?;
    let mut carol = server.sign_up("Carol").await;
    carol.join(&code).await?;
    alice.expect::<UpdateCommunityMemberCreated>().await;
    alice.expect::<UpdateMessageCreated>().await;
    let expected = [Online(3), named("Abe"), named("Alice"), named("Carol")];
    assert_eq!(
        told(&mut alice, &community, community.general).await,
        expected
    );
    let community_id = community.id;
    carol.call(LeaveCommunity { community_id }).await?;
    alice.expect::<UpdateCommunityMemberDeleted>().await;
    assert_eq!(
        told(&mut alice, &community, community.general).await.len(),
        3
    );
    // Nobody else asked: what the others hear is that alone.
    for person in [&mut phone, &mut bob] {
        let heard = person.heard_until_now().await?;
        let lists = heard
            .iter()
            .filter(|update| matches!(update, Update::MemberList(_)));
        assert_eq!(lists.count(), 0);
    }
    Ok(())
}

async fn the_list_shown_last_is_told(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    list(&alice, &community, community.general).await?;
    list(&alice, &community, community.voice).await?;
    bob.call(nickname(&community, &bob, "Ada")).await?;
    alice.expect::<UpdateCommunityMember>().await;
    let expected = [Online(2), named("Ada"), named("Alice")];
    assert_eq!(
        told(&mut alice, &community, community.voice).await,
        expected
    );
    // Whoever is told nothing shows no list either.
    let quiet = Initialize {
        no_subscribe: true,
        ..initialize()
    };
    let quiet = alice.another_session_with(quiet).await;
    assert_eq!(list(&quiet, &community, community.general).await?, expected);
    bob.catch_up().await?;
    bob.call(nickname(&community, &bob, "Abe")).await?;
    alice.expect::<UpdateCommunityMember>().await;
    told(&mut alice, &community, community.voice).await;
    let mut quiet = quiet;
    quiet.expect_nothing_so_far();
    Ok(())
}

async fn who_loses_sight_of_it_is_told_no_more(server: Server) -> Checked {
    let (community, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    for person in [&alice, &bob, &carol] {
        list(person, &community, community.general).await?;
    }
    let nothing = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    alice
        .set_override(&community, community.general, 0, nothing)
        .await?;
    let request = RemoveMembers {
        community_id: community.id,
        member_ids: vec![carol.user_id],
        ..RemoveMembers::default()
    };
    alice.call(request).await?;
    // The owner sees the channel still, alone; who is told of that is told after the others would be.
    let alone = loop {
        let update = alice.heard_until_now().await?;
        let list = update.into_iter().find_map(|update| match update {
            Update::MemberList(list) => Some(list),
            _ => None,
        });
        if let Some(list) = list {
            break lines(list.entries);
        }
    };
    assert_eq!(alone, [Online(1), named("Alice")]);
    assert_eq!(
        bob.expect::<UpdateChannelDeleted>()
            .await
            .channel
            .unwrap_or_default()
            .channel_id,
        community.general
    );
    carol.expect::<UpdateChannelDeleted>().await;
    carol.expect::<UpdateCommunityDeleted>().await;
    carol.expect_silence().await?;
    let heard = bob.heard_until_now().await?;
    let list = |update: &&Update| matches!(update, Update::MemberList(_));
    assert_eq!(heard.iter().filter(list).count(), 0);
    Ok(())
}

async fn of_very_many_the_last_are_counted(database: Database) -> Checked {
    let few = |config: &mut Config| config.limits.members_listed = 3;
    let server = Server::with(database, few).await;
    let (community, [mut alice, _bob, _carol, dave]) = server
        .community_of(["Alice", "Bob", "Carol", "Dave"])
        .await?;
    let role = section(&mut alice, &community, 1).await?;
    alice.give_roles(&community, &dave, &[role]).await?;
    let expected = [Role(role, 1), named("Dave"), Online(3)];
    assert_eq!(list(&alice, &community, community.general).await?, expected);
    Ok(())
}

async fn what_one_does_not_see_is_not_found(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let (foreign, [bob]) = server.community_of(["Bob"]).await?;
    assert_eq!(bob.refused(of(&community, community.general)).await, 404);
    assert_eq!(alice.refused(of(&community, foreign.general)).await, 404);
    assert_eq!(alice.refused(of(&community, 12345)).await, 404);
    let nowhere = GetChannelMembers {
        community_id: 12345,
        channel_id: community.general,
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    Ok(())
}

async fn it_takes_as_many_queries_for_few_as_for_many(server: Server) -> Checked {
    let (small, [alice, _bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (large, [carol, _dave, _erin, _frank]) = server
        .community_of(["Carol", "Dave", "Erin", "Frank"])
        .await?;
    let few = server
        .count_queries(&alice, of(&small, small.general))
        .await;
    let many = server
        .count_queries(&carol, of(&large, large.general))
        .await;
    assert_eq!(few, many);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server
        .needs_sign_in(of(&community, community.general))
        .await;
    Ok(())
}
