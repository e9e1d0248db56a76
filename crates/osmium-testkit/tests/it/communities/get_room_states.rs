//! `communities.getRoomStates`.

use osmium_proto::communities::{GetRoomStates, RoomStates};
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::{Community, Server};

on_both_stores!(
    nobody_is_in_a_room,
    what_one_is_no_member_of_is_not_found,
    it_needs_a_sign_in,
);

fn of(community: &Community) -> GetRoomStates {
    GetRoomStates {
        community_id: community.id,
    }
}

async fn nobody_is_in_a_room(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    for member in [&alice, &bob] {
        assert_eq!(member.call(of(&community)).await?, RoomStates::default());
    }
    Ok(())
}

async fn what_one_is_no_member_of_is_not_found(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let carol = server.sign_up("Carol").await;
    assert_eq!(carol.refused(of(&community)).await, 404);
    for id in [0, 12345, u64::MAX, community.voice] {
        let request = GetRoomStates { community_id: id };
        assert_eq!(alice.refused(request).await, 404, "{id}");
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    server.needs_sign_in(of(&community)).await;
    Ok(())
}
