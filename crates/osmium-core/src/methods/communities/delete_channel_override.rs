//! `communities.deleteChannelOverride -> ()`: a channel treats a role, or everyone, like the community does. Needs
//! `MODIFY_CHANNEL` in the channel, a role below the caller's highest, and what was given or taken.

use crate::channels::record_channels_changed;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::overrides::{may_change, may_override, replaced};
use osmium_model::{ChannelId, CommunityId};
use osmium_proto::communities::DeleteChannelOverride;
use osmium_wire::community;

impl Method for DeleteChannelOverride {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (id, channel) = (CommunityId(self.community_id), ChannelId(self.channel_id));
        let target = community::parse_target(id, self.role_id);
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        may_override(&here, channel, target)?;
        let rules = here.view.rules();
        let before = rules.overrides(channel);
        if before.iter().all(|found| found.target != target) {
            return Err(Error::not_found("override"));
        }
        let after = replaced(rules, channel, target, None);
        may_change(&here, channel, before, &after)?;
        tx.set_overrides(&[(channel, Some(after))]).await?;
        record_channels_changed(&mut tx, id);
        tx.commit().await
    }
}
