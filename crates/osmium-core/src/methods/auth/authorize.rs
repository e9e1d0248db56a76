//! `auth.authorize -> auth.Authorization`: goes on with a login that was made before.
//!
//! 403 means that the token will never be good again; the connection is closed after any error.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::secrets::Token;
use crate::session::{Actor, Transition};
use osmium_proto::auth::{Authorization, Authorize};
use osmium_wire::login::authorization;

impl Method for Authorize {
    const ACCESS: Access = Access::Initialized;
    const COST: Cost = Cost::AUTHORIZE;

    async fn call(self, cx: &Context) -> Result<Authorization> {
        let invalid = || Error::forbidden("Invalid token");
        let client = cx.caller.client.as_ref().ok_or_else(Error::signed_out)?;
        let token = Token::parse(&self.token).ok_or_else(invalid)?;
        let mut tx = cx.begin(&[]).await?;
        let login = tx.find_login(token.login).await?;
        let login = login
            .filter(|login| token.matches(&login.token_hash))
            .ok_or_else(invalid)?;
        if login.client_id != client.id {
            return Err(Error::forbidden("Invalid client"));
        }
        if cx
            .caller
            .actor
            .is_some_and(|actor| actor.user_id != login.user_id)
        {
            return Err(Error::invalid("Signed in as someone else"));
        }
        let account = tx.find_account(login.user_id).await?.ok_or_else(invalid)?;
        if account.disabled {
            return Err(Error::forbidden("This account is disabled"));
        }
        let user = tx.find_user(login.user_id).await?.ok_or_else(invalid)?;
        tx.touch_login(login.id, &client.device, cx.now()).await?;
        tx.commit().await?;
        cx.on_success(Transition::SignedIn(Actor {
            user_id: user.id,
            login_id: login.id,
        }));
        Ok(authorization(
            self.token,
            cx.own_user(&user).await,
            login.id,
        ))
    }
}
