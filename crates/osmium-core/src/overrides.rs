//! Changing the overrides of channels: who may, and what of them is kept.

use crate::access::{InCommunity, require_held};
use crate::error::{Error, Result};
use osmium_model::{ChannelId, CommunityRules, Override, OverrideTarget, Permissions};

/// Requires that the caller may change overrides in a channel for someone: they may modify the channel, and a role is
/// below their highest.
pub(crate) fn may_override(
    here: &InCommunity,
    channel: ChannelId,
    target: OverrideTarget,
) -> Result<()> {
    here.channel_with(channel, Permissions::MODIFY_CHANNEL)?;
    match target {
        OverrideTarget::Everyone => Ok(()),
        OverrideTarget::Role(role) => here.role_below(role).map(drop),
    }
}

/// Requires that the caller may change what overrides of a channel treat otherwise after than before: they have each such
/// permission in the channel, because nobody gives what they lack, nor gives it back by no longer taking it away; and the
/// roles are below their highest.
pub(crate) fn may_change(
    here: &InCommunity,
    channel: ChannelId,
    before: &[Override],
    after: &[Override],
) -> Result<()> {
    let of = |list: &[Override], target| {
        let found = list.iter().find(|found| found.target == target);
        found.map_or_else(Default::default, |found| (found.allow, found.deny))
    };
    let mut changed = Permissions::empty();
    for target in before.iter().chain(after).map(|found| found.target) {
        let ((allow, deny), (allows, denies)) = (of(before, target), of(after, target));
        let bits = (allow ^ allows) | (deny ^ denies);
        if let OverrideTarget::Role(role) = target
            && !bits.is_empty()
        {
            here.role_below(role)?;
        }
        changed |= bits;
    }
    if changed.contains(Permissions::ADMINISTRATOR) {
        return Err(Error::invalid("ADMINISTRATOR holds everywhere or nowhere"));
    }
    require_held(here.view.grant(&here.member, channel).permissions, changed)
}

/// The overrides of a channel with that of one target replaced, or removed.
pub(crate) fn replaced(
    rules: &CommunityRules,
    channel: ChannelId,
    target: OverrideTarget,
    by: Option<Override>,
) -> Vec<Override> {
    let others = rules.overrides(channel).iter().copied();
    others
        .filter(|found| found.target != target)
        .chain(by)
        .collect()
}
