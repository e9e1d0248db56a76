//! `chats.createChatInvite -> auth.CreatedInvite`: an invite into a group that the caller is in, into the community of a
//! channel that they may view, or to be friends with them.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::invites::new_code;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Invite, InviteTarget, Timestamp};
use osmium_proto::auth::CreatedInvite;
use osmium_proto::chats::CreateChatInvite;
use osmium_wire::ChatTarget;

impl Method for CreateChatInvite {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<CreatedInvite> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let leads_to = match target {
            ChatTarget::Channel(community, _) => InviteTarget::Community(community),
            ChatTarget::Group(group) => InviteTarget::Group(group),
            ChatTarget::Saved => InviteTarget::User(actor.user_id),
            ChatTarget::User(_) => {
                return Err(Error::forbidden("One can only invite to oneself"));
            }
        };
        let expires_at = self
            .expires_at
            .filter(|time| *time != 0)
            .map(Timestamp::from_client);
        if expires_at.is_some_and(|time| time <= cx.now()) {
            return Err(Error::invalid("expires_at is in the past"));
        }
        let mut tx = cx.begin(&cx.topics_of(target)?).await?;
        // Whoever sees the chat may invite.
        cx.chat(&mut *tx, target).await?;
        if tx.invites_of(leads_to, cx.now()).await?.len() >= cx.limits().invites_per_target {
            return Err(Error::too_large("There are too many invites already"));
        }
        let invite = Invite {
            code: new_code(cx)?,
            creator_id: actor.user_id,
            target: leads_to,
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
