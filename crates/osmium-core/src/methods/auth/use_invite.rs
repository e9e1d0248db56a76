//! `auth.useInvite -> ()`: follows an invite to where it leads. Who is there already stays; nothing is used up.

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::friends::take_step;
use crate::groups::come_in;
use crate::invites::{check_live, invite};
use crate::membership::admit;
use crate::method::{Access, Cost, Method};
use osmium_model::relationship::{Pair, Step};
use osmium_model::{CommunityId, GroupId, Invite, InviteTarget, Topic, UserId};
use osmium_proto::auth::UseInvite;

impl Method for UseInvite {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let found = invite(&mut *cx.read().await?, &self.code).await?;
        match found.target {
            InviteTarget::Community(id) => into_community(cx, actor.user_id, &found, id).await,
            InviteTarget::Group(id) => into_group(cx, actor.user_id, &found, id).await,
            InviteTarget::User(id) => into_friendship(cx, actor.user_id, &found, id).await,
        }
    }
}

async fn into_community(cx: &Context, own: UserId, invite: &Invite, id: CommunityId) -> Result<()> {
    let mut tx = cx.begin(&[Topic::Community(id), Topic::User(own)]).await?;
    if tx.find_standing(id, own).await?.is_some() {
        return Ok(());
    }
    check_live(invite, cx.now())?;
    let user = tx.find_user(own).await?.ok_or_else(Error::signed_out)?;
    admit(cx, &mut tx, id, user).await?;
    use_up(&mut tx, invite).await?;
    tx.commit().await
}

async fn into_group(cx: &Context, own: UserId, invite: &Invite, id: GroupId) -> Result<()> {
    let mut tx = cx.begin(&[Topic::Group(id), Topic::User(own)]).await?;
    let found = tx.groups(&[id]).await?.pop();
    let (group, _) = found.ok_or_else(|| Error::not_found("invite"))?;
    if group.member(own).is_some() {
        return Ok(());
    }
    check_live(invite, cx.now())?;
    let user = tx.find_user(own).await?.ok_or_else(Error::signed_out)?;
    come_in(cx, &mut tx, group, user).await?;
    use_up(&mut tx, invite).await?;
    tx.commit().await
}

async fn into_friendship(cx: &Context, own: UserId, invite: &Invite, with: UserId) -> Result<()> {
    if with == own {
        return Ok(());
    }
    let mut tx = cx.begin(&[Topic::User(with), Topic::User(own)]).await?;
    if tx.find_pair(own, with).await? == Pair::FRIENDS {
        return Ok(());
    }
    check_live(invite, cx.now())?;
    take_step(cx, &mut tx, own, with, Step::FollowInvite).await?;
    use_up(&mut tx, invite).await?;
    tx.commit().await
}

/// Counts a use of the invite; without one, its user does not come in.
async fn use_up(tx: &mut Tx, invite: &Invite) -> Result<()> {
    if tx.count_use(&invite.code).await? {
        Ok(())
    } else {
        Err(Error::expired("This invite is used up"))
    }
}
