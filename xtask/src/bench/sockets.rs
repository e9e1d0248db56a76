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

/// Connected sockets of this machine, and who reads what is written to them.
pub(super) struct Sockets {
    writers: Vec<TcpStream>,
    read: Arc<watch::Sender<usize>>,
    /// Ends the readers with the sockets.
    _readers: JoinSet<()>,
}

impl Sockets {
    pub(super) async fn connect(count: usize) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let read = Arc::new(watch::Sender::new(0));
        let mut readers = JoinSet::new();
        let mut writers = Vec::with_capacity(count);
        for _ in 0..count {
            let writer = TcpStream::connect(address)?;
            writer.set_nodelay(true)?;
            writers.push(writer);
            let (reader, _) = listener.accept().await?;
            readers.spawn(drain(reader, Arc::clone(&read)));
        }
        Ok(Self {
            writers,
            read,
            _readers: readers,
        })
    }

    /// What a thread takes of the processor, in seconds, to write `bytes` to each of them, `rounds` times, after `warm_up` rounds
    /// that do not count. Each round waits until the last one is read.
    pub(super) async fn write(
        &mut self,
        warm_up: usize,
        rounds: usize,
        bytes: usize,
    ) -> Result<f64> {
        let mut writers = std::mem::take(&mut self.writers);
        let reading = self.read.clone();
        let payload = vec![0; bytes];
        let (writers, seconds) = spawn_blocking(move || {
            write_rounds(&mut writers, warm_up, &payload, &reading)?;
            let seconds = write_rounds(&mut writers, rounds, &payload, &reading)?;
            anyhow::Ok((writers, seconds))
        })
        .await??;
        self.writers = writers;
        Ok(seconds)
    }
}

fn write_rounds(
    sockets: &mut [TcpStream],
    rounds: usize,
    payload: &[u8],
    read: &watch::Sender<usize>,
) -> Result<f64> {
    let thread = Path::new(THIS_THREAD);
    let before = processor_seconds(thread)?;
    // All that was written is read by now.
    let mut written = *read.borrow();
    for _ in 0..rounds {
        for socket in &mut *sockets {
            socket.write_all(payload)?;
        }
        written += sockets.len() * payload.len();
        let mut reading = read.subscribe();
        let all_read = reading.wait_for(|read| *read >= written);
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
