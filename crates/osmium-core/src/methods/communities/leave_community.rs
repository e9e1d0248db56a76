//! `communities.leaveCommunity -> ()`: leaves a community. The owner cannot.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::membership::part;
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Rank, Topic};
use osmium_proto::communities::LeaveCommunity;

impl Method for LeaveCommunity {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (id, own) = (CommunityId(self.community_id), cx.actor()?.user_id);
        let (mut tx, here) = cx.begin_in(id, &[Topic::User(own)]).await?;
        if here.rank() == Rank::Owner {
            return Err(Error::invalid(
                "The owner cannot leave; delete the community",
            ));
        }
        part(&mut tx, id, &[own]).await?;
        tx.commit().await
    }
}
