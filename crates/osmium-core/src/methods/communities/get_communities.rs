//! `communities.getCommunities -> communities.Communities`: the caller's communities, with what is unread in each.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_model::{ChannelId, CommunityId};
use osmium_proto::communities::{Communities, GetCommunities};
use osmium_wire::community::{self, Standing};
use std::collections::HashMap;

impl Method for GetCommunities {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Communities> {
        let user = cx.actor()?.user_id;
        let mut reader = cx.read().await?;
        let memberships = reader.communities_of(user).await?;
        let unread = reader.unread_channels(user).await?;
        let epochs: Vec<_> = memberships
            .iter()
            .map(|(here, _, epoch)| (here.id, *epoch))
            .collect();
        let views = &cx.core.views;
        let views = views.all_at_least(&mut *reader, &epochs).await?;
        let views: HashMap<_, _> = views
            .iter()
            .map(|view| (view.rules().community_id, view))
            .collect();

        let mut counts: HashMap<CommunityId, (u32, u32)> = HashMap::new();
        let members: HashMap<_, _> = memberships
            .iter()
            .map(|(here, member, _)| (here.id, member))
            .collect();
        for channel in unread {
            let (Some(view), Some(member)) = (
                views.get(&channel.community_id),
                members.get(&channel.community_id),
            ) else {
                continue;
            };
            if view.sees(member, ChannelId(channel.chat_id.0)) {
                let count = counts.entry(channel.community_id).or_default();
                count.0 = count.0.saturating_add(channel.messages);
                count.1 = count.1.saturating_add(channel.mentions);
            }
        }
        let mut answer = Communities::default();
        for (here, member, _) in &memberships {
            let Some(view) = views.get(&here.id) else {
                continue;
            };
            let standing = Standing::of(here, member, view.in_community(member));
            let (unread, mentions) = counts.get(&here.id).copied().unwrap_or_default();
            answer
                .communities
                .push(community::community(here, standing));
            answer
                .community_user_info
                .push(community::user_info(here.id, unread, mentions));
        }
        Ok(answer)
    }
}
