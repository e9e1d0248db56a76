//! `communities.createChannelOverride -> communities.ChannelOverride`: makes or replaces what a channel changes for a role or
//! for everyone. Needs `MODIFY_CHANNEL` in the channel, a role below the caller's highest, and what is given or taken.
//!
//! A channel that had the overrides of its category has its own from here on. Those of a category hold in its synced
//! channels, too.

use crate::channels::record_channels_changed;
use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::overrides::{may_change, may_override, replaced};
use osmium_model::{ChannelId, CommunityId, Override};
use osmium_proto::communities::{ChannelOverride, CreateChannelOverride};
use osmium_wire::community;

impl Method for CreateChannelOverride {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<ChannelOverride> {
        let (id, channel) = (CommunityId(self.community_id), ChannelId(self.channel_id));
        let target = community::parse_target(id, self.role_id);
        let (allow, deny) = community::parse_overrides(self.permissions);
        let made = Override {
            target,
            allow,
            deny,
        };
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        may_override(&here, channel, target)?;
        let rules = here.view.rules();
        let before = rules.overrides(channel);
        let after = replaced(rules, channel, target, Some(made));
        may_change(&here, channel, before, &after)?;
        // Those of its category would not stay what they are.
        let synced = rules.channels.get(&channel);
        if !before.contains(&made) || synced.is_some_and(|rules| rules.synced) {
            tx.set_overrides(&[(channel, Some(after))]).await?;
            record_channels_changed(&mut tx, id);
            tx.commit().await?;
        }
        Ok(ChannelOverride {
            r#override: Some(community::channel_override(id, channel, &made)),
        })
    }
}
