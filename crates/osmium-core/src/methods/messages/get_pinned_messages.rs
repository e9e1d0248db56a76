//! `messages.getPinnedMessages -> messages.Messages`: the pinned messages of a chat, the last pinned first, with their authors.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::{pages, parse};
use osmium_proto::messages::{GetPinnedMessages, Messages};
use std::collections::HashMap;

impl Method for GetPinnedMessages {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Messages> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let mut reader = cx.read().await?;
        let reached = cx.chat(&mut *reader, target).await?;
        let Some(chat) = reached.find(&mut *reader, actor).await? else {
            return Ok(Messages::default());
        };
        let pinned = reader.pinned(chat.id, cx.limits().pins_per_chat).await?;
        let chats = HashMap::from([(chat.id, chat.kind)]);
        pages::show(cx, &mut *reader, &pinned, &chats, 0).await
    }
}
