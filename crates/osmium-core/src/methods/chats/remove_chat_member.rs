//! `chats.removeChatMember -> ()`: takes someone out of a group, which is for its owner; oneself, which is to leave.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::groups::{leave, require_group};
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Topic, UserId};
use osmium_proto::chats::RemoveChatMember;

impl Method for RemoveChatMember {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let group = require_group(parse::chat(self.chat_ref, actor)?)?;
        let user = UserId(self.user_id);
        let mut tx = cx.begin(&[Topic::Group(group), Topic::User(user)]).await?;
        let here = cx.group(&mut *tx, group).await?;
        if user != actor.user_id {
            here.require_owner()?;
        }
        if here.group.member(user).is_none() {
            return Err(Error::not_found("member"));
        }
        leave(cx, &mut tx, here.group, user).await?;
        tx.commit().await
    }
}
