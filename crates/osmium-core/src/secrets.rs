//! Passwords and tokens: made, hashed and compared.

use crate::error::{Error, Result};
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use osmium_model::LoginId;
use osmium_ports::Random;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

/// A hash takes 19 MiB and some 20 ms of one core: more at a time would starve everything else.
const AT_A_TIME: usize = 2;
/// What a token's secret part holds.
const SECRET_BYTES: usize = 32;

/// Hashes and checks passwords, off the async threads and few at a time.
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_A_TIME)),
        }
    }

    /// A password as it is stored.
    pub(crate) async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        self.in_turn(move || {
            let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(|error| {
                tracing::error!(%error, "cannot hash a password");
                Error::internal()
            })
        })
        .await?
    }

    /// Whether a password is the stored one. Without a stored one it takes as long, so that the time does not
    /// tell whether an account exists.
    pub(crate) async fn verify(&self, password: String, stored: Option<String>) -> Result<bool> {
        self.in_turn(move || {
            let Some(stored) = stored else {
                let _ = Argon2::default().hash_password_with_salt(password.as_bytes(), &[0; 16]);
                return false;
            };
            let Ok(hash) = PasswordHash::new(&stored) else {
                return false;
            };
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let turn = self.turns.clone().acquire_owned().await;
        let turn = turn.map_err(|_| Error::unavailable())?;
        // The turn goes along: work that nobody waits for any more still takes its time.
        let work = move || {
            let _turn = turn;
            work()
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| Error::internal())
    }
}

/// A login's token: its id and a secret, each URL-safe base64, with a dot between.
pub(crate) struct Token {
    /// The login that it is for.
    pub(crate) login: LoginId,
    secret: [u8; SECRET_BYTES],
}

impl Token {
    /// A new token for a login.
    pub(crate) fn new(login: LoginId, random: &dyn Random) -> Self {
        Self {
            login,
            secret: random.bytes(),
        }
    }

    /// Reads what a client presents.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (login, secret) = text.split_once('.')?;
        let login = URL_SAFE_NO_PAD.decode(login).ok()?.try_into().ok()?;
        let secret = URL_SAFE_NO_PAD.decode(secret).ok()?.try_into().ok()?;
        Some(Self {
            login: LoginId(u64::from_be_bytes(login)),
            secret,
        })
    }

    /// What is stored of it.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.secret).into()
    }

    /// Whether it is the one of which `stored` was kept, in constant time.
    pub(crate) fn matches(&self, stored: &[u8; 32]) -> bool {
        self.hash().ct_eq(stored).into()
    }

    /// What the client is given.
    pub(crate) fn write(&self) -> String {
        let login = URL_SAFE_NO_PAD.encode(self.login.0.to_be_bytes());
        format!("{login}.{}", URL_SAFE_NO_PAD.encode(self.secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Random for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            (0u8..).zip(buffer).for_each(|(n, byte)| *byte = n);
        }
    }

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = Token::new(LoginId(u64::MAX >> 1), &Counting);
        let read = Token::parse(&token.write()).expect("a token");
        assert_eq!(read.login, token.login);
        assert!(read.matches(&token.hash()));
        assert!(!read.matches(&[0; 32]));
    }

    #[test]
    fn what_is_no_token_is_none() {
        for text in ["", ".", "a.b", "AAAAAAAAAAA.AAAA", "äöü.x"] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }

    #[tokio::test]
    async fn only_the_right_password_passes() {
        let passwords = Passwords::new();
        let stored = passwords
            .hash("correct horse".into(), [1; 16])
            .await
            .expect("a hash");
        assert!(stored.starts_with("$argon2id$"));
        let verify = |password: &str, stored| passwords.verify(password.into(), stored);
        assert_eq!(
            verify("correct horse", Some(stored.clone())).await,
            Ok(true)
        );
        assert_eq!(verify("battery staple", Some(stored)).await, Ok(false));
        assert_eq!(verify("anything", None).await, Ok(false));
    }
}
