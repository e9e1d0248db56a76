//! A program that runs until it is dropped.

use std::fs::File;
use std::future::Future;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::shell;

/// How long a server may take until it answers.
const STARTUP: Duration = Duration::from_mins(1);
/// How long a server may take to stop by itself.
const SHUTDOWN: Duration = Duration::from_secs(15);
/// How often a starting server is asked.
const PAUSE: Duration = Duration::from_millis(50);

/// A running server program.
#[derive(Debug)]
pub(super) struct Server {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Server {
    /// Starts the program, with what it prints in the file `log`.
    ///
    /// It gets a process group of its own: Ctrl-C in the terminal is for the tests, which stop before their servers.
    pub(super) fn start(name: &'static str, command: &mut Command, log: &Path) -> Result<Self> {
        let file = File::create(log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        Ok(Self {
            name,
            child,
            log: log.to_path_buf(),
        })
    }

    /// Asks again and again until there is an answer. That the program ended, or is too slow, is an error with the end
    /// of its log.
    pub(super) async fn ready<T, F>(&mut self, mut ask: impl FnMut() -> F) -> Result<T>
    where
        F: Future<Output = Result<T>>,
    {
        let started = Instant::now();
        loop {
            let error = match ask().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if self.child.try_wait()?.is_some() || started.elapsed() > STARTUP {
                bail!(
                    "{} does not answer: {error:#}\n{}",
                    self.name,
                    self.end_of_log()
                );
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn end_of_log(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

impl Drop for Server {
    /// Both PostgreSQL and Redis stop quickly and cleanly on `INT`; a server that does not is killed.
    fn drop(&mut self) {
        let pid = self.child.id();
        let (done, ended) = mpsc::channel();
        std::thread::scope(|threads| {
            threads.spawn(move || done.send(self.child.wait()));
            shell::send_signal(pid, "INT");
            if ended.recv_timeout(SHUTDOWN).is_err() {
                shell::send_signal(pid, "KILL");
            }
        });
    }
}
