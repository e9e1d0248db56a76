//! `chats.markChatRead -> ()`: the caller has read up to a message. It never goes back.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{Event, MessageId, ReadState, Topic};
use osmium_proto::chats::MarkChatRead;

impl Method for MarkChatRead {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<()> {
        let actor = cx.actor()?;
        let own = Topic::User(actor.user_id);
        let mut tx = cx.begin(&[own]).await?;
        let reached = cx
            .chat(&mut *tx, parse::chat(self.chat_ref, actor)?)
            .await?;
        let Some(chat) = reached.find(&mut *tx, actor).await? else {
            return Ok(());
        };
        let asked = MessageId(self.message_id.min(chat.highest_id));
        let ordinal = tx.ordinal_at(chat.id, asked).await?;
        let before = tx.places(actor.user_id, &[chat.id]).await?.pop();
        if before.is_some_and(|place| place.read.ordinal >= ordinal) {
            return Ok(());
        }
        let read = ReadState {
            ordinal,
            message_id: Some(asked),
        };
        let read = tx.set_read(actor.user_id, chat.id, read).await?;
        let place = tx.places(actor.user_id, &[chat.id]).await?.pop();
        let (unread, mentions) = place.map_or((0, 0), |place| (place.unread, place.mentions));
        tx.record(
            own,
            Event::ChatRead {
                chat,
                read,
                unread,
                mentions,
                origin: cx.caller.connection,
            },
        );
        tx.commit().await
    }
}
