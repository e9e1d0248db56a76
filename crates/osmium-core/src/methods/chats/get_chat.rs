//! `chats.getChat -> chats.Chat`: one chat, with its latest message and who is in it.
//!
//! A direct chat need not have begun: any user can be looked at this way.

use crate::context::Context;
use crate::conversations::show;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_proto::chats::{Chat, GetChat};

impl Method for GetChat {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Chat> {
        let target = parse::chat(self.chat_ref, cx.actor()?)?;
        let mut reader = cx.read().await?;
        let reached = cx.chat(&mut *reader, target).await?;
        show(cx, &mut *reader, &reached).await
    }
}
