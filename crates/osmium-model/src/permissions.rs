//! Permission bits, as the wire numbers them.

use bitflags::bitflags;
use serde::{Deserialize, Serialize};

bitflags! {
    /// What a member may do, in a community or in one of its channels.
    ///
    /// Bits that a newer client knows and we do not are kept as they are.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct Permissions: u64 {
        /// Everything, everywhere in the community.
        const ADMINISTRATOR = 1;
        /// See a channel. Without it, nothing else in the channel is allowed.
        const VIEW_CHANNEL = 1 << 1;
        /// Send messages.
        const SEND_MESSAGES = 1 << 2;
        /// Join a voice room.
        const CONNECT_VOICE = 1 << 3;
        /// Create, edit and delete channels and their overrides.
        const MODIFY_CHANNEL = 1 << 4;
        /// Send files.
        const SEND_MEDIA = 1 << 5;
        /// Delete other people's messages.
        const DELETE_MESSAGES = 1 << 6;
        /// Pin and unpin messages.
        const PIN_MESSAGES = 1 << 7;
        /// Speak in a voice room.
        const SPEAK_VOICE = 1 << 8;
        /// Edit the community's name, photo and settings.
        const MODIFY_COMMUNITY = 1 << 9;
        /// Create, edit, delete and assign roles.
        const MODIFY_ROLES = 1 << 10;
        /// Kick and ban.
        const REMOVE_MEMBERS = 1 << 11;
        /// React to messages.
        const ADD_REACTIONS = 1 << 12;
        /// Edit the community's emoji pack.
        const MODIFY_LINKED_STICKERS = 1 << 13;
    }
}

impl Permissions {
    /// What the members of a new community may do: view, send, connect, media, speak, react (4398).
    pub const NEW_COMMUNITY: Self = Self::VIEW_CHANNEL
        .union(Self::SEND_MESSAGES)
        .union(Self::CONNECT_VOICE)
        .union(Self::SEND_MEDIA)
        .union(Self::SPEAK_VOICE)
        .union(Self::ADD_REACTIONS);

    /// The same bits as the signed number that SQL columns hold.
    pub fn to_sql(self) -> i64 {
        self.bits().cast_signed()
    }

    /// What a SQL column holds.
    pub fn from_sql(column: i64) -> Self {
        Self::from_bits_retain(column.cast_unsigned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_community_starts_with_4398() {
        assert_eq!(Permissions::NEW_COMMUNITY.bits(), 4398);
    }
}
