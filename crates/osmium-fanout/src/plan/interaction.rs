//! Who hears of the press of a bot's button, and what they see.

use super::{told, with_effects};
use osmium_model::event::InteractionEvent;
use osmium_wire::{Body, Effect, Rendered, update};

/// Plans what is told of a press: to the bot that there is one, and to the call that waits what the bot answers.
pub(super) fn plan(event: &InteractionEvent) -> Body {
    match event {
        InteractionEvent::Submitted {
            id,
            user_id,
            message_id,
            data,
        } => {
            let template = update::interaction(*id, *user_id, *message_id, data);
            told(Rendered::for_all(template))
        }
        InteractionEvent::Answered { id, message } => {
            let answered = Effect::Answered {
                interaction: *id,
                message: message.clone(),
            };
            with_effects(Body::default(), [answered])
        }
    }
}
