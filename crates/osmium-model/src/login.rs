//! Logins: what is stored of a sign-in; the wire calls them sessions.

use crate::id::{ClientId, LoginId, UserId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a client says of the device it runs on.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Device {
    /// Such as `web`, `ios`, `android`.
    pub kind: String,
    /// Such as `Chrome 120`.
    pub version: String,
    /// The version of the client.
    pub app_version: String,
}

/// A sign-in that can be authorized again with its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Its id; the wire's `session_id`.
    pub id: LoginId,
    /// Whose it is.
    pub user_id: UserId,
    /// The application that it was made under, and that it is bound to.
    pub client_id: ClientId,
    /// SHA-256 of the token's secret.
    pub token_hash: [u8; 32],
    /// The device that used it last.
    pub device: Device,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was used last.
    pub last_active: Timestamp,
}

/// An application: the name that its logins are listed under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Its id, which clients send in `core.initialize`.
    pub client_id: ClientId,
    /// Its name.
    pub name: String,
    /// Who made it.
    pub owner_id: UserId,
    /// The bot account that acts for it.
    pub bot_id: UserId,
}
