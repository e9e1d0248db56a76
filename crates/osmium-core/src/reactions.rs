//! Reactions to messages: what is told of a change, and what a viewer sees.

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use osmium_model::{Chat, Event, Message, MessageId, Reaction, Topic};
use osmium_ports::Reader;
use osmium_ports::store::Reacted;
use osmium_proto::reactions as wire;
use osmium_wire::reaction;
use std::collections::HashSet;

/// What the caller says that they choose under a message, or chose.
pub(crate) fn parse(
    cx: &Context,
    message_id: u64,
    emoji: Option<wire::ReactionEmoji>,
) -> Result<Reacted> {
    let emoji = reaction::parse_emoji(emoji, cx.limits().emoji_length);
    Ok(Reacted {
        message_id: MessageId(message_id),
        user_id: cx.actor()?.user_id,
        emoji: emoji.ok_or_else(|| Error::invalid("emoji is missing or none"))?,
    })
}

/// The reactions to one message.
pub(crate) async fn to_message(
    cx: &Context,
    reader: &mut dyn Reader,
    chat: &Chat,
    message: MessageId,
) -> Result<Vec<Reaction>> {
    let shown = cx.limits().reactors_shown;
    let found = reader.reactions(&[(chat.id, message)], shown).await?.pop();
    Ok(found.map(|(_, reactions)| reactions).unwrap_or_default())
}

/// Records what the reactions to a message are now that they changed, and commits.
pub(crate) async fn commit_change(
    cx: &Context,
    mut tx: Tx,
    topics: &[Topic],
    chat: Chat,
    message_id: MessageId,
) -> Result<()> {
    let reactions = to_message(cx, &mut *tx, &chat, message_id).await?;
    let event = Event::ReactionsChanged {
        chat,
        message_id,
        reactions,
    };
    tx.record_in(topics, &event);
    tx.commit().await
}

/// The reactions to messages, as the caller sees them. Takes no more queries for more messages.
pub(crate) async fn seen(
    cx: &Context,
    reader: &mut dyn Reader,
    messages: &[&Message],
) -> Result<Vec<wire::MessageReactions>> {
    let viewer = cx.actor()?.user_id;
    let ids = |message: &&Message| (message.chat_id, message.id);
    let ids: Vec<_> = messages.iter().map(ids).collect();
    let shown = cx.limits().reactors_shown;
    let found = reader.reactions(&ids, shown).await?;
    let chosen = reader.reacted(&ids, &[viewer]).await?;
    let chosen: HashSet<_> = chosen
        .iter()
        .map(|chosen| (chosen.message_id, &chosen.emoji))
        .collect();
    let seen = found.iter().map(|(id, reactions)| {
        let mine = |reaction: &Reaction| chosen.contains(&(*id, &reaction.emoji));
        let mine: Vec<bool> = reactions.iter().map(mine).collect();
        reaction::to_message(*id, reactions, &mine)
    });
    Ok(seen.collect())
}
