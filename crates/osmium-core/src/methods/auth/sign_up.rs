//! `auth.signUp -> auth.Authorization`: makes an account, or a guest without one, and signs in.

use crate::accounts::{check_email, check_name, check_password, insert_account, new_user};
use crate::config::Registration;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::UserId;
use osmium_proto::auth::{Authorization, SignUp};

impl Method for SignUp {
    const ACCESS: Access = Access::SignedOut;
    const COST: Cost = Cost::SIGN_IN;

    async fn call(self, cx: &Context) -> Result<Authorization> {
        check_registration(cx)?;
        let name = check_name(cx.limits(), &self.name)?;
        let credentials = credentials(cx, self.email, self.password)?;
        let (email, password_hash) = match credentials {
            None => (None, None),
            Some((email, password)) => {
                let salt = cx.core.ports.random.bytes();
                (
                    Some(email),
                    Some(cx.core.passwords.hash(password, salt).await?),
                )
            }
        };
        let user = new_user(UserId(cx.new_id()?), name, false);
        let mut tx = cx.begin(&[]).await?;
        insert_account(&mut tx, &user, email, password_hash).await?;
        cx.sign_in(tx, user).await
    }
}

fn check_registration(cx: &Context) -> Result<()> {
    match cx.core.config.registration {
        Registration::Open => Ok(()),
        Registration::Invite if cx.caller.invited => Ok(()),
        Registration::Invite => Err(Error::forbidden("Look up a valid invite first")),
        Registration::Closed => Err(Error::forbidden("Sign-up is closed")),
    }
}

fn credentials(
    cx: &Context,
    email: Option<String>,
    password: Option<String>,
) -> Result<Option<(String, String)>> {
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    match (given(email), given(password)) {
        (Some(email), Some(password)) => Ok(Some((
            check_email(cx.limits(), &email)?,
            check_password(cx.limits(), password)?,
        ))),
        (None, None) if cx.core.config.guests => Ok(None),
        (None, None) => Err(Error::forbidden(
            "Guests are not allowed: give an email and a password",
        )),
        _ => Err(Error::invalid("Give an email and a password, or neither")),
    }
}
