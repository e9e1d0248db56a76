//! `chats.editChat -> chats.Chat`: changes a group's name or photo, which needs `MODIFY_COMMUNITY`, or what is featured in a
//! group, direct chat or saved messages, which needs `PIN_MESSAGES`. What is absent stays.

use crate::access::InChat;
use crate::context::{Context, Tx};
use crate::conversations::show;
use crate::error::{Error, Result};
use crate::groups::{check_name, users_of};
use crate::method::{Access, Cost, Method};
use crate::methods::not_built::missing_part;
use crate::parse;
use crate::session::Actor;
use osmium_model::{Event, GroupEvent, MessageId, Permissions, Topic};
use osmium_proto::chats::edit_chat::HighlightedMessage;
use osmium_proto::chats::{Chat, EditChat};
use osmium_wire::ChatTarget;

impl Method for EditChat {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<Chat> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        if matches!(target, ChatTarget::Channel(..)) {
            return Err(Error::invalid("communities.editChannel changes these"));
        }
        let name = match &self.name {
            Some(name) => Some(check_name(cx.limits(), name)?),
            None => None,
        };
        let mut tx = cx.begin(&cx.topics_of(target)?).await?;
        let mut reached = cx.chat(&mut *tx, target).await?;
        if name.is_some() || self.photo.is_some() {
            require_looks(&reached)?;
        }
        // No group has a photo yet, so there is none to remove.
        if self.photo.is_some_and(|photo| photo.file.is_some()) {
            return Err(missing_part::<Self>());
        }
        if let Some(highlighted) = self.highlighted_msg_id {
            highlight(&mut tx, &reached, actor, highlighted).await?;
        }
        if let Some(name) = name {
            rename(&mut tx, &mut reached, name).await?;
        }
        tx.commit().await?;
        show(cx, &mut *cx.read().await?, &reached).await
    }
}

/// Requires that the chat has a name and a photo, and that the caller may change them.
fn require_looks(reached: &InChat) -> Result<()> {
    match reached {
        InChat::Group(_) => reached.require(Permissions::MODIFY_COMMUNITY),
        _ => Err(Error::invalid("Only groups have a name and a photo")),
    }
}

async fn rename(tx: &mut Tx, reached: &mut InChat, name: String) -> Result<()> {
    let InChat::Group(here) = reached else {
        return Ok(());
    };
    if here.group.name == name {
        return Ok(());
    }
    here.group.name = name;
    tx.update_group(&here.group).await?;
    let users = users_of(&mut **tx, &here.group).await?;
    let group = here.group.clone();
    let topic = Topic::Group(group.id);
    let changed = GroupEvent::Changed { group, users };
    tx.record(topic, Event::Group(changed));
    Ok(())
}

/// Features a message of the chat, or none. Nothing on the wire shows it, so nobody is told.
async fn highlight(
    tx: &mut Tx,
    reached: &InChat,
    actor: Actor,
    wanted: HighlightedMessage,
) -> Result<()> {
    reached.require(Permissions::PIN_MESSAGES)?;
    let message = wanted.highlighted_msg_id.filter(|id| *id != 0);
    let message = message.map(MessageId);
    let not_found = || Error::not_found("message");
    let Some(chat) = reached.find(&mut **tx, actor).await? else {
        return message.map_or(Ok(()), |_| Err(not_found()));
    };
    if let Some(id) = message
        && tx.messages(chat.id, &[id]).await?.is_empty()
    {
        return Err(not_found());
    }
    Ok(tx.set_highlighted(chat.id, message).await?)
}
