//! `communities.editChannel -> ()`: changes a channel; what is absent stays. Needs `MODIFY_CHANNEL` in it.
//!
//! Who is moved to another category takes their overrides along, as their own.

use crate::access::InCommunity;
use crate::channels::{
    check_description, check_name, check_place, check_region, next_position, placed,
    record_channels_changed,
};
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Channel, ChannelId, Limits, MessageId, Permissions};
use osmium_proto::communities::EditChannel;

impl Method for EditChannel {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (community, id) = parse::channel(self.channel)?;
        let (mut tx, here) = cx.begin_in(community, &[]).await?;
        let channel = here.channel_with(id, Permissions::MODIFY_CHANNEL)?;
        let mut edited = self.edit(cx.limits(), channel.clone())?;
        if let Some(wrapper) = &self.highlighted_msg_id {
            let message = wrapper.highlighted_msg_id.filter(|id| *id != 0);
            edited.highlighted = message.map(MessageId);
            check_highlighted(&mut tx, &edited).await?;
        }
        let rules = here.view.rules();
        let moves = edited.parent_id != channel.parent_id;
        if moves {
            check_place(&here, edited.kind, edited.parent_id)?;
            edited.position = next_position(rules, edited.parent_id);
        }
        let changed = match self.position {
            Some(place) => placed(rules, edited, place),
            None => vec![edited],
        };
        if changed == [channel.clone()] {
            return Ok(());
        }
        tx.update_channels(&changed).await?;
        if moves && rules.channels.get(&id).is_some_and(|rules| rules.synced) {
            keep_overrides(&mut tx, &here, id).await?;
        }
        record_channels_changed(&mut tx, community);
        tx.commit().await
    }
}

trait Edit {
    /// The channel after the edit, but for its place and what is highlighted.
    fn edit(&self, limits: &Limits, channel: Channel) -> Result<Channel>;
}

impl Edit for EditChannel {
    fn edit(&self, limits: &Limits, mut channel: Channel) -> Result<Channel> {
        if let Some(name) = &self.name {
            channel.name = check_name(limits, name)?;
        }
        if let Some(parent) = self.parent_id {
            channel.parent_id = (parent != 0).then_some(ChannelId(parent));
        }
        if let Some(description) = &self.description {
            channel.description = check_description(limits, description)?;
        }
        if let Some(seconds) = self.slowmode_seconds {
            if seconds > limits.slowmode_seconds {
                return Err(Error::invalid(format!(
                    "Slow mode is at most {} seconds",
                    limits.slowmode_seconds
                )));
            }
            channel.slowmode_seconds = seconds;
        }
        if let Some(region) = &self.preferred_region {
            channel.preferred_region = check_region(limits, Some(region))?;
        }
        channel.explicit = self.explicit.unwrap_or(channel.explicit);
        Ok(channel)
    }
}

async fn check_highlighted(tx: &mut Tx, channel: &Channel) -> Result<()> {
    let Some(message) = channel.highlighted else {
        return Ok(());
    };
    if tx.messages(channel.id.into(), &[message]).await?.is_empty() {
        return Err(Error::not_found("message"));
    }
    Ok(())
}

/// Makes the overrides that hold in a channel its own.
async fn keep_overrides(tx: &mut Tx, here: &InCommunity, channel: ChannelId) -> Result<()> {
    let overrides = here.view.rules().overrides(channel).to_vec();
    Ok(tx.set_overrides(&[(channel, Some(overrides))]).await?)
}
