//! `messages.getUnreadMentions -> messages.UnreadMentions`: the unread messages of a chat that mention the caller or answer
//! them, the newest first.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_proto::messages::{GetUnreadMentions, UnreadMentions};

impl Method for GetUnreadMentions {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<UnreadMentions> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let mut reader = cx.read().await?;
        let reached = cx.chat(&mut *reader, target).await?;
        let Some(chat) = reached.find(&mut *reader, actor).await? else {
            return Ok(UnreadMentions::default());
        };
        let place = reader.places(actor.user_id, &[chat.id]).await?.pop();
        let read = place.map_or(0, |place| place.read.ordinal);
        let listed = cx.limits().mentions_listed;
        let ids = reader
            .mentions_after(actor.user_id, chat.id, read, listed)
            .await?;
        Ok(UnreadMentions {
            message_ids: ids.into_iter().map(|id| id.0).collect(),
        })
    }
}
