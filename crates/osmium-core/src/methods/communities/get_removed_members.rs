//! `communities.getRemovedMembers -> communities.RemovedMembers`: the bans in force, the latest first. Needs
//! `REMOVE_MEMBERS`. Of very many, the earliest are left out.

use crate::context::Context;
use crate::error::Result;
use crate::frame;
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Permissions};
use osmium_proto::communities::{GetRemovedMembers, RemovedMembers};
use osmium_wire::community;
use std::collections::HashMap;

impl Method for GetRemovedMembers {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<RemovedMembers> {
        let id = CommunityId(self.community_id);
        let mut reader = cx.read().await?;
        let here = cx.community(&mut *reader, id).await?;
        here.require(Permissions::REMOVE_MEMBERS)?;
        let bans = reader.bans(id, cx.now(), cx.limits().bans_listed).await?;
        let banned = bans.iter().map(|ban| ban.user_id);
        let users = cx.users(&mut *reader, banned).await?;
        let mut users: HashMap<u64, _> = users.into_iter().map(|user| (user.id, user)).collect();
        let removed = bans
            .iter()
            .map(|ban| community::removed(ban, users.remove(&ban.user_id.0)));
        Ok(RemovedMembers {
            members: frame::first(removed),
        })
    }
}
