//! `communities.editDefaultPermissions -> ()`: sets what every member may do. Needs `MODIFY_ROLES`, and every permission that
//! this adds.

use crate::communities::{record_community_changed, row};
use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Permissions};
use osmium_proto::communities::EditDefaultPermissions;

impl Method for EditDefaultPermissions {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let id = CommunityId(self.community_id);
        let permissions = Permissions::from_bits_retain(self.permissions);
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        here.require(Permissions::MODIFY_ROLES)?;
        let mut community = row(&mut tx, id).await?;
        here.require_held(permissions - community.default_permissions)?;
        if permissions == community.default_permissions {
            return Ok(());
        }
        community.default_permissions = permissions;
        tx.update_community(&community).await?;
        record_community_changed(&mut tx, community);
        tx.commit().await
    }
}
