//! What every method says of itself.

use crate::context::Context;
use crate::error::Result;
use osmium_proto::Request;

/// A method of the protocol. Each is one file under `methods/`, which says who may call it, what a call costs,
/// and what it does: parse, decide in one transaction, render.
pub(crate) trait Method: Request {
    /// Who may call it.
    const ACCESS: Access;
    /// What a call costs of the caller's rate.
    const COST: Cost;
    /// Whether it waits for someone else to answer. Then it may take longer than others, nothing of the connection waits for
    /// it, and the connection's end does not either.
    const WAITS: bool = false;

    /// What it does.
    fn call(self, cx: &Context) -> impl Future<Output = Result<Self::Reply>> + Send;
}

/// Who may call a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A connection that has not initialized yet.
    First,
    /// A connection that has initialized, signed in or not.
    Initialized,
    /// A connection that has initialized and is not signed in.
    SignedOut,
    /// A connection that is signed in.
    SignedIn,
}

/// What a call costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The bucket that it is taken from.
    pub class: Class,
    /// How many tokens it takes.
    pub tokens: u32,
}

impl Cost {
    /// Nothing beyond what every call costs its connection.
    pub const FREE: Self = Self {
        class: Class::Free,
        tokens: 0,
    };
    /// A call that reads.
    pub const READ: Self = Self {
        class: Class::Read,
        tokens: 1,
    };
    /// A search. It reads, and as someone types there is one after another; but each costs what several reads do.
    pub const SEARCH: Self = Self {
        class: Class::Read,
        tokens: 5,
    };
    /// A call that writes.
    pub const WRITE: Self = Self {
        class: Class::Write,
        tokens: 1,
    };
    /// A message, or a sign of one.
    pub const SEND: Self = Self {
        class: Class::Send,
        tokens: 1,
    };
    /// A call that costs much, or is much heard of.
    pub const HEAVY: Self = Self {
        class: Class::Heavy,
        tokens: 1,
    };
    /// Going on with a login.
    pub const AUTHORIZE: Self = Self {
        class: Class::Authorize,
        tokens: 1,
    };
    /// An attempt to sign in or up.
    pub const SIGN_IN: Self = Self {
        class: Class::SignIn,
        tokens: 1,
    };
}

/// Which bucket a call is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// None.
    Free,
    /// The user's, for reading.
    Read,
    /// The user's, for writing.
    Write,
    /// The user's, for messages.
    Send,
    /// The user's, for what costs much.
    Heavy,
    /// The address's, for signing in.
    SignIn,
    /// The address's, for going on with logins: all clients behind it come back at once when a server restarts.
    Authorize,
}

/// In which order a connection's calls run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Alone: nothing else of the connection runs beside it. Signing in, since it decides what the rest may.
    Alone,
    /// After the writes that were asked for before it: so messages stand in the order they were sent in.
    AfterWrites,
    /// As soon as it is asked for.
    Free,
}

impl Order {
    /// The order of a method follows from what it is.
    pub(crate) const fn of(access: Access, cost: Cost, waits: bool) -> Self {
        if waits {
            return Self::Free;
        }
        match (access, cost.class) {
            (Access::First | Access::SignedOut, _) | (_, Class::SignIn | Class::Authorize) => {
                Self::Alone
            }
            (_, Class::Write | Class::Send | Class::Heavy) => Self::AfterWrites,
            (_, Class::Free | Class::Read) => Self::Free,
        }
    }
}
