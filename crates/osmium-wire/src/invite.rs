//! Invites.

use osmium_model::{Invite, InviteTarget, Timestamp};
use osmium_proto::auth::{InvitePreview, InviteType, invite_preview::TargetInfo};
use osmium_proto::types::User;

/// An invite, with whoever made it and what it leads to.
pub fn preview(invite: &Invite, creator: Option<User>, target: TargetInfo) -> InvitePreview {
    let (kind, id) = match invite.target {
        InviteTarget::Community(id) => (InviteType::Community, id.0),
        InviteTarget::Group(id) => (InviteType::Group, id.0),
        InviteTarget::User(id) => (InviteType::User, id.0),
    };
    InvitePreview {
        code: invite.code.as_str().to_owned(),
        creator_id: invite.creator_id.0,
        target_id: id,
        target_type: kind as i32,
        expires_at: invite.expires_at.map(Timestamp::seconds),
        creator,
        target_info: Some(target),
    }
}
