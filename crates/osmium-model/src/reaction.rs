//! Reactions: emoji under messages, each with those who chose it.

use crate::id::{EmojiId, UserId};
use crate::message::utf16_len;
use serde::{Deserialize, Serialize};

/// What one reacts with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReactionEmoji {
    /// As it was typed: the same emoji in another spelling is another.
    Unicode(String),
    /// A custom emoji.
    Custom(EmojiId),
}

impl ReactionEmoji {
    /// A typed emoji: something that shows, of at most `max` UTF-16 units. (Which characters are emoji is for clients
    /// to say: there are new ones every year.)
    pub fn typed(text: String, max: usize) -> Option<Self> {
        let hidden = |c: char| c.is_control() || c.is_whitespace();
        let fits = !text.is_empty() && utf16_len(&text) <= max && !text.contains(hidden);
        fits.then_some(Self::Unicode(text))
    }

    /// As stores keep it: one text for each emoji.
    pub fn to_key(&self) -> String {
        match self {
            Self::Unicode(text) => format!("u{text}"),
            Self::Custom(id) => format!("c{id}"),
        }
    }

    /// The emoji that stores keep as this.
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(text) = key.strip_prefix('u') {
            return Some(Self::Unicode(text.to_owned()));
        }
        let id = key.strip_prefix('c')?.parse().ok()?;
        Some(Self::Custom(EmojiId(id)))
    }
}

/// One emoji under a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// Which.
    pub emoji: ReactionEmoji,
    /// How many users chose it.
    pub count: u32,
    /// The first of them.
    pub preview: Vec<UserId>,
}

impl Reaction {
    /// Whether all who chose it are in the preview.
    pub fn shows_all(&self) -> bool {
        self.preview.len() as u64 == u64::from(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_read_from_their_keys() {
        for emoji in [
            ReactionEmoji::Unicode("👩‍❤️‍💋‍👩".to_owned()),
            ReactionEmoji::Unicode("c7".to_owned()),
            ReactionEmoji::Custom(EmojiId(7)),
            ReactionEmoji::Custom(EmojiId(u64::MAX)),
        ] {
            assert_eq!(ReactionEmoji::from_key(&emoji.to_key()), Some(emoji));
        }
        for unknown in ["", "x", "c", "cat", "c-1"] {
            assert_eq!(ReactionEmoji::from_key(unknown), None, "{unknown:?}");
        }
    }

    #[test]
    fn a_typed_emoji_shows_and_is_short() {
        let typed = |text: &str| ReactionEmoji::typed(text.to_owned(), 8).is_some();
        for good in ["👍", "❤️", "👨‍👩‍👦", "🇩🇪", "a"] {
            assert!(typed(good), "{good:?}");
        }
        for bad in ["", " ", "\0", "👍\n", "👍 👍", "\u{85}", "👍👍👍👍👍"] {
            assert!(!typed(bad), "{bad:?}");
        }
    }
}
