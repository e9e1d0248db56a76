//! Why we close a connection, as WebSocket codes. All but those of 4400 to 4403 say: connect again.

use crate::error::Reason;

/// Why a connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// A text frame: the protocol is binary.
    Text,
    /// A frame that is no message of the protocol.
    Undecodable,
    /// A frame over the limit.
    TooLarge,
    /// Nothing was heard for too long.
    Idle,
    /// The client did not initialize in time.
    Handshake,
    /// The client reads more slowly than updates come.
    TooSlow,
    /// What the client missed can no longer be told: it has to fetch everything anew.
    Behind,
    /// The process shuts down.
    Restart,
    /// The login was ended.
    SignedOut,
    /// The token will never be good again.
    Refused,
    /// Signing in by token failed for now.
    NotAuthorized,
    /// Too many connections from one address.
    TooMany,
}

impl CloseReason {
    /// The code of a close frame.
    pub fn code(self) -> u16 {
        match self {
            Self::Text => 1003,
            Self::Undecodable => 1007,
            Self::TooLarge => 1009,
            Self::Restart => 1012,
            Self::TooSlow | Self::Behind | Self::NotAuthorized | Self::TooMany => 1013,
            Self::SignedOut => 4401,
            Self::Refused => 4403,
            Self::Idle | Self::Handshake => 4408,
        }
    }

    /// The text of a close frame, at most 123 bytes.
    pub fn text(self) -> &'static str {
        match self {
            Self::Text => "binary frames only",
            Self::Undecodable => "not a ClientMessage",
            Self::TooLarge => "frame too large",
            Self::Idle => "nothing heard for too long, reconnect",
            Self::Handshake => "core.initialize did not come in time",
            Self::TooSlow => "reading too slowly, reconnect",
            Self::Behind => "too far behind, reconnect",
            Self::Restart => "server restarts, reconnect",
            Self::SignedOut => "the session was ended",
            Self::Refused => "the token was refused",
            Self::NotAuthorized => "not authorized for now, reconnect",
            Self::TooMany => "too many connections from this address",
        }
    }

    /// How a connection is closed whose `auth.authorize` failed for this reason.
    pub(super) fn unauthorized(reason: Reason) -> Self {
        if reason == Reason::Forbidden {
            Self::Refused
        } else {
            Self::NotAuthorized
        }
    }
}
