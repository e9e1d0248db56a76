//! `communities.getRoomStates -> communities.RoomStates`: who is in which voice room of a community. There are no rooms yet.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_model::CommunityId;
use osmium_proto::communities::{GetRoomStates, RoomStates};

impl Method for GetRoomStates {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<RoomStates> {
        let mut reader = cx.read().await?;
        cx.community(&mut *reader, CommunityId(self.community_id))
            .await?;
        Ok(RoomStates::default())
    }
}
