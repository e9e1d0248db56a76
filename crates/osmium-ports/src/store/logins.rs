//! Logins and applications.

use super::Result;
use async_trait::async_trait;
use osmium_model::{App, ClientId, Device, Login, LoginId, Timestamp, UserId};

/// Reading logins.
#[async_trait]
pub trait LoginReads {
    /// A login.
    async fn find_login(&mut self, id: LoginId) -> Result<Option<Login>>;

    /// A user's logins, the one used last first.
    async fn logins(&mut self, user: UserId) -> Result<Vec<Login>>;

    /// Those of the applications that exist.
    async fn apps(&mut self, ids: &[ClientId]) -> Result<Vec<App>>;
}

/// Writing logins. Whoever does holds the topic of the login's user, except for [`LoginWrites::touch_login`].
#[async_trait]
pub trait LoginWrites {
    /// Adds a login.
    async fn insert_login(&mut self, login: &Login) -> Result<()>;

    /// Notes that a login was used, and on which device.
    async fn touch_login(&mut self, id: LoginId, device: &Device, at: Timestamp) -> Result<()>;

    /// Deletes those of the logins that are the user's, and tells which were.
    async fn delete_logins(&mut self, user: UserId, ids: &[LoginId]) -> Result<Vec<LoginId>>;

    /// Adds an application. Taken: [`super::StoreError::CLIENT_ID`].
    async fn insert_app(&mut self, app: &App) -> Result<()>;
}
