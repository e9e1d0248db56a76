//! `chats.deleteChatInvite -> ()`: takes an invite back. Who made it may; for one into a community, also holders of
//! `MODIFY_COMMUNITY` or `MODIFY_CHANNEL`; for one into a group, also its owner. For others it does not exist.

use crate::context::Context;
use crate::error::{Error, Reason, Result};
use crate::invites::invite;
use crate::method::{Access, Cost, Method};
use osmium_model::{InviteTarget, Topic};
use osmium_proto::chats::DeleteChatInvite;

impl Method for DeleteChatInvite {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let own = cx.actor()?.user_id;
        let not_found = || Error::not_found("invite");
        let found = invite(&mut *cx.read().await?, &self.code).await?;
        let topic = match found.target {
            InviteTarget::Community(id) => Topic::Community(id),
            InviteTarget::Group(id) => Topic::Group(id),
            InviteTarget::User(id) => Topic::User(id),
        };
        let mut tx = cx.begin(&[topic]).await?;
        let manages = match found.target {
            _ if found.creator_id == own => Ok(true),
            InviteTarget::Community(id) => {
                let here = cx.community(&mut *tx, id).await;
                here.map(|here| here.manages_invites())
            }
            InviteTarget::Group(id) => {
                let here = cx.group(&mut *tx, id).await;
                here.map(|here| here.group.is_owned_by(own))
            }
            InviteTarget::User(_) => Ok(false),
        };
        let manages = match manages {
            Err(error) if error.reason == Reason::NotFound => false,
            manages => manages?,
        };
        if !manages || !tx.delete_invite(&found.code).await? {
            return Err(not_found());
        }
        tx.commit().await
    }
}
