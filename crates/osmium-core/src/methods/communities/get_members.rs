//! `communities.getMembers -> communities.Members`: members by the ids of their users; those that are none are left out. Without
//! ids, the first members by id. Of more than fit into one frame, the last are left out.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::frame;
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, UserId};
use osmium_proto::communities::{GetMembers, Members};
use osmium_wire::community;
use std::collections::HashMap;

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
        let users = cx.users(&mut *reader, shown).await?;
        let mut users: HashMap<u64, _> = users.into_iter().map(|user| (user.id, user)).collect();
        let pairs = members.iter().filter_map(|member| {
            let user = users.remove(&member.user_id.0)?;
            Some((community::member(member), user))
        });
        let (members, users) = frame::first_pairs(pairs);
        Ok(Members { members, users })
    }
}
