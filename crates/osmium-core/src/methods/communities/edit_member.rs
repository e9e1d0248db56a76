//! `communities.editMember -> ()`: changes a member's nickname or roles; what is absent stays.
//!
//! Everyone may change their own nickname; another's takes `MODIFY_ROLES` or `MODIFY_COMMUNITY`. Giving and taking roles
//! takes `MODIFY_ROLES`; the roles are below the caller's highest, and so is a member who is not the caller. Nobody
//! gives a role with a permission that they lack.

use crate::access::InCommunity;
use crate::communities::row;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::event::MemberEdit;
use osmium_model::{CommunityId, Event, Limits, Member, Permissions, RoleId, Topic, UserId, name};
use osmium_proto::communities::EditMember;
use std::collections::BTreeSet;

impl Method for EditMember {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (id, user) = (CommunityId(self.community_id), UserId(self.member_id));
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        let member = tx.members(id, &[user]).await?.pop();
        let member = member.ok_or_else(|| Error::not_found("member"))?;
        let mut edited = member.clone();
        if let Some(nickname) = &self.nickname {
            edited.nickname = parse_nickname(cx.limits(), nickname)?;
        }
        if let Some(roles) = self.role_ids {
            let roles: BTreeSet<RoleId> = roles.role_ids.into_iter().map(RoleId).collect();
            edited.role_ids = roles.into_iter().collect();
        }
        if edited.nickname != member.nickname {
            may_name(&here, &member)?;
        }
        let edit = if edited.role_ids == member.role_ids {
            MemberEdit::Nickname
        } else {
            may_give_roles(&here, &member, &edited)?;
            MemberEdit::Roles
        };
        if edited == member {
            return Ok(());
        }
        tx.update_member(&edited).await?;
        let community = row(&mut tx, id).await?;
        let epoch = tx.raise_epoch(Topic::Community(id));
        let event = Event::MemberChanged {
            community,
            member: edited,
            epoch,
            edit,
        };
        tx.record(Topic::Community(id), event);
        tx.commit().await
    }
}

/// A nickname; none if it is to be removed.
fn parse_nickname(limits: &Limits, text: &str) -> Result<Option<String>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let max = limits.nickname_length;
    let invalid = || Error::invalid(format!("A nickname has at most {max} characters"));
    name::trimmed(text, max).map(Some).ok_or_else(invalid)
}

fn may_name(here: &InCommunity, member: &Member) -> Result<()> {
    if member.user_id == here.member.user_id {
        return Ok(());
    }
    let either = Permissions::MODIFY_ROLES | Permissions::MODIFY_COMMUNITY;
    if !here.permissions().intersects(either) {
        return Err(Error::forbidden("Missing permission to name others"));
    }
    here.require_above(here.rank_of(member))
}

fn may_give_roles(here: &InCommunity, before: &Member, after: &Member) -> Result<()> {
    here.require(Permissions::MODIFY_ROLES)?;
    if before.user_id != here.member.user_id {
        here.require_above(here.rank_of(before))?;
    }
    for given in after
        .role_ids
        .iter()
        .filter(|id| !before.role_ids.contains(id))
    {
        here.require_held(here.role_below(*given)?.permissions)?;
    }
    for taken in before
        .role_ids
        .iter()
        .filter(|id| !after.role_ids.contains(id))
    {
        here.role_below(*taken)?;
    }
    Ok(())
}
