//! Users, profiles and accounts.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Account, CommunityId, Profile, Settings, Topic, User, UserId, Username};

/// Reading users.
#[async_trait]
pub trait UserReads {
    /// A user.
    async fn find_user(&mut self, id: UserId) -> Result<Option<User>>;

    /// Those of the users that exist, in no order.
    async fn users(&mut self, ids: &[UserId]) -> Result<Vec<User>>;

    /// The user with a handle.
    async fn find_user_by_username(&mut self, username: &Username) -> Result<Option<User>>;

    /// The users with these handles, in no order.
    async fn user_ids_by_username(&mut self, usernames: &[Username]) -> Result<Vec<UserId>>;

    /// A user's profile.
    async fn find_profile(&mut self, id: UserId) -> Result<Option<Profile>>;

    /// What a user's devices share; what was never set is as by default.
    async fn settings(&mut self, id: UserId) -> Result<Settings>;

    /// A user's account.
    async fn find_account(&mut self, id: UserId) -> Result<Option<Account>>;

    /// The account with an address, given in lower case.
    async fn find_account_by_email(&mut self, email: &str) -> Result<Option<Account>>;

    /// Accounts with their users by id, those above `after`.
    async fn list_accounts(&mut self, after: UserId, limit: u32) -> Result<Vec<(User, Account)>>;

    /// The topics of everyone who knows the user, each once, the user's own first: their communities and groups, their
    /// friends, and the users of their latest `direct_chats` direct chats, except those with whom there is a block.
    async fn watching_topics(&mut self, id: UserId, direct_chats: u32) -> Result<Vec<Topic>>;

    /// The communities that both are members of, by id, at most `limit`.
    async fn mutual_communities(
        &mut self,
        a: UserId,
        b: UserId,
        limit: u32,
    ) -> Result<Vec<CommunityId>>;

    /// Those of the users who share a community with a user, in no order.
    async fn sharing_community(&mut self, user: UserId, others: &[UserId]) -> Result<Vec<UserId>>;
}

/// Writing users.
#[async_trait]
pub trait UserWrites {
    /// Adds a user with an empty profile and an account. Taken: [`super::StoreError::EMAIL`],
    /// [`super::StoreError::USERNAME`].
    async fn insert_user(&mut self, user: &User, account: &Account) -> Result<()>;

    /// Replaces what everyone sees. Taken: [`super::StoreError::USERNAME`].
    async fn update_user(&mut self, user: &User) -> Result<()>;

    /// Replaces the profile.
    async fn update_profile(&mut self, id: UserId, profile: &Profile) -> Result<()>;

    /// Replaces what a user's devices share.
    async fn set_settings(&mut self, id: UserId, settings: &Settings) -> Result<()>;

    /// Shuts an account out, or lets it in again.
    async fn set_disabled(&mut self, id: UserId, disabled: bool) -> Result<()>;
}
