//! `communities.getChannelOverrides -> communities.ChannelOverrides`: what a channel that the caller sees changes for whom, and
//! whether it follows its category.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_model::{ChannelId, CommunityId};
use osmium_proto::communities::{ChannelOverrides, GetChannelOverrides};
use osmium_wire::community;

impl Method for GetChannelOverrides {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<ChannelOverrides> {
        let (id, channel) = (CommunityId(self.community_id), ChannelId(self.channel_id));
        let here = cx.community(&mut *cx.read().await?, id).await?;
        here.channel(channel)?;
        let rules = here.view.rules();
        let overrides = rules.overrides(channel).iter();
        Ok(ChannelOverrides {
            overrides: overrides
                .map(|found| community::channel_override(id, channel, found))
                .collect(),
            parent_sync: rules
                .channels
                .get(&channel)
                .is_some_and(|channel| channel.synced),
        })
    }
}
