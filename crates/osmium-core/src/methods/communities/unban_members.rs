//! `communities.unbanMembers -> ()`: lifts bans; who is not banned is passed over. Needs `REMOVE_MEMBERS`.

use crate::context::Context;
use crate::error::Result;
use crate::membership::named;
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Permissions, UserId};
use osmium_proto::communities::UnbanMembers;

impl Method for UnbanMembers {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let id = CommunityId(self.community_id);
        let users: Vec<UserId> = named(cx.limits(), &self.member_ids)?.into_iter().collect();
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        here.require(Permissions::REMOVE_MEMBERS)?;
        tx.delete_bans(id, &users).await?;
        tx.commit().await
    }
}
