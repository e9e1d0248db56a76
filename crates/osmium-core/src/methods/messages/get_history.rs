//! `messages.getHistory -> messages.Messages`: a page of a chat's messages, the newest first, with their authors.
//! A page of long messages has fewer of them: those nearest to where the page begins.

use crate::access::InChat;
use crate::context::Context;
use crate::error::Result;
use crate::frame;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Message, MessageId, UserId};
use osmium_ports::store::HistoryPage;
use osmium_proto::messages::get_history::Offset;
use osmium_proto::messages::{GetHistory, Messages};
use osmium_wire::{community, message};
use std::collections::BTreeSet;

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
        let authors: BTreeSet<UserId> = found.iter().map(|message| message.author_id).collect();
        let authors: Vec<UserId> = authors.into_iter().collect();
        let members = match &reached {
            InChat::Channel { community, .. } if !authors.is_empty() => {
                reader
                    .members(community.member.community_id, &authors)
                    .await?
            }
            _ => Vec::new(),
        };
        let users = match &reached {
            InChat::Channel { .. } | InChat::Group(_) => cx.users(&mut *reader, authors).await?,
            InChat::Direct(_) | InChat::Saved(_) => cx.users_met(&mut *reader, authors).await?,
        };
        let messages = found
            .iter()
            .map(|found| message::message(found, chat.kind, actor.user_id));
        Ok(Messages {
            messages: frame::nearest(messages.collect(), center(page, &found)),
            users,
            members: members.iter().map(community::member).collect(),
            reactions: Vec::new(),
        })
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
