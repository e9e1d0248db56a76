//! What a message's text, entities and reply must be.

use crate::error::{Error, Result};
use osmium_model::message::Quote;
use osmium_model::message::{keep_valid, utf16_len};
use osmium_model::{ChatId, Entity, EntityKind, Limits, MessageId, Reply, links};
use osmium_ports::Reader;

/// Whether a text has at most `max` UTF-16 units, and no NUL character: no store keeps that in a text.
pub(crate) fn fits(text: &str, max: usize) -> bool {
    utf16_len(text) <= max && !text.contains('\0')
}

/// A message's text as it is kept: as it was sent. It may be empty beside something else that the message `shows`.
pub(crate) fn check_text_with(limits: &Limits, text: String, shows: bool) -> Result<String> {
    if !shows && text.trim().is_empty() {
        return Err(Error::invalid("A message has a text"));
    }
    check_length(limits, &text)?;
    Ok(text)
}

/// A message's entities as they are kept. Where its client says nothing of the text, the links in it are found here.
pub(crate) fn entities_of(
    limits: &Limits,
    entities: Vec<Entity>,
    text: &str,
) -> Result<Vec<Entity>> {
    if entities.is_empty() {
        Ok(links(text, limits.message_entities))
    } else {
        check_entities(limits, entities, text)
    }
}

/// Entities as they are kept: those that lie within the text, unchanged.
fn check_entities(limits: &Limits, entities: Vec<Entity>, text: &str) -> Result<Vec<Entity>> {
    if entities.len() > limits.message_entities {
        return Err(Error::too_large(format!(
            "A message has at most {} entities",
            limits.message_entities
        )));
    }
    let kept = keep_valid(entities, text);
    // Together as long as a text, so that no message outgrows a frame.
    if kept.iter().map(length_of).sum::<usize>() > limits.message_length {
        return Err(Error::too_large("The links of a message are too long"));
    }
    Ok(kept)
}

/// The length of what an entity says beside the text.
fn length_of(entity: &Entity) -> usize {
    match &entity.kind {
        EntityKind::TextUrl(said)
        | EntityKind::Pre {
            language: Some(said),
        } => utf16_len(said),
        _ => 0,
    }
}

/// A reply as it is kept: to a message of the same chat.
pub(crate) async fn check_reply(
    limits: &Limits,
    reader: &mut dyn Reader,
    chat: ChatId,
    (message_id, mut quote): (MessageId, Option<Quote>),
) -> Result<Reply> {
    let answered = reader.messages(chat, &[message_id]).await?.pop();
    let answered = answered.ok_or_else(|| Error::not_found("message to reply to"))?;
    if let Some(quote) = &mut quote {
        check_length(limits, &quote.text)?;
        let entities = std::mem::take(&mut quote.entities);
        quote.entities = check_entities(limits, entities, &quote.text)?;
    }
    Ok(Reply {
        message_id,
        author_id: answered.author_id,
        quote,
    })
}

/// Requires that a text is no longer than a message's.
pub(crate) fn check_length(limits: &Limits, text: &str) -> Result<()> {
    if utf16_len(text) > limits.message_length {
        return Err(Error::too_large(format!(
            "A message has at most {} characters",
            limits.message_length
        )));
    }
    // No store keeps this character in a text.
    if text.contains('\0') {
        Err(Error::invalid("A text has no NUL character"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Reason;

    #[test]
    fn texts_are_bounded_in_utf16_units() {
        let limits = Limits {
            message_length: 4,
            ..Limits::default()
        };
        let check =
            |text: &str| check_text_with(&limits, text.into(), false).map_err(|error| error.reason);
        assert_eq!(check("😀😀").as_deref(), Ok("😀😀"));
        assert_eq!(check("😀😀."), Err(Reason::TooLarge));
        assert_eq!(check(" \n"), Err(Reason::Invalid));
        assert!(check_text_with(&limits, String::new(), true).is_ok());
        assert_eq!(check("a\0b"), Err(Reason::Invalid));
    }
}
