//! `chats.getChatMembers -> chats.ChatMembers`: who is in a group or direct chat; in a group, by when they came in.

use crate::access::InChat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::UserId;
use osmium_proto::chats::{ChatMembers, GetChatMembers};
use osmium_proto::types::ChatMember;
use osmium_wire::{ChatTarget, group};

impl Method for GetChatMembers {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<ChatMembers> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        if matches!(target, ChatTarget::Channel(..)) {
            return Err(Error::invalid("communities.getChannelMembers lists these"));
        }
        let mut reader = cx.read().await?;
        let reached = cx.chat(&mut *reader, target).await?;
        let members = match &reached {
            InChat::Group(here) => group::members(&here.group),
            _ => equals(&reached.kind(actor).users()),
        };
        let users = members.iter().map(|member| UserId(member.user_id));
        Ok(ChatMembers {
            users: cx.users(&mut *reader, users).await?,
            members,
        })
    }
}

/// The members of a chat in which none may do more than another.
fn equals(users: &[UserId]) -> Vec<ChatMember> {
    let member = |user: &UserId| ChatMember {
        user_id: user.0,
        permissions: None,
    };
    users.iter().map(member).collect()
}
