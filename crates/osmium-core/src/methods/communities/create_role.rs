//! `communities.createRole -> ()`: makes a role below the caller's highest. Needs `MODIFY_ROLES`, and every permission that
//! the role gives.

use crate::communities::{record_community_changed, row};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::roles::{check_color, check_name};
use osmium_model::{CommunityId, Permissions, Role, RoleId};
use osmium_proto::communities::CreateRole;

impl Method for CreateRole {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let community_id = CommunityId(self.community_id);
        let name = check_name(cx.limits(), &self.name)?;
        let (mut tx, here) = cx.begin_in(community_id, &[]).await?;
        here.require(Permissions::MODIFY_ROLES)?;
        if here.view.rules().roles.len() >= cx.limits().roles_per_community {
            return Err(Error::too_large("The community has too many roles"));
        }
        let role = Role {
            id: RoleId(cx.new_id()?),
            community_id,
            name,
            permissions: Permissions::from_bits_retain(self.permissions),
            priority: self.priority,
            color: check_color(self.color)?,
            separated: self.separated,
            public: self.public,
        };
        here.require_above(role.rank())?;
        here.require_held(role.permissions)?;
        tx.insert_role(&role).await?;
        let community = row(&mut tx, community_id).await?;
        record_community_changed(&mut tx, community);
        tx.commit().await
    }
}
