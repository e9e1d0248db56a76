//! A Redis of our own in a temporary folder.

use std::fs;
use std::process::Command;

use anyhow::{Result, ensure};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::server::Server;
use super::{REDIS, REDIS_URL, free_port, password, require};
use crate::shell;

/// A Redis. Dropping it stops it and removes its files, if we started it.
#[derive(Debug)]
pub(crate) struct Redis {
    /// With its password, when it has one.
    pub(crate) url: String,
    // Fields are dropped in order: the server stops before its folder goes.
    _server: Option<Server>,
    _folder: Option<TempDir>,
}

impl Redis {
    /// The one that [`REDIS_URL`] names, else one of our own.
    pub(crate) fn given_or_start() -> Result<Self> {
        match shell::var(REDIS_URL) {
            Some(url) => {
                println!("using the Redis that {REDIS_URL} names");
                Ok(Self {
                    url,
                    _server: None,
                    _folder: None,
                })
            }
            None => Self::start(),
        }
    }

    fn start() -> Result<Self> {
        require(&[&REDIS])?;
        let program = REDIS.program("redis-server")?;
        let folder = TempDir::with_prefix("osmium-redis-")?;
        let (port, password) = (free_port()?, password()?);
        let settings = folder.path().join("redis.conf");
        // Settings are read from a file: everybody can read the arguments of a process.
        fs::write(&settings, configuration(port, &password))?;
        let mut command = Command::new(&program);
        command.arg(&settings).current_dir(folder.path());
        let mut server = Server::start("Redis", &mut command, &folder.path().join("log"))?;
        shell::block_on(server.ready(|| ping(port, &password)))?;
        println!("started Redis on 127.0.0.1:{port}");
        let url = format!("redis://:{password}@127.0.0.1:{port}/");
        Ok(Self {
            url,
            _server: Some(server),
            _folder: Some(folder),
        })
    }
}

/// Nothing is kept on disk: Redis carries hints and leases, never the truth.
fn configuration(port: u16, password: &str) -> String {
    format!("bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave \"\"\nappendonly no\n")
}

async fn ping(port: u16, password: &str) -> Result<()> {
    const ANSWER: &[u8] = b"+OK\r\n+PONG\r\n";

    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream
        .write_all(format!("AUTH {password}\r\nPING\r\n").as_bytes())
        .await?;
    let mut answer = [0; ANSWER.len()];
    stream.read_exact(&mut answer).await?;
    ensure!(
        answer == *ANSWER,
        "it answered {:?}",
        String::from_utf8_lossy(&answer)
    );
    Ok(())
}
