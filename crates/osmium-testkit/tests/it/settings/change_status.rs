//! `settings.changeStatus`.

use osmium_proto::messages::GetHistory;
use osmium_proto::settings::{ChangeStatus, EditProfile, GetMfaMethods};
use osmium_proto::types::UserStatus;
use osmium_proto::types::user_status::activity::ActivityType;
use osmium_proto::types::user_status::{Activity, Status};
use osmium_proto::updates::{UpdateUser, UpdateUserStatus, UpdateUserStatusBatch};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::{Community, Person, Server};
use std::time::Duration;

on_both_stores!(
    those_who_know_one_see_it,
    a_group_in_common_is_enough,
    lists_show_it,
    sessions_are_merged,
    the_invisible_look_offline_to_others_alone,
    what_others_do_not_see_they_do_not_hear,
    the_newest_clients_hear_it_in_a_batch,
    one_is_offline_when_the_last_connection_has_been_closed_for_a_while,
    activities_are_few_and_brief,
    it_needs_a_sign_in,
);

fn be(status: Status) -> ChangeStatus {
    doing(status, Vec::new())
}

fn doing(status: Status, activities: Vec<Activity>) -> ChangeStatus {
    ChangeStatus {
        status: status.into(),
        activities,
        last_active: None,
    }
}

fn activity(title: &str) -> Activity {
    Activity {
        title: title.to_owned(),
        r#type: ActivityType::Playing.into(),
        start_time: 1_780_000_000_000,
        end_time: None,
        state: Some("level 3".to_owned()),
    }
}

/// The status of `of` that `person` is told next; offline is none.
async fn told(person: &mut Person, of: &Person) -> Option<(Status, Vec<String>)> {
    loop {
        let told: UpdateUserStatus = person.expect_status().await;
        if told.user_id == of.user_id {
            return seen(told.status);
        }
    }
}

/// What a status says; offline is none.
fn seen(status: Option<UserStatus>) -> Option<(Status, Vec<String>)> {
    let status = status?;
    status.status?;
    let titles = status.activities.iter().map(|a| a.title.clone());
    Some((status.status(), titles.collect()))
}

/// The status of an author of `general`, as a list shows it to `viewer`.
async fn listed(
    viewer: &Person,
    community: &Community,
    of: &Person,
) -> Checked<Option<(Status, Vec<String>)>> {
    let history = GetHistory {
        chat_ref: Some(community.general()),
        ..GetHistory::default()
    };
    let users = viewer.call(history).await?.users;
    let user = users.into_iter().find(|user| user.id == of.user_id);
    Ok(seen(user.expect("an author is listed").status))
}

async fn those_who_know_one_see_it(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut phone = alice.another_session().await;
    let mut stranger = server.sign_up("Dave").await;
    let game = activity("Chess");
    alice.call(doing(Status::Idle, vec![game.clone()])).await?;
    for person in [&mut bob, &mut phone, &mut alice] {
        loop {
            let told: UpdateUserStatus = person.expect_status().await;
            let status = told.status.unwrap_or_default();
            // What came before is that everyone went online.
            if status.activities.is_empty() {
                continue;
            }
            // The other session is still online.
            assert_eq!(status.status, Some(Status::Online.into()));
            assert_eq!(status.activities, std::slice::from_ref(&game));
            break;
        }
    }
    stranger.expect_silence().await
}

async fn a_group_in_common_is_enough(server: Server) -> Checked {
    let (_, [mut alice, bob]) = server.group_of_strangers(["Alice", "Bob"]).await?;
    bob.call(be(Status::Idle)).await?;
    assert_eq!(told(&mut alice, &bob).await, Some((Status::Idle, vec![])));
    Ok(())
}

async fn lists_show_it(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "hello").await?;
    let online = Some((Status::Online, Vec::new()));
    assert_eq!(listed(&bob, &community, &alice).await?, online);
    let request = doing(Status::Idle, vec![activity("Chess"), activity("Go")]);
    alice.call(request).await?;
    let idle = Some((Status::Idle, vec!["Chess".to_owned(), "Go".to_owned()]));
    assert_eq!(listed(&bob, &community, &alice).await?, idle);
    // It replaces what was said before.
    alice.call(be(Status::Online)).await?;
    assert_eq!(listed(&bob, &community, &alice).await?, online);
    Ok(())
}

async fn sessions_are_merged(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "hello").await?;
    let phone = alice.another_session().await;
    let status = async || listed(&bob, &community, &alice).await;
    let titles = |titles: &[&str]| titles.iter().map(|&t| t.to_owned()).collect::<Vec<_>>();

    alice
        .call(doing(Status::Idle, vec![activity("Chess")]))
        .await?;
    let merged = Some((Status::Online, titles(&["Chess"])));
    assert_eq!(status().await?, merged);
    // The same activity of two sessions is one.
    let both = vec![activity("Chess"), activity("Go")];
    phone.call(doing(Status::Idle, both)).await?;
    let (availability, mut activities) = status().await?.expect("not offline");
    activities.sort();
    assert_eq!(availability, Status::Idle);
    assert_eq!(activities, titles(&["Chess", "Go"]));
    // Hiding wins.
    phone.call(be(Status::Invisible)).await?;
    assert_eq!(status().await?, None);
    Ok(())
}

async fn the_invisible_look_offline_to_others_alone(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "hello").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    alice.call(be(Status::Idle)).await?;
    while told(&mut bob, &alice).await != Some((Status::Idle, Vec::new())) {}

    alice.call(be(Status::Invisible)).await?;
    assert_eq!(told(&mut bob, &alice).await, None);
    let alice_herself = Person::another_session(&alice).await;
    while told(&mut alice, &alice_herself).await != Some((Status::Invisible, Vec::new())) {}
    let invisible = Some((Status::Invisible, Vec::new()));
    assert_eq!(listed(&alice, &community, &alice).await?, invisible);
    assert_eq!(listed(&bob, &community, &alice).await?, None);

    alice.catch_up().await?;
    bob.catch_up().await?;
    let profile = EditProfile {
        name: Some("Alicia".to_owned()),
        ..EditProfile::default()
    };
    alice.call(profile).await?;
    for (person, status) in [(&mut alice, Some(Status::Invisible)), (&mut bob, None)] {
        let told: UpdateUser = person.expect().await;
        let user = told.user.unwrap_or_default();
        assert_eq!(user.status.map(|seen| seen.status()), status);
    }

    alice.call(be(Status::Online)).await?;
    assert_eq!(
        told(&mut bob, &alice).await,
        Some((Status::Online, Vec::new()))
    );
    Ok(())
}

async fn what_others_do_not_see_they_do_not_hear(server: Server) -> Checked {
    let (_, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(be(Status::Invisible)).await?;
    while told(&mut bob, &alice).await.is_some() {}
    // Whoever hides does things unseen: another session comes, and says what it plays.
    let phone = alice.another_session().await;
    let request = doing(Status::Invisible, vec![activity("Chess")]);
    phone.call(request).await?;
    let request = doing(Status::Invisible, vec![activity("Go")]);
    alice.call(request.clone()).await?;
    // The next that Bob is told of her is that she shows herself again.
    phone.call(be(Status::Online)).await?;
    alice.call(be(Status::Online)).await?;
    let (status, activities) = told(&mut bob, &alice).await.expect("not offline");
    assert_eq!((status, activities.len()), (Status::Online, 0));
    Ok(())
}

async fn the_newest_clients_hear_it_in_a_batch(server: Server) -> Checked {
    let (_, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let mut newest = bob.another_session().await;
    alice.call(be(Status::Idle)).await?;
    while told(&mut newest, &alice).await != Some((Status::Idle, Vec::new())) {}

    // A method of the newest generation, whether or not it is built.
    assert_eq!(newest.refused(GetMfaMethods {}).await, 501);
    alice.call(be(Status::Online)).await?;
    let batch: UpdateUserStatusBatch = newest.expect_status().await;
    let [update] = &batch.updates[..] else {
        panic!("one status is due: {batch:?}");
    };
    assert_eq!(update.user_id, alice.user_id);
    let status = seen(update.status.clone());
    assert_eq!(status, Some((Status::Online, Vec::new())));
    // Never both: the next is of the next change.
    alice.call(be(Status::Invisible)).await?;
    let batch: UpdateUserStatusBatch = newest.expect_status().await;
    assert_eq!(seen(batch.updates[0].status.clone()), None);
    // Other sessions hear it as ever.
    while told(&mut bob, &alice).await.is_some() {}
    Ok(())
}

async fn one_is_offline_when_the_last_connection_has_been_closed_for_a_while(
    server: Server,
) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "hello").await?;
    alice.catch_up().await?;
    bob.catch_up().await?;
    let phone = alice.another_session().await;
    alice.call(be(Status::Idle)).await?;
    phone.call(be(Status::Idle)).await?;
    while told(&mut bob, &alice).await != Some((Status::Idle, Vec::new())) {}

    phone.connection().close().await;
    alice.connection().close().await;
    // Both are in their grace, or about to be.
    let idle = Some((Status::Idle, Vec::new()));
    assert_eq!(listed(&bob, &community, &alice).await?, idle);
    server.clock().advance(Duration::from_secs(6));
    assert_eq!(told(&mut bob, &alice).await, None);
    assert_eq!(listed(&bob, &community, &alice).await?, None);
    Ok(())
}

async fn activities_are_few_and_brief(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.send(community.general(), "hello").await?;
    let long = "x".repeat(129);
    let with = |activity| doing(Status::Online, vec![activity]);
    assert_eq!(alice.refused(with(activity(&long))).await, 413);
    let state = Activity {
        state: Some(long),
        ..activity("Chess")
    };
    assert_eq!(alice.refused(with(state)).await, 413);
    let many = vec![activity("Chess"); 9];
    assert_eq!(alice.refused(doing(Status::Online, many)).await, 413);
    let unknown = Activity {
        r#type: 9,
        ..activity("Chess")
    };
    assert_eq!(alice.refused(with(unknown)).await, 400);
    let unknown = ChangeStatus {
        status: 2,
        ..be(Status::Online)
    };
    assert_eq!(alice.refused(unknown).await, 400);
    let online = Some((Status::Online, Vec::new()));
    assert_eq!(listed(&bob, &community, &alice).await?, online);
    let longest = "😀".repeat(64);
    alice.call(with(activity(&longest))).await?;
    let playing = Some((Status::Online, vec![longest]));
    assert_eq!(listed(&bob, &community, &alice).await?, playing);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(be(Status::Idle)).await;
    Ok(())
}
