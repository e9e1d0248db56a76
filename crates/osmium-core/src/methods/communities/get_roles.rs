//! `communities.getRoles -> communities.CommunityRoles`: the roles of a community, the highest first, and what every
//! member may do. All members see all roles: members are shown with the roles that they hold.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Role};
use osmium_proto::communities::{CommunityRoles, GetRoles};
use osmium_wire::community;
use std::cmp::Reverse;

impl Method for GetRoles {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<CommunityRoles> {
        let mut reader = cx.read().await?;
        let here = cx
            .community(&mut *reader, CommunityId(self.community_id))
            .await?;
        let rules = here.view.rules();
        let mut roles: Vec<&Role> = rules.roles.values().collect();
        roles.sort_unstable_by_key(|role| Reverse(role.rank()));
        Ok(CommunityRoles {
            roles: roles.into_iter().map(community::role).collect(),
            default_permissions: rules.default_permissions.bits(),
        })
    }
}
