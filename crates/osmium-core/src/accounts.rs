//! Accounts and logins: what a name, an address and a password must be, and how one gets in.

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::secrets::Token;
use crate::session::{Actor, Transition};
use osmium_model::name;
use osmium_model::{
    Account, ClientId, Device, Event, Limits, Login, LoginId, Timestamp, Topic, User, UserId,
    Username,
};
use osmium_ports::Random;
use osmium_proto::auth::Authorization;
use osmium_wire::login::authorization;

/// A user's name as it is kept.
pub(crate) fn check_name(limits: &Limits, name: &str) -> Result<String> {
    name::trimmed(name, limits.user_name_length).ok_or_else(|| {
        Error::invalid(format!(
            "A name has 1 to {} characters",
            limits.user_name_length
        ))
    })
}

/// A handle; none if it is to be cleared.
pub(crate) fn parse_username(text: &str) -> Result<Option<Username>> {
    if text.is_empty() {
        return Ok(None);
    }
    let parsed = Username::parse(text);
    let invalid = || Error::invalid("A username has 2 to 32 of a-z, 0-9, _ and .");
    parsed.map(Some).ok_or_else(invalid)
}

/// An address as it is kept: in lower case. Whether mail reaches it is another matter.
pub(crate) fn check_email(limits: &Limits, email: &str) -> Result<String> {
    let email = email.trim().to_lowercase();
    let parts = email.split_once('@');
    let plausible = parts.is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    let clean = !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email.matches('@').count() == 1;
    if plausible && clean && email.len() <= limits.email_length {
        Ok(email)
    } else {
        Err(Error::invalid("Not an email address"))
    }
}

/// A password that may be chosen.
pub(crate) fn check_password(limits: &Limits, password: String) -> Result<String> {
    if password.chars().count() < limits.password_min {
        return Err(Error::invalid(format!(
            "A password has at least {} characters",
            limits.password_min
        )));
    }
    if password.len() > limits.password_max {
        return Err(Error::invalid(format!(
            "A password has at most {} bytes",
            limits.password_max
        )));
    }
    Ok(password)
}

/// Adds a user with an account and their topic. `email` and `password_hash` as they are kept.
pub(crate) async fn insert_account(
    tx: &mut Tx,
    user: &User,
    email: Option<String>,
    password_hash: Option<String>,
) -> Result<()> {
    tx.create_topic(Topic::User(user.id)).await?;
    let account = Account {
        user_id: user.id,
        email,
        password_hash,
        disabled: false,
    };
    Ok(tx.insert_user(user, &account).await?)
}

/// A user as they begin.
pub(crate) fn new_user(id: UserId, name: String, bot: bool) -> User {
    User {
        id,
        name,
        username: None,
        bot,
        icon: None,
        color: None,
    }
}

/// Adds a login in a transaction that holds its user's topic, and gives its token.
pub(crate) async fn insert_login(
    tx: &mut Tx,
    random: &dyn Random,
    id: LoginId,
    user_id: UserId,
    (client_id, device): (ClientId, Device),
    now: Timestamp,
) -> Result<Token> {
    let token = Token::new(id, random);
    let token_hash = token.hash();
    let (created_at, last_active) = (now, now);
    let login = Login {
        id,
        user_id,
        client_id,
        token_hash,
        device,
        created_at,
        last_active,
    };
    tx.insert_login(&login).await?;
    Ok(token)
}

/// Ends logins of a user whose topic the transaction holds; those that are not theirs are passed over.
pub(crate) async fn end_logins(tx: &mut Tx, user: UserId, logins: &[LoginId]) -> Result<()> {
    for login_id in tx.delete_logins(user, logins).await? {
        tx.record(Topic::User(user), Event::LoginEnded { login_id });
    }
    Ok(())
}

impl Context {
    /// Signs a user in on this connection with a new login, in a transaction that holds their topic; commits it.
    pub(crate) async fn sign_in(&self, mut tx: Tx, user: User) -> Result<Authorization> {
        let client = self.caller.client.as_ref().ok_or_else(Error::signed_out)?;
        let id = LoginId(self.new_id()?);
        let of = (client.id, client.device.clone());
        let random = &*self.core.ports.random;
        let token = insert_login(&mut tx, random, id, user.id, of, self.now()).await?;
        let surplus: Vec<LoginId> = {
            let logins = tx.logins(user.id).await?.into_iter().map(|login| login.id);
            logins
                .filter(|login| *login != id)
                .skip(self.limits().logins_per_user.saturating_sub(1))
                .collect()
        };
        end_logins(&mut tx, user.id, &surplus).await?;
        tx.commit().await?;
        self.on_success(Transition::SignedIn(Actor {
            user_id: user.id,
            login_id: id,
        }));
        Ok(authorization(token.write(), self.own_user(&user).await, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_lower_case() {
        let limits = Limits::default();
        let check = |email: &str| check_email(&limits, email).ok();
        assert_eq!(
            check(" Ada@Example.ORG ").as_deref(),
            Some("ada@example.org")
        );
        for bad in [
            "",
            "ada",
            "@example.org",
            "ada@example",
            "a@b@c.d",
            "a b@c.de",
            "ada@.org",
            "ada@org.",
        ] {
            assert_eq!(check(bad), None, "{bad}");
        }
        assert_eq!(check(&format!("{}@example.org", "a".repeat(250))), None);
    }

    #[test]
    fn passwords_are_bounded() {
        let limits = Limits::default();
        assert!(check_password(&limits, "short".into()).is_err());
        assert!(check_password(&limits, "long enough".into()).is_ok());
        assert!(check_password(&limits, "x".repeat(129)).is_err());
    }
}
