//! `messages.getHistory -> messages.Messages`: a page of a chat's messages, the newest first, with their authors and reactions.
//! A page of long messages has fewer of them: those nearest to where the page begins.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::{pages, parse};
use osmium_model::{Message, MessageId};
use osmium_ports::store::HistoryPage;
use osmium_proto::messages::get_history::Offset;
use osmium_proto::messages::{GetHistory, Messages};
use std::collections::HashMap;

impl Method for GetHistory {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Messages> {
        let actor = cx.actor()?;
        let page = match self.offset {
            None => HistoryPage::Newest,
            Some(Offset::Before(id)) => HistoryPage::Before(MessageId(id)),
            Some(Offset::Since(id)) => HistoryPage::Since(MessageId(id)),
            Some(Offset::Around(id)) => HistoryPage::Around(MessageId(id)),
        };
        let limits = cx.limits();
        let limit = self
            .limit
            .filter(|limit| *limit > 0)
            .unwrap_or(limits.history_default);
        let mut reader = cx.read().await?;
        let reached = cx
            .chat(&mut *reader, parse::chat(self.chat_ref, actor)?)
            .await?;
        let Some(chat) = reached.find(&mut *reader, actor).await? else {
            return Ok(Messages::default());
        };
        let found = reader
            .history(chat.id, page, limit.min(limits.history_max))
            .await?;
        let chats = HashMap::from([(chat.id, chat.kind)]);
        pages::show(cx, &mut *reader, &found, &chats, center(page, &found)).await
    }
}

/// Where in the list the page begins.
fn center(page: HistoryPage, found: &[Message]) -> usize {
    match page {
        HistoryPage::Newest | HistoryPage::Before(_) => 0,
        HistoryPage::Since(_) => found.len().saturating_sub(1),
        HistoryPage::Around(anchor) => found
            .iter()
            .take_while(|message| message.id > anchor)
            .count(),
    }
}
