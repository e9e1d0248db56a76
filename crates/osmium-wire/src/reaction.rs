//! Reactions to messages.

use osmium_model::{EmojiId, MessageId, Reaction, ReactionEmoji};
use osmium_proto::reactions as wire;
use osmium_proto::reactions::reaction_emoji::Emoji;

/// The reactions to a message, as someone sees them who chose those that `mine` marks.
pub fn to_message(id: MessageId, reactions: &[Reaction], mine: &[bool]) -> wire::MessageReactions {
    let fields = reactions
        .iter()
        .zip(mine)
        .map(|(reaction, me)| field(reaction, *me));
    wire::MessageReactions {
        message_id: id.0,
        reaction_fields: fields.collect(),
    }
}

fn field(reaction: &Reaction, me: bool) -> wire::MessageReactionField {
    wire::MessageReactionField {
        emoji: Some(emoji(&reaction.emoji)),
        count: reaction.count,
        me,
        preview_user_ids: reaction.preview.iter().map(|user| user.0).collect(),
    }
}

fn emoji(emoji: &ReactionEmoji) -> wire::ReactionEmoji {
    let emoji = match emoji {
        ReactionEmoji::Unicode(text) => Emoji::UnicodeEmoji(text.clone()),
        ReactionEmoji::Custom(id) => Emoji::CustomEmoji(id.0),
    };
    wire::ReactionEmoji { emoji: Some(emoji) }
}

/// The emoji that a client names; one that is typed has at most `max` UTF-16 units.
pub fn parse_emoji(emoji: Option<wire::ReactionEmoji>, max: usize) -> Option<ReactionEmoji> {
    match emoji?.emoji? {
        Emoji::UnicodeEmoji(text) => ReactionEmoji::typed(text, max),
        Emoji::CustomEmoji(id) => (id != 0).then_some(ReactionEmoji::Custom(EmojiId(id))),
    }
}
