//! Names that people type: user names, and free names of people, communities and channels.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A handle: 2 to 32 of `[a-z0-9_.]`, kept in lower case. Unique among users; communities have a
/// namespace of their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Username(String);

impl Username {
    /// Reads a handle in any case, with or without a leading `@`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('@').unwrap_or(text).to_ascii_lowercase();
        let allowed = |c: u8| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.');
        ((2..=32).contains(&text.len()) && text.bytes().all(allowed)).then_some(Self(text))
    }

    /// The handle a store holds.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The handle's characters, without an `@`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name as it is kept: trimmed, not empty, at most `max` UTF-16 code units, no control characters.
pub fn trimmed(name: &str, max: usize) -> Option<String> {
    let name = name.trim();
    let fits = !name.is_empty()
        && crate::message::utf16_len(name) <= max
        && !name.chars().any(char::is_control);
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_fold_case_and_drop_the_at() {
        assert_eq!(
            Username::parse("@Ada.L_9")
                .map(|u| u.to_string())
                .as_deref(),
            Some("ada.l_9")
        );
        for bad in ["", "a", "a b", "ä_b", "@@ab", &"x".repeat(33)] {
            assert_eq!(Username::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_are_trimmed_and_bounded() {
        assert_eq!(trimmed("  Ada ", 3).as_deref(), Some("Ada"));
        assert_eq!(trimmed(" \t ", 3), None);
        assert_eq!(trimmed("Adas", 3), None);
        assert_eq!(trimmed("A\u{7}a", 3), None);
    }
}
