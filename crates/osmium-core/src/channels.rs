//! What a channel of a community must be, and where it stands.

use crate::access::InCommunity;
use crate::context::Tx;
use crate::error::{Error, Result};
use crate::texts::fits;
use osmium_model::{
    Channel, ChannelId, ChannelKind, CommunityId, CommunityRules, Event, Limits, Topic, name,
};

/// A channel's name as it is kept.
pub(crate) fn check_name(limits: &Limits, text: &str) -> Result<String> {
    let max = limits.channel_name_length;
    let invalid = || Error::invalid(format!("A channel's name has 1 to {max} characters"));
    name::trimmed(text, max).ok_or_else(invalid)
}

/// A voice region as it is kept; none if it is empty.
pub(crate) fn check_region(limits: &Limits, region: Option<&str>) -> Result<Option<String>> {
    let max = limits.channel_name_length;
    let given = region.filter(|region| !region.is_empty());
    let invalid = || Error::invalid(format!("A region's name has 1 to {max} characters"));
    given
        .map(|region| name::trimmed(region, max).ok_or_else(invalid))
        .transpose()
}

/// What a channel is about, as it is kept; none if it is empty.
pub(crate) fn check_description(limits: &Limits, text: &str) -> Result<Option<String>> {
    let max = limits.channel_description_length;
    if !fits(text, max) {
        return Err(Error::invalid(format!(
            "A channel's description has at most {max} characters"
        )));
    }
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// A channel stands at the top or in a category that the caller sees; a category stands at the top.
pub(crate) fn check_place(
    here: &InCommunity,
    kind: ChannelKind,
    parent: Option<ChannelId>,
) -> Result<()> {
    let Some(parent) = parent else { return Ok(()) };
    if here.channel(parent)?.kind != ChannelKind::Category {
        return Err(Error::invalid("The parent is not a category"));
    }
    if kind == ChannelKind::Category {
        return Err(Error::invalid("A category has no parent"));
    }
    Ok(())
}

/// The place behind all that stand under a parent.
pub(crate) fn next_position(rules: &CommunityRules, parent: Option<ChannelId>) -> u32 {
    siblings(rules, parent)
        .map(|channel| channel.position.saturating_add(1))
        .max()
        .unwrap_or(0)
}

/// The channels after one of them was given a place among those under its parent, counted from 0: it stands there, and
/// the others make room. Gives those that move, and the channel itself.
pub(crate) fn placed(rules: &CommunityRules, mut moved: Channel, place: u32) -> Vec<Channel> {
    let mut order: Vec<&Channel> = siblings(rules, moved.parent_id)
        .filter(|channel| channel.id != moved.id)
        .collect();
    order.sort_unstable_by_key(|channel| (channel.position, channel.id));
    let place = usize::try_from(place)
        .unwrap_or(usize::MAX)
        .min(order.len());
    moved.position = u32::try_from(place).unwrap_or(u32::MAX);
    let mut changed = vec![moved];
    for (position, channel) in (0..).zip(order) {
        let position = if position < place {
            position
        } else {
            position + 1
        };
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        if channel.position != position {
            changed.push(Channel {
                position,
                ..channel.clone()
            });
        }
    }
    changed
}

fn siblings(rules: &CommunityRules, parent: Option<ChannelId>) -> impl Iterator<Item = &Channel> {
    let channels = rules.channels.values().map(|rules| &rules.channel);
    channels.filter(move |channel| channel.parent_id == parent)
}

/// Records that channels of a community, or their overrides, change with this transaction.
pub(crate) fn record_channels_changed(tx: &mut Tx, community_id: CommunityId) {
    let topic = Topic::Community(community_id);
    let epoch = tx.raise_epoch(topic);
    tx.record(
        topic,
        Event::ChannelsChanged {
            community_id,
            epoch,
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::access::RuleRows;
    use osmium_model::{Permissions, UserId};
    use proptest::prelude::*;

    const COMMUNITY: CommunityId = CommunityId(1);

    fn rules(positions: &[u32]) -> CommunityRules {
        let channels = (10..).zip(positions).map(|(id, position)| {
            let channel = Channel::new(ChannelId(id), COMMUNITY, "c".into(), ChannelKind::Text);
            let position = *position;
            (
                Channel {
                    position,
                    ..channel
                },
                false,
            )
        });
        CommunityRules::new(RuleRows {
            community_id: COMMUNITY,
            epoch: 0,
            owner_id: UserId(1),
            default_permissions: Permissions::empty(),
            roles: Vec::new(),
            channels: channels.collect(),
            overrides: Vec::new(),
        })
    }

    proptest! {
        #[test]
        fn a_moved_channel_stands_where_it_was_put(
            positions in prop::collection::vec(0u32..6, 1..8), which in 0usize..8, place in 0u32..10,
        ) {
            let which = which % positions.len();
            let rules = rules(&positions);
            let id = ChannelId(10 + which as u64);
            let order_of = |rules: &[Channel]| {
                let mut order = rules.to_vec();
                order.sort_by_key(|channel| (channel.position, channel.id));
                order.iter().map(|channel| channel.id).collect::<Vec<_>>()
            };
            let before: Vec<Channel> = rules.channels.values().map(|rules| rules.channel.clone()).collect();
            let mut expected = order_of(&before);
            expected.retain(|other| *other != id);
            expected.insert((place as usize).min(expected.len()), id);

            let changed = placed(&rules, rules.channels[&id].channel.clone(), place);
            let mut after = before;
            for channel in changed {
                let at = after.iter().position(|other| other.id == channel.id).unwrap();
                after[at] = channel;
            }
            prop_assert_eq!(order_of(&after), expected);
            let mut places: Vec<u32> = after.iter().map(|channel| channel.position).collect();
            places.sort_unstable();
            prop_assert_eq!(places, (0..).take(after.len()).collect::<Vec<u32>>());
        }
    }
}
