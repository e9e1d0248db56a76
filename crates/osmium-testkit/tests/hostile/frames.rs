//! Messages that are none: cut off, random, nested without end, too long.

use crate::memory::{grew_less_than, resident};
use crate::noise::Noise;
use crate::provoke::{Outcome, provoke};
use crate::raw::{Raw, head, request, with_length};
use crate::site::{Site, initialized, signed_up};
use osmium_client::Endpoint;
use osmium_proto::METHODS;
use osmium_proto::auth::GetSessions;
use osmium_proto::core::{ClientMessage, rpc_result};
use osmium_testkit::contract::Checked;
use osmium_testkit::line::Heard;
use osmium_testkit::person::initialize;
use prost::Message;

/// The largest message that is read.
const LARGEST: u32 = 4 << 20;
/// With lengths that were announced and never sent.
const CLAIMS: usize = 150;

#[tokio::test]
async fn a_message_that_is_cut_off_is_dropped() -> Checked {
    let mut site = Site::start().await?;
    let whole = with_length(&request(1, initialize()));
    site.unharmed(async |gateway| {
        for length in 0..whole.len() {
            let mut raw = Raw::tcp(gateway).await;
            raw.attempt(&whole[..length]).await;
            assert_eq!(raw.end().await, b"", "{length}");
        }
        let mut raw = Raw::tcp(gateway).await;
        raw.attempt(&whole).await;
        raw.message().await;
    })
    .await
}

#[tokio::test]
async fn a_length_over_the_limit_ends_the_connection() -> Checked {
    let mut site = Site::start().await?;
    site.unharmed(async |gateway| {
        for length in [u32::MAX, 1 << 31, LARGEST + 1] {
            let mut raw = Raw::tcp(gateway).await;
            raw.attempt(&length.to_be_bytes()).await;
            assert_eq!(raw.rest().await, b"", "{length}");
        }
    })
    .await
}

#[tokio::test]
async fn a_length_alone_takes_no_memory() -> Checked {
    let mut site = Site::start().await?;
    let hello = request(1, initialize());
    let claim = [&with_length(&hello)[..], &LARGEST.to_be_bytes(), b"a"].concat();
    let largest = head(0x82, LARGEST as usize, 0x80);
    let claim_of_websocket = [
        &crate::raw::masked(0x82, &hello)[..],
        &largest,
        b"mask",
        b"a",
    ];
    let claim_of_websocket = claim_of_websocket.concat();
    site.unharmed(async |gateway| {
        let before = resident();
        let mut claims = Vec::new();
        for _ in 0..CLAIMS {
            let mut raw = Raw::tcp(gateway).await;
            raw.attempt(&claim).await;
            raw.message().await;
            claims.push(raw);
            let mut raw = Raw::websocket(gateway).await;
            raw.attempt(&claim_of_websocket).await;
            raw.read(2).await;
            claims.push(raw);
        }
        // Those who wait have been claimed 1,200 MiB.
        grew_less_than(200, before);
    })
    .await
}

#[tokio::test]
async fn random_bytes_are_cut_by_tcp() -> Checked {
    let mut site = Site::start().await?;
    site.unharmed(async |gateway| {
        let mut noise = Noise::new(1);
        for _ in 0..500 {
            let mut raw = Raw::tcp(gateway).await;
            let count = noise.below(200);
            raw.attempt(&noise.bytes(count)).await;
            raw.end().await;
        }
    })
    .await
}

/// What may come: nothing but bytes, or a request that some of them were hit.
fn bad_frame(noise: &mut Noise) -> Vec<u8> {
    if noise.below(3) == 0 {
        let count = 1 + noise.below(60);
        return noise.bytes(count);
    }
    let method = METHODS[noise.below(METHODS.len())];
    let mut frame = request(7, GetSessions {});
    // What stands before it is repeated with another method: the last one counts.
    prost::encoding::encode_key(
        method.number,
        prost::encoding::WireType::LengthDelimited,
        &mut frame,
    );
    let count = noise.below(12);
    prost::encoding::encode_varint(count as u64, &mut frame);
    frame.extend(noise.bytes(count));
    noise.damaged(&frame)
}

async fn provoke_often(endpoint: &Endpoint, seed: u64) {
    let mut noise = Noise::new(seed);
    let mut line = initialized(endpoint).await;
    for _ in 0..2000 {
        let frame = bad_frame(&mut noise);
        let is_readable = ClientMessage::decode(frame.as_slice()).is_ok();
        let (outcome, is_open) = provoke(&mut line, frame).await;
        if let Outcome::Closed(code) = outcome {
            assert!(code.is_none() || (code == Some(1007)) != is_readable);
        }
        if !is_open {
            line = match noise.below(10) {
                0 => signed_up(endpoint).await,
                _ => initialized(endpoint).await,
            };
        }
    }
}

#[tokio::test]
async fn random_frames_are_answered_or_cut() -> Checked {
    let mut site = Site::start().await?;
    let [websocket, tcp] = site.endpoints();
    site.unharmed(async |_| {
        tokio::join!(provoke_often(&websocket, 2), provoke_often(&tcp, 3));
    })
    .await
}

/// A message in a message in a message: each is field 1 of the other.
fn nested(depth: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..depth {
        let mut outer = vec![0x0a];
        prost::encoding::encode_varint(bytes.len() as u64, &mut outer);
        outer.append(&mut bytes);
        bytes = outer;
    }
    bytes
}

/// Frames that no client sends.
fn absurd() -> Vec<(&'static str, Vec<u8>)> {
    let of_method = |bytes: &[u8]| {
        let mut frame = vec![0x08, 7];
        prost::encoding::bytes::encode(4, &bytes.to_vec(), &mut frame);
        frame
    };
    vec![
        ("groups in groups", of_method(&[0x7b].repeat(100_000))),
        ("groups outside", [0x7b].repeat(100_000)),
        ("a text that is not UTF-8", of_method(b"\x12\x02\xff\xfe")),
        ("a surrogate", of_method(b"\x12\x03\xed\xa0\x80")),
        (
            "a length beyond the end",
            vec![0x22, 0xff, 0xff, 0xff, 0xff, 0x0f],
        ),
        ("a number of eleven bytes", vec![0xff; 11]),
        ("field 0", vec![0x02, 0x00]),
        ("wire type 7", vec![0x0f]),
        ("a method that is a number", vec![0x20, 0x01]),
    ]
}

#[tokio::test]
async fn absurd_messages_are_cut() -> Checked {
    let mut site = Site::start().await?;
    site.unharmed(async |gateway| {
        for (what, frame) in absurd() {
            let mut line = signed_up(&gateway.endpoint()).await;
            line.send(frame).await;
            let heard = loop {
                match line.hear().await {
                    Heard::Update(_) => {}
                    heard => break heard,
                }
            };
            assert_eq!(heard, Heard::Closed(Some(1007)), "{what}");
        }
    })
    .await
}

#[tokio::test]
async fn what_is_not_understood_is_passed_over() -> Checked {
    let mut site = Site::start().await?;
    site.unharmed(async |gateway| {
        let mut line = signed_up(&gateway.endpoint()).await;
        // Field 15 of the request is bytes, whatever they are.
        let mut request = Vec::new();
        prost::encoding::bytes::encode(15, &nested(3000), &mut request);
        let number = METHODS
            .iter()
            .find(|method| method.name == "auth.getSessions");
        let number = number.expect("it is in the table").number;
        let mut frame = vec![0x08, 7];
        prost::encoding::bytes::encode(number, &request, &mut frame);
        line.send(frame).await;
        assert!(matches!(
            line.result(7).await,
            Some(rpc_result::Result::Sessions(_))
        ));
        for number in [1000, 4000, (1 << 29) - 1] {
            let mut frame = vec![0x08, 8];
            prost::encoding::bytes::encode(number, &nested(300), &mut frame);
            line.send(frame).await;
            assert_eq!(line.refusal(8).await, 501);
        }
    })
    .await
}
