//! `auth.useInvite -> ()`: follows an invite to where it leads. Who is there already stays; nothing is used up.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::invites::{check_live, invite};
use crate::membership::admit;
use crate::method::{Access, Cost, Method};
use osmium_model::{InviteTarget, Topic};
use osmium_proto::auth::UseInvite;

impl Method for UseInvite {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let found = invite(&mut *cx.read().await?, &self.code).await?;
        let InviteTarget::Community(id) = found.target else {
            return Err(Error::not_found("invite"));
        };
        let mut tx = cx
            .begin(&[Topic::Community(id), Topic::User(actor.user_id)])
            .await?;
        if tx.find_standing(id, actor.user_id).await?.is_some() {
            return Ok(());
        }
        check_live(&found, cx.now())?;
        let user = tx.find_user(actor.user_id).await?;
        let user = user.ok_or_else(Error::signed_out)?;
        admit(cx, &mut tx, id, user).await?;
        if !tx.count_use(&found.code).await? {
            return Err(Error::expired("This invite is used up"));
        }
        tx.commit().await
    }
}
