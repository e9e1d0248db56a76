//! `auth.signIn -> auth.Authorization`: signs in with an email address and a password.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::Topic;
use osmium_proto::auth::{Authorization, SignIn};

impl Method for SignIn {
    const ACCESS: Access = Access::SignedOut;
    const COST: Cost = Cost::SIGN_IN;

    async fn call(self, cx: &Context) -> Result<Authorization> {
        // Over these nothing was ever stored, and hashing much costs much.
        if self.password.len() > cx.limits().password_max
            || self.email.len() > cx.limits().email_length
        {
            return Err(Error::bad_credentials());
        }
        let email = self.email.trim().to_lowercase();
        let account = cx.read().await?.find_account_by_email(&email).await?;
        let stored = account
            .as_ref()
            .and_then(|account| account.password_hash.clone());
        let right = cx.core.passwords.verify(self.password, stored).await?;
        let account = account
            .filter(|_| right)
            .ok_or_else(Error::bad_credentials)?;
        let mut tx = cx.begin(&[Topic::User(account.user_id)]).await?;
        // Checking the password took a while: the account may be shut out by now, or have another password.
        let now = tx.find_account(account.user_id).await?;
        let now = now
            .filter(|now| now.password_hash == account.password_hash)
            .ok_or_else(Error::bad_credentials)?;
        if now.disabled {
            return Err(Error::forbidden("This account is disabled"));
        }
        let user = tx
            .find_user(now.user_id)
            .await?
            .ok_or_else(Error::bad_credentials)?;
        cx.sign_in(tx, user).await
    }
}
