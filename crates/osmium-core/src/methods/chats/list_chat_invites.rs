//! `chats.listChatInvites -> auth.InviteList`: the invites that can be used, the newest first. In a community, needs
//! `MODIFY_COMMUNITY` or `MODIFY_CHANNEL`; who has neither sees those that they made.

use crate::access::InChat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::frame;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Invite, InviteTarget, UserId};
use osmium_proto::auth::{InviteList, invite_preview::TargetInfo};
use osmium_proto::chats::ListChatInvites;
use osmium_wire::community::{self, Standing};
use osmium_wire::invite;

impl Method for ListChatInvites {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<InviteList> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let mut reader = cx.read().await?;
        let InChat::Channel {
            community: here, ..
        } = cx.chat(&mut *reader, target).await?
        else {
            return Err(Error::not_offered(
                "Only invites into communities are built yet",
            ));
        };
        let id = here.member.community_id;
        let target = InviteTarget::Community(id);
        let invites = reader.invites_of(target, cx.now()).await?;
        let all = here.manages_invites();
        let seen = |invite: &Invite| all || invite.creator_id == actor.user_id;
        let invites: Vec<Invite> = invites.into_iter().filter(seen).collect();
        let creators = invites.iter().map(|invite| invite.creator_id);
        let creators = cx.users(&mut *reader, creators).await?;
        let row = reader.find_community(id).await?;
        let row = row.ok_or_else(|| Error::not_found("community"))?;
        let standing = Standing::of(&row, &here.member, here.permissions());
        let previews = invites.iter().map(|found| {
            let creator = creators
                .iter()
                .find(|user| UserId(user.id) == found.creator_id);
            let info = TargetInfo::Community(community::community(&row, standing));
            invite::preview(found, creator.cloned(), info)
        });
        Ok(InviteList {
            invites: frame::first(previews),
        })
    }
}
