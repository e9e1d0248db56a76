//! `chats.addChatMember -> ()`: puts a user into a group that the caller is in. Who is in it already stays.

use crate::access::may_put_into_group;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::groups::{come_in, require_group};
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Topic, UserId};
use osmium_proto::chats::AddChatMember;

impl Method for AddChatMember {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let group = require_group(parse::chat(self.chat_ref, actor)?)?;
        let user = UserId(self.user_id);
        let mut tx = cx.begin(&[Topic::Group(group), Topic::User(user)]).await?;
        let here = cx.group(&mut *tx, group).await?;
        if here.group.member(user).is_some() {
            return Ok(());
        }
        let found = tx.find_user(user).await?;
        let found = found.ok_or_else(|| Error::not_found("user"))?;
        may_put_into_group(&mut *tx, actor.user_id, &[user]).await?;
        come_in(cx, &mut tx, here.group, found).await?;
        tx.commit().await
    }
}
