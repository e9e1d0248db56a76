//! A request that may be anything, and what it leads to.

use osmium_proto::core::{ClientMessage, client_message, rpc_result};
use osmium_testkit::line::{Heard, Line};
use prost::Message;

/// The code of an error of ours.
const OUR_MISTAKE: u32 = 500;

/// What came of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The method was carried out.
    Done,
    /// An error with this code.
    Refused(u32),
    /// It was a heartbeat.
    Nothing,
    /// The connection is closed, with this code.
    Closed(Option<u16>),
}

/// Sends a frame; gives what came of it, and whether the connection is open after it. What can be read is answered
/// under its id, and never with a mistake of ours.
pub(crate) async fn provoke(line: &mut Line, frame: Vec<u8>) -> (Outcome, bool) {
    let asked = ClientMessage::decode(frame.as_slice()).ok();
    let size = frame.len();
    line.send(frame).await;
    match &asked {
        Some(asked) if asked.message.is_none() && asked.encoded_len() == size => {
            return (Outcome::Nothing, true);
        }
        _ => {}
    }
    let outcome = outcome(line, asked.as_ref()).await;
    let authorizes = asked.is_some_and(|asked| {
        matches!(
            asked.message,
            Some(client_message::Message::AuthAuthorize(_))
        )
    });
    match outcome {
        Outcome::Closed(_) => (outcome, false),
        // A client in use would wait for ever: it is cut, too.
        Outcome::Refused(_) if authorizes => {
            assert!(matches!(line.hear().await, Heard::Closed(_)));
            (outcome, false)
        }
        _ => (outcome, true),
    }
}

async fn outcome(line: &mut Line, asked: Option<&ClientMessage>) -> Outcome {
    loop {
        match line.hear().await {
            Heard::Update(_) => {}
            Heard::Closed(code) => return Outcome::Closed(code),
            Heard::Result(id, result) => {
                assert_eq!(Some(id), asked.map(|asked| asked.id), "{result:?}");
                let Some(rpc_result::Result::Error(error)) = result else {
                    return Outcome::Done;
                };
                assert_ne!(error.error_code, OUR_MISTAKE, "{asked:?}");
                return Outcome::Refused(error.error_code);
            }
        }
    }
}
