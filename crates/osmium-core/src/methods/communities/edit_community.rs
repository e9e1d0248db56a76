//! `communities.editCommunity -> ()`: changes a community's name and handle; what is absent stays. Needs `MODIFY_COMMUNITY`.

use crate::accounts::parse_username;
use crate::communities::{check_name, record_community_changed, row};
use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Permissions};
use osmium_proto::communities::EditCommunity;

impl Method for EditCommunity {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let id = CommunityId(self.community_id);
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        here.require(Permissions::MODIFY_COMMUNITY)?;
        let community = row(&mut tx, id).await?;
        let mut edited = community.clone();
        if let Some(name) = &self.name {
            edited.name = check_name(cx.limits(), name)?;
        }
        if let Some(username) = &self.username {
            edited.username = parse_username(username)?;
        }
        if edited == community {
            return Ok(());
        }
        tx.update_community(&edited).await?;
        record_community_changed(&mut tx, edited);
        tx.commit().await
    }
}
