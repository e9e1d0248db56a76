//! Frames over TCP. The gateway finds the same messages however the bytes are cut, and owns no more memory than bytes
//! came; the client reads to the end of whatever a server sends.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use osmium_client::{Connection, ConnectionOptions};
use osmium_gateway::{Frames, TooLarge};
use std::io::Cursor;
use tokio::runtime::{Builder, Runtime};

const LARGEST: usize = 4 << 20;

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
}

fuzz_target!(|input: (Vec<u8>, Vec<u8>)| {
    let (cuts, bytes) = input;
    assert_eq!(found_in_pieces(&cuts, &bytes), found_at_once(&bytes));
    RUNTIME.with(|runtime| runtime.block_on(client_reads(bytes)));
});

type Found = (Vec<Bytes>, Result<(), TooLarge>);

/// What the gateway finds when the bytes come in pieces of these sizes, and the rest at once.
fn found_in_pieces(cuts: &[u8], mut bytes: &[u8]) -> Found {
    let (mut frames, mut found, mut came) = (Frames::default(), Vec::new(), 0);
    for cut in cuts.iter().map(|cut| usize::from(*cut)).chain([usize::MAX]) {
        let (piece, rest) = bytes.split_at(cut.min(bytes.len()));
        bytes = rest;
        came += piece.len();
        frames.extend(piece);
        loop {
            match frames.take() {
                Ok(Some(message)) => found.push(message),
                Ok(None) => break,
                Err(error) => return (found, Err(error)),
            }
        }
        assert!(
            frames.capacity() <= 2 * came + 64,
            "{} for {came}",
            frames.capacity()
        );
    }
    (found, Ok(()))
}

/// The same by the definition of the framing.
fn found_at_once(mut bytes: &[u8]) -> Found {
    let mut found = Vec::new();
    while let Some((head, rest)) = bytes.split_first_chunk() {
        let length = u32::from_be_bytes(*head) as usize;
        if length > LARGEST {
            return (found, Err(TooLarge));
        }
        let Some((message, rest)) = rest.split_at_checked(length) else {
            break;
        };
        found.push(Bytes::copy_from_slice(message));
        bytes = rest;
    }
    (found, Ok(()))
}

async fn client_reads(bytes: Vec<u8>) {
    let stream = tokio::io::join(Cursor::new(bytes), tokio::io::sink());
    let (connection, mut incoming) = Connection::over(stream, &ConnectionOptions::default());
    while incoming.next().await.is_some() {}
    assert!(connection.close_reason().is_some());
}
