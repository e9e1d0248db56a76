//! `communities.createChannel -> ()`: makes a channel, the last among its siblings. Needs `MODIFY_CHANNEL`.

use crate::channels::{
    check_name, check_place, check_region, next_position, record_channels_changed,
};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::{Channel, ChannelId, ChannelKind, CommunityId, Permissions};
use osmium_proto::communities::CreateChannel;

impl Method for CreateChannel {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let community = CommunityId(self.community_id);
        let kind = ChannelKind::from_number(self.r#type)
            .ok_or_else(|| Error::invalid("Unknown channel type"))?;
        let name = check_name(cx.limits(), &self.name)?;
        let preferred_region = check_region(cx.limits(), self.preferred_region.as_deref())?;
        let parent_id = self.parent_id.filter(|id| *id != 0).map(ChannelId);

        let (mut tx, here) = cx.begin_in(community, &[]).await?;
        here.require(Permissions::MODIFY_CHANNEL)?;
        check_place(&here, kind, parent_id)?;
        if here.view.rules().channels.len() >= cx.limits().channels_per_community {
            return Err(Error::too_large("The community has too many channels"));
        }
        let channel = Channel {
            position: next_position(here.view.rules(), parent_id),
            parent_id,
            preferred_region,
            ..Channel::new(ChannelId(cx.new_id()?), community, name, kind)
        };
        tx.insert_channel(&channel).await?;
        record_channels_changed(&mut tx, community);
        tx.commit().await
    }
}
