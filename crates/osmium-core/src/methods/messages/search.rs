//! `messages.search -> messages.Messages`: a page of the messages that have the words of a query, the newest first, with their
//! authors: in one chat, in all channels of a community that the caller sees, or in all that they see.
//!
//! Each word has to be there, whatever its case and accents; of the last one, its beginning will do.

use crate::access::{InChat, InCommunity};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::{pages, parse};
use osmium_model::message::utf16_len;
use osmium_model::{ChannelKind, Chat, ChatId, MessageId, Permissions, SearchQuery};
use osmium_ports::Reader;
use osmium_ports::store::SearchPage;
use osmium_proto::messages::search::Offset;
use osmium_proto::messages::{Messages, Search};
use std::sync::Arc;

impl Method for Search {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEARCH;

    async fn call(self, cx: &Context) -> Result<Messages> {
        let max = cx.limits().search_length;
        if utf16_len(&self.query) > max {
            return Err(Error::too_large(format!(
                "What is searched for has at most {max} characters"
            )));
        }
        let query = SearchQuery::parse(&self.query)
            .ok_or_else(|| Error::invalid("There is no word to search for"))?;
        let page = match self.offset {
            None => SearchPage::Newest,
            Some(Offset::Before(id)) => SearchPage::Before(MessageId(id)),
            Some(Offset::Since(id)) => SearchPage::Since(MessageId(id)),
        };
        let mut reader = cx.read().await?;
        let chats = chats(cx, &mut *reader, &self).await?;
        let limit = cx.limits().search_page;
        let found = reader.search(&chats, &query, page, limit).await?;
        let kinds = chats.iter().map(|chat| (chat.id, chat.kind)).collect();
        let center = match page {
            SearchPage::Newest | SearchPage::Before(_) => 0,
            SearchPage::Since(_) => found.len().saturating_sub(1),
        };
        pages::show(cx, &mut *reader, &found, &kinds, center).await
    }
}

/// The chats to search in, those that have begun: the one that is named, or all of its community unless that one alone is meant.
async fn chats(cx: &Context, reader: &mut dyn Reader, search: &Search) -> Result<Vec<Chat>> {
    if search.chat_ref.is_none() && !search.scoped {
        return everywhere(cx, reader).await;
    }
    let actor = cx.actor()?;
    let reached = cx
        .chat(reader, parse::chat(search.chat_ref, actor)?)
        .await?;
    match reached {
        InChat::Channel { community, .. } if !search.scoped => {
            let channels = channels(&community);
            Ok(reader.chats(&channels).await?)
        }
        _ => Ok(reached.find(reader, actor).await?.into_iter().collect()),
    }
}

/// Everything that the caller sees.
async fn everywhere(cx: &Context, reader: &mut dyn Reader) -> Result<Vec<Chat>> {
    let user = cx.actor()?.user_id;
    let memberships = reader.communities_of(user).await?;
    let epochs: Vec<_> = memberships
        .iter()
        .map(|(community, _, epoch)| (community.id, *epoch))
        .collect();
    let views = cx.core.views.all_at_least(reader, &epochs).await?;
    let most = cx.limits().search_chats;
    let mut ids = reader.latest_chats_of(user, most).await?;
    for (_, member, _) in memberships {
        let of = |view: &&Arc<crate::views::View>| view.rules().community_id == member.community_id;
        if let Some(view) = views.iter().find(of).cloned() {
            let member = Arc::new(member);
            ids.extend(channels(&InCommunity { view, member }));
        }
    }
    Ok(reader.chats(&ids).await?)
}

/// The chats of the channels that a member may view.
fn channels(here: &InCommunity) -> Vec<ChatId> {
    let views = |id| {
        let grant = here.view.grant(&here.member, id);
        grant.permissions.contains(Permissions::VIEW_CHANNEL)
    };
    here.channels()
        .into_iter()
        .filter(|channel| channel.kind != ChannelKind::Category && views(channel.id))
        .map(|channel| ChatId::from(channel.id))
        .collect()
}
