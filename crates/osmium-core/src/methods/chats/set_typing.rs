//! `chats.setTyping -> ()`: the caller types, or stops. Needs `SEND_MESSAGES` there.

use crate::access::InChat;
use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::Topic;
use osmium_model::event::Passing;
use osmium_proto::chats::SetTyping;

impl Method for SetTyping {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let reached = {
            let mut reader = cx.read().await?;
            let reached = cx
                .chat(&mut *reader, parse::chat(self.chat_ref, actor)?)
                .await?;
            reached.require_write(&mut *reader, actor).await?;
            reached
        };
        let topic = match &reached {
            InChat::Channel { community, .. } => Topic::Community(community.member.community_id),
            InChat::Group(here) => Topic::Group(here.group.id),
            InChat::Direct(direct) => Topic::User(direct.with),
            InChat::Saved(_) => return Ok(()),
        };
        let action = self.typing.then(|| self.action.unwrap_or_default());
        let chat = reached.kind(actor);
        cx.core.announcer.passing(
            topic,
            Passing::Typing {
                chat,
                user_id: actor.user_id,
                action,
            },
        );
        Ok(())
    }
}
