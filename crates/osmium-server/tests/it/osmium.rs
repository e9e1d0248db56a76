//! Runs the binary with an environment of its own.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The binary, in a folder, with nothing set.
pub(crate) fn osmium(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_osmium"));
    command.env_clear().current_dir(folder).args(arguments);
    command
}

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) errors: String,
}

/// Runs to the end, with this on standard input.
pub(crate) fn run(command: &mut Command, input: &str) -> Ran {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("a process");
    // One that fails early does not read its input.
    let _ = child
        .stdin
        .take()
        .expect("its input")
        .write_all(input.as_bytes());
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().expect("its output");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran {
        code: status.code(),
        out: text(stdout),
        errors: text(stderr),
    }
}
