//! How much memory the server takes. It runs in the process of its test.

use std::fs;

/// The size of a page where tests run.
const PAGE: usize = 4096;

/// How much memory of this process is really there, in bytes. Without `/proc`, none: then nothing is proved.
pub(crate) fn resident() -> usize {
    let pages = fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|pages| pages.split(' ').nth(1)?.parse::<usize>().ok());
    pages.unwrap_or(0) * PAGE
}

/// Memory has grown by less than this many MiB since `before`.
pub(crate) fn grew_less_than(mebibytes: usize, before: usize) {
    let grown = resident().saturating_sub(before) >> 20;
    assert!(grown < mebibytes, "{grown} MiB more are taken");
}
