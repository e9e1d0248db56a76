//! Runs other programs, so that an interruption stops them and still lets us clean up.

use std::ffi::OsStr;
use std::future::Future;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use tokio::signal::unix::{SignalKind, signal};

/// An environment variable, when it is set and not empty.
#[expect(
    clippy::disallowed_methods,
    reason = "a task is configured by its caller's environment"
)]
pub(crate) fn var(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether this is the administrator's account. Only asked where it matters, on Linux.
pub(crate) fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// A cargo command in the workspace.
///
/// What `cargo run` told us about our own package is taken out of its environment: build scripts that watch those
/// variables (ring's does) would otherwise run again each time one changes between a plain `cargo` and a task.
#[expect(
    clippy::disallowed_methods,
    reason = "the names are needed to take them out of the child's environment"
)]
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(var("CARGO").unwrap_or_else(|| "cargo".to_owned()));
    command.current_dir(crate::root());
    for (name, _) in std::env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        if ours {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command to its end; its failure is an error that names it.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let status = run(command)?;
    if !status.success() {
        bail!("{} failed: {status}", line(command));
    }
    Ok(())
}

/// Runs a command to its end. When we are interrupted, it is asked to stop, waited for, and an error is returned, so
/// that what was started before is stopped as well.
pub(crate) fn run(command: &mut Command) -> Result<ExitStatus> {
    let child = command
        .spawn()
        .with_context(|| format!("cannot run {}", line(command)))?;
    runtime()?.block_on(wait(child))
}

/// Runs a future to its end, or to an interruption, which is an error.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    runtime()?.block_on(async {
        tokio::select! {
            result = future => result,
            result = interrupted() => result.and_then(|()| bail!("interrupted")),
        }
    })
}

/// Sends a signal (`INT`, `TERM`, `KILL`) to one process that we started.
pub(crate) fn send_signal(pid: u32, name: &str) {
    // The shell's own `kill`: it is there on every Unix, and a process that has ended already is no failure.
    let kill = format!("kill -s {name} {pid}");
    let _ended_already = Command::new("sh")
        .args(["-c", &kill])
        .stderr(Stdio::null())
        .status();
}

async fn wait(mut child: Child) -> Result<ExitStatus> {
    let pid = child.id();
    let mut ended = tokio::task::spawn_blocking(move || child.wait());
    tokio::select! {
        status = &mut ended => Ok(status??),
        result = interrupted() => {
            result?;
            send_signal(pid, "TERM");
            ended.await??;
            bail!("interrupted")
        }
    }
}

async fn interrupted() -> Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
    Ok(())
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?)
}

/// The command as a person would type it, without the folder of its program.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name();
    let words = program.into_iter().chain(command.get_args());
    words
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_as_typed() {
        let mut command = Command::new("false");
        let error = succeed(command.arg("--really")).unwrap_err();
        assert_eq!(error.to_string(), "false --really failed: exit status: 1");
    }
}
