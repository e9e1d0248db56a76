//! `users.lookupUsername -> users.UserDetails`: the user with a handle, in any case, with or without an `@`.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::Username;
use osmium_proto::users::{LookupUsername, UserDetails};
use osmium_wire::user;

impl Method for LookupUsername {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<UserDetails> {
        let not_found = || Error::not_found("user");
        let username = Username::parse(&self.username).ok_or_else(not_found)?;
        let found = cx
            .read()
            .await?
            .find_user_by_username(&username)
            .await?
            .ok_or_else(not_found)?;
        // A handle leads anyone here: whether its owner is online is for those who know them.
        Ok(UserDetails {
            user: Some(user::user(&found, None)),
        })
    }
}
