//! Invites into communities, groups and friendships.

use crate::id::{CommunityId, GroupId, UserId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The characters of an invite code.
pub const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A code of [`InviteCode::LENGTH`] characters of [`ALPHABET`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InviteCode(String);

impl InviteCode {
    /// How many characters a code has.
    pub const LENGTH: usize = 16;

    /// The code as it is written, if it can be one.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == Self::LENGTH && text.bytes().all(|c| c.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_owned()))
    }

    /// A code out of random bytes. 62 does not divide 256, so bytes of 248 and above are passed over: give
    /// some more than [`InviteCode::LENGTH`]; none if too few were left.
    pub fn from_random(bytes: &[u8]) -> Option<Self> {
        let code: String = bytes
            .iter()
            .filter(|byte| **byte < 248)
            .take(Self::LENGTH)
            .map(|byte| char::from(ALPHABET[usize::from(byte % 62)]))
            .collect();
        Self::parse(&code)
    }

    /// The code's characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What an invite leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InviteTarget {
    /// Membership of a community.
    Community(CommunityId),
    /// Membership of a group.
    Group(GroupId),
    /// Friendship with a user.
    User(UserId),
}

/// An invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// What one types.
    pub code: InviteCode,
    /// Who made it.
    pub creator_id: UserId,
    /// What it leads to.
    pub target: InviteTarget,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// How often it can be used.
    pub max_uses: Option<u32>,
    /// How often it was used.
    pub uses: u32,
}

impl Invite {
    /// Whether it can still be used.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
            && self.max_uses.is_none_or(|max| self.uses < max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_sixteen_letters_or_digits() {
        assert!(InviteCode::parse("abcDEF0123456789").is_some());
        assert!(InviteCode::parse("abcDEF012345678").is_none());
        assert!(InviteCode::parse("abcDEF01234567é").is_none());
        let bytes: Vec<u8> = (200..=255).collect();
        let code = InviteCode::from_random(&bytes).map(|code| code.as_str().to_owned());
        assert_eq!(code.as_deref(), Some("OPQRSTUVWXYZabcd"));
        assert!(InviteCode::from_random(&[255; 40]).is_none());
    }
}
