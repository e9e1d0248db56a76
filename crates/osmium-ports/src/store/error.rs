//! What can go wrong in a store.

/// Why a store did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, is shutting down, or took too long; or the transaction lost a
    /// race and may be tried again.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// A row with this key exists: the name of the constraint.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// The database or its content is not as this release expects.
    #[error("the database failed: {0}")]
    Internal(String),
}

impl StoreError {
    /// The constraint on an account's email address.
    pub const EMAIL: &'static str = "accounts_email_key";
    /// The constraint on a user's handle.
    pub const USERNAME: &'static str = "users_username_key";
    /// The constraint on a community's handle.
    pub const COMMUNITY_USERNAME: &'static str = "communities_username_key";
    /// The constraint on an application's id.
    pub const CLIENT_ID: &'static str = "apps_pkey";
    /// The constraint on a direct chat's pair of users.
    pub const DIRECT: &'static str = "chats_direct_key";
    /// Every constraint that a caller can run into.
    pub const CONSTRAINTS: [&'static str; 5] = [
        Self::EMAIL,
        Self::USERNAME,
        Self::COMMUNITY_USERNAME,
        Self::CLIENT_ID,
        Self::DIRECT,
    ];
}
