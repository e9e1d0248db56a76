//! A Redis of a test's own, to be killed, restarted empty, and stopped in its tracks.

use super::{REDIS_SERVER, is_skipped};
use crate::environment::variable;
use osmium_local::SystemRandom;
use osmium_ports::Random;
use std::io::{self, BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A Redis that keeps nothing on disk. It ends when this is dropped.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    folder: TempDir,
    running: Option<Child>,
}

impl RedisServer {
    /// Starts one; none if tests on Redis are skipped.
    pub fn start() -> io::Result<Option<Self>> {
        if is_skipped() {
            return Ok(None);
        }
        let mut server = Self {
            port: free_port(),
            folder: tempfile::tempdir()?,
            running: None,
        };
        server.restart()?;
        Ok(Some(server))
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it again, empty, at the same address. Returns when it can be connected to.
    pub fn restart(&mut self) -> io::Result<()> {
        self.kill()?;
        let program = variable(REDIS_SERVER).unwrap_or_else(|| "redis-server".to_owned());
        let mut server = Command::new(&program)
            .args(["--bind", "127.0.0.1", "--port", &self.port.to_string()])
            .args(["--save", "", "--appendonly", "no"])
            .current_dir(self.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| io::Error::other(format!("{program} does not start: {error}")))?;
        let said = server.stdout.take().map(BufReader::new);
        self.running = Some(server);
        let ready = said.into_iter().flat_map(BufRead::lines);
        for line in ready {
            if line?.contains("eady to accept connections") {
                return Ok(());
            }
        }
        Err(io::Error::other(format!("{program} ended at once")))
    }

    /// Ends it, as a crash does.
    pub fn kill(&mut self) -> io::Result<()> {
        if let Some(mut server) = self.running.take() {
            server.kill()?;
            server.wait()?;
        }
        Ok(())
    }

    /// Stops it in its tracks: it still seems connected, and answers nothing.
    pub fn freeze(&self) -> io::Result<()> {
        self.signal("-STOP")
    }

    /// Lets it go on.
    pub fn thaw(&self) -> io::Result<()> {
        self.signal("-CONT")
    }

    fn signal(&self, signal: &str) -> io::Result<()> {
        let server = self.running.as_ref();
        let server = server.ok_or_else(|| io::Error::other("Redis is not running"))?;
        Command::new("kill")
            .args([signal, &server.id().to_string()])
            .status()?;
        Ok(())
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        if let Err(error) = self.kill() {
            eprintln!("a Redis was left running: {error}");
        }
    }
}

/// A port of loopback that was free just now, below those that outgoing connections take: a restart finds it free.
fn free_port() -> u16 {
    let random: &dyn Random = &SystemRandom;
    loop {
        let port = 20_000 + u16::from_ne_bytes(random.bytes()) % 12_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
