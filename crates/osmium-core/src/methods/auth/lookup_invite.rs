//! `auth.lookupInvite -> auth.InvitePreview`: what an invite leads to, also for those who are not signed in. The handle of a
//! community that is listed in public is as good as the code of its listing.
//!
//! Where signing up takes an invite, one that someone gave counts; that of a listing is everyone's.

use crate::context::Context;
use crate::error::{Error, Reason, Result};
use crate::invites::{self, check_live};
use crate::method::{Access, Cost, Method};
use crate::session::Transition;
use osmium_model::{CommunityId, GroupId, Invite, InviteTarget, Relationship, UserId};
use osmium_ports::Reader;
use osmium_proto::auth::{InvitePreview, LookupInvite, invite_preview::TargetInfo};
use osmium_proto::types;
use osmium_wire::community::{self, Standing};
use osmium_wire::{group, invite, user};

impl Method for LookupInvite {
    const ACCESS: Access = Access::Initialized;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<InvitePreview> {
        let mut reader = cx.read().await?;
        let found = invites::invite_or_listing(&mut *reader, &self.code).await?;
        check_live(&found, cx.now())?;
        let target = match found.target {
            InviteTarget::Community(id) => {
                TargetInfo::Community(preview_community(cx, &mut *reader, id).await?)
            }
            InviteTarget::Group(id) => TargetInfo::Chat(preview_group(cx, &mut *reader, id).await?),
            InviteTarget::User(id) => TargetInfo::User(preview_user(cx, &mut *reader, id).await?),
        };
        let creator = reader.find_user(found.creator_id).await?;
        let creator = creator.map(|creator| user::user(&creator, None));
        if !is_public(&mut *reader, &found).await? {
            cx.on_success(Transition::Invited);
        }
        Ok(invite::preview(&found, creator, target))
    }
}

/// Whether an invite is that of a listing.
async fn is_public(reader: &mut dyn Reader, invite: &Invite) -> Result<bool> {
    let InviteTarget::Community(id) = invite.target else {
        return Ok(false);
    };
    let listing = reader.find_listing(id).await?;
    Ok(listing.is_some_and(|(_, code)| code.as_ref() == Some(&invite.code)))
}

async fn preview_community(
    cx: &Context,
    reader: &mut dyn Reader,
    id: CommunityId,
) -> Result<types::Community> {
    let found = reader
        .find_community(id)
        .await?
        .ok_or_else(|| Error::not_found("invite"))?;
    let standing = match cx.community(reader, id).await {
        Ok(here) => Standing::of(&found, &here.member, here.permissions()),
        Err(error) if matches!(error.reason, Reason::NotFound | Reason::SignedOut) => {
            Standing::OUTSIDER
        }
        Err(error) => return Err(error),
    };
    Ok(community::community(&found, standing))
}

async fn preview_group(cx: &Context, reader: &mut dyn Reader, id: GroupId) -> Result<types::Group> {
    let found = reader.groups(&[id]).await?.pop();
    let (found, _) = found.ok_or_else(|| Error::not_found("invite"))?;
    let viewer = cx.caller.actor.map(|actor| actor.user_id);
    Ok(match viewer.filter(|user| found.member(*user).is_some()) {
        Some(member) => group::group(&found, member),
        None => group::preview(&found),
    })
}

/// Whom one would be friends with. For those whom they have blocked, there is no such invite.
async fn preview_user(cx: &Context, reader: &mut dyn Reader, id: UserId) -> Result<types::User> {
    let not_found = || Error::not_found("invite");
    let found = reader.find_user(id).await?.ok_or_else(not_found)?;
    if let Some(actor) = cx.caller.actor {
        let pair = reader.find_pair(actor.user_id, id).await?;
        if pair.theirs == Some(Relationship::Blocked) {
            return Err(not_found());
        }
    }
    Ok(user::user(&found, None))
}
