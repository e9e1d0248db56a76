//! `messages.submitInteraction -> messages.InteractionResponse`: presses a button that tells a bot. Answered when the bot
//! answers; 504 if it does not.

use crate::access::InChat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::parse;
use osmium_model::{
    Event, Interaction, InteractionEvent, InteractionId, Message, MessageId, Topic, UserId,
};
use osmium_ports::Reader;
use osmium_proto::messages::{InteractionResponse, SubmitInteraction};
use tokio::time::timeout;

impl Method for SubmitInteraction {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;
    const WAITS: bool = true;

    async fn call(self, cx: &Context) -> Result<InteractionResponse> {
        let data = self.data.clone().unwrap_or_default();
        let message = pressed(cx, self, &data).await?;
        let interaction = Interaction {
            id: InteractionId(cx.new_id()?),
            bot_id: message.author_id,
            user_id: cx.actor()?.user_id,
            created_at: cx.now(),
        };
        let interactions = &cx.core.interactions;
        let mut waiter = interactions.wait(interaction.id, cx.caller.connection);
        submit(cx, interaction, message.id, data).await?;
        let answer = match timeout(cx.core.config.interaction_wait, waiter.answered()).await {
            Ok(Some(answer)) => Some(answer),
            // If it is not there to be taken back, the bot has just answered, and that is on its way.
            Err(_) | Ok(None) if take_back(cx, interaction.id).await? => None,
            Err(_) => waiter.answered().await,
            Ok(None) => None,
        };
        let message = answer.ok_or_else(Error::no_answer)?;
        Ok(InteractionResponse { message })
    }
}

/// The message whose button is pressed. It stands in a chat that the caller sees, and so does its author, a bot.
async fn pressed(cx: &Context, press: SubmitInteraction, data: &str) -> Result<Message> {
    let actor = cx.actor()?;
    let target = parse::chat(press.chat_ref, actor)?;
    let mut reader = cx.read().await?;
    let reached = cx.chat(&mut *reader, target).await?;
    reached.require_no_block()?;
    let id = MessageId(press.message_id);
    let (_, message) = reached.message(&mut *reader, actor, id).await?;
    if !message.bot.as_ref().is_some_and(|bot| bot.tells(data)) {
        return Err(Error::invalid("The message has no such button"));
    }
    if is_bot_there(&mut *reader, &reached, message.author_id).await? {
        Ok(message)
    } else {
        Err(Error::not_found("bot"))
    }
}

/// Whether the author of a message is a bot, and still sees the chat.
async fn is_bot_there(reader: &mut dyn Reader, reached: &InChat, author: UserId) -> Result<bool> {
    let user = reader.find_user(author).await?;
    if !user.is_some_and(|user| user.bot) {
        return Ok(false);
    }
    Ok(match reached {
        InChat::Channel {
            community, channel, ..
        } => {
            let id = community.member.community_id;
            let member = reader.members(id, &[author]).await?.pop();
            member.is_some_and(|member| community.view.sees(&member, *channel))
        }
        InChat::Group(here) => here.group.member(author).is_some(),
        InChat::Direct(_) | InChat::Saved(_) => true,
    })
}

/// Tells the bot, and keeps that it may answer.
async fn submit(
    cx: &Context,
    interaction: Interaction,
    message_id: MessageId,
    data: String,
) -> Result<()> {
    let topic = Topic::User(interaction.bot_id);
    let mut tx = cx.begin(&[topic]).await?;
    tx.insert_interaction(&interaction).await?;
    let event = InteractionEvent::Submitted {
        id: interaction.id,
        user_id: interaction.user_id,
        message_id,
        data,
    };
    tx.record(topic, Event::Interaction(event));
    tx.commit().await
}

/// Lets the bot answer no more; false if it has.
async fn take_back(cx: &Context, id: InteractionId) -> Result<bool> {
    let mut tx = cx.begin(&[]).await?;
    let was_there = tx.delete_interaction(id).await?;
    tx.commit().await?;
    Ok(was_there)
}
