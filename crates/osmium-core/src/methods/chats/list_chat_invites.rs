//! `chats.listChatInvites -> auth.InviteList`: the invites that can be used, the newest first. All of a community's need
//! `MODIFY_COMMUNITY` or `MODIFY_CHANNEL`, all of a group's are for its owner; others see those that they made. Those
//! to be friends with the caller are in their saved messages.

use crate::access::InChat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::frame;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Invite, InviteTarget, UserId};
use osmium_ports::Reader;
use osmium_proto::auth::{InviteList, invite_preview::TargetInfo};
use osmium_proto::chats::ListChatInvites;
use osmium_wire::community::{self, Standing};
use osmium_wire::{group, invite, user};

impl Method for ListChatInvites {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<InviteList> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let mut reader = cx.read().await?;
        let reached = cx.chat(&mut *reader, target).await?;
        let leads = Leads::from(&mut *reader, &reached).await?;
        let invites = reader.invites_of(leads.target, cx.now()).await?;
        let seen = |invite: &Invite| leads.manages || invite.creator_id == actor.user_id;
        let invites: Vec<Invite> = invites.into_iter().filter(seen).collect();
        let creators = invites.iter().map(|invite| invite.creator_id);
        let creators = cx.users(&mut *reader, creators).await?;
        let previews = invites.iter().map(|found| {
            let creator = creators
                .iter()
                .find(|user| UserId(user.id) == found.creator_id);
            invite::preview(found, creator.cloned(), leads.shown.clone())
        });
        Ok(InviteList {
            invites: frame::first(previews),
        })
    }
}

/// Where the invites of a chat lead.
struct Leads {
    target: InviteTarget,
    /// As the caller sees it.
    shown: TargetInfo,
    /// Whether the caller manages all of them.
    manages: bool,
}

impl Leads {
    async fn from(reader: &mut dyn Reader, reached: &InChat) -> Result<Self> {
        match reached {
            InChat::Channel {
                community: here, ..
            } => {
                let id = here.member.community_id;
                let row = reader.find_community(id).await?;
                let row = row.ok_or_else(|| Error::not_found("community"))?;
                let standing = Standing::of(&row, &here.member, here.permissions());
                Ok(Self {
                    target: InviteTarget::Community(id),
                    shown: TargetInfo::Community(community::community(&row, standing)),
                    manages: here.manages_invites(),
                })
            }
            InChat::Group(here) => Ok(Self {
                target: InviteTarget::Group(here.group.id),
                shown: TargetInfo::Chat(group::group(&here.group, here.user_id)),
                manages: here.group.is_owned_by(here.user_id),
            }),
            InChat::Saved(own) => {
                let found = reader.find_user(*own).await?;
                let found = found.ok_or_else(Error::signed_out)?;
                Ok(Self {
                    target: InviteTarget::User(*own),
                    shown: TargetInfo::User(user::user(&found, None)),
                    manages: true,
                })
            }
            InChat::Direct(_) => Err(Error::forbidden("These invites are the other side's")),
        }
    }
}
