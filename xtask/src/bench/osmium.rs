//! A running `osmium` that is measured from outside: what it took of the processor and holds of memory.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use osmium_client::Endpoint;
use tokio::time::sleep;

use super::machine::{field, number, read};
use crate::shell;

/// Ticks of processor time a second, on every Linux that we run on.
const TICKS: f64 = 100.0;
/// How often to look whether a process has become quiet.
const LOOK: Duration = Duration::from_millis(500);
/// How many looks in a row it has to be quiet.
const QUIET_LOOKS: usize = 4;
/// What a quiet process may take between two looks, in seconds of the processor.
const QUIET: f64 = 0.01;

/// How to start `osmium`: a command, and settings as its environment.
#[derive(Debug)]
pub(super) struct Start<'a> {
    /// The program.
    pub(super) program: &'a Path,
    /// `serve`, `gateway`, `fanout` or `migrate`.
    pub(super) command: &'a str,
    /// Besides those that every measurement has.
    pub(super) settings: Vec<(&'static str, String)>,
}

/// Of every process that is measured: no limit keeps the load off.
const SETTINGS: [(&str, &str); 6] = [
    ("OSMIUM_LISTEN", "127.0.0.1:0"),
    ("OSMIUM_GUESTS", "true"),
    ("OSMIUM_RATE_LIMITS_ENABLED", "false"),
    ("OSMIUM_CONNECTIONS_PER_ADDRESS", "100000"),
    ("OSMIUM_DRAIN_SECONDS", "0"),
    ("OSMIUM_LOG", "warn"),
];

impl<'a> Start<'a> {
    /// `osmium serve` on a folder.
    pub(super) fn serve(program: &'a Path, folder: &Path) -> Self {
        Self {
            program,
            command: "serve",
            settings: vec![("OSMIUM_DATA_DIR", folder.display().to_string())],
        }
    }

    /// The command, in an environment of its own: the caller's settings are not measured.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(self.program);
        command.arg(self.command).env_clear().envs(SETTINGS);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// A running `osmium`. It is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Osmium {
    child: Child,
    proc: PathBuf,
    address: String,
    /// Open as long as the process runs, so that it can print.
    printed: BufReader<ChildStdout>,
}

impl Osmium {
    /// Starts it, and waits until it listens.
    pub(super) fn start(start: &Start<'_>) -> Result<Self> {
        let mut command = start.command();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("its output is piped")?;
        let mut osmium = Self {
            proc: format!("/proc/{}", child.id()).into(),
            child,
            address: String::new(),
            printed: BufReader::new(stdout),
        };
        osmium.address = osmium.read_address()?;
        Ok(osmium)
    }

    /// The address in `Listening on ws://127.0.0.1:8080/gateway`.
    fn read_address(&mut self) -> Result<String> {
        let mut line = String::new();
        self.printed.read_line(&mut line)?;
        let address = line.split_whitespace().find(|word| word.contains("://"));
        let address = address.context("it ended before it listened")?;
        Ok(address.to_owned())
    }

    /// Where it serves WebSocket.
    pub(super) fn endpoint(&self) -> Result<Endpoint> {
        Ok(Endpoint::new(&self.address)?)
    }

    /// Ends it in good order.
    pub(super) fn stop(mut self) -> Result<()> {
        shell::send_signal(self.child.id(), "TERM");
        let status = self.child.wait()?;
        ensure!(status.success(), "osmium ended with {status}");
        Ok(())
    }

    /// What it took of the processor so far, in seconds.
    pub(super) fn processor_seconds(&self) -> Result<f64> {
        processor_seconds(&self.proc)
    }

    /// What it holds of memory.
    pub(super) fn memory(&self) -> Result<Memory> {
        let status = read(self.proc.join("status"))?;
        let of = |name| field(&status, name).map_or(0, number);
        Ok(Memory {
            resident_kb: of("VmRSS"),
            anonymous_kb: of("RssAnon"),
        })
    }

    /// Waits until it has nothing to do any more, and holds what it will hold.
    pub(super) async fn until_quiet(&self) -> Result<()> {
        let mut quiet = 0;
        let mut last = (self.processor_seconds()?, self.memory()?);
        while quiet < QUIET_LOOKS {
            sleep(LOOK).await;
            let now = (self.processor_seconds()?, self.memory()?);
            let is_quiet = now.0 - last.0 <= QUIET && now.1.resident_kb <= last.1.resident_kb;
            quiet = if is_quiet { quiet + 1 } else { 0 };
            last = now;
        }
        Ok(())
    }
}

impl Drop for Osmium {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Memory of a process, in units of 1,024 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Memory {
    /// All that is in memory, the program's own pages included.
    pub(super) resident_kb: u64,
    /// What the process itself wrote there.
    pub(super) anonymous_kb: u64,
}

/// What a process or a thread took of the processor so far, in seconds, by its folder in `/proc`.
pub(super) fn processor_seconds(proc: &Path) -> Result<f64> {
    Ok(ticks(&read(proc.join("stat"))?) as f64 / TICKS)
}

/// User and system time in a `stat`. The name of the program stands in parentheses and may hold anything.
fn ticks(stat: &str) -> u64 {
    let (_, fields) = stat.rsplit_once(')').unwrap_or_default();
    fields.split_whitespace().skip(11).take(2).map(number).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_found_behind_any_name() {
        let stat = "12 (a) b) S 1 12 12 0 -1 4194304 500 0 0 0 70 30 0 0 20 0 3 0 4000 0 0";
        assert_eq!(ticks(stat), 100);
    }
}
