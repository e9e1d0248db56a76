//! `communities.editRole -> ()`: replaces a role below the caller's highest; it stays below. Needs `MODIFY_ROLES`, and every
//! permission that the edit adds.

use crate::communities::{record_community_changed, row};
use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::roles::{check_color, check_name};
use osmium_model::{CommunityId, Permissions, Role, RoleId};
use osmium_proto::communities::EditRole;

impl Method for EditRole {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let community_id = CommunityId(self.community_id);
        let name = check_name(cx.limits(), &self.name)?;
        let (mut tx, here) = cx.begin_in(community_id, &[]).await?;
        here.require(Permissions::MODIFY_ROLES)?;
        let role = here.role_below(RoleId(self.id))?;
        let edited = Role {
            name,
            permissions: Permissions::from_bits_retain(self.permissions),
            priority: self.priority,
            color: check_color(self.color)?,
            separated: self.separated,
            public: self.public,
            ..role.clone()
        };
        here.require_above(edited.rank())?;
        here.require_held(edited.permissions - role.permissions)?;
        if edited == *role {
            return Ok(());
        }
        tx.update_role(&edited).await?;
        let community = row(&mut tx, community_id).await?;
        record_community_changed(&mut tx, community);
        tx.commit().await
    }
}
