//! `communities.deleteCommunity -> ()`: deletes a community and everything in it. For the owner alone.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Event, Rank, Topic};
use osmium_proto::communities::DeleteCommunity;

impl Method for DeleteCommunity {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::HEAVY;

    async fn call(self, cx: &Context) -> Result<()> {
        let id = CommunityId(self.community_id);
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        if here.rank() != Rank::Owner {
            return Err(Error::forbidden("Only the owner can delete a community"));
        }
        tx.delete_community(id).await?;
        // What is posted by an older view of the rules is looked at again, and finds nothing.
        tx.raise_epoch(Topic::Community(id));
        tx.record(
            Topic::Community(id),
            Event::CommunityDeleted { community_id: id },
        );
        tx.commit().await
    }
}
