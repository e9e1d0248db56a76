//! `auth.lookupInvite -> auth.InvitePreview`: what an invite leads to, also for those who are not signed in.

use crate::context::Context;
use crate::error::{Error, Reason, Result};
use crate::invites::{self, check_live};
use crate::method::{Access, Cost, Method};
use crate::session::Transition;
use osmium_model::{CommunityId, InviteTarget};
use osmium_ports::Reader;
use osmium_proto::auth::{InvitePreview, LookupInvite, invite_preview::TargetInfo};
use osmium_proto::types;
use osmium_wire::community::{self, Standing};
use osmium_wire::{invite, user};

impl Method for LookupInvite {
    const ACCESS: Access = Access::Initialized;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<InvitePreview> {
        let mut reader = cx.read().await?;
        let found = invites::invite(&mut *reader, &self.code).await?;
        check_live(&found, cx.now())?;
        let InviteTarget::Community(community) = found.target else {
            return Err(Error::not_found("invite"));
        };
        let target = preview_community(cx, &mut *reader, community).await?;
        let creator = reader.find_user(found.creator_id).await?;
        let creator = creator.map(|creator| user::user(&creator, None));
        cx.on_success(Transition::Invited);
        Ok(invite::preview(
            &found,
            creator,
            TargetInfo::Community(target),
        ))
    }
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
