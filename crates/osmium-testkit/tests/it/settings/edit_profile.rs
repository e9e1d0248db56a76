//! `settings.editProfile`.

use osmium_proto::communities::CreateCommunity;
use osmium_proto::settings::EditProfile;
use osmium_proto::types::User;
use osmium_proto::updates::UpdateUser;
use osmium_proto::users::LookupUsername;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::{Person, Server};
use tokio::join;

on_both_stores!(
    everyone_who_knows_one_hears_it_once,
    a_group_in_common_is_enough,
    what_is_absent_stays,
    what_changes_nothing_is_not_told,
    a_page_is_told_of_with_its_user,
    a_handle_is_one_user_s,
    a_handle_is_taken_by_one_of_two,
    a_handle_can_be_given_up,
    what_cannot_be_is_refused_and_nothing_changes,
    it_needs_a_sign_in,
);

fn name(name: &str) -> EditProfile {
    EditProfile {
        name: Some(name.to_owned()),
        ..EditProfile::default()
    }
}

fn handle(username: &str) -> EditProfile {
    EditProfile {
        username: Some(username.to_owned()),
        ..EditProfile::default()
    }
}

/// The user in the update that comes next.
async fn told(person: &mut Person) -> User {
    let told: UpdateUser = person.expect().await;
    let user = told.user.unwrap_or_default();
    assert_eq!(told.user_id, user.id);
    user
}

/// The user as the handle leads to them.
async fn found(person: &Person, username: &str) -> Checked<User> {
    let username = username.to_owned();
    let found = person.call(LookupUsername { username }).await?;
    Ok(found.user.unwrap_or_default())
}

async fn everyone_who_knows_one_hears_it_once(server: Server) -> Checked {
    let (first, [mut alice, mut bob, mut carol]) =
        server.community_of(["Alice", "Bob", "Carol"]).await?;
    let mut phone = alice.another_session().await;
    let mut stranger = server.sign_up("Dave").await;
    // Bob shares two communities and a direct chat with Alice.
    let second = alice.create_community("Second").await?;
    bob.join(&alice.invite(&second).await?).await?;
    alice.send(bob.chat(), "hello").await?;
    // A direct chat alone is enough: Carol has left nothing else in common when she has a community of her own.
    carol.send(alice.chat(), "hello").await?;
    for person in [&mut alice, &mut bob, &mut carol, &mut phone] {
        person.catch_up().await?;
    }

    let edit = EditProfile {
        name: Some(" Alicia ".to_owned()),
        username: Some("@Alicia".to_owned()),
        icon: Some(77),
        color: Some(0x12_3456),
        ..EditProfile::default()
    };
    alice.call(edit).await?;
    for person in [&mut alice, &mut phone, &mut bob, &mut carol] {
        let user = told(person).await;
        assert_eq!(user.name, "Alicia");
        assert_eq!(user.username.as_deref(), Some("alicia"));
        assert_eq!((user.icon, user.color), (Some(77), Some(0x12_3456)));
        person.expect_silence().await?;
    }
    stranger.expect_silence().await?;
    // Messages show it from here on.
    alice.send(first.general(), "hello").await?;
    let created: osmium_proto::updates::UpdateMessageCreated = bob.expect().await;
    assert_eq!(created.author.unwrap_or_default().name, "Alicia");
    Ok(())
}

async fn a_group_in_common_is_enough(server: Server) -> Checked {
    let (group, [mut alice, bob]) = server.group_of_strangers(["Alice", "Bob"]).await?;
    bob.call(name("Bobby")).await?;
    assert_eq!(told(&mut alice).await.name, "Bobby");
    bob.remove_member(group, bob.user_id).await?;
    alice.catch_up().await?;
    bob.call(name("Robert")).await?;
    alice.expect_silence().await
}

async fn what_is_absent_stays(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let all = EditProfile {
        username: Some("alice".to_owned()),
        icon: Some(77),
        color: Some(0x12_3456),
        ..EditProfile::default()
    };
    alice.call(all).await?;
    alice.call(name("Alicia")).await?;
    let user = found(&alice, "alice").await?;
    assert_eq!(user.name, "Alicia");
    assert_eq!((user.icon, user.color), (Some(77), Some(0x12_3456)));
    // An icon is taken away by 0.
    let without = EditProfile {
        icon: Some(0),
        ..EditProfile::default()
    };
    alice.call(without).await?;
    let user = found(&alice, "alice").await?;
    assert_eq!((user.icon, user.color), (None, Some(0x12_3456)));
    Ok(())
}

async fn what_changes_nothing_is_not_told(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(EditProfile::default()).await?;
    alice.call(name("Alice")).await?;
    alice.call(handle("")).await?;
    alice.expect_silence().await?;
    bob.expect_silence().await
}

async fn a_page_is_told_of_with_its_user(server: Server) -> Checked {
    let (_, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let edit = EditProfile {
        bio: Some("likes engines".to_owned()),
        ..EditProfile::default()
    };
    alice.call(edit).await?;
    assert_eq!(told(&mut bob).await.name, "Alice");
    bob.expect_silence().await
}

async fn a_handle_is_one_user_s(server: Server) -> Checked {
    let [mut alice, bob] = [server.sign_up("Alice").await, server.sign_up("Bob").await];
    bob.call(handle("ada")).await?;
    for taken in ["ada", "ADA", "@Ada"] {
        assert_eq!(alice.refused(handle(taken)).await, 409, "{taken}");
    }
    alice.expect_silence().await?;
    // Its own may be set again.
    bob.call(handle("Ada")).await?;
    // Communities have a namespace of their own.
    let community = CreateCommunity {
        name: "ada".to_owned(),
    };
    alice.call(community).await?;
    Ok(())
}

async fn a_handle_is_taken_by_one_of_two(server: Server) -> Checked {
    let [alice, bob] = [server.sign_up("Alice").await, server.sign_up("Bob").await];
    let (first, second) = join!(alice.call(handle("ada")), bob.call(handle("ada")));
    let codes = [first, second].map(|outcome| outcome.err().map(|error| error.code));
    let (winner, refused) = if codes[0].is_none() {
        (&alice, codes[1])
    } else {
        (&bob, codes[0])
    };
    assert_eq!(refused, Some(409));
    assert_eq!(found(&alice, "ada").await?.id, winner.user_id);
    Ok(())
}

async fn a_handle_can_be_given_up(server: Server) -> Checked {
    let [mut alice, bob] = [server.sign_up("Alice").await, server.sign_up("Bob").await];
    alice.call(handle("ada")).await?;
    assert_eq!(told(&mut alice).await.username.as_deref(), Some("ada"));
    alice.call(handle("")).await?;
    assert_eq!(told(&mut alice).await.username, None);
    bob.call(handle("ada")).await?;
    assert_eq!(found(&alice, "ada").await?.id, bob.user_id);
    Ok(())
}

async fn what_cannot_be_is_refused_and_nothing_changes(server: Server) -> Checked {
    let mut alice = server.sign_up("Alice").await;
    let long = "x".repeat(33);
    for bad in ["a", "@", "a b", "ä_b", "a\0b", &long] {
        assert_eq!(alice.refused(handle(bad)).await, 400, "{bad:?}");
    }
    for bad in ["", " ", "A\u{7}", &"x".repeat(65)] {
        assert_eq!(alice.refused(name(bad)).await, 400, "{bad:?}");
    }
    let other = EditProfile {
        name: Some("Alicia".to_owned()),
        ..EditProfile::default()
    };
    for bad in [
        EditProfile {
            color: Some(0x100_0000),
            ..other.clone()
        },
        EditProfile {
            theme_color: Some(1 << 48),
            ..other.clone()
        },
        EditProfile {
            bio: Some("x".repeat(1001)),
            ..other.clone()
        },
        EditProfile {
            bio: Some("a\0b".to_owned()),
            ..other
        },
    ] {
        assert_eq!(alice.refused(bad.clone()).await, 400, "{bad:?}");
    }
    alice.expect_silence().await?;
    alice.call(handle(&long[1..])).await?;
    assert_eq!(told(&mut alice).await.name, "Alice");
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(name("Alice")).await;
    Ok(())
}
