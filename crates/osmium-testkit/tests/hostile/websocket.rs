//! Frames of WebSocket that break its rules, and strange ones that do not.

use crate::raw::{Raw, close_code, head, masked, request, unmasked};
use crate::site::{Site, signed_up};
use osmium_client::{Connection, Frame};
use osmium_proto::core::ServerMessage;
use osmium_proto::messages::SendMessage;
use osmium_testkit::contract::Checked;
use osmium_testkit::line::Heard;
use osmium_testkit::person::{initialize, saved_messages};
use prost::Message;

/// The largest message that is read.
const LARGEST: usize = 4 << 20;

const CONTINUATION: u8 = 0x00;
const TEXT: u8 = 0x01;
const BINARY: u8 = 0x02;
const CLOSE: u8 = 0x08;
const PING: u8 = 0x09;
/// On the first byte of the last frame of a message.
const LAST: u8 = 0x80;

#[tokio::test]
async fn a_text_is_not_understood() -> Checked {
    let mut site = Site::start().await?;
    site.unharmed(async |gateway| {
        for text in ["", "hello", "\0"] {
            let connected = Connection::connect(&gateway.endpoint()).await;
            let (connection, _incoming) = connected.expect("the server listens");
            let sent = connection.send(Frame::Text(text.to_owned())).await;
            sent.expect("the connection is open");
            assert_eq!(connection.closed().await.code, Some(1003));
        }
    })
    .await
}

/// A request of exactly this size.
fn request_of(size: usize) -> Vec<u8> {
    let mut text = "x".repeat(size);
    loop {
        let sized = request(
            3,
            SendMessage {
                chat_ref: Some(saved_messages()),
                message: text.clone(),
                ..SendMessage::default()
            },
        );
        if sized.len() == size {
            return sized;
        }
        text.truncate(text.len() - (sized.len() - size));
    }
}

#[tokio::test]
async fn a_message_may_have_4_mebibytes_and_no_more() -> Checked {
    let mut site = Site::start().await?;
    let [websocket, tcp] = site.endpoints();
    site.unharmed(async |_| {
        for (endpoint, code) in [(websocket, Some(1009)), (tcp, None)] {
            let mut line = signed_up(&endpoint).await;
            line.send(request_of(LARGEST)).await;
            assert_eq!(line.refusal(3).await, 413);
            line.send(request_of(LARGEST + 1)).await;
            loop {
                match line.hear().await {
                    Heard::Update(_) => {}
                    heard => {
                        assert_eq!(heard, Heard::Closed(code));
                        break;
                    }
                }
            }
        }
    })
    .await
}

#[tokio::test]
async fn a_message_may_come_in_pieces() -> Checked {
    let mut site = Site::start().await?;
    let hello = request(1, initialize());
    let (one, other) = hello.split_at(3);
    let mut pieces = masked(BINARY, one);
    (0..10_000).for_each(|_| pieces.extend(masked(CONTINUATION, b"")));
    pieces.extend(masked(LAST | PING, b"still there?"));
    pieces.extend(masked(LAST | CONTINUATION, other));
    site.unharmed(async |gateway| {
        let mut raw = Raw::websocket(gateway).await;
        raw.write(&pieces).await.expect("written");
        assert_eq!(raw.hear(true).await, b"still there?");
        let answer = ServerMessage::decode(raw.hear(true).await.as_slice());
        assert!(answer.is_ok_and(|answer| answer.id == 1));
    })
    .await
}

/// Bytes that break the rules, and the code that the connection is closed with.
fn violations() -> Vec<(&'static str, Vec<u8>, u16)> {
    let hello = request(1, initialize());
    let frames = |frames: &[Vec<u8>]| frames.concat();
    vec![
        ("no mask", unmasked(LAST | BINARY, &hello), 1007),
        ("a reserved bit", masked(LAST | 0x40 | BINARY, &hello), 1007),
        ("a reserved kind", masked(LAST | 0x03, &hello), 1007),
        ("a reserved control frame", masked(LAST | 0x0b, b""), 1007),
        (
            "the end of nothing",
            masked(LAST | CONTINUATION, &hello),
            1007,
        ),
        ("a ping in pieces", masked(PING, b"a"), 1007),
        ("a long ping", masked(LAST | PING, &[7; 126]), 1007),
        (
            "a message within a message",
            frames(&[masked(BINARY, &hello), masked(LAST | BINARY, &hello)]),
            1007,
        ),
        (
            "a text that is not UTF-8",
            masked(LAST | TEXT, b"\xff"),
            1003,
        ),
        (
            "2 GiB",
            frames(&[head(LAST | BINARY, 1 << 31, 0x80), vec![7; 4]]),
            1009,
        ),
        (
            "all lengths",
            [&[0x82, 0xff][..], &[0xff; 12]].concat(),
            1009,
        ),
        (
            "too much in pieces",
            frames(&[
                masked(BINARY, &vec![0; LARGEST]),
                masked(LAST | CONTINUATION, &[0; 2]),
            ]),
            1009,
        ),
    ]
}

#[tokio::test]
async fn who_breaks_the_rules_is_told() -> Checked {
    let mut site = Site::start().await?;
    site.unharmed(async |gateway| {
        for (what, bytes, code) in violations() {
            let mut raw = Raw::websocket(gateway).await;
            raw.attempt(&bytes).await;
            assert_eq!(close_code(&raw.end().await), Some(code), "{what}");
        }
    })
    .await
}

#[tokio::test]
async fn any_close_is_a_close() -> Checked {
    let mut site = Site::start().await?;
    let codes: [&[u8]; 6] = [
        b"",
        b"\x03\xe8",
        b"\x03",
        b"\0\0",
        b"\xff\xff",
        b"\x03\xe8\xff",
    ];
    site.unharmed(async |gateway| {
        for code in codes {
            let mut raw = Raw::websocket(gateway).await;
            raw.attempt(&masked(LAST | CLOSE, code)).await;
            raw.rest().await;
        }
        // In the middle of a frame, and without one.
        for bytes in [&b""[..], b"\x82", b"\x82\xff\0\0", b"\x82\x85abcd"] {
            let mut raw = Raw::websocket(gateway).await;
            raw.attempt(bytes).await;
            raw.end().await;
        }
    })
    .await
}
