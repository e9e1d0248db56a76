//! `chats.createChatInvite -> auth.CreatedInvite`: an invite into the community of a channel that the caller may view.

use crate::access::InChat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::invites::new_code;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Invite, InviteTarget, Timestamp, Topic};
use osmium_proto::auth::CreatedInvite;
use osmium_proto::chats::CreateChatInvite;
use osmium_wire::ChatTarget;

impl Method for CreateChatInvite {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<CreatedInvite> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let ChatTarget::Channel(community, _) = target else {
            return Err(Error::not_offered(
                "Only invites into communities are built yet",
            ));
        };
        let expires_at = self
            .expires_at
            .filter(|time| *time != 0)
            .map(Timestamp::from_client);
        if expires_at.is_some_and(|time| time <= cx.now()) {
            return Err(Error::invalid("expires_at is in the past"));
        }
        let mut tx = cx.begin(&[Topic::Community(community)]).await?;
        let InChat::Channel { .. } = cx.chat(&mut *tx, target).await? else {
            return Err(Error::not_found("channel"));
        };
        let target = InviteTarget::Community(community);
        if tx.invites_of(target, cx.now()).await?.len() >= cx.limits().invites_per_target {
            return Err(Error::too_large("There are too many invites already"));
        }
        let invite = Invite {
            code: new_code(cx)?,
            creator_id: actor.user_id,
            target,
            expires_at,
            max_uses: self.max_uses.filter(|uses| *uses != 0),
            uses: 0,
        };
        tx.insert_invite(&invite, cx.now()).await?;
        tx.commit().await?;
        Ok(CreatedInvite {
            code: invite.code.as_str().to_owned(),
        })
    }
}
