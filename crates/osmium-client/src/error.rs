//! What can go wrong: with connecting, with a call, and how a connection ends.

use std::fmt;
use std::io;

use osmium_proto::UnexpectedResult;
use osmium_proto::core::RpcResult;
use osmium_proto::{Reply, core::rpc_result};
use tokio_tungstenite::tungstenite;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The server could not be reached, or TLS failed.
    #[error("the server cannot be reached")]
    Io(#[from] io::Error),
    /// The server does not speak WebSocket there.
    #[error("the WebSocket handshake failed")]
    Handshake(#[source] Box<tungstenite::Error>),
    /// It took longer than [`ConnectionOptions::connect_timeout`](crate::ConnectionOptions).
    #[error("the server took too long to connect to")]
    Timeout,
    /// The server refused `core.initialize`.
    #[error("the server refused this application")]
    Initialize(#[source] CallError),
    /// The server refused the token.
    #[error("the server refused the token")]
    Authorize(#[source] CallError),
}

impl ConnectError {
    /// Whether the token is of no use any more: `auth.authorize` failed with 403.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Authorize(CallError::Rpc(error)) if error.code == 403)
    }
}

/// Why a call has no reply.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The server answered with an error.
    #[error(transparent)]
    Rpc(#[from] RpcError),
    /// The connection ended before the answer came; the call may have been carried out.
    #[error("the connection is closed: {0}")]
    Closed(CloseReason),
    /// No answer within [`ConnectionOptions::call_timeout`](crate::ConnectionOptions); the call may
    /// have been carried out.
    #[error("the server took too long to answer")]
    Timeout,
    /// The server answered with something else than the method calls for.
    #[error(transparent)]
    Unexpected(#[from] UnexpectedResult),
}

/// An error that the server answered with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("error {code}: {message}")]
pub struct RpcError {
    /// As in HTTP: 400, 401, 403, 404, 409, 410, 413, 429, 500, 501, 503.
    pub code: u32,
    /// Short English for a developer.
    pub message: String,
    /// Names the call in the server's logs.
    pub trace_id: Option<String>,
}

/// How a connection ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CloseReason {
    /// The WebSocket close code. `None` if the connection just ended, as it always does on TCP.
    pub code: Option<u16>,
    /// What the server said, or what went wrong.
    pub reason: String,
}

impl CloseReason {
    /// An end without a close code.
    pub(crate) fn lost(reason: impl fmt::Display) -> Self {
        Self {
            code: None,
            reason: reason.to_string(),
        }
    }
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) if self.reason.is_empty() => write!(f, "code {code}"),
            Some(code) => write!(f, "code {code}, {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// The reply that a result holds.
pub(crate) fn reply<T: Reply>(result: RpcResult) -> Result<T, CallError> {
    if let Some(rpc_result::Result::Error(error)) = result.result {
        return Err(CallError::Rpc(RpcError {
            code: error.error_code,
            message: error.error_message,
            trace_id: result.trace_id,
        }));
    }
    Ok(T::from_result(result.result)?)
}

#[cfg(test)]
mod tests {
    use osmium_proto::{auth, core};

    use super::*;

    #[test]
    fn an_error_keeps_its_trace_id() {
        let result = RpcResult {
            req_id: 1,
            trace_id: Some("a1b2".to_owned()),
            result: Some(rpc_result::Result::Error(core::RpcError {
                error_code: 404,
                error_message: "no such message".to_owned(),
            })),
        };
        let error = RpcError {
            code: 404,
            message: "no such message".to_owned(),
            trace_id: Some("a1b2".to_owned()),
        };
        assert_eq!(reply::<()>(result), Err(CallError::Rpc(error)));
    }

    #[test]
    fn a_result_of_another_method_is_unexpected() {
        let result = RpcResult {
            result: auth::Sessions::default().into_result(),
            ..Default::default()
        };
        assert!(matches!(reply::<()>(result), Err(CallError::Unexpected(_))));
    }

    #[test]
    fn only_a_refused_token_is_permanent() {
        let refused = |code| {
            CallError::Rpc(RpcError {
                code,
                message: String::new(),
                trace_id: None,
            })
        };
        assert!(ConnectError::Authorize(refused(403)).is_permanent());
        assert!(!ConnectError::Authorize(refused(503)).is_permanent());
        assert!(!ConnectError::Initialize(refused(403)).is_permanent());
        assert!(!ConnectError::Timeout.is_permanent());
    }
}
