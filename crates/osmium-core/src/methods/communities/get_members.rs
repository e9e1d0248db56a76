//! `communities.getMembers -> communities.Members`: members by the ids of their users; those that are none are left out. Without
//! ids, the first members by id.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, UserId};
use osmium_proto::communities::{GetMembers, Members};
use osmium_wire::community;

impl Method for GetMembers {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Members> {
        let (id, max) = (CommunityId(self.community_id), cx.limits().members_listed);
        if self.member_ids.len() > max as usize {
            return Err(Error::too_large(format!(
                "At most {max} members can be shown at once"
            )));
        }
        let mut reader = cx.read().await?;
        cx.community(&mut *reader, id).await?;
        let members = if self.member_ids.is_empty() {
            reader.member_page(id, UserId(0), max).await?
        } else {
            let named: Vec<UserId> = self.member_ids.into_iter().map(UserId).collect();
            reader.members(id, &named).await?
        };
        let shown = members.iter().map(|member| member.user_id);
        Ok(Members {
            users: cx.users(&mut *reader, shown).await?,
            members: members.iter().map(community::member).collect(),
        })
    }
}
