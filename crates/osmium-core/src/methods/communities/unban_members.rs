//! `communities.unbanMembers -> ()`: lifts bans; who is not banned is passed over. Needs `REMOVE_MEMBERS`.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Permissions, UserId};
use osmium_proto::communities::UnbanMembers;

impl Method for UnbanMembers {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (id, max) = (CommunityId(self.community_id), cx.limits().members_named);
        if self.member_ids.len() > max {
            return Err(Error::too_large(format!(
                "At most {max} members can be named at once"
            )));
        }
        let users: Vec<UserId> = self.member_ids.into_iter().map(UserId).collect();
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        here.require(Permissions::REMOVE_MEMBERS)?;
        tx.delete_bans(id, &users).await?;
        tx.commit().await
    }
}
