//! `communities.editPhoto`.

use osmium_model::Permissions;
use osmium_proto::communities::EditPhoto;
use osmium_proto::media::UploadedFileRef;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::all_are_silent;
use osmium_testkit::{Community, Server};

on_both_stores!(
    there_is_none_to_remove_and_none_can_be_set,
    it_takes_the_permission,
    it_needs_a_sign_in,
);

fn removed(community: &Community) -> EditPhoto {
    EditPhoto {
        community_id: community.id,
        file: None,
    }
}

async fn there_is_none_to_remove_and_none_can_be_set(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    alice.call(removed(&community)).await?;
    let set = EditPhoto {
        file: Some(UploadedFileRef::default()),
        ..removed(&community)
    };
    assert_eq!(alice.refused(set.clone()).await, 501);
    assert_eq!(bob.refused(set).await, 403);
    all_are_silent([&mut alice, &mut bob]).await
}

async fn it_takes_the_permission(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let carol = server.sign_up("Carol").await;
    assert_eq!(bob.refused(removed(&community)).await, 403);
    assert_eq!(carol.refused(removed(&community)).await, 404);
    let nowhere = EditPhoto {
        community_id: 12345,
        file: None,
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    let rest = Permissions::all() - Permissions::ADMINISTRATOR - Permissions::MODIFY_COMMUNITY;
    alice.promote(&community, &mut bob, rest, 5).await?;
    assert_eq!(bob.refused(removed(&community)).await, 403);
    let enough = Permissions::MODIFY_COMMUNITY;
    alice.promote(&community, &mut bob, enough, 0).await?;
    bob.call(removed(&community)).await?;
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(removed(&community)).await;
    Ok(())
}
