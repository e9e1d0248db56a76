//! Arguments that many methods take.

use crate::error::{Error, Result};
use crate::session::Actor;
use osmium_model::{ChannelId, CommunityId};
use osmium_proto::refs::{ChannelRef, ChatRef};
use osmium_wire::{ChatTarget, reference};

/// The chat that a method is about.
pub(crate) fn chat(reference: Option<ChatRef>, actor: Actor) -> Result<ChatTarget> {
    reference::parse_chat(reference, actor.user_id)
        .ok_or_else(|| Error::invalid("chat_ref is missing"))
}

/// The channel that a method is about.
pub(crate) fn channel(reference: Option<ChannelRef>) -> Result<(CommunityId, ChannelId)> {
    let reference = reference.ok_or_else(|| Error::invalid("channel is missing"))?;
    Ok((
        CommunityId(reference.community_id),
        ChannelId(reference.channel_id),
    ))
}
