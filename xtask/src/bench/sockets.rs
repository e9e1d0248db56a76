//! The least that telling many sockets could cost: a loop of writes, one a socket.

use std::io::Write;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinSet, spawn_blocking};

use super::osmium::processor_seconds;

/// The folder of whichever thread looks.
const THIS_THREAD: &str = "/proc/thread-self";

/// What a thread takes of the processor, in seconds, to write `bytes` to each of `sockets` connected sockets of this
/// machine, `rounds` times. Others read, and each round waits until they have read the last one.
pub(super) async fn write_loop(sockets: usize, rounds: usize, bytes: usize) -> Result<f64> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let read = Arc::new(watch::Sender::new(0));
    let mut readers = JoinSet::new();
    let mut writers = Vec::with_capacity(sockets);
    for _ in 0..sockets {
        let writer = TcpStream::connect(address)?;
        writer.set_nodelay(true)?;
        writers.push(writer);
        let (reader, _) = listener.accept().await?;
        readers.spawn(drain(reader, Arc::clone(&read)));
    }
    let payload = vec![0; bytes];
    let reading = read.subscribe();
    spawn_blocking(move || write_rounds(&mut writers, rounds, &payload, &reading)).await?
}

fn write_rounds(
    sockets: &mut [TcpStream],
    rounds: usize,
    payload: &[u8],
    reading: &watch::Receiver<usize>,
) -> Result<f64> {
    let thread = Path::new(THIS_THREAD);
    let before = processor_seconds(thread)?;
    let a_round = sockets.len() * payload.len();
    for round in 1..=rounds {
        for socket in &mut *sockets {
            socket.write_all(payload)?;
        }
        let mut reading = reading.clone();
        let all_read = reading.wait_for(|read| *read >= round * a_round);
        tokio::runtime::Handle::current().block_on(all_read)?;
    }
    Ok(processor_seconds(thread)? - before)
}

async fn drain(mut socket: tokio::net::TcpStream, read: Arc<watch::Sender<usize>>) {
    let mut buffer = [0; 4096];
    while let Ok(bytes @ 1..) = socket.read(&mut buffer).await {
        read.send_modify(|read| *read += bytes);
    }
}
