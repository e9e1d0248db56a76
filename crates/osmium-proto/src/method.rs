//! What a method is: a row of the table, a type that asks, a type that answers.

use std::error::Error;
use std::fmt;

use crate::core::{client_message, rpc_result};

/// One method of the protocol, a row of [`METHODS`](crate::METHODS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Method {
    /// As the protocol spells it: `messages.setMessagePin`.
    pub name: &'static str,
    /// Its number in `ClientMessage`.
    pub number: u32,
    /// The full protobuf name of its request: `osmium.client.messages.SetMessagePin`.
    pub request: &'static str,
    /// The member of `RPCResult` that answers it. `None` if it is answered by an empty result.
    pub reply: Option<&'static str>,
}

/// A message that calls a method.
pub trait Request:
    prost::Message + Default + Into<client_message::Message> + Send + 'static
{
    /// What answers it; `()` for an empty result.
    type Reply: Reply;
    /// Its row of the table.
    const METHOD: &'static Method;
}

/// A message that answers a method, or `()`.
pub trait Reply: Sized + Send + 'static {
    /// Wraps the answer for an `RPCResult`.
    fn into_result(self) -> Option<rpc_result::Result>;

    /// Takes the answer out of an `RPCResult`.
    ///
    /// # Errors
    ///
    /// If something else is in it. That includes [`rpc_result::Result::Error`]: look for it first.
    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult>;
}

impl Reply for () {
    fn into_result(self) -> Option<rpc_result::Result> {
        None
    }

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {
        match result {
            None => Ok(()),
            other => Err(UnexpectedResult::new(None, other.as_ref())),
        }
    }
}

/// What a variant of [`client_message::Message`] holds: a request, boxed if it is a big one.
///
/// It lets the rows of [`for_each_method!`](crate::for_each_method) be all alike.
pub trait IntoRequest<R> {
    /// The request itself.
    fn into_request(self) -> R;
}

impl<R: Request> IntoRequest<R> for R {
    fn into_request(self) -> R {
        self
    }
}

impl<R: Request> IntoRequest<R> for Box<R> {
    fn into_request(self) -> R {
        *self
    }
}

/// A result has another member set than the method calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnexpectedResult {
    expected: Option<&'static str>,
    found: Option<&'static str>,
}

impl UnexpectedResult {
    pub(crate) fn new(expected: Option<&'static str>, found: Option<&rpc_result::Result>) -> Self {
        Self {
            expected,
            found: found.map(rpc_result::Result::member),
        }
    }
}

impl fmt::Display for UnexpectedResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |member: Option<&'static str>| member.unwrap_or("nothing");
        write!(
            f,
            "the result holds {}, not {}",
            name(self.found),
            name(self.expected)
        )
    }
}

impl Error for UnexpectedResult {}
