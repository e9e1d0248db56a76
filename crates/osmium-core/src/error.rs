//! Why a call failed, and the code that the wire has for it. The only place where one becomes the other.

use osmium_ports::StoreError;
use std::borrow::Cow;
use std::time::Duration;

/// The outcome of a call, or of a part of it.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call was refused or failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An argument is malformed, missing or out of range.
    Invalid,
    /// The connection is not signed in.
    SignedOut,
    /// The caller may not do this; also a token that will never be good again.
    Forbidden,
    /// There is no such thing, or none that the caller may see.
    NotFound,
    /// It clashes with what is there.
    Conflict,
    /// It was good once.
    Expired,
    /// It is over a limit of size or number.
    TooLarge,
    /// Too often; there is room again after this time.
    RateLimited(Duration),
    /// A mistake of ours.
    Internal,
    /// This server does not offer it.
    NotOffered,
    /// It cannot be done right now; the same call may go through later.
    Unavailable,
    /// It took too long.
    TimedOut,
}

impl Reason {
    /// The code on the wire, HTTP-like.
    pub fn code(self) -> u32 {
        match self {
            Self::Invalid => 400,
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Expired => 410,
            Self::TooLarge => 413,
            Self::RateLimited(_) => 429,
            Self::Internal => 500,
            Self::NotOffered => 501,
            Self::Unavailable => 503,
            Self::TimedOut => 504,
        }
    }
}

/// A reason with a short English text for a developer. It never carries SQL, paths, tokens or other
/// people's data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Error {
    /// Why.
    pub reason: Reason,
    /// In words.
    pub text: Cow<'static, str>,
}

impl Error {
    fn new(reason: Reason, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            reason,
            text: text.into(),
        }
    }

    /// An argument is wrong: what about it.
    pub fn invalid(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::Invalid, text)
    }

    /// The connection is not signed in.
    pub fn signed_out() -> Self {
        Self::new(Reason::SignedOut, "Not signed in")
    }

    /// The credentials are wrong.
    pub fn bad_credentials() -> Self {
        Self::new(Reason::SignedOut, "Wrong email or password")
    }

    /// The caller may not: what.
    pub fn forbidden(text: &'static str) -> Self {
        Self::new(Reason::Forbidden, text)
    }

    /// There is none that the caller may see: of what.
    pub fn not_found(what: &'static str) -> Self {
        Self::new(Reason::NotFound, format!("No such {what}"))
    }

    /// It clashes: with what.
    pub fn conflict(text: &'static str) -> Self {
        Self::new(Reason::Conflict, text)
    }

    /// It was good once: what.
    pub fn expired(text: &'static str) -> Self {
        Self::new(Reason::Expired, text)
    }

    /// It is over a limit: which.
    pub fn too_large(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::TooLarge, text)
    }

    /// Too often: when there is room again.
    pub fn rate_limited(wait: Duration) -> Self {
        let seconds = wait.as_millis().div_ceil(1000).max(1);
        Self::new(
            Reason::RateLimited(wait),
            format!("Rate limited, retry after {seconds} s"),
        )
    }

    /// Not offered: what, and why.
    pub fn not_offered(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::NotOffered, text)
    }

    /// It cannot be done right now.
    pub fn unavailable() -> Self {
        Self::new(Reason::Unavailable, "Try again later")
    }

    /// It took too long.
    pub fn timed_out() -> Self {
        Self::new(Reason::TimedOut, "Took too long")
    }

    /// The bot whose answer was waited for gave none.
    pub fn no_answer() -> Self {
        Self::new(Reason::TimedOut, "The bot did not answer in time")
    }

    /// A mistake of ours. What it was goes to the log, not to the caller.
    pub fn internal() -> Self {
        Self::new(Reason::Internal, "Internal error")
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken(StoreError::EMAIL) => Self::conflict("This email is in use"),
            StoreError::Taken(StoreError::USERNAME | StoreError::COMMUNITY_USERNAME) => {
                Self::conflict("This username is taken")
            }
            StoreError::Taken(_) => Self::conflict("This exists already"),
            StoreError::Unavailable(why) => {
                tracing::warn!(%why, "the store is unavailable");
                Self::unavailable()
            }
            StoreError::Internal(why) => {
                tracing::error!(%why, "the store failed");
                Self::internal()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_told_in_whole_seconds() {
        let text = |millis| Error::rate_limited(Duration::from_millis(millis)).text;
        assert_eq!(text(1), "Rate limited, retry after 1 s");
        assert_eq!(text(2001), "Rate limited, retry after 3 s");
    }
}
