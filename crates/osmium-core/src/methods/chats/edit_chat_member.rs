//! `chats.editChatMember -> ()`: sets what a member of the caller's group may do. Bits that mean nothing in a group are
//! dropped.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::groups::require_group;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Event, Group, GroupEvent, GroupMember, Permissions, Topic, UserId};
use osmium_proto::chats::EditChatMember;

impl Method for EditChatMember {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let group = require_group(parse::chat(self.chat_ref, actor)?)?;
        let (topic, user) = (Topic::Group(group), UserId(self.user_id));
        let mut tx = cx.begin(&[topic]).await?;
        let here = cx.group(&mut *tx, group).await?;
        here.require_owner()?;
        if user == here.group.owner_id {
            return Err(Error::invalid("The owner may do everything"));
        }
        let member = here.group.member(user).copied();
        let member = member.ok_or_else(|| Error::not_found("member"))?;
        let permissions = given(self.permissions);
        if member.permissions == Some(permissions) {
            return Ok(());
        }
        let changed = GroupMember {
            permissions: Some(permissions),
            ..member
        };
        tx.update_group_member(group, &changed).await?;
        tx.raise_epoch(topic);
        let changed = GroupEvent::PermissionsChanged {
            group_id: group,
            user_id: user,
            permissions,
        };
        tx.record(topic, Event::Group(changed));
        tx.commit().await
    }
}

/// What these bits come to in a group, which every member sees.
fn given(bits: u64) -> Permissions {
    (Permissions::from_bits_retain(bits) & Group::PERMISSIONS) | Permissions::VIEW_CHANNEL
}
