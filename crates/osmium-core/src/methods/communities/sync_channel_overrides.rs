//! `communities.syncChannelOverrides -> ()`: a channel has the overrides of its category again, and follows them. Needs
//! `MODIFY_CHANNEL` in the channel, what that gives or takes there, and a place above the roles for which it does.

use crate::channels::record_channels_changed;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::overrides::may_change;
use osmium_model::{ChannelId, CommunityId, Permissions};
use osmium_proto::communities::SyncChannelOverrides;

impl Method for SyncChannelOverrides {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (id, channel) = (CommunityId(self.community_id), ChannelId(self.channel_id));
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        let found = here.channel_with(channel, Permissions::MODIFY_CHANNEL)?;
        let parent = found.parent_id;
        let parent = parent.ok_or_else(|| Error::invalid("The channel is in no category"))?;
        let rules = here.view.rules();
        if rules
            .channels
            .get(&channel)
            .is_some_and(|rules| rules.synced)
        {
            return Ok(());
        }
        let (before, after) = (rules.overrides(channel), rules.overrides(parent));
        may_change(&here, channel, before, after)?;
        tx.set_overrides(&[(channel, None)]).await?;
        record_channels_changed(&mut tx, id);
        tx.commit().await
    }
}
