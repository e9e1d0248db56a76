//! `communities.addMember -> ()`: puts a bot, or a friend of the caller's, into a community. A bot needs `MODIFY_COMMUNITY`. Other
//! people come by invites.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::membership::admit;
use crate::method::{Access, Cost, Method};
use osmium_model::relationship::Pair;
use osmium_model::{CommunityId, Permissions, Topic, UserId};
use osmium_proto::communities::AddMember;

impl Method for AddMember {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (id, added) = (CommunityId(self.community_id), UserId(self.user_id));
        let (mut tx, here) = cx.begin_in(id, &[Topic::User(added)]).await?;
        let user = tx.find_user(added).await?;
        let user = user.ok_or_else(|| Error::not_found("user"))?;
        if user.bot {
            here.require(Permissions::MODIFY_COMMUNITY)?;
        } else if tx.find_pair(here.member.user_id, added).await? != Pair::FRIENDS {
            return Err(Error::forbidden("Not a friend of yours: send an invite"));
        }
        if !tx.members(id, &[added]).await?.is_empty() {
            return Ok(());
        }
        admit(cx, &mut tx, id, user).await?;
        tx.commit().await
    }
}
