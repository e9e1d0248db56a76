//! `communities.editPhoto -> ()`: changes a community's photo. Needs `MODIFY_COMMUNITY`.
//!
//! There are no files yet, and so no photo that could be removed: that succeeds, and setting one does not.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::methods::not_built::missing_part;
use osmium_model::{CommunityId, Permissions};
use osmium_proto::communities::EditPhoto;

impl Method for EditPhoto {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let mut reader = cx.read().await?;
        let here = cx
            .community(&mut *reader, CommunityId(self.community_id))
            .await?;
        here.require(Permissions::MODIFY_COMMUNITY)?;
        match self.file {
            Some(_) => Err(missing_part::<Self>()),
            None => Ok(()),
        }
    }
}
