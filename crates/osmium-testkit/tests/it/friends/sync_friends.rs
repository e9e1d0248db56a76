//! `friends.syncFriends`.

use osmium_proto::friends::SyncFriends;
use osmium_testkit::contract::Checked;
use osmium_testkit::{Server, on_both_stores};

on_both_stores!(nothing_is_kept, it_needs_a_sign_in);

fn elsewhere(id: &str) -> SyncFriends {
    SyncFriends {
        platform_user_id: id.to_owned(),
        hashed_platform_user_id: vec![1; 32].into(),
        platform_user_name: Some("someone".to_owned()),
        platform: "discord".to_owned(),
        friend_ids_hashed: vec![vec![2; 32].into(); 100],
        community_ids_hashed: vec![vec![3; 32].into(); 100],
    }
}

async fn nothing_is_kept(server: Server) -> Checked {
    let (_, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(elsewhere("1")).await?;
    bob.call(elsewhere("2")).await?;
    alice.call(SyncFriends::default()).await?;
    for person in [&mut alice, &mut bob] {
        assert_eq!(person.relationships().await?, []);
        person.expect_silence().await?;
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(elsewhere("1")).await;
    Ok(())
}
