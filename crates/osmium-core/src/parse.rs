//! Arguments that many methods take.

use crate::error::{Error, Result};
use crate::session::Actor;
use osmium_proto::refs::ChatRef;
use osmium_wire::{ChatTarget, reference};

/// The chat that a method is about.
pub(crate) fn chat(reference: Option<ChatRef>, actor: Actor) -> Result<ChatTarget> {
    reference::parse_chat(reference, actor.user_id)
        .ok_or_else(|| Error::invalid("chat_ref is missing"))
}
