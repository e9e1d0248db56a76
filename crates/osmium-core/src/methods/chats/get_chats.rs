//! `chats.getChats -> chats.Chats`: a page of the caller's direct chats, saved messages and groups, the latest first.

use crate::context::Context;
use crate::conversations::{latest_messages, personal_place};
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_ports::store::ChatPage;
use osmium_proto::chats::{Chats, GetChats};
use osmium_wire::chat;

impl Method for GetChats {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Chats> {
        let user = cx.actor()?.user_id;
        let limits = cx.limits();
        let page = ChatPage {
            limit: self
                .limit
                .unwrap_or(limits.chats_default)
                .min(limits.chats_max),
            before: self.max_id.filter(|id| *id != 0),
            after: self.min_id.filter(|id| *id != 0),
        };
        let mut reader = cx.read().await?;
        let mut places = reader.chats_of(user, page).await?;
        places.retain(|place| place.chat.last_message_id.is_some());
        let messages = latest_messages(&mut *reader, &places, user).await?;
        let partners = places
            .iter()
            .filter_map(|place| place.chat.kind.partner_of(user));
        let users = cx.users(&mut *reader, partners).await?;
        let conversations = places
            .iter()
            .map(|place| chat::conversation(&place.chat, personal_place(place), user));
        Ok(Chats {
            chats: conversations.collect(),
            users,
            messages,
            ..Chats::default()
        })
    }
}
