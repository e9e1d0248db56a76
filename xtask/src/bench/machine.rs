//! The machine that figures are of.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::available_parallelism;

use anyhow::{Context, Result, ensure};

/// Files that a process needs besides its connections.
const OTHER_FILES: usize = 200;

/// What figures depend on.
#[derive(Debug)]
pub(super) struct Machine {
    processor: String,
    cores: usize,
    memory_kb: u64,
    kernel: String,
}

impl Machine {
    /// This machine.
    pub(super) fn here() -> Result<Self> {
        let processors = read("/proc/cpuinfo")?;
        let memory = read("/proc/meminfo")?;
        let memory = field(&memory, "MemTotal").unwrap_or_default();
        Ok(Self {
            processor: field(&processors, "model name")
                .unwrap_or("unknown")
                .to_owned(),
            cores: available_parallelism()?.get(),
            memory_kb: number(memory),
            kernel: read("/proc/sys/kernel/osrelease")?.trim().to_owned(),
        })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gigabytes = self.memory_kb as f64 / 1e6;
        write!(
            f,
            "{}, {} cores, {gigabytes:.0} GB; Linux {}",
            self.processor, self.cores, self.kernel
        )
    }
}

/// The date, in UTC.
pub(super) fn today() -> Result<String> {
    let output = Command::new("date").args(["-u", "+%F"]).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Refuses to begin what would end at the limit of open files, which our own process and its children share.
pub(super) fn check_open_files(connections: usize) -> Result<()> {
    let limits = read("/proc/self/limits")?;
    let needed = connections + OTHER_FILES;
    ensure!(
        open_files(&limits).is_none_or(|allowed| allowed >= needed),
        "{connections} connections need {needed} open files: run `ulimit -n {needed}` first"
    );
    Ok(())
}

/// The soft limit of open files, unless there is none.
fn open_files(limits: &str) -> Option<usize> {
    let mut lines = limits.lines();
    let values = lines.find_map(|line| line.strip_prefix("Max open files"))?;
    values.split_whitespace().next()?.parse().ok()
}

/// A file of `/proc`.
pub(super) fn read(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    fs::read_to_string(path)
        .with_context(|| format!("cannot read {}: this needs Linux", path.display()))
}

/// What stands behind `name:` in lines of names and values.
pub(super) fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        (found.trim() == name).then(|| value.trim())
    })
}

/// The number that a text begins with; 0 if it does not.
pub(super) fn number(text: &str) -> u64 {
    let first = text.split_whitespace().next();
    first.and_then(|word| word.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_whole_name() {
        let status = "VmHWM:\t   14000 kB\nVmRSS:\t   13000 kB\n";
        assert_eq!(field(status, "VmRSS").map(number), Some(13000));
        assert_eq!(field(status, "RSS"), None);
    }

    #[test]
    fn the_soft_limit_is_the_first_number() {
        let limited = "Max processes   7  7  processes\nMax open files   1024   4096   files\n";
        assert_eq!(open_files(limited), Some(1024));
        let unlimited = "Max open files   unlimited   unlimited   files\n";
        assert_eq!(open_files(unlimited), None);
    }
}
