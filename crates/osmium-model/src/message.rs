//! Messages and what is in them.

use crate::bot::BotInfo;
use crate::id::{ChatId, EmojiId, MessageId, UserId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a message is. The numbers are the wire's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[repr(u8)]
pub enum MessageKind {
    /// Sent by someone.
    #[default]
    Normal = 0,
    /// A call began.
    Call = 1,
    /// The author joined.
    Join = 2,
    /// The author left.
    Leave = 3,
}

impl MessageKind {
    /// The kind with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        [Self::Normal, Self::Call, Self::Join, Self::Leave]
            .into_iter()
            .find(|kind| *kind as i32 == number)
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The chat it stands in.
    pub chat_id: ChatId,
    /// Its number in that chat, from 1 without gaps; deleted ones keep theirs.
    pub ordinal: u64,
    /// Who wrote it, or whom a system message is about.
    pub author_id: UserId,
    /// What it is.
    pub kind: MessageKind,
    /// Its text.
    pub text: String,
    /// How parts of the text look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// What it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    /// When what is forwarded was first sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<Timestamp>,
    /// What a bot attached to it; never nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<BotInfo>,
    /// When it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// Whether it is pinned in its chat.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

/// A range of a text, in UTF-16 code units, and how it looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Where it starts.
    pub start: u32,
    /// How long it is.
    pub length: u32,
    /// How it looks.
    pub kind: EntityKind,
}

/// How a range of a text looks, or what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntityKind {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// Struck through.
    Strikethrough,
    /// Code, in the line.
    Code,
    /// A link that the text itself is.
    Url,
    /// Hidden until clicked.
    Spoiler,
    /// A block of code.
    Pre {
        /// The language it is written in.
        language: Option<String>,
    },
    /// A link behind a text.
    TextUrl(String),
    /// A custom emoji in place of the text.
    CustomEmoji(EmojiId),
    /// A mention whose text is `@` and the user's id.
    UserMention,
    /// A mention whose text is `@` and the user's name.
    Username,
}

/// What a message answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The message that is answered, in the same chat.
    pub message_id: MessageId,
    /// Who wrote that.
    pub author_id: UserId,
    /// The part of it that is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// A part of the message that is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Its text.
    pub text: String,
    /// How parts of it look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// Where it starts in the original, in UTF-16 code units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

/// The length of a text in UTF-16 code units, which is how clients count.
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Keeps the entities that lie within the text; the others are dropped, none is changed.
pub fn keep_valid(entities: Vec<Entity>, text: &str) -> Vec<Entity> {
    let length = utf16_len(text) as u64;
    let fits = |entity: &Entity| {
        entity.length > 0 && u64::from(entity.start) + u64::from(entity.length) <= length
    };
    entities.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bold(start: u32, length: u32) -> Entity {
        Entity {
            start,
            length,
            kind: EntityKind::Bold,
        }
    }

    #[test]
    fn length_counts_utf16_units() {
        assert_eq!(utf16_len("aé😀"), 4);
    }

    #[test]
    fn entities_outside_the_text_are_dropped() {
        let kept = keep_valid(
            vec![
                bold(0, 4),
                bold(2, 2),
                bold(3, 2),
                bold(1, 0),
                bold(u32::MAX, u32::MAX),
            ],
            "aé😀",
        );
        assert_eq!(kept, vec![bold(0, 4), bold(2, 2)]);
    }
}
