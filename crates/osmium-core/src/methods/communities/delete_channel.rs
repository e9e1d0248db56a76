//! `communities.deleteChannel -> ()`: deletes a channel and its messages. Needs `MODIFY_CHANNEL` in it.
//!
//! The channels of a deleted category stay, at the top, with the overrides that they had.

use crate::channels::{next_position, record_channels_changed};
use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Channel, ChannelId, CommunityRules, Permissions};
use osmium_ports::store::OverrideList;
use osmium_proto::communities::DeleteChannel;

impl Method for DeleteChannel {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (community, id) = parse::channel(self.channel)?;
        let (mut tx, here) = cx.begin_in(community, &[]).await?;
        here.channel_with(id, Permissions::MODIFY_CHANNEL)?;
        let rules = here.view.rules();
        let (freed, overrides) = freed(rules, id);
        if !freed.is_empty() {
            tx.update_channels(&freed).await?;
            tx.set_overrides(&overrides).await?;
        }
        tx.delete_channel(id).await?;
        let mut greets = tx.find_community(community).await?;
        if let Some(greets) = greets.as_mut().filter(|c| c.system_channel_id == Some(id)) {
            greets.system_channel_id = None;
            tx.update_community(greets).await?;
        }
        record_channels_changed(&mut tx, community);
        tx.commit().await
    }
}

/// The children of a category, at the top behind all others; and the overrides of those that had the category's.
fn freed(rules: &CommunityRules, category: ChannelId) -> (Vec<Channel>, Vec<OverrideList>) {
    let mut children: Vec<_> = rules
        .channels
        .values()
        .filter(|child| child.channel.parent_id == Some(category))
        .collect();
    children.sort_unstable_by_key(|child| (child.channel.position, child.channel.id));
    let kept = |id| (id, Some(rules.overrides(id).to_vec()));
    let overrides = children
        .iter()
        .filter(|child| child.synced)
        .map(|child| kept(child.channel.id))
        .collect();
    let freed = (next_position(rules, None)..)
        .zip(children)
        .map(|(position, child)| Channel {
            position,
            parent_id: None,
            ..child.channel.clone()
        });
    (freed.collect(), overrides)
}
