//! `messages.setInteractionResponse -> ()`: a bot's answer to who pressed a button of its message. Only one is taken, and only
//! while they wait.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::texts::check_length;
use osmium_model::{Event, InteractionEvent, InteractionId, Topic};
use osmium_proto::messages::SetInteractionResponse;

impl Method for SetInteractionResponse {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<()> {
        if let Some(text) = &self.message {
            check_length(cx.limits(), text)?;
        }
        let id = InteractionId(self.interaction_id);
        let not_found = || Error::not_found("interaction");
        let own = cx.actor()?.user_id;
        let found = cx.read().await?.find_interaction(id).await?;
        let interaction = found
            .filter(|interaction| interaction.bot_id == own)
            .ok_or_else(not_found)?;
        // Nobody waits longer than this: whoever did is dead, or they would have taken it back.
        let is_late = cx.now().since(interaction.created_at) > cx.core.config.longest_call();
        let topic = Topic::User(interaction.user_id);
        let mut tx = cx.begin(&[topic]).await?;
        if !tx.delete_interaction(id).await? {
            return Err(not_found());
        }
        if !is_late {
            let event = InteractionEvent::Answered {
                id,
                message: self.message,
            };
            tx.record(topic, Event::Interaction(event));
        }
        tx.commit().await?;
        if is_late { Err(not_found()) } else { Ok(()) }
    }
}
