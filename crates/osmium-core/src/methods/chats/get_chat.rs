//! `chats.getChat -> chats.Chat`: one chat, with its latest message and who is in it.
//!
//! A direct chat need not have begun: any user can be looked at this way.

use crate::access::InChat;
use crate::context::Context;
use crate::conversations::{channel_place, latest_messages, personal_place};
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use crate::session::Actor;
use osmium_model::{Chat, ChatId, NotifPrefs, ReadState, UserId};
use osmium_ports::store::ChatPlace;
use osmium_proto::chats::{Chat as Answer, GetChat};
use osmium_wire::{chat, community};

impl Method for GetChat {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Answer> {
        let actor = cx.actor()?;
        let target = parse::chat(self.chat_ref, actor)?;
        let mut reader = cx.read().await?;
        let reached = cx.chat(&mut *reader, target).await?;
        let place = match reached.find(&mut *reader, actor).await? {
            Some(found) => reader.places(actor.user_id, &[found.id]).await?.pop(),
            None => None,
        };
        let place = match (place, &reached) {
            (Some(place), _) => place,
            (None, InChat::Channel { .. }) => return Err(Error::not_found("channel")),
            (None, _) => not_begun(&reached, actor),
        };
        let message = latest_messages(&mut *reader, &[place], actor.user_id)
            .await?
            .pop();
        let author = message.as_ref().map(|message| UserId(message.author_id));
        let people = place
            .chat
            .kind
            .partner_of(actor.user_id)
            .into_iter()
            .chain(author);
        let users = cx.users(&mut *reader, people).await?;
        let (place_here, channel) = match &reached {
            InChat::Channel {
                community: here,
                channel,
                ..
            } => (
                channel_place(here, &place),
                Some(community::channel(here.channel(*channel)?)),
            ),
            InChat::Direct(_) | InChat::Saved(_) => (personal_place(&place), None),
        };
        let conversation = chat::conversation(&place.chat, place_here, actor.user_id);
        Ok(Answer {
            chat: Some(conversation),
            message,
            users,
            group: None,
            channel,
        })
    }
}

/// A direct chat or saved messages in which nobody has written yet.
fn not_begun(reached: &InChat, actor: Actor) -> ChatPlace {
    let kind = reached.kind(actor);
    let partner = kind.partner_of(actor.user_id).unwrap_or(actor.user_id);
    let chat = Chat {
        // Sorted by this where there is no message: there is no chat yet, so the other side's id stands in.
        id: ChatId(partner.0),
        kind,
        last_ordinal: 0,
        last_message_id: None,
        highest_id: 0,
    };
    ChatPlace {
        chat,
        read: ReadState::default(),
        unread: 0,
        notif_prefs: NotifPrefs::All,
    }
}
