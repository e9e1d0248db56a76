//! `communities.createChannel -> ()`: makes a channel, the last among its siblings. Needs `MODIFY_CHANNEL`.

use crate::access::InCommunity;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::{Channel, ChannelId, ChannelKind, CommunityId, Event, Permissions, Topic, name};
use osmium_proto::communities::CreateChannel;

impl Method for CreateChannel {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let community = CommunityId(self.community_id);
        let kind = ChannelKind::from_number(self.r#type)
            .ok_or_else(|| Error::invalid("Unknown channel type"))?;
        let max = cx.limits().channel_name_length;
        let name = name::trimmed(&self.name, max)
            .ok_or_else(|| Error::invalid(format!("A channel's name has 1 to {max} characters")))?;
        let preferred_region = parse_region(self.preferred_region.as_deref(), max)?;
        let parent_id = self.parent_id.filter(|id| *id != 0).map(ChannelId);

        let topic = Topic::Community(community);
        let mut tx = cx.begin(&[topic]).await?;
        let here = cx.community(&mut *tx, community).await?;
        here.require(Permissions::MODIFY_CHANNEL)?;
        check_place(&here, kind, parent_id)?;
        if here.view.rules.channels.len() >= cx.limits().channels_per_community {
            return Err(Error::too_large("The community has too many channels"));
        }
        let channel = Channel {
            position: next_position(&here, parent_id),
            parent_id,
            preferred_region,
            ..Channel::new(ChannelId(cx.new_id()?), community, name, kind)
        };
        tx.insert_channel(&channel).await?;
        let epoch = tx.raise_epoch(topic);
        tx.record(topic, Event::ChannelChanged { channel, epoch });
        tx.commit().await
    }
}

fn parse_region(region: Option<&str>, max: usize) -> Result<Option<String>> {
    let given = region.filter(|region| !region.is_empty());
    let invalid = || Error::invalid(format!("A region's name has 1 to {max} characters"));
    given
        .map(|region| name::trimmed(region, max).ok_or_else(invalid))
        .transpose()
}

/// A channel stands at the top or in a category that the caller sees; a category stands at the top.
fn check_place(here: &InCommunity, kind: ChannelKind, parent: Option<ChannelId>) -> Result<()> {
    let Some(parent) = parent else { return Ok(()) };
    if here.channel(parent)?.kind != ChannelKind::Category {
        return Err(Error::invalid("The parent is not a category"));
    }
    if kind == ChannelKind::Category {
        return Err(Error::invalid("A category has no parent"));
    }
    Ok(())
}

fn next_position(here: &InCommunity, parent: Option<ChannelId>) -> u32 {
    let channels = here
        .view
        .rules
        .channels
        .values()
        .map(|rules| &rules.channel);
    let siblings = channels.filter(|channel| channel.parent_id == parent);
    siblings
        .map(|channel| channel.position.saturating_add(1))
        .max()
        .unwrap_or(0)
}
